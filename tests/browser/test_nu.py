"""The Nu HTML checker says nothing of any issue but what tests/browser/nu_explained.yaml explains.

Each page is checked twice: as browsers read it, and with what Outlook's conditional comments hold for Word.
"""

from collections.abc import Callable

import pytest

from tests.browser import nu
from tests.browser.nu import Message
from tests.browser.pages import PAGES, proof_named

pytestmark = pytest.mark.judge

SOUND = (*PAGES, *(f"{name}-word" for name in PAGES))
EXPLAINED = nu.explanations()
# Faults put into a sound issue: what is replaced by what, and words of the message that must follow.
FAULTY = {
    "a paragraph around a table": ("<body", "<body><p><table><tr><td>x</td></tr></table></p></body><!--", 'No "p" element in scope'),
    "tags that cross": ("</h1>", "<b><i>x</b></i></h1>", 'End tag "b" violates nesting rules'),
    "a cell left open": ("</h1>", "<table><tr><td><div>x</td></tr></table></h1>", 'End tag "td" seen, but there were open elements'),
    "a link within a link": ("</h1>", '<a href="x:"><a href="y:">x</a></a></h1>', 'Start tag "a" seen but an element of the same type'),
    "a picture without words": ("</h1>", '<img src="x.png"></h1>', 'must have an "alt" attribute'),
    "an attribute twice": ("<h1 ", '<h1 class="x" class="y" ', "Duplicate attribute"),
    "a colour that is none": ("<h1 ", '<h1 style="color:#12345" ', "is not a"),
    "an open angle": ("</h1>", "3 < 4</h1>", 'Bad character " " after "<"'),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Message]]:
    """The messages about each page and each page with a fault; the checker starts but once."""
    pages = {name: proof_named(name).html for name in PAGES}
    pages |= {f"{name}-word": nu.as_word_reads(html) for name, html in pages.items()}
    for fault, (old, new, _) in FAULTY.items():
        assert old in pages[PAGES[0]]
        pages[fault] = pages[PAGES[0]].replace(old, new, 1)
    cut = pages[f"{PAGES[0]}-word"]
    assert "</td></tr></table>" in cut
    pages["a table for Word left open"] = cut.replace("</td></tr></table>", "", 1)
    messages = nu.messages_on(pages, tmp_path_factory.mktemp("nu"))
    return {name: [message for message in messages if message.page == name] for name in pages}


@pytest.mark.parametrize("name", SOUND)
def test_every_message_is_explained(said: dict[str, list[Message]], record_property: Callable[[str, object], None], name: str) -> None:
    assert said[name], "a mail of tables without any message was not read"
    open_questions = nu.unexplained(said[name], EXPLAINED)
    assert not open_questions, "\n".join(map(str, open_questions[:12]))
    record_property("messages, all explained", len(said[name]))


def test_every_explanation_is_of_use(said: dict[str, list[Message]]) -> None:
    sound = [message for name in SOUND for message in said[name]]
    assert nu.stale(sound, EXPLAINED) == []


def test_every_explanation_gives_a_reason() -> None:
    assert all(len(entry.because.split()) >= 8 for entry in EXPLAINED)


def test_an_explanation_of_nothing_is_seen(said: dict[str, list[Message]]) -> None:
    idle = nu.Explanation("Attribute .marquee. not allowed.*", "there is none")
    assert nu.stale(said[PAGES[0]], [*EXPLAINED, idle])[-1] == idle


@pytest.mark.parametrize("fault", FAULTY)
def test_a_fault_is_seen(said: dict[str, list[Message]], fault: str) -> None:
    assert FAULTY[fault][2] in " ".join(message.says for message in nu.unexplained(said[fault], EXPLAINED))


def test_a_fault_that_only_word_reads_is_seen(said: dict[str, list[Message]]) -> None:
    assert nu.unexplained(said["a table for Word left open"], EXPLAINED)
