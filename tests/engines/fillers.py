"""What fills a built mail in for a reader: each service's own engine, or the nearest to it that can be had."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from tests.browser.npm import MODULES
from tests.browser.samples import ROOT

HERE = Path(__file__).parent
# Where Debian puts Go libraries.
_GO = "/usr/share/gocode"


class Job(NamedTuple):
    """One part of a mail, `html`, `text` or `subject`, and what is known of the reader."""

    part: str
    source: str
    known: Any


Fill = Callable[[list[Job]], list[str]]


def django(jobs: list[Job]) -> list[str]:
    """Django's templates, as Buttondown uses them. Only HTML is escaped."""
    from django.template import Context, Engine

    return [str(Engine().from_string(job.source).render(Context(job.known, autoescape=job.part == "html"))) for job in jobs]


def liquid(jobs: list[Job]) -> list[str]:
    """Liquid for Python: a stand-in for Solid, Keila's Liquid for Elixir. Nothing is escaped but by a filter."""
    from liquid import Environment

    return [str(Environment().from_string(job.source).render(**job.known)) for job in jobs]


def mailchimp(jobs: list[Job]) -> list[str]:
    """Mailchimp's merge tags as its pages describe them: a few lines of our own, for its engine is not to be had."""

    def fill(text: str, known: Any) -> str:
        text = re.sub(r"\*\|IF:(\w+)\|\*(.*?)\*\|ELSE:\|\*(.*?)\*\|END:IF\|\*", lambda m: m[2] if known[m[1]] else m[3], text, flags=re.DOTALL)
        return re.sub(r"\*\|(\w+)\|\*", lambda m: known[m[1]], text)

    return [fill(job.source, {key: escape(value) if job.part == "html" else value for key, value in job.known.items()}) for job in jobs]


def program(command: list[str], environment: dict[str, str] | None = None) -> Fill:
    """An engine in another language: a list of {part, source, reader} in, a list of {text} or {error} out."""

    def fill(jobs: list[Job]) -> list[str]:
        said = json.dumps([{"part": job.part, "source": job.source, "reader": job.known} for job in jobs])
        ran = subprocess.run(
            command, input=said, capture_output=True, text=True, encoding="utf-8", timeout=120, env=os.environ | (environment or {}), check=False
        )
        assert ran.returncode == 0, ran.stderr
        done = json.loads(ran.stdout)
        assert [each["error"] for each in done if each.get("error")] == []
        return [each["text"] for each in done]

    return fill


def go(name: str, folder: Path) -> Fill:
    """One of our Go programs, built into a folder with Debian's Go and Debian's libraries; nothing is fetched."""
    made = folder / name
    assert shutil.which("go"), "Go is absent: make judges installs it"
    offline = {"GO111MODULE": "off", "GOPATH": _GO, "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", made, "jobs.go", f"{name}.go"], cwd=HERE / "go", env=os.environ | offline, check=True, timeout=300)
    return program([str(made)])


def node(script: str, *arguments: Path) -> Fill:
    """One of our scripts, with the packages that npm installed for the judges."""
    return program(["node", str(HERE / script), *map(str, arguments)], {"NODE_PATH": str(MODULES)})


def ghost() -> Fill:
    """Ghost's own files, as `make judges` unpacks them."""
    files = ROOT / ".judges" / "ghost"
    assert (files / "nodes/package").is_dir(), f"{files} is absent: make judges unpacks it"
    return node("ghost.cjs", files)
