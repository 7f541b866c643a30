"""Complete drafts of both newsletters, with every field and block, for tests to build and to break."""

import copy
from collections.abc import Iterator
from typing import Any

LONG = "Harbors are measured in cranes, and cranes are measured in the patience of the people who once sat in them."

CHINA_REPORT: dict[str, Any] = {
    "newsletter": "china-report",
    "date": "2026-11-24",
    "subject": "The port that learned to wait",
    "preheader": "What patience costs when a crane has to learn it",
    "byline": ["Wen Castellan", "Guest Writer"],
    "number": 12,
    "slug": "the-port",
    "essay": {
        "headline": "The port that learned to run itself",
        "dek": "The cranes no longer need drivers.",
        "body": [
            f"{LONG} [One of them](https://a.example/one) said so.\n\nSecond paragraph with *emphasis*, **strength** and 港口 in it.\n\n- first point\n- second point\n\n## A subhead\n\n> Somebody said this.",
            {
                "figure": {
                    "image": "https://pictures.example/a.png",
                    "alt": "An automated crane",
                    "caption": "A crane, [seen](https://a.example/seen) at dusk.",
                    "credit": "Photo: Nobody",
                    "link": "https://a.example/gallery",
                    "width": 1200,
                    "height": 675,
                }
            },
            "Third paragraph, behind a picture.",
            {
                "post": {
                    "text": "The menu is back.\nAll of it.",
                    "author": "Noodle Shop",
                    "handle": "noodles",
                    "date": "2026-11-20",
                    "url": "https://x.com/noodles/status/1",
                }
            },
            {"pull_quote": {"quote": "The robots were the easy part.", "attribution": "Ruan, crane driver"}},
            {
                "sponsor": {
                    "label": "Sponsored by Harbor Bank",
                    "body": "Accounts for [people](https://a.example/people) who ship things.",
                    "url": "https://a.example/offer",
                }
            },
            "Fourth and last paragraph.",
        ],
    },
    "sign_off": {"question": "What counts as skill now?", "invitation": "Write to china@harborreview.example and say so."},
    "catch_up": [
        "[Two provinces](https://a.example/b1) trade wind power. (Reuters $)",
        {
            "text": "[A dam](https://a.example/b2) is full.",
            "source": "Bloomberg",
            "paywall": True,
            "more": ["[It was not](https://a.example/b3) last year. (BBC)", {"text": "[Nor before](https://a.example/b4).", "source": "FT"}],
        },
        "[A landline](https://a.example/b5) returns. ([The Walrus](https://a.example/walrus) $)",
        "[Ports](https://a.example/b6) wait (for weather). (BBC (UK) $)",
        "[Noodles](https://a.example/b7) sell. （Caixin $）",
    ],
    "lost_in_translation": {
        "publication": "Southern Metropolis Daily",
        "body": "The Southern Metropolis Daily spent a night with cooks.\n\nThey were [awake](https://a.example/awake).",
    },
    "one_more_thing": {"body": "A shop lost its menu and asked its guests to draw it again."},
    "corrections": ["Correction: the plant makes 40 megawatts, not [400](https://a.example/400).", "Update: the shop has reopened."],
}

THE_DOWNLOAD: dict[str, Any] = {
    "newsletter": "the-download",
    "date": "2026-11-24",
    "subject": "The Download: patient cranes, and a dam",
    "preheader": "Plus: a shop without a menu",
    "intro": "A short word of welcome with a [link](https://a.example/intro).",
    "stories": [
        {
            "headline": "The crane that waits",
            "body": f"{LONG}\n\nAnd a second paragraph.",
            "url": "https://a.example/s1",
            "byline": "Marit Solheim",
            "more": [
                "[Read more](https://a.example/s2) about cranes. (MIT Technology Review)",
                {"text": "[And dams](https://a.example/s3).", "source": "FT", "paywall": True},
            ],
        },
        {
            "headline": "A dam, explained",
            "body": ["One paragraph.", {"pull_quote": {"quote": "It is a wall."}}, "Another."],
            "note": "This story is from [China Report](https://a.example/cr).",
            "byline": ["Marit Solheim", "Tobias Adeyemi"],
            "url": "https://a.example/s4",
        },
    ],
    "must_reads": [
        {
            "headline": f"Headline number {n}",
            "url": f"https://a.example/m{n}",
            "dek": f"A line about it, the {n}th. (FT $)",
            "more": [f"[Follow-up {n}](https://a.example/f{n}) says otherwise. (WSJ $)"] if n % 3 == 0 else [],
        }
        for n in range(1, 11)
    ],
    "quote_of_the_day": {"quote": "We asked for a twin and got a cousin.", "attribution": "Ilse Marchetti, an engineer, in *Engineering Weekly*."},
    "big_story": {
        "headline": "The turbine built for lightning",
        "date": "August 2020",
        "body": "Every blade is hit twice a year.\n\nNot this one.",
        "url": "https://a.example/big",
        "byline": "Tobias Adeyemi",
    },
    "nice_things": {"intro": "A place for comfort.", "items": ["[The mole](https://a.example/mole) is back.", "So is [the owl](https://a.example/owl)."]},
    "tips": {"question": "Seen something?", "invitation": "Send it to download@harborreview.example."},
    "corrections": ["Update: the owl has left again."],
}


def china_report() -> dict[str, Any]:
    """A healthy draft of China Report."""
    return copy.deepcopy(CHINA_REPORT)


def the_download() -> dict[str, Any]:
    """A healthy draft of The Download."""
    return copy.deepcopy(THE_DOWNLOAD)


DRAFTS = {"china-report": china_report, "the-download": the_download}

Path = tuple[str | int, ...]


def texts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a draft with the way to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_in(item, (*path, index))
    elif isinstance(value, str):
        yield path, value


def at(value: Any, path: Path) -> Any:
    """What stands at the end of a way."""
    for step in path:
        value = value[step]
    return value


def with_text(draft: dict[str, Any], path: Path, text: Any) -> dict[str, Any]:
    """The draft with another text in one place."""
    changed = copy.deepcopy(draft)
    at(changed, path[:-1])[path[-1]] = text
    return changed
