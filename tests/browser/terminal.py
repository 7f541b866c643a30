"""What `composer check` prints on a terminal, as a picture: a draft with faults of several kinds, in the full format."""

import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from PIL import Image, ImageChops

from tests.browser.chromium import Chromium
from tests.browser.samples import ROOT
from tests.cases.newsroom import copied_project, healthy, replaced

COLUMNS = 100
WIDTH = 890
DRAFT = "issues/china-report/2026-11-24-lighthouse.yaml"
# A fault each: an error with a fix, a warning, an error in a link, a remark.
FAULTS = (
    {"replace": "The keeper retired, the letters kept coming, and somebody wrote a program.", "with": "The keeper retired: the letters kept coming"},
    {"replace": "The harbor office had a scanner", "with": "The the harbor office had a scanner"},
    {"replace": "(https://harborreview.example/ferry)", "with": "(htps://harborreview.example/ferry)"},
    {"replace": "[A port crane was taught to wave]", "with": "[here]"},
)
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1B1B19 }}
pre {{ margin: 0; padding: 20px 24px; width: {}ch; white-space: pre-wrap; overflow-wrap: anywhere; color: #ECEAE4; font: 14px/20px Menlo, monospace }}
</style><pre>{}</pre>"""
# The colours of the terminal, each at least 4.5 to 1 on its ground.
_STYLES = {
    "1": "font-weight:bold;color:#FFFFFF",
    "1;31": "font-weight:bold;color:#FF8F80",
    "1;33": "font-weight:bold;color:#F2C14E",
    "1;36": "font-weight:bold;color:#6FD6D0",
    "34": "color:#8FA3FF",
}


def printed() -> str:
    """What the command prints, with its colours. Raises AssertionError where it found less than the faults."""
    with tempfile.TemporaryDirectory() as folder:
        copied_project(Path(folder), {})
        draft = Path(folder, DRAFT)
        draft.parent.mkdir(parents=True)
        draft.write_text(replaced(healthy("china-report"), FAULTS), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-m", "composer", "check", "--color", "always", DRAFT],
            cwd=folder,
            env={**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, ""), ran.stderr
    assert ran.stdout.count(DRAFT) == len(FAULTS), ran.stdout
    return ran.stdout


def as_html(text: str) -> str:
    """Text with a terminal's colours as HTML. Raises KeyError at a colour that it does not know."""
    first, *rest = text.split("\x1b[")
    parts = [escape(first)]
    for piece in rest:
        code, _, words = piece.partition("m")
        parts.append(f"</span>{escape(words)}" if code == "0" else f'<span style="{_STYLES[code]}">{escape(words)}')
    return "".join(parts)


def picture(chromium: Chromium, text: str) -> Image.Image:
    """The terminal with what the command printed, below its prompt."""
    words = f"$ composer check\n{as_html(text.rstrip())}"
    page = chromium.sheet(_PAGE.format(COLUMNS, words), WIDTH).picture
    ground = Image.new("RGB", page.size, page.getpixel((0, 0)))
    written = ImageChops.difference(page, ground).getbbox()
    assert written is not None
    return page.crop((0, 0, WIDTH, written[3] + 20))
