"""template/wrong-value."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def wrong_value(templates: CheckedTemplates) -> Iterator[Defect]:
    """A value that an MJML attribute cannot have.

    What it checks:
        Lengths, colours, choices, whole numbers, and true and false, each by what MJML says of the attribute; an attribute
        given twice; an empty mj-title. A value that is a token of the theme is found in theme.css.

    Why it matters:
        A length without its unit, or a colour that is none, is dropped by one client and guessed at by the next.

    Example:
        <mj-text font-size="large" padding="20 40">{{ t.text(page.title) }}</mj-text>

    Instead:
        <mj-text font-size="22px" padding="20px 40px">{{ t.text(page.title) }}</mj-text>

    Source: npm's mjml 5.4.1, kept as composer/facts/mjml_reference.json.
    """
    return defects_of(templates, "wrong-value")
