"""make gallery: docs/gallery.md and its pictures, and the pictures of findings and of the preview in the README.

    python -m tests.browser.gallery REPORT      REPORT is what `make judges` leaves: .judges/report.xml

Nothing on the page is typed: the pictures are taken of the sample issues, the sizes are counted and the judges' results read.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from composer.project.project import Project
from tests.browser import preview_picture, samples, terminal, verdicts
from tests.browser.chromium import Chromium, Sheet
from tests.browser.forced_dark import FORCED, seen_by
from tests.browser.georgia import georgia
from tests.browser.samples import ROOT, Sample
from tests.browser.small_pictures import BAND, in_gaps, kept_small, spans_of
from tests.browser.thunderbird import picture_of
from tests.browser.turned_dark import turned_dark_by_outlook
from tests.sizes import BEGIN, END, PAGE, with_sizes

FOLDER = PAGE.with_suffix("")
MOST_BYTES, MOST_OF_ALL = 120_000, 1_500_000
FINDINGS, MOST_OF_FINDINGS = ROOT / "assets" / "check.png", 80_000
PREVIEW, MOST_OF_PREVIEW = ROOT / "assets" / "preview.png", 120_000
# Rows above and below a figure, a quotation, a card or a panel that show how it stands in its text.
BESIDE = 160
# Rows that fit into MOST_BYTES with room to spare; a wider page has more on each.
ROWS = {375: 5000, 640: 3800}
TOP_OF_PHONE, AROUND, TOP_OF_WINDOW = 900, 600, 2100
ROWS_IN_THE_DARK = 2800


class View(NamedTuple):
    """A picture of an issue: the end of its file's name, and what it shows."""

    name: str
    words: str


PAIRS = (
    (
        (View("375-light", "on a phone, 375 px, light"), View("375-dark", "on a phone, 375 px, dark")),
        "On a phone, light and dark, in the colors that the theme gives for each.",
    ),
    (
        (View("640-light", "in a window of 640 px, light"), View("640-dark", "in a window of 640 px, dark")),
        "In a window of 640 px, light and dark.",
    ),
    (
        (View("375-no-pictures", "on a phone without pictures"), View("thunderbird", "in Thunderbird's window")),
        "Without pictures, whose words stand in for them; and as Thunderbird opens the .eml file.",
    ),
    (
        (View("outlook-dark", "in Outlook's own dark mode, simulated"), View("forced-dark", "as Android darkens what it is not asked to, simulated")),
        "Simulated: Outlook on the web in the dark, where our colors for it count; and Gmail on Android, as Chromium's algorithm darkens the light mail.",
    ),
)

HEAD = """# The newsletters, as they look

Made by `make gallery`: the pictures are taken, the sizes counted and the judges' results read by one command, so that
nothing here is typed. Free fonts stand for those that readers have: Gelasio for Georgia, as wide as it letter by letter,
Liberation for Arial (and, in Thunderbird's window, for Georgia as well), Noto for the Chinese. Where a dashed line crosses
a picture, a part of a long issue is left out.
"""
SIZES = f"""
## How large

In bytes. Gmail cuts a mail off at about 102,000 bytes of HTML as sent (quoted-printable); our goal is 75,000. The whole message
carries its pictures. Counted with css-inline; premailer's HTML is a few hundred bytes smaller.

{BEGIN}{END}"""
JUDGES = """
## What the judges say

Each is the real program, run by `make judges`; every one is also shown faults, which it must see.

"""


def pictures_of(chromium: Chromium, sample: Sample, scratch: Path) -> Iterator[tuple[str, Image.Image]]:
    """Each view's picture of a sample, by the view's name."""
    for width, rows in ROWS.items():
        for scheme in ("light", "dark"):
            yield f"{width}-{scheme}", shortened(chromium.sheet(sample.html, width, scheme, fonts=georgia()), rows)
    yield "375-no-pictures", without_pictures(chromium, sample)
    yield "outlook-dark", shortened(chromium.sheet(turned_dark_by_outlook(chromium, sample.html, outlook_wins=False), 375, fonts=georgia()), ROWS_IN_THE_DARK)
    with chromium.beside(FORCED) as darkening:
        yield "forced-dark", shortened(darkening.sheet(seen_by("gmail-android", sample.html), 375, "dark", fonts=georgia()), ROWS_IN_THE_DARK)
    window = picture_of(sample.eml, scratch)
    yield "thunderbird", window.crop((0, 0, window.width, TOP_OF_WINDOW))


def shortened(sheet: Sheet, rows: int) -> Image.Image:
    """So many rows of a page: its beginning, what is around its figures, quotations, cards and panels, and of its end as much as there is room for."""
    height = sheet.picture.height
    wanted = _apart([(0, rows // 6), *((round(top) - BESIDE, round(bottom) + BESIDE) for _, top, _, bottom in sheet.showpieces)])
    spans = [in_gaps(sheet.picture, span) for span in wanted]
    while True:
        end = height - (rows - sum(bottom - top + BAND for top, bottom in spans))
        if spans[-1][1] < end:
            return spans_of(sheet.picture, [*spans, (end, height)])
        # the end of the page shows what this one would
        spans.pop()
        if not spans:
            return sheet.picture


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans from the top down, those that all but touch made one."""
    made: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if made and top - made[-1][1] < BESIDE:
            made[-1] = (made[-1][0], max(made[-1][1], bottom))
        else:
            made.append((top, bottom))
    return made


def without_pictures(chromium: Chromium, sample: Sample) -> Image.Image:
    """The top of a phone's page, and what stands around its first picture, which is refused."""
    bare = chromium.sheet(sample.html, 375, images=False, fonts=georgia())
    _, above, _, below = bare.alts[0]["box"]
    return spans_of(bare.picture, [(0, TOP_OF_PHONE), (round(above) - AROUND, round(below) + AROUND)])


def page(names: dict[str, str], report: Path) -> str:
    """The page; `names` are the newsletters' own, by their slugs."""
    parts = [HEAD]
    for slug, name in names.items():
        parts.append(f"\n## {name}\n")
        for views, line in PAIRS:
            shown = " ".join(f'<img src="gallery/{slug}-{view.name}.png" width="49%" alt="{name} {view.words}.">' for view in views)
            parts.append(f"\n{line}\n\n{shown}\n")
    return with_sizes("".join([*parts, SIZES, JUDGES, verdicts.table(report)]))


def main(report: Path) -> None:
    """Take the pictures, then write the page."""
    project = Project(ROOT)
    newsletters = {slug: project.newsletter(slug) for slug in samples.STEMS}
    written = page({slug: str(newsletter.name) for slug, newsletter in newsletters.items() if newsletter is not None}, report)
    made = set()
    with tempfile.TemporaryDirectory() as scratch, Chromium() as chromium:
        for slug, stem in samples.STEMS.items():
            sample = samples.built(ROOT / "issues" / slug / f"{stem}.yaml", Path(scratch))
            own = Path(scratch, f"{slug}-profile")
            own.mkdir()
            for name, picture in pictures_of(chromium, sample, own):
                made.add(FOLDER / f"{slug}-{name}.png")
                kept_small(picture, FOLDER / f"{slug}-{name}.png", MOST_BYTES)
        printed = terminal.printed()
        kept_small(terminal.picture(chromium, printed), FINDINGS, MOST_OF_FINDINGS, printed=printed)
        kept_small(preview_picture.picture(chromium), PREVIEW, MOST_OF_PREVIEW)
    for path in set(FOLDER.iterdir()) - made:
        path.unlink()
    weight = sum(path.stat().st_size for path in made)
    assert weight <= MOST_OF_ALL, f"the pictures have {weight:,} bytes and may have {MOST_OF_ALL:,}"
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
