"""Two issues with every section and block in them, as they were when somebody last looked at them.

A change to the look changes these files. Look at the difference, then write them anew:

    COMPOSER_UPDATE_GOLDEN=1 pytest tests/golden/test_golden_editions.py
"""

import os
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

import pytest

from composer.proof.proof import Proof
from tests import healthy
from tests.newsrooms import NewsroomFolder

FOLDER = Path(__file__).parent / "editions"
HOW = "look at the difference, then: COMPOSER_UPDATE_GOLDEN=1 pytest tests/golden/test_golden_editions.py"


def readable(html: str) -> str:
    """The HTML with a line for each element, so that a difference shows where it is."""
    return html.replace("><", ">\n<") + "\n"


def headers(message: bytes) -> str:
    """The header as it goes over the wire; the Message-ID follows from the content and is left out."""
    head = message.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n").decode()
    message_id = str(BytesHeaderParser(policy=policy.default).parsebytes(message)["Message-ID"])
    boundary = head.rpartition('boundary="')[2].partition('"')[0]
    return head.replace(message_id, "<…>").replace(boundary, "…") + "\n"


def shown(proof: Proof) -> dict[str, str]:
    return {".html": readable(proof.html), ".txt": proof.text, ".headers": headers(proof.message)}


@pytest.mark.parametrize("kind", [".html", ".txt", ".headers"])
@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_an_edition_is_what_it_was(newsroom: NewsroomFolder, slug: str, kind: str) -> None:
    made = shown(newsroom.proof(healthy.DRAFTS[slug]()))[kind]
    golden = FOLDER / f"{slug}{kind}"
    if os.environ.get("COMPOSER_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(made, encoding="utf-8", newline="\n")
    assert golden.is_file(), HOW
    assert made == golden.read_bytes().decode(), HOW
