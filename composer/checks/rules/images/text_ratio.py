"""images/text-ratio."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.issue.issue import Issue

# What a character takes on the page: a line of 560 by 28 pixels holds about 65.
_AREA_OF_A_CHARACTER = 560 * 28 / 65
# Where a picture's size is not known: as wide as the text, sixteen to nine.
_USUAL_AREA = 560 * 315


@warning
def text_ratio(draft: Draft, issue: Issue, *, most: float = 0.6) -> Iterator[Defect]:
    """A mail that is nearly all pictures.

    What it checks:
        Whether the pictures, at the size at which they are shown, take more than six tenths of the mail, and the
        words the rest.

    Why it matters:
        Spammers hide words in pictures, so filters mistrust a mail of little else. Where pictures are not shown,
        little is left of it.

    Example:
        body:
          - figure:
              image: https://example.org/poster.png
              alt: The program of the harbor's open day.
              width: 1120
              height: 1600

    Instead:
        body: |
          The harbor opens its gates on Saturday. At ten the cranes are shown …

    Source: SpamAssassin's rules HTML_IMAGE_ONLY_* and HTML_IMAGE_RATIO_*, 20_html_tests.cf.
    """
    # A file that is not there takes no room; images/missing-file speaks of it.
    shown = [s for s in figures(draft) if s.file is not None or not s.figure.is_local]
    if not shown:
        return
    sizes = [figure.shown_size for figure in shown]
    pictures = sum(size[0] * size[1] if size is not None else _USUAL_AREA for size in sizes)
    # A quarter of what is typed is words, whatever else there is: mostly that says enough.
    if pictures * (1 - most) <= most * len(draft.source.text) / 4 * _AREA_OF_A_CHARACTER:
        return
    words = sum(len(str(text)) for _, text in issue.texts()) * _AREA_OF_A_CHARACTER
    share = pictures / (pictures + words)
    if share > most:
        yield Defect(
            shown[0].image.place,
            f"pictures take {share:.0%} of this mail",
            "say in words what matters, and leave pictures out or make them smaller",
            label="too little text beside it" if len(shown) == 1 else f"{len(shown)} pictures, too little text beside them",
        )
