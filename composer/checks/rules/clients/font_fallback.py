"""clients/font-fallback."""

from collections.abc import Iterator
from functools import lru_cache

from composer.checks.clients_reading import font_stacks
from composer.checks.markup_reading import read_mail
from composer.checks.rule import Defect, warning
from composer.facts.installed_fonts import GENERIC, installed_fonts
from composer.proof.proof import Proof


@warning
def font_fallback(proof: Proof, *, installed: tuple[str, ...] = ()) -> Iterator[Defect]:
    """A list of fonts leaves some readers without one.

    What it checks:
        Every list of fonts in the mail's styles: that it ends in a kind of font (`serif`, `sans-serif`, `monospace`),
        and that, before it, it names a font that some system brings along. The limit `installed` adds fonts that your
        readers are known to have.

    Why it matters:
        Most clients load no web fonts. Without a kind of font they take their own, often Times New Roman; with nothing
        but a web font, the look is the client's choice and not yours.

    Example:
        # theme.css
        --text-font: 'Harbor Grotesk';

    Instead:
        --text-font: 'Harbor Grotesk', Helvetica, Arial, sans-serif;

    Source: caniemail.com on `@font-face` (test of 2023-12); composer/facts/installed_fonts.txt, our own list.
    """
    for stack, message, help in _faults(font_stacks(read_mail(proof)), tuple(map(str.lower, installed))):
        yield _defect(proof, stack, message, help)


@lru_cache(maxsize=64)
def _faults(stacks: tuple[tuple[str, tuple[str, ...]], ...], installed: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Each list of fonts that leaves readers without one, with what is wrong and what to do; templates bring the same ones to every issue."""
    found: list[tuple[str, str, str]] = []
    for stack, names in stacks:
        families = [name for name in names if name not in GENERIC]
        if len(families) == len(names):
            found.append((stack, "this list of fonts ends without a kind of font", f"end it with one: `{stack}, sans-serif` (or serif, monospace)"))
        elif families and not any(name in installed_fonts() or name in installed for name in families):
            none = f"no system brings along {'this font' if len(families) == 1 else 'any of these fonts'}"
            found.append((stack, none, f"name one in front of `{names[-1]}` that most readers have, such as Georgia, Helvetica or Arial"))
    return tuple(found)


def _defect(proof: Proof, stack: str, message: str, help: str) -> Defect:
    return Defect(proof.place_in_templates(stack, stack.replace("'", '"')), message, help, label="readers without it get another look")
