"""template/unknown-tag."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def unknown_tag(templates: CheckedTemplates) -> Iterator[Defect]:
    """A tag that MJML does not have.

    What it checks:
        The tags of the newsletter's templates, where they are checked by name (`composer check templates/…`): those that
        are written in a file, and those that come out where specimens of every section and block are set. HTML that stands
        where only components may stand is found as well.

    Why it matters:
        The tag is printed into the mail as it is. No mail client knows it, and what stands in it looks like nothing meant.

    Example:
        <mj-colum><mj-text>{{ t.inline(placed.content.quote) }}</mj-text></mj-colum>

    Instead:
        <mj-column><mj-text>{{ t.inline(placed.content.quote) }}</mj-text></mj-column>

    Source: npm's mjml 5.4.1, kept as composer/facts/mjml_reference.json.
    """
    return defects_of(templates, "unknown-tag")
