"""Makes composer/facts/client_support.json from the data of caniemail.com, as npm's package `caniemail` carries it.

    npm pack caniemail@2.0.2
    python tools/client_support.py caniemail-2.0.2.tgz

A client's last version is taken as the data lists it, never sorted: versions are dates here and numbers there. A client
that was not tested counts as unknown (`u`). Outlook.com's data stand for the new Outlook, which is the same web page.
"""

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "composer" / "facts" / "client_support.json"
DATA = "package/data/caniemail.json"

LICENCE = """MIT License

Copyright (c) 2019 Rémi Parmentier

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the \
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit \
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""

# Names the data spell out at length.
NAMES = {"outlook-outlook-com": "outlook-com"}
FAMILIES = {"yahoo": "Yahoo", "thunderbird": "Thunderbird"}
PLATFORMS = {"desktop-app": "desktop", "desktop-webmail": "web", "mobile-webmail": "mobile web", "webmail": "web"}

# What a mail does that a feature is about, where the feature's title does not say it in so many words: a property, a
# `property:value`, a `function()`, a unit (`1rem`), a value (`*:initial`), a selector, an `@rule`, a `<tag>`, an `[attribute]`.
# Where support is partial for a few values only (the data's notes say which), the uses are those values.
USES: dict[str, list[str]] = {
    "amp": [],
    "bimi": [],
    "css-at-media-device-pixel-ratio": ["@media (-webkit-device-pixel-ratio)", "@media (-webkit-min-device-pixel-ratio)"],
    "css-at-media-hover": ["@media (hover)", "@media (any-hover)"],
    "css-background": [],
    "css-background-image": ["background-image", "background:url()"],
    "css-block-inline-size": ["block-size", "inline-size"],
    "css-border-inline-block": ["border-inline", "border-block"],
    "css-border-inline-block-individual": ["border-inline-start", "border-inline-end", "border-block-start", "border-block-end"],
    "css-border-inline-block-longhand": [f"border-{axis}-{what}" for axis in ("inline", "block") for what in ("color", "style", "width")],
    "css-border-radius-logical": [f"border-{a}-{b}-radius" for a in ("start", "end") for b in ("start", "end")],
    "css-column-layout-properties": ["columns", "column-fill", "column-rule", "column-span", "column-width"],
    "css-comments": [],
    "css-display": [f"display:{value}" for value in ("contents", "flow-root", "inline-flex", "inline-grid")],
    "css-font-weight": [],
    "css-important": ["!important"],
    "css-inert-attribute": ["[inert]"],
    "css-intrinsic-size": ["*:fit-content", "*:min-content", "*:max-content"],
    "css-margin": ["margin:negative"],
    "css-nesting": ["&"],
    "css-pseudo-class-lang": [":lang"],
    "css-grid-template": ["grid-template", "grid-template-areas", "grid-template-columns", "grid-template-rows"],
    "css-selector-adjacent-sibling": ["a + b"],
    "css-selector-attribute": ["a[b]"],
    "css-selector-chaining": [".a.b"],
    "css-selector-child": ["a > b"],
    "css-selector-class": [".a"],
    "css-selector-descendant": ["a b"],
    "css-selector-general-sibling": ["a ~ b"],
    "css-selector-grouping": ["a, b"],
    "css-selector-id": ["#a"],
    "css-selector-type": ["a"],
    "css-selector-universal": ["*"],
    "css-sytem-ui": [f"*:{name}" for name in ("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace")],
    "css-text-align": ["text-align:match-parent", "text-align:start", "text-align:end"],
    "css-text-transform": ["text-transform:lowercase"],
    "css-unit-initial": ["*:initial"],
    "css-unit-percent": ["1%"],
    "css-variables": ["var()"],
    "html-address": ["<address>"],
    "html-anchor-links": ["<a href=#>"],
    "html-comments": [],
    "html-doctype": [],
    "html-h1-h6": [f"<h{level}>" for level in range(1, 7)],
    "html-image-maps": ["<map>"],
    "html-lists": ["<ul>", "<ol>", "<dl>"],
    "html-mailto-links": [],
    "html-meta-color-scheme": ["<meta name=color-scheme>"],
    "html-semantics": [
        "<article>",
        "<aside>",
        "<details>",
        "<figcaption>",
        "<figure>",
        "<footer>",
        "<header>",
        "<main>",
        "<mark>",
        "<nav>",
        "<section>",
        "<summary>",
        "<time>",
    ],
    "html-srcset": ["[srcset]", "[sizes]"],
}


def table_of(source: dict[str, Any], version: str) -> dict[str, Any]:
    """The whole table: where it comes from, the clients, and a row for each feature."""
    clients = list(dict.fromkeys((family, platform) for feature in source["data"] for family, platforms in feature["stats"].items() for platform in platforms))
    names = source["nicenames"]
    return {
        "source": f"caniemail {version} (npm), the data of https://www.caniemail.com",
        "data_date": source["last_update_date"][:10],
        "made_by": "tools/client_support.py; do not edit by hand",
        "licence": LICENCE,
        "row": "title, category, month of the test, one letter a client (y yes, n no, a partly, u unknown), uses, notes on partial support by client",
        "clients": {_client(*client): _shown(*client, names) for client in clients},
        "features": {feature["slug"]: _row(feature, clients) for feature in source["data"]},
    }


def _client(family: str, platform: str) -> str:
    name = f"{family}-{platform}"
    return NAMES.get(name, name)


def _shown(family: str, platform: str, names: dict[str, dict[str, str]]) -> str:
    if platform in ("outlook-com", "windows-mail"):
        return str(names["platform"][platform])
    return f"{FAMILIES.get(family, names['family'][family])} ({PLATFORMS.get(platform, names['platform'][platform])})"


def _row(feature: dict[str, Any], clients: list[tuple[str, str]]) -> list[Any]:
    stats = feature["stats"]
    last = {client: _last(stats.get(client[0], {}).get(client[1], {})) for client in clients}
    letters = "".join(answer[:1] or "u" for answer in last.values())
    notes: dict[str, str] = {}
    for client, answer in last.items():
        said = " ".join(_plain((feature["notes_by_num"] or {}).get(number, "")) for number in re.findall(r"#(\d+)", answer))
        if answer.startswith("a") and said.strip():
            notes[_client(*client)] = said.strip()
    row = [feature["title"].strip(), feature["category"], feature["last_test_date"][:7], letters, list(uses_of(feature))]
    return [*row, _by_words(notes)] if notes else row


def _last(versions: dict[str, str]) -> str:
    """What is said of the last version, as the data list them."""
    return list(versions.values())[-1] if versions else "u"


def _plain(note: str) -> str:
    """A note without its verdict, links and code marks."""
    note = re.sub(r"\s*\(?See \[[^\]]*\]\([^)]*\)\.?\)?", "", note)
    note = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", note)
    return re.sub(r"^(Partial(ly supported| support)?|Buggy)\.\s*", "", note.strip())


def _by_words(notes: dict[str, str]) -> dict[str, list[str]]:
    """Each note once, with the clients it is about."""
    return {words: [client for client, said in notes.items() if said == words] for words in dict.fromkeys(notes.values())}


def uses_of(feature: dict[str, Any]) -> Iterator[str]:
    """What a mail does that this feature is about."""
    slug, title = feature["slug"], feature["title"].strip()
    if slug in USES:
        yield from USES[slug]
    elif feature["category"] == "html":
        yield from _html_uses(title)
    elif feature["category"] == "css":
        yield from _css_uses(title)


def _html_uses(title: str) -> Iterator[str]:
    typed = re.fullmatch(r'<(\w+) type="(\w+)"> element', title)
    if typed:
        yield f"<{typed[1]} type={typed[2]}>"
    elif title.endswith(" attribute"):
        yield f"[{title.removesuffix(' attribute')}]"
    else:
        yield from re.findall(r"<\w+>", title)


def _css_uses(title: str) -> Iterator[str]:
    if title.startswith("@"):
        yield title
    elif title.startswith(":"):
        yield title.removesuffix("()")
    elif title.endswith(" unit"):
        yield f"1{title.removesuffix(' unit')}"
    elif "()" in title:
        yield from re.findall(r"[\w-]+\(\)", title)
    elif ":" in title:
        yield title.replace(" ", "")
    else:
        yield from re.split(r", | & ", re.sub(r" (shorthand|property|CSS property)$", "", title))


def main(archive: str) -> None:
    """Reads npm's archive and writes the table, a line for each feature."""
    with tarfile.open(archive) as opened:
        read = {name: json.load(opened.extractfile(f"package/{name}")) for name in ("data/caniemail.json", "package.json")}  # type: ignore[arg-type]
    table = table_of(read["data/caniemail.json"], read["package.json"]["version"])
    head = {key: value for key, value in table.items() if key != "features"}
    rows = ",\n".join(f"{json.dumps(slug)}: {json.dumps(row, ensure_ascii=False)}" for slug, row in table["features"].items())
    TARGET.write_text(f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "features": {{\n{rows}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
