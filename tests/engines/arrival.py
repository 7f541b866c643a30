"""What readers get of a mail that an engine has filled in."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from composer.checks.rules.delivery.merge_field import merge_field
from composer.delivery.service import Service
from composer.draft.load import Draft
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof
from tests.engines.fillers import Fill, Job
from tests.engines.mail import LEAVE, READERS, Reader, built, known_of

# Words that some engine takes for its own, or nearly. What closes stands before what opens, lest two of them make one tag.
LOOKALIKES = (
    *("{", "}", "{ x }", "{x", "x}", "{{", "}}", "{{ x }}", "{{x", "{{{ x }}}", "{%", "%}", "{% if x %}", "#}", "{#", "{# x #}"),
    *("*|", "|*", "*|FNAME|*", "*|IF:FNAME|*", "{first}", "{first_name}", '{name, "you"}', "%%", "%%{uuid}%%", "%recipient.email%", "%recipient%"),
    *("%unsubscribe_url%", "a < b", "a <b", "<3", "<b>", "</b>", "<!-- x -->", "<!--", "https://x.example/@TrackLink", "$1", "\\1", "&amp;", "R&D", "@x"),
)


def spelled_for(draft: Draft, project: Project, service: Service) -> Proof:
    """The mail for the service, of which nothing was refused."""
    proof = proof_of(draft, project, service=service)
    assert proof.problems == []
    assert merge_field(draft, service, proof_of(draft, project)) == []
    assert "reader." not in proof.html.replace("reader.example", "")
    assert "zmf" not in proof.html + proof.text
    return proof


def assert_arrives(proof: Proof, fill: Fill, sheet: dict[str, Any], service: Service, reader: Reader) -> None:
    """The fields in HTML, text, subject and headers are the reader's, and nothing of the engine's is left."""
    message = message_from_bytes(proof.message, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    sent_text, sent_html = [part.get_content() for part in message.walk() if part.get_content_type() in ("text/plain", "text/html")]
    known = known_of(reader, sheet)
    leave = message["List-Unsubscribe"]
    parts = [("html", proof.html), ("text", proof.text), ("subject", message["Subject"]), ("html", sent_html), ("text", sent_text), ("subject", leave or "")]
    html, text, subject, html_sent, text_sent, header = fill([Job(part, source, known) for part, source in parts])

    page = BeautifulSoup(html, "lxml")
    _assert_page(page, sheet, reader)
    assert not service.live_tags(str(page))
    if not sheet.get("makes_its_own_text"):
        _assert_text(text, sheet, reader)
        assert not service.live_tags(text)
    named = (reader.first or ("there" if "|" in sheet["subject"] else "")) if sheet["subject"] else None
    assert subject == (f"{named}, the cranes are back" if named is not None else "The cranes are back")
    # Line ends and the lines that flow are the wire's.
    assert html.split() == html_sent.split()
    assert "".join(text.split()) == "".join(text_sent.split())
    assert header == ("" if sheet.get("sets_headers_itself") else f"<{LEAVE}>")


def _assert_page(page: BeautifulSoup, sheet: dict[str, Any], reader: Reader) -> None:
    word = reader.first or "there"
    headline, link = page.find("h1"), page.find("a", string=re.compile("what we kept"))
    assert isinstance(headline, Tag)
    assert headline.get_text() == f"What {word} should know of it’s cranes"
    assert isinstance(link, Tag)
    assert link.get_text() == f"what we kept for {word}"
    _assert_address(str(link["href"]), sheet, reader)
    assert page.find("img", alt=f"A crane waves at {_shown(sheet['picture'], reader)}") is not None
    shown = " ".join(page.get_text().split())
    for words in (f"For {word}, before breakfast", f"Dear {word}, read", f"Would {word} let", f"notes@pierpress.example, {word}."):
        assert words in shown
    assert page.find("a", href=LEAVE, string="Unsubscribe") is not None


def _assert_text(text: str, sheet: dict[str, Any], reader: Reader) -> None:
    word = reader.first or "there"
    # A line that a field made long is still one line to the engine: joined, the words are whole.
    joined = " ".join(text.split())
    for words in (f"Dear {word}, read what we kept for {word} [1] first.", f"Unsubscribe: {LEAVE}", f"Would {word} let"):
        assert words in joined
    address = re.search(r"\[1\] (https://pierpress\.example/for\S*)", joined)
    assert address is not None
    _assert_address(address[1], sheet, reader)


def _assert_address(address: str, sheet: dict[str, Any], reader: Reader) -> None:
    if reader.first and not reader.first.isalpha() and not sheet["encodes"]:
        return
    parts = urlsplit(address)
    assert parts.netloc == "pierpress.example"
    assert unquote(parts.path) == "/for" + _shown(sheet["path"], reader)
    query = {"to": [reader.email], "who": [_shown(sheet["query"], reader)], "n": ["1"]}
    assert parse_qs(parts.query, keep_blank_values=True) == query
    assert parts.fragment == ""


def _shown(field: str, reader: Reader) -> str:
    """What a field with words around it becomes."""
    return re.sub(r"\{\{ reader\.first_name(?: \| ([a-z ]+))? \}\}", lambda m: reader.first or m[1] or "", field)


def assert_lookalikes_harmless(folder: Path, service: Service, fill: Fill, sheet: dict[str, Any]) -> None:
    """Of words that look like a tag, those on the sheet are refused, each at its place; the others arrive as they were typed."""
    refused = [words for words in LOOKALIKES if service.live_tags(f"says {words}.")]
    assert refused == sheet["refuses"]
    draft, project = built(folder / "refused", sheet, lookalikes(refused))
    findings = merge_field(draft, service, proof_of(draft, project))
    lines = draft.source.text.split("\n")
    for number, words in enumerate(refused):
        (typed,) = (line for line, text in enumerate(lines, 1) if f"says {number} `{words}`" in text)
        assert typed in {finding.place.line for finding in findings}, words

    kept = [words for words in LOOKALIKES if words not in refused]
    draft, project = built(folder / "kept", sheet, lookalikes(kept))
    proof, known = spelled_for(draft, project, service), known_of(READERS["named"], sheet)
    parts = [Job("html", proof.html, known), Job("text", proof.text, known)]
    html, text, *subjects = fill([*parts, *(Job("subject", f"Cranes {words}", known) for words in kept)])
    assert [code.get_text() for code in BeautifulSoup(html, "lxml").find_all("code")] == kept
    assert subjects == [f"Cranes {words}" for words in kept]
    if not sheet.get("makes_its_own_text"):
        for number, words in enumerate(kept):
            assert f"says {number} {words}" in text


def lookalikes(all_words: list[str]) -> tuple[tuple[str, str], ...]:
    """The change that gives each of these words a paragraph, in a code span."""
    paragraphs = "".join(f"      says {number} `{words}`.\n\n" for number, words in enumerate(all_words))
    return (("first.\n", f"first.\n\n{paragraphs}"),)
