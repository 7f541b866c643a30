"""accessibility/language."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar


@error
def language(proof: Proof) -> Iterator[Defect]:
    """The mail does not say what language it is in.

    What it checks:
        The `lang` of the rendered mail: that it is there, is not `und` (undetermined), and looks like a language tag,
        such as `en` or `zh-Hans`.

    Why it matters:
        Screen readers choose their voice by it. English read by a Chinese voice cannot be understood.

    Example:
        # newsletter.yaml
        language: english

    Instead:
        language: en

    Source: WCAG 2.2, success criterion 3.1.1; BCP 47 (RFC 5646).
    """
    tree = proof.tree
    if tree is None:
        return
    tag = (tree.root.get("lang") or "").strip()
    if _is_tag(tag):
        return
    typed = proof.newsletter.language
    place = typed.place if isinstance(typed, Scalar) and not _is_tag(typed) else proof.place_in_templates("<mjml")
    yield Defect(
        place,
        f"the mail's language is `{tag}`, which names none" if tag and not tag.lower().startswith("und") else "the mail does not say what language it is in",
        "in newsletter.yaml, write `language: en`, or the tag of the language it is in; the layout puts it into <mjml lang>",
        label="no language",
    )


def _is_tag(tag: str) -> bool:
    """Whether this is shaped like a language tag: two or three letters, then short parts behind hyphens."""
    first, *others = tag.split("-")
    return (
        first.lower() != "und"
        and first.isascii()
        and first.isalpha()
        and len(first) in (2, 3)
        and all(o.isascii() and o.isalnum() and len(o) <= 8 for o in others)
    )
