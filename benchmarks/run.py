"""How fast Composer is, against npm's MJML on the same issue: ratios measured in one run on one machine.

    make bench            or   python benchmarks/run.py [--write]

Every pair of commands runs in turn (A, B, A, B, …), so that a machine whose speed drifts slows both. `--write` puts
the table into docs/benchmarks.md.
"""

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
NPM_MJML = Path(os.environ.get("COMPOSER_NPM_MJML", ROOT / ".judges/node_modules/.bin/mjml"))
DRAFT = ROOT / "issues/china-report/2026-11-24-two-worlds.yaml"
SHORT = ROOT / "tests/cases/drafts/china-report.yaml"
CORPUS = Path(os.environ.get("COMPOSER_CORPUS") or ROOT.parent / "shared/corpus")
COMPOSER = Path(sys.executable).with_name("composer")
# Python keeps compiled modules unless told not to; a user's machine is not told so.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PAIRS = 15
# Whether every part and sign-off of an issue is there, in its place and of its kind: the first thirty-odd rules there were.
# The quickest goals were set for these.
PARTS = (
    "schema,structure,sign-off,stet,inbox/missing-preheader,inbox/missing-subject,editorial/placeholder,editorial/unclosed-source-mark,"
    "editorial/missing-source,editorial/unnamed-publication,delivery/missing-unsubscribe,delivery/postal-address"
)
ONLY_PARTS = ["--select", PARTS, "--ignore", "structure/numbering,sign-off/not-approved,sign-off/stale-approval"]

NPM_WARM = """
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const mjml2html = createRequire(process.argv[2] + "/")("mjml");
const source = readFileSync(process.argv[3], "utf8");
const run = mjml2html.default ?? mjml2html;
for (let i = 0; i < 30; i++) await run(source, {});
process.stdin.on("data", async () => {
  const start = performance.now();
  for (let i = 0; i < 20; i++) await run(source, {});
  console.log((performance.now() - start) / 20);
});
"""


def seconds(command: list[str], cwd: Path) -> float:
    """Wall seconds of one command as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def paired(first: Callable[[], float], second: Callable[[], float], pairs: int = PAIRS) -> tuple[float, float, float]:
    """Medians of both in seconds, and the median of the ratios pair by pair."""
    first(), second()
    runs = [(first(), second()) for _ in range(pairs)]
    return statistics.median(a for a, _ in runs), statistics.median(b for _, b in runs), statistics.median(a / b for a, b in runs)


def in_a_row(once: Callable[[], float], times: int = 20) -> float:
    """Mean seconds of several runs, one behind the other: what waits for another process is no longer warm."""
    return sum(once() for _ in range(times)) / times


def row(name: str, figures: tuple[float, float, float], goal: float) -> str:
    """A line of the table: both times in milliseconds, their ratio and the goal."""
    ours, theirs, ratio = figures
    return f"| {name} | {ours * 1000:.1f} | {theirs * 1000:.1f} | **{ratio:.2f}** | {goal:.2f} |"


def stages(engine: str, draft: Path = DRAFT) -> tuple[dict[str, float], Callable[[], float]]:
    """Median milliseconds of each stage, warm, and a function that times the whole pipeline once."""
    from composer.cli.memory import keep_memory
    from composer.draft.load import load_draft
    from composer.project.project import Project
    from composer.proof import inline
    from composer.proof.proof import Proof

    inline.PREFERRED = engine
    keep_memory()
    project = Project(ROOT)
    times: dict[str, list[float]] = {}

    def once() -> float:
        marks = [time.perf_counter()]
        issue = load_draft(draft, project).issue
        assert issue is not None
        marks.append(time.perf_counter())
        proof = Proof(issue, project)
        for stage in ("mjml", "rendered", "html", "text"):
            assert getattr(proof, stage)
            marks.append(time.perf_counter())
        for name, start, end in zip(
            ("draft to issue", "templates to MJML", "MJML to HTML", f"inlining ({engine})", "plain text"), marks, marks[1:], strict=False
        ):
            times.setdefault(name, []).append(end - start)
        return marks[-1] - marks[0]

    for _ in range(30):
        once()
    return {name: statistics.median(values) * 1000 for name, values in times.items()}, once


class NpmWarm:
    """npm's MJML in a process of its own, warmed up, which converts once for each line it is sent."""

    def __init__(self, mjml: Path, folder: Path) -> None:
        script = folder / "warm.mjs"
        script.write_text(NPM_WARM, encoding="utf-8")
        modules = NPM_MJML.resolve().parents[3] if NPM_MJML.is_symlink() else NPM_MJML.parents[2]
        self._process = subprocess.Popen(["node", str(script), str(modules), str(mjml)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self) -> float:
        """Mean seconds of twenty conversions in a row."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline()) / 1000

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


class Warm(NamedTuple):
    """One issue, warm: the size of its MJML in KB, npm's milliseconds, and our ratios to them with both inliners."""

    size: float
    npm: float
    premailer: float
    css_inline: float


def warm(draft: Path, folder: Path) -> Warm:
    """Render an issue over and over, in turn with npm's MJML."""
    from composer.draft.load import load_draft
    from composer.project.project import Project
    from composer.proof.proof import Proof

    project = Project(ROOT)
    issue = load_draft(draft, project).issue
    assert issue is not None
    mjml = folder / f"{draft.stem}.mjml"
    mjml.write_text(Proof(issue, project).mjml, encoding="utf-8")
    npm = NpmWarm(mjml, folder)
    npm()
    figures = [paired(partial(in_a_row, stages(engine, draft)[1]), npm, 8) for engine in ("premailer", "css-inline")]
    npm.close()
    return Warm(mjml.stat().st_size / 1000, statistics.mean(npm_seconds for _, npm_seconds, _ in figures) * 1000, figures[0][2], figures[1][2])


def warm_table(folder: Path) -> list[str]:
    """The ratios of every sample, of a short issue, and of real editions where there are any."""
    lines = [
        "| issue, warm | words of YAML | MJML, KB | npm mjml, ms | premailer | css-inline |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    samples = sorted((ROOT / "issues").glob("*/*.yaml"))
    for name, draft in [("a short issue", SHORT), *((f"{d.parent.name}: {d.stem[11:]}", d) for d in samples)]:
        it = warm(draft, folder)
        words = len(draft.read_text(encoding="utf-8").split())
        lines.append(f"| {name} | {words:,} | {it.size:.1f} | {it.npm:.1f} | {it.premailer:.2f} | {it.css_inline:.2f} |")
    editions = sorted((CORPUS / "drafts").glob("*/*.yaml"))
    if editions:
        every = [warm(draft, folder) for draft in editions]
        length = statistics.median(len(draft.read_text(encoding="utf-8").split()) for draft in editions)
        middle = [statistics.median(figures) for figures in zip(*every, strict=True)]
        lines.append(
            f"| {len(editions)} real editions, without their links: medians | {length:,.0f} | {middle[0]:.1f} | {middle[1]:.1f} | {middle[2]:.2f} | {middle[3]:.2f} |"
        )
    return lines


def weekly(newsroom: Path, count: int) -> None:
    """Fill a newsroom with that many weekly issues, each with its own number, subject, headlines and links."""
    folder = newsroom / "issues/china-report"
    shutil.rmtree(newsroom / "issues")
    folder.mkdir(parents=True)
    text = DRAFT.read_text(encoding="utf-8")
    for number in range(1, count + 1):
        day = date(1990, 1, 2) + timedelta(weeks=number)
        own = text.replace("date: 2026-11-24", f"date: {day}").replace("number: 42", f"number: {number}").replace("subject: A", f"subject: Part {number} of a")
        own = re.sub(r'](\(https://[^\s)"?#]+)', rf", part {number}]\1/{number}", own)
        path = folder / f"{day}-part-{number}.yaml"
        path.write_text(own, encoding="utf-8")
        path.with_suffix("").symlink_to(DRAFT.with_suffix(""))


class Many(NamedTuple):
    """Seconds that so many drafts take: every rule for the first time, again without a change, again where one changed; only the parts."""

    first: float
    unchanged: float
    changed: float
    parts: float


def many(newsroom: Path, count: int) -> Many:
    """Check so many drafts."""
    weekly(newsroom, count)
    command = [str(COMPOSER), "check", "--exit-zero", "--quiet"]
    shutil.rmtree(newsroom / ".composer", ignore_errors=True)
    parts = seconds([*command, *ONLY_PARTS], newsroom)
    shutil.rmtree(newsroom / ".composer")
    first, unchanged = seconds(command, newsroom), seconds(command, newsroom)
    newest = max((newsroom / "issues/china-report").glob("*.yaml"))
    newest.write_text(newest.read_text(encoding="utf-8").replace("preheader: What", "preheader: Whatever"), encoding="utf-8")
    return Many(first, unchanged, seconds(command, newsroom), parts)


def beside(newsroom: Path, count: int) -> float:
    """Seconds to check one draft anew beside so many issues that are indexed already; the median of several."""
    weekly(newsroom, count)
    command = [str(COMPOSER), "check", "--exit-zero", "--quiet", "--no-cache", str(max((newsroom / "issues/china-report").glob("*.yaml")))]
    seconds(command, newsroom)
    time.sleep(3)
    seconds(command, newsroom)
    return statistics.median(seconds(command, newsroom) for _ in range(PAIRS))


def report() -> str:
    """The whole report as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        newsroom = Path(name, "newsroom")
        subprocess.run([str(COMPOSER), "init", str(newsroom)], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        subprocess.run([str(COMPOSER), "build", "--keep-mjml", "-o", name, str(DRAFT)], cwd=ROOT, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        mjml = Path(name, DRAFT.parent.name, DRAFT.stem + ".mjml")
        npm_cold = [str(NPM_MJML), str(mjml), "-o", str(Path(name, "npm.html"))]
        lines = [
            (
                f"One issue of {mjml.stat().st_size / 1000:.1f} KB of MJML; {platform.system()}, {os.cpu_count()} cores, "
                f"CPython {platform.python_version()}, npm mjml 5.4.1, mjml-python {version('mjml-python')}, {datetime.now(UTC):%Y-%m-%d}."
            ),
            "",
            "| what | Composer, ms | npm mjml, ms | ratio | goal |",
            "| --- | ---: | ---: | ---: | ---: |",
            row(
                "cold `composer check`, every rule / mjml's command",
                paired(lambda: seconds([str(COMPOSER), "check", "--no-cache", str(DRAFT)], ROOT), lambda: seconds(npm_cold, ROOT)),
                0.9,
            ),
            row(
                "cold `composer check`, parts and sign-offs / mjml's command",
                paired(lambda: seconds([str(COMPOSER), "check", "--no-cache", *ONLY_PARTS, str(DRAFT)], ROOT), lambda: seconds(npm_cold, ROOT)),
                0.6,
            ),
            row(
                "cold `composer build` / mjml's command",
                paired(lambda: seconds([str(COMPOSER), "build", "-o", name, str(DRAFT)], ROOT), lambda: seconds(npm_cold, ROOT)),
                0.95,
            ),
        ]
        npm = NpmWarm(mjml, Path(name))
        # While it gets warm it keeps both cores busy.
        npm()
        tables = []
        for engine, goal in (("premailer", 1.3), ("css-inline", 0.6)):
            table, once = stages(engine)
            tables.append(table)
            lines.append(row(f"warm, YAML to HTML and text, {engine} / mjml's conversion alone", paired(partial(in_a_row, once), npm, 20), goal))
        npm.close()
        lines += ["", *warm_table(Path(name)), "", "| stage, warm | ms |", "| --- | ---: |"]
        lines += [f"| {stage} | {value:.2f} |" for stage, value in {**tables[0], **tables[1]}.items()]
        lines += [
            "",
            "| drafts in one `composer check` | every rule, seconds | ms each | unchanged | one changed | parts and sign-offs |",
            "| ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        for count in (250, 500, 1000, 2000):
            took = many(newsroom, count)
            lines.append(f"| {count:,} | {took.first:.2f} | {took.first / count * 1000:.2f} | {took.unchanged:.2f} | {took.changed:.2f} | {took.parts:.2f} |")
        lines += ["", "| issues in the archive | one draft checked anew, ms |", "| ---: | ---: |"]
        lines += [f"| {count:,} | {beside(newsroom, count) * 1000:.0f} |" for count in (1, 2000)]
    return "\n".join(lines)


HEAD = """# How fast

Measured by `make bench` (`benchmarks/run.py --write` writes this page). Times are one machine's; the ratios are what
counts: each is the median over pairs of runs taken in turn. npm's MJML converts the MJML that Composer made of the same
issue and does nothing else; Composer reads the YAML, checks it, renders HTML, inlines it and sets the plain text.

The goal column is what this project wants to reach. Where a ratio is above it, it has not. There are two goals for a check:
with every rule there is, and with those that say whether all parts and sign-offs of an issue are there (the list is in
benchmarks/run.py). 1,000 drafts are to take 8 seconds at most with every rule, 4 with these, and 1.5 where nothing changed.

The first table is of one issue of real length; the second has the warm ratios of others, from a short one to the median of
real editions, of which only the words were at hand, not their links.

The Python is a distribution's. One compiled without profile-guided optimization, as pyenv compiles unless it is told
otherwise, takes a tenth to a fifth more time for the same.

"""

if __name__ == "__main__":
    text = report()
    print(text)
    if "--write" in sys.argv:
        (ROOT / "docs/benchmarks.md").write_text(HEAD + text + "\n", encoding="utf-8")
