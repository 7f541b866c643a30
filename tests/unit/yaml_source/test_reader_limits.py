"""Files that no writer means to type: too large, too deep, not text. Each is one problem, found in no time."""

import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from composer.yaml_source.builder import MAX_DEPTH
from composer.yaml_source.reader import MAX_BYTES, read_bytes, read_file, read_text


def test_a_file_of_50_megabytes_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    start = time.perf_counter()
    document = read_file(path, "large.yaml")
    spent = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (problem,) = document.problems
    assert (problem.kind, problem.place[1:3]) == ("too-large", (1, 1))
    assert "1,024 KiB" in problem.message
    assert spent < 1
    assert peak < 8 * MAX_BYTES


def test_a_file_at_the_limit_is_read() -> None:
    line = b"words: " + b"x" * 90 + b"\n"
    content = b"a:\n" + b"".join(b"  - " + line for _ in range(MAX_BYTES // 104))
    content += b"#" * (MAX_BYTES - len(content))
    assert len(content) == MAX_BYTES
    assert read_bytes(content, "d.yaml").problems == ()
    assert [p.kind for p in read_bytes(content + b"#", "d.yaml").problems] == ["too-large"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_a_hundred_thousand_levels_are_one_problem(opening: str) -> None:
    start = time.perf_counter()
    document = read_text("essay:\n  body: x\nitems:\n  " + opening * 100_000, "d.yaml")
    assert time.perf_counter() - start < 3
    (problem,) = document.problems
    assert problem.kind == "too-large"
    assert problem.place.line == 4
    assert problem.help


def test_the_place_of_too_deep_nesting_is_the_first_level_too_many() -> None:
    document = read_text("a: " + "[" * (MAX_DEPTH + 5), "d.yaml")
    (problem,) = document.problems
    # the root mapping is the first level
    assert problem.place[1:3] == (1, 3 + MAX_DEPTH)


def test_nesting_at_the_limit_is_read() -> None:
    levels = MAX_DEPTH - 1
    assert read_text("a: " + "[" * levels + "]" * levels, "d.yaml").problems == ()


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 ha"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    start = time.perf_counter()
    document = read_text("\n".join(lines) + "\n", "d.yaml")
    assert time.perf_counter() - start < 1
    assert {p.kind for p in document.problems} == {"forbidden-yaml"}
    assert len(document.scalars) < 200


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("a: b\n".encode("utf-16"), 1, 1, "UTF-16"),
        (b"\xff\xfe" + "a: b\n".encode("utf-16-le"), 1, 1, "UTF-16"),
        (b"\xfe\xff" + "a: b\n".encode("utf-16-be"), 1, 1, "UTF-16"),
        ("a: b\n".encode("utf-16-le"), 1, 2, "U+0000"),
        ("a: b\n".encode("utf-16-be"), 1, 1, "U+0000"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, 1, "0x89"),
        (b"PK\x03\x04\x14\x00\x00\x00", 1, 3, "U+0003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1, 1, "0xD0"),
        ("a: b\ndek: caf\u00e9\n".encode("latin-1"), 2, 9, "0xE9"),
        ("a: 中文 ".encode() + b"\xed\xa0\x80\n", 1, 7, "0xED"),
        (b"a: b\nc: \xc0\xaf\n", 2, 4, "0xC0"),
        (b"a: b\r\n\x00", 2, 1, "U+0000"),
    ],
)
def test_what_is_not_utf8_text_is_one_problem_at_its_place(content: bytes, line: int, column: int, words: str) -> None:
    document = read_bytes(content, "d.yaml")
    (problem,) = document.problems
    assert problem.kind == "syntax"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert words in problem.message
    assert problem.help
    assert document.root is None


def test_many_lines_without_quotes_do_not_cost_more_than_they_should() -> None:
    text = "items:\n" + "  - [a](https://x.example) is working\n" * 20_000
    start = time.perf_counter()
    document = read_text(text, "d.yaml")
    assert time.perf_counter() - start < 5
    assert document.problems
    assert {p.kind for p in document.problems} <= {"needs-quotes", "syntax"}


def test_deep_nesting_does_not_end_the_process() -> None:
    script = "from composer.yaml_source.reader import read_text; print(read_text('a: ' + '[' * 500_000, 'd').problems[0].kind)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "too-large")
