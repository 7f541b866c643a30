"""template/unknown-attribute."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def unknown_attribute(templates: CheckedTemplates) -> Iterator[Defect]:
    """An attribute that this MJML tag does not have.

    What it checks:
        The attributes of every MJML tag in the newsletter's templates, the defaults in mj-attributes included.

    Why it matters:
        MJML passes over it without a word, and the mail looks as if the line had never been typed.

    Example:
        <mj-text colour="#1F4E79">{{ t.text(page.title) }}</mj-text>

    Instead:
        <mj-text color="#1F4E79">{{ t.text(page.title) }}</mj-text>

    Source: npm's mjml 5.4.1, kept as composer/facts/mjml_reference.json.
    """
    return defects_of(templates, "unknown-attribute")
