"""Gelasio in Georgia's place: as wide, letter by letter, and free. Readers have Georgia; the machines that take pictures do not."""

import re
from base64 import b64encode
from functools import cache

from tests.browser.npm import installed

# Upright and italic, regular and bold, as @fontsource/gelasio names its sheets.
_SHEETS = ("400", "400-italic", "700", "700-italic")


@cache
def georgia() -> str:
    """Rules of CSS that name Gelasio's files Georgia, the files within."""
    return "".join(_named_georgia(installed("@fontsource/gelasio", f"{sheet}.css").read_text(encoding="utf-8")) for sheet in _SHEETS)


def _named_georgia(css: str) -> str:
    def held(found: re.Match[str]) -> str:
        return f"src: url(data:font/woff2;base64,{b64encode(installed('@fontsource/gelasio', found[1]).read_bytes()).decode()}) format('woff2');"

    return re.sub(r"src: url\(\./([^)]+\.woff2)\)[^;]*;", held, css).replace("'Gelasio'", "Georgia")
