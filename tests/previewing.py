"""`composer preview` in a process of its own, as a reader starts it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests import healthy
from tests.newsrooms import NewsroomFolder, yaml_of

ROOT = Path(__file__).parent.parent


class Previewing(NamedTuple):
    """The process, what it said when it was ready, and the address of its page, which ends in a slash."""

    process: subprocess.Popen[str]
    said: str
    address: str


def write_draft_with_a_picture(newsroom: NewsroomFolder, draft: str) -> None:
    """A draft of China Report with a picture from the web, and another, crane.png, beside it."""
    content = healthy.DRAFTS["china-report"]()
    content["essay"]["body"].append({"figure": {"image": "crane.png", "alt": "A crane."}})
    picture = newsroom.write(draft, yaml_of(content)).with_suffix("") / "crane.png"
    picture.parent.mkdir()
    Image.new("RGB", (1120, 630), "#884422").save(picture)


@contextmanager
def previewing(*arguments: str, newsroom: Path, installed: Path | None = None, **environment: str) -> Iterator[Previewing]:
    """A preview of the newsroom, which ends with the block: by this checkout, or by a command that is installed elsewhere."""
    command = [sys.executable, "-m", "composer"] if installed is None else [str(installed)]
    process = subprocess.Popen(
        [*command, "preview", *arguments],
        cwd=newsroom,
        env={**os.environ, "PYTHONPATH": str(ROOT) if installed is None else "", "PYTHONUTF8": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline() + process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said or process.communicate(timeout=20)
        yield Previewing(process, said, found[0])
    finally:
        process.kill()
        process.communicate()
