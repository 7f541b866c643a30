"""template/unused-token."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.checks.template_problems import CheckedTemplates, defects_of


@warning
def unused_token(templates: CheckedTemplates) -> Iterator[Defect]:
    """A token of theme.css that no template and no style sheet uses.

    What it checks:
        Each token that a theme.css gives, for daylight and for dark mode, against what this newsletter's templates and
        style sheets ask for.

    Why it matters:
        Most often its name has a slip in it, and the mail keeps the colour that was to be changed.

    Example:
        :root { --acent: #1F6B4A; }

    Instead:
        :root { --accent: #1F6B4A; }
    """
    return defects_of(templates, "unused-token")
