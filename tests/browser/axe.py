"""What axe says of a page on many screens: each is set up in a window that is already open, so that a page is loaded once."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.browser.chromium import Chromium
from tests.browser.npm import installed

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 375, 640, 1000)
SCHEMES = ("light", "dark")
# What axe asks of a web page that a mail cannot give: each rule with the reason why it is off.
OFF = {
    "region": "a mail stands inside the client's own page, which has the regions",
    "landmark-one-main": "the client's page has its own main landmark, and a page may have one only",
}
# A sample passes 26 to 31 of axe's rules; a page on which it finds nothing to judge would pass hardly any.
LEAST_JUDGED = 20

_RUN = """off => axe.run(document, {
  resultTypes: ["violations", "incomplete"],
  rules: Object.fromEntries(off.map(name => [name, { enabled: false }])),
}).then(found => ({
  judged: found.passes.length,
  faults: [...found.violations, ...found.incomplete].map(one => ({ rule: one.id, elements: one.nodes.map(node => node.html) })),
}))"""


class Fault(NamedTuple):
    """A rule of axe that a page breaks, or may break as far as axe can tell, on one screen."""

    width: int
    scheme: str
    rule: str
    elements: tuple[str, ...]


class Verdict(NamedTuple):
    """What axe said of a page on all screens: how many rules it could judge at least, and every fault."""

    screens: int
    judged: int
    faults: tuple[Fault, ...]


def verdict_on(chromium: Chromium, page: Path | str, *, images: bool = True) -> Verdict:
    """What axe says of a page at all widths, light and dark."""
    judged, faults = [], []
    with chromium.opened(page, WIDTHS[0], images=images) as shown:
        shown.add_script_tag(path=str(installed("axe-core", "axe.min.js")))
        for width, scheme in _screens(shown):
            found = shown.evaluate(_RUN, list(OFF))
            judged.append(found["judged"])
            faults += [Fault(width, scheme, fault["rule"], tuple(fault["elements"])) for fault in found["faults"]]
    return Verdict(len(judged), min(judged), tuple(faults))


def rules_broken(page: "Page") -> dict[str, list[str]]:
    """What axe says against a page of our own as it stands, frames left out: elements by the rules that they break, or may break."""
    # Not as an element of the page, whose policy forbids scripts from elsewhere.
    page.evaluate(installed("axe-core", "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations', 'incomplete'], rules: { 'frame-tested': { enabled: false } } })")
    assert len(found["passes"]) >= LEAST_JUDGED
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in [*found["violations"], *found["incomplete"]]}


def _screens(shown: "Page") -> Iterator[tuple[int, str]]:
    for width, scheme in product(WIDTHS, SCHEMES):
        shown.set_viewport_size({"width": width, "height": 900})
        shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        yield width, scheme
