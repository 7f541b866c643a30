"""What tests share: newsrooms in temporary folders, and the corpus of real editions."""

import os
import shutil
from pathlib import Path

import pytest

from tests.newsrooms import NewsroomFolder

ROOT = Path(__file__).parent.parent


def _copied(folder: Path) -> NewsroomFolder:
    shutil.copy(ROOT / "newsroom.yaml", folder / "newsroom.yaml")
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "issues").mkdir()
    return NewsroomFolder(folder)


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> NewsroomFolder:
    """A newsroom that all tests share: drafts come and go, settings and templates stay as they are."""
    return _copied(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture
def own_newsroom(tmp_path: Path) -> NewsroomFolder:
    """A newsroom for one test, which may change its settings and templates."""
    return _copied(tmp_path)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real editions; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("COMPOSER_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not (folder / "drafts").is_dir():
        pytest.skip(f"the corpus of real editions is not at {folder}; name it in COMPOSER_CORPUS")
    return folder
