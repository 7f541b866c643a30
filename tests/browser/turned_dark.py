"""Mails as clients turn them dark by themselves, by the code that Microsoft publishes for it: roosterjs.

roosterjs 8.30.1 (npm, MIT, github.com/microsoft/roosterjs) is the editor of Outlook on the web, which marks what it recolours as
the reading pane does. Two things are asked of it. `Editor.transformToDarkColor` keeps an element's own colours in
data-ogsc (text) and data-ogsb (background), or data-ogac and data-ogab for the attributes `color` and `bgcolor`, and sets
dark ones with !important. `getDarkColor` makes these: it turns the lightness of CIE Lab around and lets nothing be darker
than #333333. Version 9 of roosterjs writes CSS variables instead and knows nothing of these attributes.

The reading pane's own code is not published; that it is as the editor is our simulation. For it speak Rémi Parmentier's findings of 2019
(hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode, read 2026-11-22): the same attributes, and a ground of #333. Pieces of
mails that people copied out of Outlook's dark mode into public code show its !important, grounds of #333333 and #292929, and
text lighter than getDarkColor's: #707070 became #B3B3B3 there and #979797 here. Whether a mail's [data-ogsc] rules win over
the colours that Outlook sets is not known; both are tried. Outlook's prefix to class names, put into rules and elements alike,
is left out, since it changes nothing.

Of Gmail on iOS and of Outlook for Windows nothing is published but what designers see: they turn every colour around, and
no rule of the mail is asked. `turned_around` does that with the same `getDarkColor`; it is no client's own code.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.chromium import Chromium
from tests.browser.forced_dark import seen_by
from tests.browser.npm import installed

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The ground of Outlook's reading pane in the dark, which is getDarkColor's own darkest, and the ink on it.
_PANE = "margin: 0; background-color: #333333; color: #ffffff"
_TURN = """([wins, pane]) => {
  const desk = document.body.appendChild(document.createElement("div"));
  const editor = new roosterjs.Editor(desk, { inDarkMode: true, getDarkColor: roosterjs.getDarkColor });
  [...document.body.children].filter(mail => mail !== desk).forEach(mail => editor.transformToDarkColor(mail));
  editor.dispose();
  desk.remove();
  if (!wins) for (const element of document.querySelectorAll("[data-ogsc], [data-ogsb]"))
    for (const name of ["color", "background-color"]) element.style.setProperty(name, element.style.getPropertyValue(name));
  document.body.style.cssText = pane;
}"""
_TURN_AROUND = """pane => {
  const names = ["color", "background-color", "text-decoration-color", ...["top", "right", "bottom", "left"].map(side => `border-${side}-color`)];
  const found = [...document.querySelectorAll("body *")].map(element => {
    const style = getComputedStyle(element);
    return [element, names.map(name => [name, style.getPropertyValue(name)]).filter(([, color]) => !/^rgba.*, 0\\)$/.test(color))];
  });
  for (const [element, colors] of found)
    for (const [name, color] of colors) element.style.setProperty(name, roosterjs.getDarkColor(color), "important");
  document.body.style.cssText = pane;
}"""


def turned_dark_by_outlook(chromium: Chromium, page: Path, *, outlook_wins: bool) -> Path:
    """The page, beside its own, as Outlook on the web shows it in the dark.

    Where `outlook_wins`, the colours it sets are important, as roosterjs makes them, and win over the mail's own [data-ogsc]
    rules; else they are not.
    """

    def turn(shown: "Page") -> None:
        shown.evaluate(_TURN, [outlook_wins, _PANE])

    return _turned(chromium, page, "outlook-com", turn)


def turned_around(chromium: Chromium, page: Path, client: str) -> Path:
    """The page, beside its own, as this client would show it if it turned every colour around and asked nobody."""

    def turn(shown: "Page") -> None:
        shown.evaluate(_TURN_AROUND, _PANE)

    return _turned(chromium, page, client, turn)


def _turned(chromium: Chromium, page: Path, client: str, turn: "Callable[[Page], None]") -> Path:
    seen = seen_by(client, page)
    with chromium.opened(seen, 640) as shown:
        engine = shown.add_script_tag(path=str(installed("roosterjs", "dist/rooster-min.js")))
        turn(shown)
        engine.evaluate("script => script.remove()")
        seen.write_text(f"<!doctype html>\n{shown.content()}", encoding="utf-8")
    return seen
