"""What the archive reads in a draft: keys by which links and headlines are found again, items, sources."""

import pytest

from composer.archive.reading import items_in, link_key, links_in, marks_in, words_key
from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping


def root_of(text: str) -> Mapping:
    root = read_text(text, "draft.yaml").root
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://example.org/a", "example.org/a"),
        ("HTTP://WWW.Example.org/A/", "example.org/A"),
        ("https://example.org/a?b=1&a=2&utm_source=x&fbclid=y", "example.org/a?a=2&b=1"),
        ("https://example.org/?p=12", "example.org/?p=12"),
        ("https://example.org/a#:~:text=pier", "example.org/a"),
        ("https://example.org/a#Echobox=17", "example.org/a"),
        ("https://example.org/a#part-two", "example.org/a#part-two"),
        ("https://example.org/", None),
        ("https://example.org?utm_source=x", None),
        ("mailto:a@example.org", None),
        ("picture.png", None),
        ("", None),
    ],
)
def test_a_link_is_found_again_however_it_was_typed(address: str, key: str | None) -> None:
    assert link_key(address) == key


def test_words_are_found_again_however_they_were_typed() -> None:
    assert words_key("“The port’s *own* crane!”") == words_key("The port's own Crane") == "the port s own crane"
    assert words_key("🎉 …") == ""


def test_items_are_headlines_and_briefs_and_not_running_text() -> None:
    root = root_of("""\
byline: [Wen Castellan, Christopher Featherstonehaugh the Third]
essay:
  headline: A headline of its own here
  body:
    - Once more about [paper](https://example.org/paper) and [cranes](https://example.org/cranes).
digest:
  - "[A pier](https://example.org/pier) was sold to [a man](https://example.org/man). (Harbor Wire $)"
  - text: No link, and yet a brief of several words. (Harbor Wire)
    more:
      - "[It stood](https://example.org/stood) by."
list:
  items:
    - headline: Two words
      url: https://example.org/two
      dek: {text: "See [also](https://example.org/also). (Harbor Wire)", more: ["[More](https://example.org/more) on it."]}
corrections:
  - "Correction: [it](https://example.org/it) was not so."
""")
    found = [(i.headline.key if i.headline else None, i.link.key if i.link else None, i.is_follow_up) for i in items_in(root)]
    assert found == [
        ("a headline of its own here", None, False),
        (None, "example.org/pier", False),
        ("no link and yet a brief of several words", None, False),
        (None, "example.org/stood", True),
        (None, "example.org/two", False),
        (None, "example.org/more", True),
    ]


def test_every_link_is_found_with_its_line() -> None:
    root = root_of("""\
essay:
  body: |
    One [link](https://example.org/one) and

    <https://example.org/two>, and [three](<https://example.org/three>).
quoted: "a [fourth](https://example.org/four(4)) \\
  and [fifth](https://example.org/five)"
url: https://example.org/six
""")
    assert [(link.key.partition("/")[2], link.line) for link in links_in(root)] == [
        ("one", 3),
        ("two", 5),
        ("three", 5),
        ("four(4)", 6),
        ("five", 7),
        ("six", 8),
    ]


@pytest.mark.parametrize(
    ("brief", "marks"),
    [
        ('"It is so. (Harbor Wire $)"', [("harbor wire", True)]),
        ('"It is so. (Harbor Wire)."', [("harbor wire", False)]),
        ('"它是这样。（晚灯报 $）"', [("晚灯报", True)]),
        ('"It is so. (36Kr $)"', [("36kr", True)]),
        ('"It is so. (about 40 of them)"', []),
        ('"It is so. (a bracket with many more words)"', []),
        ('"It is so. (One, Two)"', []),
        ('"It is so."', []),
        ("{text: It is so. (Not Me), source: Harbor Wire, paywall: true}", [("harbor wire", True)]),
        ("{text: It is so., source: Harbor Wire}", [("harbor wire", False)]),
    ],
)
def test_a_source_is_read_with_its_mark(brief: str, marks: list[tuple[str, bool]]) -> None:
    assert [(mark.source.key, mark.paywall) for mark in marks_in(root_of(f"digest:\n  - {brief}\n"))] == marks
