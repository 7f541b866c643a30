"""What a finished mail must keep to, so that services may rewrite its links and Outlook and Gmail show all of it."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from composer.draft.load import load_draft
from composer.press import proof_of
from composer.proof.proof import Proof
from tests.cases.newsroom import ROOT, own_project
from tests.corpus.editions import corpus_drafts

SAMPLES = sorted((ROOT / "issues").glob("*/*.yaml"))
STYLES = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
each_issue = pytest.mark.parametrize("path", [*SAMPLES, *corpus_drafts()], ids=lambda path: path.stem)


def made(path) -> Proof:
    return proof_of(load_draft(path, own_project()), own_project())


@each_issue
def test_style_blocks_stay_under_8_kib(path) -> None:
    styles = STYLES.findall(made(path).html)
    assert len(styles) >= 3
    assert 1000 < sum(len(css.encode()) for css in styles) <= 8 * 1024


@each_issue
def test_the_html_part_stays_under_75_kb_as_it_is_sent(path) -> None:
    message = message_from_bytes(made(path).message, policy=default)
    part = message.get_body(("html",))
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
    assert 20_000 < len(part.get_payload(decode=False).encode()) <= 75_000


@each_issue
def test_outlooks_conditions_are_balanced_and_its_tables_whole(path) -> None:
    html = made(path).html
    assert html.count("<!--[if") == html.count("<![endif]")
    depth = 0
    for tag in re.findall(r"<!--\[if mso[^\]]*\]>(.*?)<!\[endif\]-->", html, re.DOTALL):
        depth += len(re.findall(r"<table\b", tag)) - tag.count("</table>")
        assert depth >= 0
    assert depth == 0
    assert "<o:PixelsPerInch>96</o:PixelsPerInch>" in html
    assert "mso-line-height-rule" in html
    assert "<v:" not in html or 'alt="' in html
