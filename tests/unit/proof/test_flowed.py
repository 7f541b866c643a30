"""The text part for narrow screens: what flows, what stays, and that nothing is lost or gained on the way."""

import pytest
from hypothesis import given, strategies as st

from composer.proof.columns import WIDTH, columns, wrapped
from composer.proof.flowed import SOFT, flowed, unmarked
from tests import healthy
from tests.flowed_text import Paragraph, as_if_fixed, paragraphs
from tests.newsrooms import NewsroomFolder

ESSAY = (
    "On Tuesday the water did not come back until noon, and nobody at the port could say who had ordered that, "
    "though three of them had been up all night with a lamp.\n\n"
    "- The first of the points hangs behind its dash and is long enough to need a second line of its own.\n"
    "- Short.\n\n"
    "> Words of somebody else are set apart by four spaces, and they are long enough for two lines as well.\n\n"
    "Quay Street 7\\\nPort Amity\n\n"
    "From here on nothing else happened, and From is how a line may begin that a mail program would damage otherwise.\n\n"
    "## A subhead\n\n" + "港口在星期二停了下来。" * 8
)


@pytest.fixture
def part(newsroom: NewsroomFolder) -> tuple[str, str]:
    """The text part of a mail as a reader's program gets it, and the plain text."""
    from email import message_from_bytes, policy

    draft = {**healthy.CHINA_REPORT, "essay": {"dek": healthy.LONG, "body": ESSAY}}
    proof = newsroom.proof(draft)
    message = message_from_bytes(proof.message, policy=policy.default)
    text = message.get_body(("plain",))
    assert text is not None
    assert text["Content-Type"].params == {"charset": "utf-8", "format": "flowed"}
    return text.get_content().replace("\r\n", "\n"), proof.text


def test_paragraphs_flow(part: tuple[str, str]) -> None:
    shown = [p.text for p in paragraphs(part[0])]
    assert ESSAY.split("\n", maxsplit=1)[0] in shown
    assert healthy.LONG in shown
    assert "From here on nothing else happened, and From is how a line may begin that a mail program would damage otherwise." in shown


def test_what_hangs_and_what_was_broken_on_purpose_stays(part: tuple[str, str]) -> None:
    shown = paragraphs(part[0])
    for line in ("- The first of the points hangs behind its dash and is long enough to", "  need a second line of its own.", "- Short."):
        assert Paragraph(line, 1) in shown
    for line in ("Quay Street 7", "Port Amity", "A subhead", "---------", "-" * WIDTH, "=" * WIDTH, "--"):
        assert Paragraph(line, 1) in shown, line
    chinese = [p for p in shown if p.text.startswith("港口")]
    assert [p.lines for p in chinese] == [1]
    assert columns(chinese[0].text) <= WIDTH


def test_sentences_of_the_small_print_do_not_run_into_addresses(part: tuple[str, str]) -> None:
    shown = [p.text for p in paragraphs(part[0])]
    assert "You’re getting China Report because you signed up at harborreview.example." in shown
    assert [line for line in shown if line.startswith("Unsubscribe: ")] == ["Unsubscribe: https://harborreview.example/china-report/unsubscribe"]


def test_whoever_does_not_know_it_reads_the_same_lines(part: tuple[str, str]) -> None:
    assert as_if_fixed(part[0]) == part[1]
    assert max(columns(line) for line in part[0].split("\n") if line.endswith(" ")) <= WIDTH + 1
    assert " \n" in part[0]


def test_the_text_edition_has_no_soft_ends(part: tuple[str, str]) -> None:
    assert SOFT not in part[1]
    assert all(line == line.rstrip() for line in part[1].split("\n"))


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=30), min_size=1, max_size=60
)


@given(blocks=st.lists(st.tuples(WORDS, st.sampled_from(["", "", "    ", "- "])), min_size=1, max_size=6))
def test_unfolding_gives_back_every_word_and_every_fixed_line(blocks: list[tuple[list[str], str]]) -> None:
    texts = [wrapped(" ".join(words), first=lead, rest=" " * len(lead), flows=not lead) for words, lead in blocks]
    whole = "\n\n".join(texts)
    wire = flowed(whole)
    plain = unmarked(whole)
    shown = paragraphs(wire)
    assert " ".join(p.text for p in shown).split() == plain.split()
    assert as_if_fixed(wire) == plain
    # What did not flow is there as it was set.
    for text, (words, lead) in zip(texts, blocks, strict=True):
        if lead:
            assert set(text.split("\n")) <= {p.text for p in shown}
        elif SOFT in text and "--" not in words:
            assert " ".join(words) in {p.text for p in shown}


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("plain", "plain"),
        (f"soft{SOFT}", "soft "),
        ("  hanging", "   hanging"),
        ("> quoted", " > quoted"),
        ("From here", " From here"),
        ("Fromage", "Fromage"),
        (f"--{SOFT}", "--"),
        ("", ""),
        ("trailing  ", "trailing"),
    ],
)
def test_a_line(line: str, sent: str) -> None:
    assert flowed(line) == sent
