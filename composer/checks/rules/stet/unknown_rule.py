"""stet/unknown-rule."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error, rules
from composer.checks.stet import can_be_let_stand
from composer.discovery import did_you_mean, nearest
from composer.draft.load import Draft


@error
def unknown_rule(draft: Draft) -> Iterator[Defect]:
    """A stet for a rule that there is not, or that cannot be let stand.

    What it checks:
        That the first word of every stet is the name of a rule. The rules of `schema` and `stet` cannot be let
        stand: without the first the draft cannot be read, and a stet cannot excuse itself.

    Why it matters:
        Such a stet does nothing, and its writer believes that it does.

    Example:
        # stet: structure/body-lenght a holiday issue, short on purpose

    Instead:
        # stet: structure/body-length a holiday issue, short on purpose
    """
    for comment in draft.comments:
        if comment.misplaced:
            continue
        if not comment.rule:
            yield Defect(comment.place, "this stet names no rule", f"write it as # {comment.kind}: area/defect why it is right here", label="which rule?")
        elif not can_be_let_stand(comment.rule):
            yield Defect(comment.rule_place, f"{comment.rule} cannot be let stand", "mend what it points at, and delete this stet", label="cannot be let stand")
        elif comment.rule not in rules():
            known = [name for name in rules() if can_be_let_stand(name)]
            help = did_you_mean(comment.rule, known) if nearest(comment.rule, known) else "composer rules lists them all"
            yield Defect(comment.rule_place, f"no rule is called `{comment.rule}`", help, label="no such rule")
