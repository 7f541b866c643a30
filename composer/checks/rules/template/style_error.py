"""template/style-error."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.template_problems import CheckedTemplates, defects_of


@error
def style_error(templates: CheckedTemplates) -> Iterator[Defect]:
    """A style sheet or theme that cannot be read as it was meant.

    What it checks:
        The CSS of theme.css and styles/*.css: braces, colons and semicolons; tokens that stand where Composer does not
        look for them; and `var(…)` in a form that it does not fill in.

    Why it matters:
        What cannot be read is passed over without a word, often together with the line behind it.

    Example:
        :root { --accent: #1F6B4A; --button: #1F6B4A }

    Instead:
        :root { --accent: #1F6B4A; --button: #1F6B4A; }
    """
    return defects_of(templates, "style-error")
