"""template/unclosed-tag."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def unclosed_tag(templates: CheckedTemplates) -> Iterator[Defect]:
    """A tag that is not closed, is closed twice, or is closed by another's end tag.

    What it checks:
        MJML and the HTML in it, across all the templates that make a mail together; also tags without their `>`, values
        without their second quote, and comments without an end.

    Why it matters:
        MJML makes no mail of it, or one in which everything that follows stands inside the wrong element.

    Example:
        <mj-text><p>{{ t.inline(placed.content.quote) }}</mj-text>

    Instead:
        <mj-text><p>{{ t.inline(placed.content.quote) }}</p></mj-text>
    """
    return defects_of(templates, "unclosed-tag")
