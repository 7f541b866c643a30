"""What an edition's truth.json says must be read in it, in order."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.visible import folded


class Piece(NamedTuple):
    """Words that must be read, and the section they belong to. Headings may be set in capitals."""

    section: str
    words: str
    any_case: bool = False


def truths(corpus: Path) -> dict[str, dict[str, Any]]:
    """Every edition's truth by its title."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((corpus / "editions").glob("*/truth.json")))
    return {folded(truth["title"]): truth for truth in found}


def pieces_of(truth: dict[str, Any]) -> list[Piece]:
    """The pieces of an edition in reading order."""
    make = _download if "the_download" in truth else _china_report
    return [piece._replace(words=folded(piece.words)) for piece in make(truth) if piece.words]


def _mark(item: dict[str, Any]) -> str:
    return f" ({item['source']}{' $' if item['paywall'] else ''})" if item.get("source") else ""


def _items(section: str, items: list[dict[str, Any]]) -> Iterator[Piece]:
    for item in items:
        yield Piece(section, item["text"] + _mark(item))
        yield from _items(section, item.get("more", []))


def _post(section: str, post: dict[str, Any]) -> Iterator[Piece]:
    for words in (post["author"], "@" + post["handle"].lstrip("@"), post["text"], post["date"]):
        yield Piece(section, words)


def _china_report(truth: dict[str, Any]) -> Iterator[Piece]:
    essay = truth["essay"]
    yield Piece("essay", truth["title"], any_case=True)
    for step in essay["order"]:
        if step["type"] == "paragraph":
            yield Piece("essay", essay["paragraphs"][step["index"]])
        elif step["type"] == "figure":
            figure = essay["figures"][step["index"]]
            yield Piece("essay", figure.get("caption") or figure.get("alt_or_prompt") or "")
            yield Piece("essay", figure.get("credit") or "")
    if essay.get("question"):
        yield Piece("sign_off", essay["question"])
        yield Piece("sign_off", essay["reply_sentence"])
    yield Piece("housekeeping", truth.get("housekeeping") or "")
    yield Piece("catch_up", "Catch up with China", any_case=True)
    yield from _items("catch_up", truth["catch_up"])
    yield Piece("lost_in_translation", "Lost in translation", any_case=True)
    yield from (Piece("lost_in_translation", words) for words in truth["lost_in_translation"]["paragraphs"])
    yield Piece("one_more_thing", "One more thing", any_case=True)
    yield from (Piece("one_more_thing", words) for words in truth["one_more_thing"]["paragraphs"])
    for post in truth["one_more_thing"].get("embeds", []):
        yield from _post("one_more_thing", post)
    yield from (Piece("corrections", words) for words in truth.get("corrections", []))


def _story_paragraphs(section: str, paragraphs: list[str]) -> Iterator[Piece]:
    """The link at a paragraph's end is a field of its own in a draft."""
    yield from (Piece(section, folded(words).removesuffix("Read the full story.")) for words in paragraphs)


def _download(truth: dict[str, Any]) -> Iterator[Piece]:
    parts = truth["the_download"]
    yield Piece("intro", parts["intro"])
    for story in parts["stories"]:
        yield Piece("stories", story["headline"])
        yield from _story_paragraphs("stories", story["paragraphs"])
        yield Piece("stories", story.get("note") or "")
        yield Piece("stories", (story.get("byline") or "").lstrip("—"))
        yield from (Piece("stories", line.lstrip("+ ")) for line in story.get("plus_lines", []))
    yield Piece("must_reads", "The must-reads", any_case=True)
    for item in parts["must_reads"]:
        yield Piece("must_reads", item["headline"])
        yield Piece("must_reads", item["dek"] + _mark(item))
        yield from _items("must_reads", item["follow_ups"])
    yield Piece("quote_of_the_day", "Quote of the day", any_case=True)
    yield Piece("quote_of_the_day", parts["quote_of_the_day"]["quote"].strip("“”"))
    yield Piece("quote_of_the_day", parts["quote_of_the_day"]["attribution"].lstrip("—"))
    big = parts["big_story"]
    yield Piece("big_story", "The big story", any_case=True)
    yield Piece("big_story", big["headline"])
    yield Piece("big_story", big["month"])
    yield from _story_paragraphs("big_story", big["paragraphs"])
    yield Piece("big_story", big["author"])
    yield Piece("nice_things", "We can still have nice things", any_case=True)
    yield Piece("nice_things", parts["nice_things"]["intro"])
    yield from (Piece("nice_things", line.lstrip("+ ")) for line in parts["nice_things"]["items"])
