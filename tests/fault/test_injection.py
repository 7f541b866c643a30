"""Whatever a writer types is shown as words: never an element, an attribute, a header or template code."""

import re
from collections import Counter
from email import policy
from email.parser import BytesParser
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup

from composer.press import proof_of
from tests import healthy
from tests.newsrooms import NewsroomFolder, yaml_of
from tests.visible import folded, visible_words, words_of_text

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" onmouseover="alert(1)',
    "</td></table></div></mj-text><mj-text>",
    "{{ 7+7 }} {{ page }} ${7+7}",
    "{% raw %} {% include 'x' %} {# x #}",
    "]]> <![CDATA[x]]>",
    "--> <!-- <!--[if mso]> <![endif]-->",
    "&lt;b&gt; &quot;&gt; &#60;script&#62;",
    "<style>td{display:none}</style><title>x</title>",
    "<svg/onload=alert(1)> <a href=javascript:alert(1)>x</a>",
    "<?xml version='1.0'?> <!doctype html>",
    "{{ reader.x | <script>alert(1)</script> }}",
    '{{ reader.x | " onload=alert(1) }}',
    # words that look like the stand-ins of merge fields and pictures, and like marks of the source map
    "zmf3c7363726970743e616c6572742831293c2f7363726970743ezmf zmfffzmf",
    "zpic22206f6e6c6f61643d22616c6572742831295fzpic zpicffzpic",
    'data-at="0" data-at-0 class="at-0" data&#45;at="1" data&#45;at-1 x',
    "é > b — > c",
]

# Not words of a reader's: addresses, dates and names of files have tests of their own.
NOT_WORDS = ("newsletter", "publication", "slug", "url", "link", "image", "byline")


def is_words(path: healthy.Path) -> bool:
    name = next(step for step in reversed(path) if isinstance(step, str))
    inside_post = "post" in path and name == "date"
    return name not in NOT_WORDS and not inside_post and path not in (("date",), ("subject",))


def filled(draft: dict[str, Any], payload: str) -> tuple[dict[str, Any], dict[str, healthy.Path]]:
    """The draft with the payload in every text, behind a word of its own by which it is found again."""
    tokens: dict[str, healthy.Path] = {}
    for number, (path, text) in enumerate(list(healthy.texts_in(draft))):
        if not is_words(path):
            continue
        token = f"w{number}q"
        tokens[token] = path
        words = f"{token} {payload} {token}e"
        # a correction begins with its kind
        draft = healthy.with_text(draft, path, f"{text} {words}" if path[0] == "corrections" else f"{words} {text}")
    return draft, tokens


def elements(html: str) -> Counter[str]:
    return Counter(tag.name for tag in BeautifulSoup(html, "lxml").find_all(True))


def attributes(html: str) -> Counter[str]:
    return Counter(name for tag in BeautifulSoup(html, "lxml").find_all(True) for name in tag.attrs)


def headers(message: bytes) -> list[str]:
    return BytesParser(policy=policy.default).parsebytes(message).keys()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_what_is_typed_is_shown_as_words(newsroom: NewsroomFolder, slug: str, payload: str) -> None:
    draft, tokens = filled(healthy.DRAFTS[slug](), payload)
    plain, _ = filled(healthy.DRAFTS[slug](), "plain words")
    proof, usual = newsroom.proof(draft), newsroom.proof(plain)
    html = proof.html

    assert elements(html) == elements(usual.html)
    assert attributes(html) == attributes(usual.html)
    assert not any(name.startswith("on") for name in attributes(html))
    assert headers(proof.message) == headers(usual.message)

    soup = BeautifulSoup(html, "lxml")
    seen = visible_words(html) + folded(" ".join(str(img.get("alt", "")) for img in soup.find_all("img")))
    hidden = folded(soup.get_text(" "))
    text = words_of_text(proof.text)
    # Markdown knows HTML's entities, so `&lt;` is a way to type `<` there.
    spellings = {folded(payload), folded(unescape(payload))}
    for token, path in tokens.items():
        found = re.search(rf"{token} (.*?) {token}e", hidden if path == ("preheader",) else seen)
        assert found is not None, path
        assert folded(found[1]) in spellings, path
        if path != ("preheader",):
            # a headline may stand in capitals in the text
            in_text = re.search(rf"{token} (.*?) {token}e", text, re.IGNORECASE)
            assert in_text is not None, path
            assert folded(in_text[1]) in spellings | {words.upper() for words in spellings}, path


ADDRESS_FIELDS = ("url", "link", "image")
CODE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "vbscript:x",
    "data:text/html,<b>",
    "java&#115;cript:alert(1)",
    "javascript&colon;alert(1)",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("address", CODE)
@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_code_never_becomes_an_address(newsroom: NewsroomFolder, slug: str, address: str) -> None:
    draft = healthy.DRAFTS[slug]()
    for path, text in list(healthy.texts_in(draft)):
        if path[-1] in ADDRESS_FIELDS:
            # drafts refuse `<` in addresses; the rest is for the proof to stop
            draft = healthy.with_text(draft, path, address.replace("<b>", "b"))
        elif "](https://" in text:
            draft = healthy.with_text(draft, path, re.sub(r"\]\(https:[^)]*\)", f"]({address})", text))
    made = newsroom.draft(draft)
    assert made.issue is not None
    proof = proof_of(made, newsroom.project)
    assert proof.problems == []
    for tag in BeautifulSoup(proof.html, "lxml").find_all(True):
        for name in ("href", "src", "background", "action"):
            value = str(tag.get(name, "")).strip().lower()
            assert not re.match(r"[\s\x00-\x1f]*(javascript|vbscript|data|file)\s*:", value), tag


@pytest.mark.parametrize(
    "quote", ['x" onerror="alert(1)', "x' onerror='alert(1)", "x><script>alert(1)</script>", "{{ 7*7 }}.png", "a b&c.png", "../../secret.png"]
)
@pytest.mark.parametrize("hosted", [False, True])
def test_a_pictures_name_cannot_leave_its_attribute(own_newsroom: NewsroomFolder, quote: str, hosted: bool) -> None:
    if hosted:
        own_newsroom.change("newsroom.yaml", "time_zone:", "pictures_url: https://pictures.example/here/\ntime_zone:")
    draft = healthy.china_report()
    usual = own_newsroom.proof(healthy.with_text(draft, ("essay", "body", 1, "figure", "image"), "plain.png")).html
    html = own_newsroom.proof(healthy.with_text(draft, ("essay", "body", 1, "figure", "image"), quote)).html
    assert elements(html) == elements(usual)
    assert attributes(html) == attributes(usual)


BREAKS = {"LF": "\\n", "CR": "\\r", "CRLF": "\\r\\n", "NEL": "\\N", "LS": "\\L", "PS": "\\P", "VT": "\\v", "FF": "\\f"}


@pytest.mark.parametrize("line_break", BREAKS.values(), ids=BREAKS.keys())
@pytest.mark.parametrize("field", ["subject", "preheader", "byline"])
def test_a_line_break_in_a_header_field_is_refused_where_it_stands(newsroom: NewsroomFolder, field: str, line_break: str) -> None:
    draft = healthy.china_report()
    del draft[field]
    text = f'{yaml_of(draft)}{field}: "Words{line_break}Bcc: everybody@x.example"\n'
    made = newsroom.draft(text)
    (problem,) = made.problems
    line = text.count("\n")
    assert (problem.kind, problem.place.line, problem.place.column) == ("wrong-type", line, len(field) + 3)
    assert "one line" in problem.message
    assert problem.help
    assert made.issue is None or not getattr(made.issue, field)


def test_a_line_break_in_settings_makes_no_header(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.change("templates/china-report/newsletter.yaml", "name: China Report\n", 'name: "China\\nBcc: x@y.example"\n')
    made = own_newsroom.draft(healthy.china_report())
    assert made.issue is None
    assert own_newsroom.place_name(made.problems[0].place) == "templates/china-report/newsletter.yaml"
    assert made.problems[0].place.line == 1


def test_settings_are_escaped_as_well(own_newsroom: NewsroomFolder) -> None:
    payload = "<script>alert(1)</script> \" ' {{ 7*7 }} {% raw %} é > b & &lt; -->"
    path = "templates/china-report/newsletter.yaml"
    draft = healthy.china_report()
    usual = own_newsroom.proof(draft)
    typed = payload.replace("'", "''")
    for line in (
        "name: China Report",
        "tagline: Technology in China, every week.",
        "credits: Written by Wen Castellan and edited by Noor Hale.",
        "heading: Catch up with China",
        "options: {button: Reply to China Report}",
        "legend: $ after a source means you may need a subscription to read it.",
    ):
        key, _, words = line.partition(": ")
        new = f"options: {{button: '{typed}'}}" if key == "options" else f"{key}: '{typed} {words}'"
        own_newsroom.change(path, line, new)
    own_newsroom.change("newsroom.yaml", "postal_address: Harbor Review", f"postal_address: '{typed} Harbor Review")
    own_newsroom.change("newsroom.yaml", "Port Amity 00000", "Port Amity 00000'")
    proof = own_newsroom.proof(draft)
    assert elements(proof.html) == elements(usual.html)
    assert attributes(proof.html) == attributes(usual.html)
    assert headers(proof.message) == headers(usual.message)
    assert visible_words(proof.html).count(payload) >= 6
    assert words_of_text(proof.text).casefold().count(payload.casefold()) >= 4
