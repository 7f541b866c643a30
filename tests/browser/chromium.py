"""A page as Chromium lays it out: where every word stands, in which size and colour, and what the whole looks like."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--hide-scrollbars",
]
FONTS = Path(__file__).with_name("fonts.conf")

# Words inside a box without height (the preheader) are not seen; everything else that has a rectangle is.
_MEASURE = """() => {
  const seen = element => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.display === "none" || style.visibility === "hidden") return false;
      if (style.overflow === "hidden" && e.getBoundingClientRect().height < 1) return false;
    }
    return true;
  };
  const background = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!/^rgba.*, 0\\)$|^transparent$/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const block = element => {
    let e = element;
    while (e.parentElement && getComputedStyle(e).display.startsWith("inline")) e = e.parentElement;
    return e;
  };
  const numbers = new Map();
  const number = e => { if (!numbers.has(e)) numbers.set(e, numbers.size); return numbers.get(e); };
  const box = r => [r.left, r.top + scrollY, r.right, r.bottom + scrollY];
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.replace(/[\\s\\u200c\\u034f]+/g, " ").trim();
    const parent = node.parentElement;
    if (!text || /^(STYLE|SCRIPT|TITLE)$/.test(parent.tagName) || !seen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const style = getComputedStyle(parent);
    words.push({
      text, block: number(block(parent)), size: parseFloat(style.fontSize), weight: parseInt(style.fontWeight),
      color: style.color, background: background(parent), link: !!parent.closest("a"), button: !!parent.closest(".btn"),
      underlined: (() => { for (let e = parent; e && e.tagName !== "TD"; e = e.parentElement)
        if (getComputedStyle(e).textDecorationLine.includes("underline")) return true; return false; })(),
      boxes: [...range.getClientRects()].filter(r => r.width > 0 && r.height > 0).map(box),
    });
  }
  const shown = selector => [...document.querySelectorAll(selector)].filter(seen);
  return {
    overflow: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth,
    words,
    alts: shown("img").map(e => { const s = getComputedStyle(e); return { text: e.alt, size: parseFloat(s.fontSize), weight: 400, color: s.color, background: background(e), drawn: e.complete && e.naturalWidth > 0, box: box(e.getBoundingClientRect()) }; }),
    headings: shown("h1,h2,h3,h4").map(e => ({ level: +e.tagName[1], text: e.textContent.trim(), box: box(e.getBoundingClientRect()) })),
    buttons: shown(".btn a").map(e => box(e.getBoundingClientRect())),
    showpieces: shown(".fig img, .strip, .card, .panel").map(e => box(e.getBoundingClientRect())).sort((a, b) => a[1] - b[1]),
    links: shown("a[href]").filter(e => e.getBoundingClientRect().height > 0).map(e => e.getAttribute("href")),
    pieces: [...numbers.keys(), ...shown("img")].map(e => box(e.getBoundingClientRect())).sort((a, b) => a[1] - b[1] || a[0] - b[0]),
  };
}"""


@dataclass(frozen=True)
class Sheet:
    """What was measured on a page, in the page's own pixels, and its picture, which has `scale` pixels for each of them."""

    width: int
    overflow: float
    words: list[dict[str, Any]]
    alts: list[dict[str, Any]]
    headings: list[dict[str, Any]]
    buttons: list[list[float]]
    showpieces: list[list[float]]
    links: list[str]
    pieces: list[list[float]]
    png: bytes = field(repr=False)
    scale: int = 1

    @property
    def picture(self) -> Image.Image:
        """The whole page."""
        return Image.open(io.BytesIO(self.png)).convert("RGB")


class Visit(NamedTuple):
    """A page that comes from a server, what it asked of others, and what its scripts or the browser complained of."""

    page: "Page"
    elsewhere: list[str]
    complaints: list[str]


def _drawn(page: "Page") -> bytes:
    """The picture of a whole page. On a busy machine Chromium cannot draw one of some thousands, and can the next moment."""
    from playwright.sync_api import Error

    for _ in range(2):
        try:
            return page.screenshot(full_page=True)
        except Error as error:
            if "Unable to capture screenshot" not in error.message:
                raise
        page.wait_for_timeout(1000)
    return page.screenshot(full_page=True)


class Chromium:
    """Debian's Chromium, driven by Playwright, with the fonts of fonts.conf only; with `arguments` of its own, where it has some."""

    def __init__(self, *arguments: str, playwright: "Playwright | None" = None) -> None:
        self._arguments = arguments
        self._lent = playwright

    def beside(self, *arguments: str) -> "Chromium":
        """One more Chromium, with other arguments, to be closed before this one: Playwright runs once only in a thread."""
        return Chromium(*arguments, playwright=self._playwright)

    def __enter__(self) -> Self:
        from playwright.sync_api import sync_playwright

        found = shutil.which("chromium")
        assert found, "chromium is absent: apt-get install chromium"
        self._playwright = self._lent or sync_playwright().start()
        missing = [
            font
            for font in ("LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "NotoSansCJK-Regular.ttc")
            if not list(Path("/usr/share/fonts").rglob(font))
        ]
        assert not missing, f"{missing} absent: apt-get install fonts-liberation fonts-noto-cjk"
        self._browser = self._playwright.chromium.launch(
            executable_path=found, args=[*ARGUMENTS, *self._arguments], env={**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._browser.close()
        if self._lent is None:
            self._playwright.stop()

    def sheet(
        self, page: Path | str, width: int, scheme: str = "light", *, images: bool = True, pictured: bool = True, fonts: str = "", scale: int = 1
    ) -> Sheet:
        """Open a file, or HTML given as text, and measure it.

        A page that nobody looks at need not be `pictured`, which takes most of the time. `fonts` are rules of CSS that
        bring fonts of their own, in place of those of the machine.
        """
        with self.opened(page, width, scheme, images=images, scale=scale) as shown:
            if fonts:
                shown.add_style_tag(content=fonts)
                # each file, used or not: what the page waits for by itself begins only when it is next drawn
                shown.evaluate("Promise.all([...document.fonts].map(font => font.load())).then(() => null)")
            return Sheet(width=width, scale=scale, png=_drawn(shown) if pictured else b"", **shown.evaluate(_MEASURE))

    @contextmanager
    def visiting(self, address: str, width: int, height: int, scheme: str = "light") -> "Iterator[Visit]":
        """A page of a server of this machine, in a window that goes with the block; whatever it asks of others is noted and refused."""
        elsewhere: list[str] = []
        complaints: list[str] = []

        def answer(route: Any) -> None:
            if route.request.url.startswith((address, "data:")):
                route.continue_()
            else:
                elsewhere.append(route.request.url)
                route.abort()

        context = self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        try:
            context.route("**/*", answer)
            shown = context.new_page()
            shown.on("console", lambda message: complaints.append(message.text))
            shown.on("pageerror", lambda error: complaints.append(str(error)))
            yield Visit(shown, elsewhere, complaints)
        finally:
            context.close()

    @contextmanager
    def opened(self, page: Path | str, width: int, scheme: str = "light", *, images: bool = True, scale: int = 1) -> "Iterator[Page]":
        """A file, or HTML given as text, in a window of its own that goes with the block. Nothing is fetched from the network.

        Pictures are refused one by one: the flag `imagesEnabled=false` does nothing in a headless Chromium.
        """

        def answer(route: Any) -> None:
            if route.request.url.startswith("http") or (route.request.resource_type == "image" and not images):
                route.abort()
            else:
                route.continue_()

        context = self._browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=scale)
        try:
            context.route("**/*", answer)
            shown = context.new_page()
            if isinstance(page, Path):
                shown.goto(page.as_uri())
            else:
                shown.set_content(page)
            yield shown
        finally:
            context.close()
