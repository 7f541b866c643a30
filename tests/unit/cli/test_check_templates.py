"""composer check templates/…: a newsroom's own templates, whatever is in the files."""

import shutil
from pathlib import Path

import pytest

from composer.files import shipped
from tests.unit.cli.conftest import HEALTHY, Run, edit
from tests.unit.cli.test_check import found

OWN = "templates/harbor-notes"
QUOTE = f"{OWN}/sections/quote.j2"
TEXT = "{% macro text(placed, page, t) %}\n{{ t.inline(placed.content.quote) }}\n{% endmacro %}\n"
SOUND = (
    "{% macro mjml(placed, page, t) %}\n<mj-section><mj-column>\n<mj-text>{{ t.inline(placed.content.quote) }}</mj-text>\n</mj-column></mj-section>\n{% endmacro %}\n"
    + TEXT
)
SLIP = SOUND.replace("<mj-text>", '<mj-text colour="red">')


def write(path: str, text: str | bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


def checked(run: Run, *named: str) -> list[tuple[str, str, int, int]]:
    return found(run("check", *(named or (OWN,)), "--output-format", "json").out)


def test_a_section_of_ones_own_is_checked_though_the_newsletter_has_none_of_its_type(newsroom: Path, run: Run) -> None:
    write(QUOTE, SOUND)
    ran = run("check", OWN)
    assert (ran.status, ran.out) == (0, "All clear: 3 files checked.\n")
    write(QUOTE, SLIP)
    ran = run("check", OWN)
    assert ran.status == 1
    assert f"{QUOTE}:3:10" in ran.out
    assert "did you mean `color`?" in ran.out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--ignore", "template/unknown-attribute"), 0),
        (("--select", "template/wrong-value"), 0),
        (("--select", "template"), 1),
        (("--select", "schema"), 0),
    ],
)
def test_exit_status(newsroom: Path, run: Run, options: tuple[str, ...], status: int) -> None:
    write(QUOTE, SLIP)
    assert run("check", "templates", *options).status == status


def test_a_warning_fails_a_strict_check_alone(newsroom: Path, run: Run) -> None:
    write(f"{OWN}/theme.css", ":root {\n  --acent: #1F6B4A;\n}\n")
    assert run("check", OWN).status == 0
    assert run("check", OWN, "--strict").status == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"\xff\xfe\x00\x01", 1, "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", 1, "not UTF-8"),
        (b"x" * (5 << 20), 1, "5,120 KiB"),
        (
            SOUND.replace("{{ t.inline", "{% if page %}" * 4000 + "{{ t.inline", 1).replace("</mj-text>", "{% endif %}" * 4000 + "</mj-text>"),
            1,
            "nested too deeply",
        ),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}" + SOUND, 1, "nested too deeply"),
        (SOUND.replace("<mj-text>", "<mj-text>" + "<div>" * 400).replace("</mj-text>", "</div>" * 400 + "</mj-text>"), 1, "nested deeper"),
        (TEXT, 1, "no macro `mjml`"),
        (SOUND.removesuffix(TEXT), 1, "no macro `text`"),
        ("{% if %}", 1, "expression"),
        ("", 1, "no macro `mjml`"),
        (SOUND.replace("t.inline", "t.inlnie"), 3, "inlnie"),
    ],
    ids=[
        "not text",
        "a picture",
        "five megabytes",
        "blocks in blocks",
        "brackets in brackets",
        "elements in elements",
        "no mjml",
        "no text",
        "no Jinja",
        "empty",
        "no such tool",
    ],
)
def test_whatever_the_file_holds_it_is_a_finding(newsroom: Path, run: Run, text: str | bytes, line: int, words: str) -> None:
    write(QUOTE, text)
    ran = run("check", OWN)
    assert ran.status == 1, ran.out + ran.err
    assert f"{QUOTE}:{line}" in ran.out or words == "nested deeper"
    assert words in ran.out
    assert "Traceback" not in ran.err


def test_windows_line_breaks_move_no_place(newsroom: Path, run: Run) -> None:
    write(QUOTE, SLIP.replace("\n", "\r\n"))
    assert checked(run) == [("template/unknown-attribute", QUOTE, 3, 10)]


def test_a_style_sheet_that_is_no_text(newsroom: Path, run: Run) -> None:
    write(f"{OWN}/styles/head-9.css", b"\xff\xfe")
    assert checked(run) == [("template/style-error", f"{OWN}/styles/head-9.css", 1, 1)]


def test_only_what_was_named_is_spoken_of(newsroom: Path, run: Run) -> None:
    write(QUOTE, SLIP)
    write(f"{OWN}/sections/note.j2", SLIP.replace("content.quote", "content.text"))
    assert checked(run, QUOTE) == [("template/unknown-attribute", QUOTE, 3, 10)]
    assert len(checked(run)) == 2


def test_a_token_of_the_theme_is_wrong_where_it_is_given(newsroom: Path, run: Run) -> None:
    write(f"{OWN}/theme.css", ":root {\n  --ink2: #56555;\n}\n")
    assert checked(run) == [("template/wrong-value", f"{OWN}/theme.css", 2, 3)]


def test_a_style_sheet_with_an_unknown_token(newsroom: Path, run: Run) -> None:
    write(f"{OWN}/styles/head-9.css", ".a {\n  color: var(--inkk) }\n")
    assert checked(run) == [("template/broken", f"{OWN}/styles/head-9.css", 2, 1)]


def test_shared_templates_of_the_newsroom_are_set_in_every_newsletter(newsroom: Path, run: Run) -> None:
    shutil.copytree(shipped() / "templates/_shared", newsroom / "templates/_shared")
    edit(newsroom / "templates/_shared/sections/bullets.j2", "</table>\n</mj-text>", "</table>")
    (only,) = checked(run, "templates/_shared")
    assert only[:2] == ("template/unclosed-tag", "templates/_shared/sections/bullets.j2")
    assert checked(run, "templates") == [only]


def test_a_template_beside_the_newsroom_is_read_by_itself(newsroom: Path, run: Run) -> None:
    write("elsewhere/card.j2", '<mj-text font-size="big">{{ words | safe }}</mj-text>\n')
    assert checked(run, "elsewhere/card.j2") == [("template/wrong-value", "elsewhere/card.j2", 1, 21), ("template/unescaped-value", "elsewhere/card.j2", 1, 35)]


def test_a_newsletter_whose_settings_cannot_be_used_still_has_its_templates_read(newsroom: Path, run: Run) -> None:
    write(QUOTE, SLIP)
    edit(newsroom / OWN / "newsletter.yaml", "sender:\n", "sendre:\n")
    rules = {rule for rule, *_ in checked(run)}
    assert {"template/unknown-attribute", "schema/unknown-field"} <= rules


def test_drafts_are_checked_without_their_templates(newsroom: Path, run: Run) -> None:
    write(f"{OWN}/sections/essay.j2", (shipped() / "templates/_shared/sections/essay.j2").read_text("utf-8").replace("font-size=", "font_size=", 1))
    assert run("check").status == 0
    assert [rule for rule, *_ in checked(run)] == ["template/unknown-attribute"]


def test_a_draft_that_cannot_be_built_says_where_its_template_is_wrong(newsroom: Path, run: Run) -> None:
    essay = (shipped() / "templates/_shared/sections/essay.j2").read_text("utf-8")
    write(f"{OWN}/sections/essay.j2", essay.replace("{% if essay.dek %}", "<mj-text><p></mj-text>\n{% if essay.dek %}", 1))
    line = essay[: essay.index("{% if essay.dek %}")].count("\n") + 1
    assert checked(run, HEALTHY) == [("template/broken", f"{OWN}/sections/essay.j2", line, 10)]


@pytest.mark.parametrize("slug", sorted(path.parent.name for path in shipped().glob("templates/*/newsletter.yaml")))
def test_every_newsletter_that_comes_with_composer_is_clean(newsroom: Path, run: Run, slug: str) -> None:
    shutil.copytree(shipped() / "templates" / slug, newsroom / "templates" / slug)
    shutil.copytree(shipped() / "templates/_shared", newsroom / "templates/_shared")
    ran = run("check", f"templates/{slug}", "templates/_shared", "--strict")
    assert ran.out.startswith("All clear: "), ran.out
