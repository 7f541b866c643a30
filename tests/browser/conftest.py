"""Built samples and running browsers, shared by the judges. An absent judge is an error, never a skip."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import samples
from tests.browser.chromium import Chromium, Sheet
from tests.browser.georgia import georgia
from tests.browser.samples import Sample


@pytest.fixture(scope="session")
def built_samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    """One built issue of each newsletter, by the newsletter's name."""
    out = tmp_path_factory.mktemp("editions")
    return {name: samples.built(samples.ROOT / "issues" / name / f"{stem}.yaml", out) for name, stem in samples.STEMS.items()}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A Chromium for the whole run."""
    with Chromium() as running:
        yield running


class Sheets:
    """Measured pages, each opened once however many tests ask for it, in letters as wide as those that readers have."""

    def __init__(self, chromium: Chromium, built: dict[str, Sample]) -> None:
        self._chromium = chromium
        self._built = built
        self._measured: dict[tuple[str, int, str, bool, bool], Sheet] = {}

    def of(self, newsletter: str, width: int, scheme: str = "light", *, images: bool = True, styles: bool = True) -> Sheet:
        """The sheet of a sample; without `styles`, every style block is taken out first."""
        key = (newsletter, width, scheme, images, styles)
        if key not in self._measured:
            path = self._built[newsletter].html
            self._measured[key] = self._chromium.sheet(path if styles else _without_style_blocks(path), width, scheme, images=images, fonts=georgia())
        return self._measured[key]


def _without_style_blocks(path: Path) -> Path:
    import re

    stripped = path.with_name(f"{path.stem}.stripped.html")
    stripped.write_text(re.sub(r"<style.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8")
    return stripped


@pytest.fixture(scope="session")
def sheets(chromium: Chromium, built_samples: dict[str, Sample]) -> Sheets:
    """The measured pages of the built samples."""
    return Sheets(chromium, built_samples)
