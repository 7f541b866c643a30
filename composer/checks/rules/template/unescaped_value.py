"""template/unescaped-value."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def unescaped_value(templates: CheckedTemplates) -> Iterator[Defect]:
    """A value that reaches the mail's HTML without an escape that protects it.

    What it checks:
        `| safe` on anything but a template's own words, the theme, and what `t` has set; blocks that switch the escape
        off; values that stand outside quotes or name an attribute; and addresses from a draft that become a link
        without `t.address`. In macros for plain text nothing is escaped, and nothing is looked for.

    Why it matters:
        A headline with a `<` breaks the mail. A headline that somebody sent in can carry a script or a link of theirs.

    Example:
        <mj-text>{{ placed.content.headline | safe }}</mj-text>

    Instead:
        <mj-text>{{ t.text(placed.content.headline) }}</mj-text>
    """
    return defects_of(templates, "unescaped-value")
