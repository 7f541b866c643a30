"""How many bytes an issue has: what clients cut off by (HTML as it is sent), and what readers' phones have to fetch."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from composer.draft.load import load_draft
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "gallery.md"
BEGIN, END = "<!-- sizes -->\n", "<!-- end of sizes -->\n"


class Sizes(NamedTuple):
    """Bytes of an issue's editions; `encoded` is the HTML part as it stands in the message, quoted-printable."""

    html: int
    encoded: int
    styles: int
    text: int
    message: int


def sizes_of(proof: Proof) -> Sizes:
    """The sizes of a proof."""
    message = message_from_bytes(proof.message, policy=policy.default)
    part = message.get_body(("html",)) if isinstance(message, EmailMessage) else None
    assert isinstance(part, EmailMessage)
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
    encoded = len(str(part.get_payload()).replace("\r\n", "\n").replace("\n", "\r\n").encode())
    styles = sum(len(block.encode()) for block in re.findall(r"<style[^>]*>(.*?)</style>", proof.html, re.DOTALL))
    return Sizes(len(proof.html.encode()), encoded, styles, len(proof.text.encode()), len(proof.message))


def table() -> str:
    """The sizes of all sample issues as a table."""
    project = Project(ROOT)
    lines = ["| issue | HTML | HTML as sent | of it styles | plain text | whole message |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for path in sorted(ROOT.glob("issues/*/*.yaml")):
        sizes = sizes_of(proof_of(load_draft(path, project), project))
        lines.append(f"| [{path.stem}](../{path.relative_to(ROOT).as_posix()}) | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    return "\n".join(lines) + "\n"


def with_sizes(page: str) -> str:
    """The page with its table of sizes made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"
