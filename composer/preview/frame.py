"""The mail as the preview frames it: as a client shows it, by day or in the dark, every element with its place in the draft.

1. `_with_places`: each element says where its words were typed, so that a click leads there.
2. `_with_own_pictures`: pictures are asked of the preview, also those that the newsroom will host, which are not there yet.
3. `tree_seen_by`: what the client does not support is gone.
4. `_in_scheme`: questions for a dark or light scheme are answered as the preview's reader chose, not as the browser would.
5. `_without_margin`: the browser's own margin is no client's.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from composer.proof.client_view.view import shows_dark, tree_seen_by
from composer.proof.proof import Proof
from composer.proof.tree import ProofTree, written

if TYPE_CHECKING:
    from lxml.etree import _Element

Scheme = Literal["light", "dark"]

_ASKS_FOR_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_YES, _NO = "(min-width: 0)", "(max-width: 0)"


def frame_of(proof: Proof, draft_path: str, client: str | None = None, scheme: Scheme = "light") -> str:
    """The finished HTML for a browser's frame; without a client, as the browser itself shows mail. Empty where there is no HTML.

    A client that does not show a mail's own dark colours shows the light ones. Raises UnknownName for a client.
    """
    tree = proof.tree
    if tree is None:
        return ""
    root = _with_places(tree, draft_path)
    _with_own_pictures(root, picture_numbers(proof))
    if client is not None:
        root = tree_seen_by(client, written(root))
        scheme = scheme if shows_dark(client) else "light"
    _in_scheme(root, scheme)
    _without_margin(root)
    return written(root)


def picture_numbers(proof: Proof) -> dict[str, int]:
    """The numbers by which the frame asks for pictures, by their addresses in the HTML."""
    return {address: number for number, address in enumerate(proof.picture_files)}


def picture_file(proof: Proof, number: int) -> Path | None:
    """The file of a picture that a frame may ask for."""
    files = list(proof.picture_files.values())
    return files[number] if number < len(files) else None


def _with_places(tree: ProofTree, draft_path: str) -> "_Element":
    """A copy of the tree in which elements name their place where it is not that of what stands around them."""
    from copy import deepcopy

    copy = deepcopy(tree.root)
    for element, twin in zip(tree.elements(), copy.iter("*"), strict=True):
        place, around = tree.place_of(element), element.getparent()
        if place is None or (around is not None and tree.place_of(around) == place):
            continue
        twin.set("data-place", f"{place.line}:{place.column}:{place.end_line}:{place.end_column}")
        if place.path != draft_path:
            twin.set("data-path", place.path)
    return copy


def _with_own_pictures(root: "_Element", numbers: Mapping[str, int]) -> None:
    for image in root.iter("img"):
        number = numbers.get(image.get("src", ""))
        if number is not None:
            image.set("src", f"picture/{number}")


def _in_scheme(root: "_Element", scheme: Scheme) -> None:
    def answer(asked: re.Match[str]) -> str:
        return _YES if asked[1].lower() == scheme else _NO

    for element in root.iter("*"):
        if element.tag == "style" and element.text:
            element.text = _ASKS_FOR_SCHEME.sub(answer, element.text)
        if element.get("media"):
            element.set("media", _ASKS_FOR_SCHEME.sub(answer, element.get("media")))
    # What a mail leaves to the browser, such as the ground beneath it, follows the choice too.
    _add_style(root, f":root {{ color-scheme: {scheme} !important }}", last=True)


def _without_margin(root: "_Element") -> None:
    _add_style(root, "body { margin: 0 }", last=False)


def _add_style(root: "_Element", rules: str, *, last: bool) -> None:
    """Put a style block before all of the mail's, which then win over it, or behind them."""
    head = root.find("head")
    if head is not None:
        style = head.makeelement("style", {})
        style.text = rules
        head.insert(len(head) if last else 0, style)
