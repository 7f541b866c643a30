"""Where the published editions lie that the tests read; they are not part of the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("COMPOSER_CORPUS", ROOT.parent / "shared" / "corpus"))
DRAFTS = CORPUS / "drafts"

needs_corpus = pytest.mark.skipif(not DRAFTS.is_dir(), reason="the corpus of published editions is not here; name its folder in COMPOSER_CORPUS")


def corpus_drafts() -> list[Path]:
    """The drafts made from published editions; none where the corpus is absent."""
    return sorted(DRAFTS.glob("*/*.yaml"))
