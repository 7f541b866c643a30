"""The wheel, installed into an empty environment outside the checkout, does a newcomer's first steps."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.previewing import previewing

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def composer(wheel, tmp_path_factory):
    """The installed command, run in a folder of its own with nothing of the checkout in sight."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    subprocess.run([str(folder / "env/bin/python"), "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(*arguments, cwd=folder):
        return subprocess.run([str(folder / "env/bin/composer"), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    run.folder = folder
    return run


def test_the_first_steps_of_a_newcomer(composer):
    made = composer("init", "x")
    assert made.returncode == 0, made.stderr
    newsroom = composer.folder / "x"
    clean = composer("check", cwd=newsroom)
    assert clean.returncode == 0, clean.stdout
    fresh = composer("new", "china-report", cwd=newsroom)
    assert fresh.returncode == 0, fresh.stderr
    unfinished = composer("check", "--output-format", "concise", cwd=newsroom)
    assert unfinished.returncode == 1
    assert "editorial/placeholder" in unfinished.stdout
    built = composer("build", "--proof", cwd=newsroom)
    assert built.returncode == 1, "a proof of a draft with errors is written, and says that there are errors"
    editions = {path.suffix for path in (newsroom / "dist/china-report").iterdir() if path.is_file()}
    assert editions == {".html", ".txt", ".eml"}
    for html in (newsroom / "dist").rglob("*.html"):
        assert "PROOF" in html.read_text(encoding="utf-8")


def test_the_preview_finds_its_page(composer):
    assert composer("init", "y").returncode == 0
    with previewing("--no-browser", "--port", "0", newsroom=composer.folder / "y", installed=composer.folder / "env/bin/composer") as (_, _, address):
        for name in ("", "page.css", "page.js", "drafts.json", "1/mail.html"):
            with urlopen(f"{address}{name}", timeout=30) as answer:
                assert len(answer.read()) > 100


def test_without_the_fast_extra_premailer_inlines(composer):
    probe = "import importlib.util as u; from composer.proof.inline import inlined; assert u.find_spec('css_inline') is None; print(inlined('<p class=\"a\">x</p>', '.a{color:red}'))"
    out = subprocess.run([str(composer.folder / "env/bin/python"), "-c", probe], capture_output=True, text=True, check=False, cwd=composer.folder)
    assert 'style="color:red"' in out.stdout, out.stderr


def test_the_wheel_holds_what_init_writes_and_nothing_of_the_workshop(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("templates/_shared/layout.j2", "templates/china-report/newsletter.yaml", "newsroom.yaml"):
        assert f"composer/_shipped/{wanted}" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "docs")) or "__pycache__" in name]
