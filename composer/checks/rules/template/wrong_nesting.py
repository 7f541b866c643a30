"""template/wrong-nesting."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def wrong_nesting(templates: CheckedTemplates) -> Iterator[Defect]:
    """An MJML tag where it may not stand, or words where none may.

    What it checks:
        What stands in what, across all the templates that make a mail together; one mj-body, and nothing behind it; and
        words directly in a section or column.

    Why it matters:
        MJML writes tables that fit into one another only in its own order. In any other, Outlook sets the parts
        anywhere, or nowhere.

    Example:
        <mj-section><mj-text>{{ t.prose(placed.content.text) }}</mj-text></mj-section>

    Instead:
        <mj-section><mj-column><mj-text>{{ t.prose(placed.content.text) }}</mj-text></mj-column></mj-section>

    Source: npm's mjml 5.4.1, kept as composer/facts/mjml_reference.json.
    """
    return defects_of(templates, "wrong-nesting")
