"""The MJML documents of tests/cases/mjml: good and bad, with what is wrong about them."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).parent / "mjml"
_HEALTHY = """<mjml>
<mj-head><mj-title>Title</mj-title>
{head}
</mj-head>
<mj-body>
{body}
</mj-body>
</mjml>
"""
_SECTION = "<mj-section><mj-column>\n{column}\n</mj-column></mj-section>"


class Document(NamedTuple):
    """A document: our faults in their order as (rule, words), and why npm's MJML says otherwise; None where it agrees."""

    name: str
    mjml: str
    faults: list[tuple[str, str]]
    npm_differs: str | None


def documents() -> list[Document]:
    """All documents."""
    return [_document(case) for sheet in sorted(_FOLDER.glob("*.yaml")) for case in yaml.safe_load(sheet.read_text(encoding="utf-8"))]


def _document(case: dict[str, Any]) -> Document:
    body = _SECTION.format(column=case["column"]) if "column" in case else case.get("body", "")
    mjml = case.get("mjml") or _HEALTHY.format(head=case.get("head", ""), body=body)
    faults = [(rule, words) for rule, words in case.get("finds", [])]
    return Document(case["name"], mjml, faults, case.get("npm_passes") or case.get("npm_refuses"))
