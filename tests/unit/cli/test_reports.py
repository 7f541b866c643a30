"""Report formats, byte for byte against tests/golden/reports, and the hard lines that a frame must survive.

COMPOSER_UPDATE_GOLDEN=1 writes the golden files anew; look at each before keeping it.
"""

import json
import os
import time
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, FormatChecker
from lxml import etree

from composer.checks.reports import sarif
from composer.checks.reports.report import Page, Summary, formats, report_in, shown_text
from composer.checks.rule import rules
from composer.errors import UnknownName
from composer.finding import Edit, Finding
from composer.place import Place, SourceText
from tests.unit.cli.conftest import HEALTHY, Run, edit

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"

PATH = "issues/harbor-notes/2030-03-12-cranes.yaml"
TEXT = (
    """\
newsletter: harbor-notes
date: 2030-03-12

subject: 港口 🏗️ and the crane’s opinion: TK
closing:
  question: Do you think the strike will hold?
  invitation: Let me know what you think.
letter:
  body: |

    """
    + "The quay was quiet. " * 12
    + "Then the the first crane moved, "
    + "and the gulls rose. " * 9
    + """
    A\ttab, a \u202ehidden turn, a bell.
quote: "It began here,
  and it ended there."
"""
)


def finding(
    rule: str, level: str, span: tuple[int, int, int, int], message: str, help: str = "", label: str = "", section: str | None = None, path: str = PATH
) -> Finding:
    return Finding(rule, level, Place(path, *span), message, help, section, (), label)  # type: ignore[arg-type]


FINDINGS = [
    finding("inbox/missing-preheader", "error", (1, 1, 1, 1), "the issue has no preheader", "add a line `preheader: …`"),
    finding("editorial/placeholder", "error", (4, 36, 4, 38), "`TK` stands for words to come", "write them, or delete it", "still to come"),
    finding(
        "sign-off/missing-reply-address",
        "error",
        (7, 15, 7, 42),
        "readers have no address to write to",
        "add the address to the invitation, or a `reply_to:` line",
        section="closing",
    ),
    finding("editorial/doubled-word", "warning", (11, 250, 11, 257), "“the the”: a word stands here twice", "delete one", section="letter")._replace(
        edits=(Edit(1, 2, ""),)
    ),
    finding(
        "editorial/spelling",
        "info",
        (11, 5, 11, 464),
        "a long paragraph without a single name in it, which is hard to believe of any harbor that has ever been built",
        section="letter",
    ),
    finding("safety/bidi-control", "error", (12, 14, 12, 15), "U+202E turns the direction of \u202ethe text", "delete it", section="letter"),
    finding("structure/made-up", "warning", (13, 8, 14, 22), "100% over, two lines: one fault", "first line\nsecond line"),
    finding("schema/syntax", "error", (1, 1, 1, 1), "newsletter.yaml is empty", "composer init writes one that works", path="templates/a,b:c/newsletter.yaml"),
]


FILES = (PATH, "issues/harbor-notes/2030-03-19-clean.yaml", "templates/a,b:c/newsletter.yaml")


def sources(path: str) -> SourceText:
    return SourceText(path, TEXT if path == PATH else "")


# A golden file is named `<format>.<ending>`, or `<format>-<page>.<ending>` where a format has several.
PAGES = {"narrow": Page(sources, width=50), "color": Page(sources, color=True, width=100)}


@pytest.mark.parametrize("golden", sorted(path.name for path in GOLDEN.iterdir()))
def test_golden(golden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    output_format, _, kind = golden.partition(".")[0].partition("-")
    page = PAGES[kind] if kind else Page(sources, width=100, files=FILES)
    # What rules say of themselves is theirs to change.
    monkeypatch.setattr(sarif, "rules", dict)
    written = report_in(output_format)(FINDINGS, Summary.of(FINDINGS, 3, settings=1), page).encode()
    path = GOLDEN / golden
    if os.environ.get("COMPOSER_UPDATE_GOLDEN"):
        path.write_bytes(written)
    assert written == path.read_bytes()


def test_every_format_has_a_golden_file() -> None:
    assert {path.stem.split("-")[0] for path in GOLDEN.iterdir()} == set(formats())


def frame(text: str, span: tuple[int, int, int, int], message: str = "here", width: int = 100) -> list[str]:
    place = Place("x.yaml", *span)
    page = Page(lambda path: SourceText(path, text), width=width, quiet=True)
    return report_in("full")([Finding("a/b", "error", place, message)], Summary(1, 1, 0, 0), page).splitlines()


# How many columns the characters before the fault take on a terminal, counted by hand.
@pytest.mark.parametrize(
    ("before", "columns"),
    [("abc", 3), ("中文", 4), ("é", 1), ("e\u0301", 1), ("🏗️ ", 3), ("👩‍👩‍👧 ", 3), ("ｆｕｌｌ", 8), ("한국 ", 5), ("a\tb", 3), ("\u202e", 8), ("，", 2)],
)
def test_carets_stand_beneath_the_fault(before: str, columns: int) -> None:
    line, marks = frame(f"{before}TK\n", (1, len(before) + 1, 1, len(before) + 3))[2:4]
    assert line.endswith("TK")
    assert marks == "  | " + " " * columns + "^^ here"


def test_carets_are_as_wide_as_what_they_mark() -> None:
    assert frame("k: 中文字\n", (1, 4, 1, 7))[3] == "  |    ^^^^^^ here"


@pytest.mark.parametrize("width", [20, 40, 60, 100, 120])
@pytest.mark.parametrize(("start", "length"), [(0, 2), (3, 400), (150, 2), (300, 30), (497, 3), (500, 0)])
@pytest.mark.parametrize("letter", ["x", "字", "word "])
def test_a_long_line_is_cut_around_the_fault(width: int, start: int, length: int, letter: str) -> None:
    text = (letter * 500)[:500]
    lines = frame(text, (1, start + 1, 1, start + length + 1), width=width)
    wide = [sum(2 if c == "字" else 1 for c in line) for line in lines[1:]]
    assert max(wide) <= max(width, 24)
    shown, marks = lines[2].removeprefix("1 | "), lines[3].removeprefix("  | ")
    assert ("…" in shown) == (sum(2 if c == "字" else 1 for c in text) > max(width - 4, 20))
    offset = marks.index("^")
    columns = [c for c in shown for _ in range(2 if c == "字" else 1)]
    beneath = "".join(columns[offset : offset + marks.count("^")])
    assert set(beneath) <= set(letter)
    if start == 0:
        assert offset == 0


def test_the_words_go_below_the_carets_where_they_do_not_fit_behind() -> None:
    lines = frame("x" * 40, (1, 38, 1, 41), message="a message that is far too long for what is left of the line", width=50)
    assert lines[3].strip(" |") == "^^^"
    assert "a message that is far too long" in lines[4]


def test_a_thousand_faults_in_one_enormous_line_take_no_more_than_a_thousand_frames() -> None:
    text = "TK 字 " * 200_000
    source = SourceText("x.yaml", text)
    findings = [Finding("a/b", "error", Place("x.yaml", 1, 5 * n + 1, 1, 5 * n + 3), "here") for n in range(0, 200_000, 200)]
    started = time.process_time()
    out = report_in("full")(findings, Summary.of(findings, 1), Page(lambda path: source))
    assert time.process_time() - started < 10
    assert out.count("^^ here") == 1000
    assert max(map(len, out.splitlines())) < 120


def test_a_place_that_is_not_in_the_file_any_more_is_no_crash() -> None:
    assert frame("short\n", (9, 80, 9, 90))[0] == "x.yaml:9:80: error a/b here"
    assert frame("short\n", (1, 80, 1, 90))[3] == "  |      ^ here"


@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_nothing_from_a_draft_commands_the_terminal(output_format: str) -> None:
    bad = "\x1b[2J\x07\x9b\u202e\u2066\u200b\r"
    place = Place(f"a{bad}.yaml", 1, 1, 1, 3)
    page = Page(lambda path: SourceText(path, f"x{bad}: y"), quiet=True)
    out = report_in(output_format)([Finding("a/b", "error", place, f"m{bad}", f"h{bad}", label=f"l{bad}")], Summary(1, 1, 0, 0), page)
    assert not set(out) & set(bad.replace("[2J", ""))


def test_json_keeps_every_character_and_says_what_can_be_fixed() -> None:
    out = json.loads(report_in("json")(FINDINGS, Summary.of(FINDINGS, 3), Page(sources)))
    assert out["findings"][5]["message"] == "U+202E turns the direction of \u202ethe text"
    assert [f["fixable"] for f in out["findings"]].index(True) == 3
    assert list(out["findings"][0]) == ["rule", "level", "message", "help", "path", "line", "column", "end_line", "end_column", "section", "fixable"]
    assert list(out["summary"]) == ["files", "errors", "warnings", "infos", "fixed"]


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (Summary(4, 0, 0, 0), "All clear: 4 drafts checked."),
        (Summary(1, 0, 0, 0), "All clear: 1 draft checked."),
        (Summary(1, 0, 0, 0, settings=1), "All clear: 1 file checked."),
        (Summary(3, 2, 1, 0), "2 errors, 1 warning in 3 drafts"),
        (Summary(3, 1, 0, 2, settings=1), "1 error, 2 infos in 3 files"),
        (Summary(1200, 0, 2, 0), "2 warnings in 1,200 drafts"),
        (Summary(2, 0, 0, 0, fixed=1), "All clear: 2 drafts checked, 1 finding fixed."),
        (Summary(2, 1, 0, 0, fixed=3), "1 error in 2 drafts; 3 fixed"),
        (Summary(2, 1, 4, 0, fixable=2), "1 error, 4 warnings in 2 drafts; composer check --fix mends 2 of them"),
    ],
)
def test_the_summary_in_words(summary: Summary, words: str) -> None:
    assert summary.words == words


def test_joined_emoji_and_plain_text_are_shown_as_they_are() -> None:
    assert shown_text("👩‍👩‍👧 中文 é “x”") == "👩‍👩‍👧 中文 é “x”"


def test_an_unknown_format_is_met_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        report_in("ful")
    assert refused.value.help == "did you mean `full`?"


SCHEMAS = Path(__file__).parents[2] / "schemas"
BAD = "\x00\x01\x0b\x1b[2J\x7f\x85\x9b\u202e\u2028\ud800\ufffe\uffff<&>\"']]>\r\n\t港🏗️"


def bad_findings() -> list[Finding]:
    place = Place(f"a b/ü&<{BAD[:6]}:.yaml", 1, 1, 2, 3)
    real = Finding("editorial/placeholder", "error", place, f"m{BAD}", f"h{BAD}", "letter", (Edit(0, 2, f"e{BAD}"),), f"l{BAD}")
    return [real, real, real._replace(level="info", edits=()), *FINDINGS]


def written(output_format: str, findings: list[Finding], files: tuple[str, ...] = FILES) -> str:
    page = Page(lambda path: SourceText(path, f"x{BAD}: y" if path != PATH else TEXT), files=files)
    return report_in(output_format)(findings, Summary.of(findings, 3), page)


@pytest.mark.parametrize("findings", [[], FINDINGS, bad_findings()], ids=["none", "ordinary", "hostile"])
def test_sarif_is_valid_by_its_schema(findings: list[Finding]) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    report = json.loads(written("sarif", findings))
    assert [error.message for error in Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(report)] == []


def test_sarif_has_the_rules_pages_the_places_and_the_fixes() -> None:
    (run,) = json.loads(written("sarif", bad_findings()))["runs"]
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert run["columnKind"] == "unicodeCodePoints"
    assert all(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    placeholder = described["editorial/placeholder"]
    rule = rules()["editorial/placeholder"]
    assert placeholder["shortDescription"]["text"] == rule.summary
    assert rule.documentation.startswith(placeholder["help"]["text"][:40])
    assert placeholder["defaultConfiguration"]["level"] == "error"
    assert described["structure/made-up"] == {"id": "structure/made-up"}
    (location,) = run["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/%C3%BC%26%3C%00%01%0B%1B%5B2%3A.yaml"
    assert location["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 3}
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == uri
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 3}, "insertedContent": {"text": f"e{BAD}"}}
    ]
    assert "fixes" not in run["results"][2]
    prints = [result["partialFingerprints"]["composer/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("issues/a.yaml", "issues/a.yaml"),
        ("./issues/100% of it.yaml", "issues/100%25%20of%20it.yaml"),
        ("c:d.yaml", "c%3Ad.yaml"),
        ("港口.yaml", "%E6%B8%AF%E5%8F%A3.yaml"),
        ("/srv/news/a b.yaml", "file:///srv/news/a%20b.yaml"),
        ("C:/news/a.yaml", "file:///C:/news/a.yaml"),
        ("-", "-"),
    ],
)
def test_sarif_names_files_by_uri(path: str, uri: str) -> None:
    report = json.loads(written("sarif", [Finding("a/b", "error", Place(path, 1, 1, 1, 1), "m")]))
    assert report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("findings", [[], FINDINGS, bad_findings()], ids=["none", "ordinary", "hostile"])
def test_junit_is_valid_by_its_schema(findings: list[Finding]) -> None:
    report = written("junit", findings)
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(etree.fromstring(report.encode()))
    assert not [c for c in report if c in "\x0b\x1b\x7f\x85\x9b\u202e\u2028\ufffe\uffff"]


def test_junit_counts_and_a_clean_file_passes() -> None:
    root = etree.fromstring(written("junit", FINDINGS).encode())
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == list(FILES)
    clean = suites["issues/harbor-notes/2030-03-19-clean.yaml"]
    assert [dict(clean.attrib)["tests"], dict(clean.attrib)["failures"], len(clean)] == ["1", "0", 1]
    assert len(clean[0]) == 0
    for element in (root, *root):
        assert int(element.get("tests")) == len(list(element.iter("testcase")))
        assert int(element.get("failures")) == len(list(element.iter("failure")))
    assert len(list(root.iter("failure"))) == len([f for f in FINDINGS if f.level == "error"])


def test_gitlab_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    report = json.loads(written("gitlab", bad_findings()))
    prints = [entry["fingerprint"] for entry in report]
    assert len(set(prints)) == len(prints) == len(bad_findings())
    assert {entry["severity"] for entry in report} == {"major", "minor", "info"}
    assert set(report[0]) >= {"description", "check_name", "fingerprint", "severity", "location"}
    assert json.loads(written("gitlab", [])) == []

    def of(text: str, line: int) -> str:
        found = [Finding("a/b", "error", Place("x.yaml", line, 1, line, 2), "m")]
        page = Page(lambda path: SourceText(path, text))
        return json.loads(report_in("gitlab")(found, Summary.of(found, 1), page))[0]["fingerprint"]

    assert of("k: TK\n", 1) == of("# new\n\nk: TK\n", 3)
    assert of("k: TK\n", 1) != of("k: TK, still\n", 1)


def test_a_secret_is_printed_in_no_format(newsroom: Path, run: Run) -> None:
    """Not in its own finding's frame, nor in the frame of another fault on its line or beneath it."""
    key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    edit(newsroom / HEALTHY, "Last autumn the cranes went quiet.", f"TK {key[:40]} went quiet TK.\n    TK")
    for name in formats():
        ran = run("check", "--output-format", name)
        assert "safety/secret" in ran.out
        assert key[:40] not in ran.out, name
        assert key[8:30] not in ran.out, name
    assert "•" * 20 in run("check").out
