"""template/cannot-inline."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def cannot_inline(templates: CheckedTemplates, *, most_rules: int = 30) -> Iterator[Defect]:
    """CSS in styles/inline.css that no style attribute can hold.

    What it checks:
        The style sheets whose rules go into style attributes: pseudo-classes and pseudo-elements other than
        `:first-child`, `@` rules, `*`, capitals in names of elements, and rules within rules, which all are dropped; as a
        warning, `!important`, and more than `most_rules` rules.

    Why it matters:
        The rule is dropped, and nobody hears of it. And every rule is tried on every element of every issue, so a long
        sheet makes building slow.

    Example:
        # styles/inline.css
        .button:hover { color: #FFFFFF }

    Instead:
        # styles/head-2-phones.css
        .button:hover { color: #FFFFFF }

    Source: premailer 3.10 and css-inline 0.23, each tried on every form of selector.
    """
    yield from defects_of(templates, "cannot-inline")
    if len(templates.inline_rules) > most_rules:
        message = f"{len(templates.inline_rules)} rules go into style attributes, and each costs time for every issue"
        help = f"keep to {most_rules}: what only phones or dark mode need goes to a styles/head-….css"
        yield Defect(templates.inline_rules[most_rules], message, help, label="the first too many", level="warning")
