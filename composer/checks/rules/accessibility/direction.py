"""accessibility/direction."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.proof.proof import Proof
from composer.yaml_source.values import Mapping, Scalar

# Languages whose usual script runs from the right: Unicode CLDR 46, characterOrder right-to-left.
_FROM_THE_RIGHT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])
_FROM_THE_LEFT = frozenset(["latn", "cyrl", "deva", "guru"])


@warning
def direction(proof: Proof) -> Iterator[Defect]:
    """The mail does not say which way its text runs, or says the wrong one for its language.

    What it checks:
        The `dir` of the rendered mail: `ltr` or `rtl`, and `rtl` for languages written from the right, such as
        Arabic, Hebrew, Persian and Urdu, and for no others.

    Why it matters:
        Full stops, brackets and numbers land at the wrong end of the line.

    Example:
        # newsletter.yaml
        language: ar

    Instead:
        language: ar
        direction: rtl

    Source: Unicode CLDR 46, characterOrder; W3C, Structural markup and right-to-left text in HTML.
    """
    tree = proof.tree
    if tree is None:
        return
    tag, said = (tree.root.get("lang") or "").lower(), (tree.root.get("dir") or "").lower()
    first, *others = tag.split("-")
    wanted = "rtl" if first in _FROM_THE_RIGHT and _FROM_THE_LEFT.isdisjoint(others) else "ltr"
    if said == wanted or (said in ("ltr", "rtl") and not tag):
        return
    newsletter = proof.newsletter
    settings = newsletter.origin if isinstance(newsletter.origin, Mapping) and newsletter.direction != wanted else {}
    places = [value.place for value in (settings.get("direction"), settings.get("language")) if isinstance(value, Scalar)]
    yield Defect(
        places[0] if places else proof.place_in_templates("<mjml"),
        f"the mail's text is said to run `{said}`, and `{tag}` runs `{wanted}`" if said in ("ltr", "rtl") else "the mail does not say which way its text runs",
        f"in newsletter.yaml, write `direction: {wanted}`; the layout puts it into <mjml dir>",
        label=f"`{wanted}` is meant",
    )
