"""stet/misplaced."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.draft.load import Draft


@error
def misplaced(draft: Draft) -> Iterator[Defect]:
    """A stet where it cannot work: inside a text, or a file-wide one below the top.

    What it checks:
        That no line of a text is a stet, and that `# stet-file:` stands above the first key.

    Why it matters:
        Inside a block text YAML takes `#` for prose: the line would be printed in the mail. And an exception for
        the whole file is overlooked unless it stands at the top.

    Example:
        essay:
          body: |
            # stet: structure/body-length a holiday issue, short on purpose
            Last autumn I spent a week with the crane drivers.

    Instead:
        essay:
          # stet: structure/body-length a holiday issue, short on purpose
          body: |
            Last autumn I spent a week with the crane drivers.
    """
    for comment in draft.comments:
        if comment.misplaced and comment.in_text:
            yield Defect(
                comment.place,
                "this stet stands inside a text and would be printed",
                "move it to the line above the text's key, or behind the key's `|`",
                label="part of the text",
            )
        elif comment.misplaced:
            yield Defect(comment.place, "a stet for the whole file stands at its top", "move it above the first key", label="move this to the top")
