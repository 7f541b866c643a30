"""Any valid issue builds without a problem, twice the same, and every link of its HTML is in its text."""

import re
from datetime import date
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.newsrooms import NewsroomFolder

SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

any_character = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
awkward = st.sampled_from(
    [
        *"<>&\"'`*_[](){}#:|\\!$%@~^=+-.,;/?",
        "é",
        "中",
        "😀",
        "\u00a0",
        "\u200f",
        "\u202e",
        "{{",
        "}}",
        "]]>",
        "<!--",
        "&amp;",
        "zmf",
        "data-at",
        "{{ reader.x | y }}",
    ]
)
raw = st.lists(st.one_of(any_character, awkward, st.just(" ")), min_size=1, max_size=25).map("".join)
line = st.one_of(st.sampled_from(["A plain line.", "港口：又一天", "Ends in a colon:", "- dash", "1. one", "# hash", "Tom & Jerry"]), raw).filter(
    lambda text: text.strip() != ""
)
url = st.builds(
    "https://a.example/{}{}".format,
    st.integers(0, 999),
    st.sampled_from(["", "?b=1&c=2", "#part", "/(x)", "/中", "/%20a", "?q={{reader.x}}", "/" + "long/" * 30]),
)
# No issue went out before: programs write such a day where they have none (tests/cases/rules/schema/wrong_type.yaml).
day = st.dates(min_value=date(1900, 1, 1)).map(lambda value: f"{value.year:04}-{value.month:02}-{value.day:02}")
link = st.builds("[{}](<{}>)".format, st.sampled_from(["words", "*more* words", "港口", "a `b` c", "https://other.example"]), url)
sentence = st.lists(st.one_of(line, link, st.just("[write](mailto:me@a.example?subject=Hi)"), st.just("<https://a.example/auto>")), min_size=1, max_size=4).map(
    " ".join
)
markdown = st.one_of(
    st.lists(sentence, min_size=1, max_size=3).map("\n\n".join),
    st.lists(sentence, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.builds("## {}\n\n> {}\n\n1. {}\n   - {}".format, line, sentence, sentence, sentence),
).filter(lambda text: text.strip() != "")


def maybe(**fields: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return fields


def mapping(needed: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional or {})


figure = mapping(
    {"image": st.one_of(url.filter(lambda u: "{" not in u), st.just("beside.png"))},
    maybe(alt=line, caption=markdown, credit=line, link=url, width=st.integers(1, 3000), height=st.integers(1, 3000)),
)
post = mapping({"text": markdown, "author": line, "date": day, "url": url}, maybe(handle=line))
block = st.one_of(
    mapping({"figure": figure}),
    mapping({"post": post}),
    mapping({"pull_quote": mapping({"quote": markdown}, maybe(attribution=sentence))}),
    mapping({"sponsor": mapping({"label": line, "body": markdown, "url": url})}),
)
body = st.one_of(markdown, st.lists(st.one_of(markdown, block), min_size=1, max_size=4))
one_line = st.builds("{}{}".format, sentence, st.sampled_from(["", " (Reuters $)", " (BBC)", " ([FT](https://a.example/ft) $)", " (A $, B)", " (open $"]))
brief = st.one_of(one_line, mapping({"text": one_line}, maybe(source=line, more=st.lists(one_line, max_size=2))))
names = st.one_of(line, st.lists(line, min_size=1, max_size=3))
base = {"date": day, "subject": line, "preheader": line}
corrections = st.lists(st.builds("Correction: {}".format, sentence), min_size=1, max_size=2)

china_report = mapping(
    {
        "newsletter": st.just("china-report"),
        **base,
        "byline": names,
        "essay": mapping({"body": body}, maybe(headline=line, dek=line)),
        "sign_off": mapping({}, maybe(question=sentence, invitation=sentence, reply_to=st.just("me@a.example"))).filter(bool),
        "catch_up": st.lists(brief, min_size=1, max_size=7),
        "lost_in_translation": mapping({"publication": line, "body": body}),
        "one_more_thing": mapping({"body": body}),
    },
    maybe(housekeeping=markdown, corrections=corrections, number=st.integers(0, 9999), slug=st.just("a-slug")),
)
the_download = mapping(
    {
        "newsletter": st.just("the-download"),
        **base,
        "stories": st.lists(
            mapping({"headline": line, "body": body}, maybe(url=url, byline=names, note=markdown, more=st.lists(one_line, max_size=2))), min_size=1, max_size=3
        ),
        "must_reads": st.lists(mapping({"headline": line, "url": url, "dek": brief}, maybe(more=st.lists(brief, max_size=2))), min_size=1, max_size=10),
        "quote_of_the_day": mapping({"quote": markdown, "attribution": sentence}),
        "big_story": mapping({"headline": line, "date": line, "body": body, "url": url, "byline": names}),
        "nice_things": mapping({"items": st.lists(markdown, min_size=1, max_size=5)}, maybe(intro=markdown)),
    },
    maybe(intro=markdown, corrections=corrections),
)


def check(newsroom: NewsroomFolder, draft: dict[str, Any]) -> None:
    proof, again = newsroom.proof(draft), newsroom.proof(draft)
    assert (proof.html, proof.text, proof.message) == (again.html, again.text, again.message)
    soup = BeautifulSoup(proof.html, "lxml")
    assert soup.find("script") is None
    assert len(soup.find_all("h1")) == 1
    text = proof.text
    for tag in soup.find_all("a"):
        address = str(tag["href"])
        if address.startswith("mailto:"):
            assert unquote(address.removeprefix("mailto:").partition("?")[0]) in text
        elif address != "#":
            assert address in text, address
    assert not re.search(r"zmf[0-9a-f]{4,}zmf", proof.html + text)
    assert b"data-at" not in proof.message or "data-at" in str(draft)


@SETTINGS
@given(draft=china_report)
def test_any_issue_of_a_letter_builds(newsroom: NewsroomFolder, draft: dict[str, Any]) -> None:
    check(newsroom, draft)


@SETTINGS
@given(draft=the_download)
def test_any_issue_of_a_bulletin_builds(newsroom: NewsroomFolder, draft: dict[str, Any]) -> None:
    check(newsroom, draft)
