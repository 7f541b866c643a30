"""composer init, schema and rules."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from composer.checks.rule import rules
from composer.files import shipped
from tests.unit.cli.conftest import HEALTHY, Run, edit, files_under

ROOT = Path(__file__).parents[3]
SLUGS = sorted(path.parent.name for path in shipped().glob("templates/*/newsletter.yaml"))


def test_a_new_newsroom_is_whole_and_checks_clean(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("init", "x")
    assert (ran.status, ran.err) == (0, "")
    assert "cd x" in ran.out
    made = files_under(tmp_path / "x")
    assert {"newsroom.yaml", ".gitignore", ".github/workflows/newsletter.yml", ".vscode/settings.json"} <= set(made)
    for slug in SLUGS:
        assert f"schemas/{slug}.json" in made
        assert f"templates/{slug}/newsletter.yaml" in made
        assert len([name for name in made if name.startswith(f"issues/{slug}/") and name.endswith(".yaml")]) == 1
    assert "templates/_shared/layout.j2" in made
    assert not [name for name in made if "__pycache__" in name]
    monkeypatch.chdir(tmp_path / "x")
    assert run("check").out == f"All clear: {len(SLUGS)} drafts checked.\n"
    assert run("check", "templates", "newsroom.yaml").status == 0
    assert run("schema", "--check").status == 0


def test_the_workflow_and_the_editor_settings_can_be_read(tmp_path: Path, run: Run) -> None:
    run("init", str(tmp_path))
    workflow = yaml.safe_load((tmp_path / ".github/workflows/newsletter.yml").read_text(encoding="utf-8"))
    commands = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    assert "python -m composer check --output-format github" in commands
    assert not any("[version]" in command for command in commands)
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"./schemas/{slug}.json": [f"issues/{slug}/*.yaml"] for slug in SLUGS}


@pytest.mark.parametrize("standing", ["newsroom.yaml", ".gitignore", "templates/_shared/layout.j2"])
def test_a_folder_with_one_of_the_files_is_left_alone(tmp_path: Path, run: Run, standing: str) -> None:
    path = tmp_path / standing
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    ran = run("init", str(tmp_path))
    assert ran.status == 2
    assert standing in ran.err
    assert files_under(tmp_path) == [standing]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_is_no_folder(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    assert run("init", str(tmp_path / "x")).status == 2


def test_other_files_in_the_folder_are_no_hindrance(tmp_path: Path, run: Run) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("init", str(tmp_path)).status == 0


def schema_of(run: Run, slug: str) -> Any:
    return json.loads(run("schema", slug).out)


def core(text: str) -> Any:
    """YAML as editors read it (the core schema of YAML 1.2): numbers and true/false are no texts, dates are."""
    return yaml.load(text, Loader=_Core)


class _Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "merge", "value"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def drafts_of(slug: str) -> list[Path]:
    return sorted((shipped() / "issues" / slug).glob("*.yaml"))


CORPUS = Path(os.environ.get("COMPOSER_CORPUS", ROOT.parent / "shared" / "corpus"))


@pytest.mark.parametrize("draft", [path for slug in SLUGS for path in drafts_of(slug)], ids=lambda path: path.stem)
def test_the_schema_accepts_the_samples_as_composer_and_as_editors_read_them(newsroom: Path, run: Run, draft: Path) -> None:
    assert_the_schema_accepts(draft, run)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real editions is not part of this repository")
def test_the_schema_accepts_real_editions(newsroom: Path, run: Run) -> None:
    drafts = [path for slug in SLUGS for path in sorted((CORPUS / "drafts" / slug).glob("*.yaml"))]
    assert drafts
    for draft in drafts:
        assert_the_schema_accepts(draft, run)


def assert_the_schema_accepts(draft: Path, run: Run) -> None:
    schema = json.loads(run("schema", draft.parent.name, "--project", str(shipped())).out)
    Draft202012Validator.check_schema(schema)
    text = draft.read_text(encoding="utf-8")
    for read in (yaml.load(text, Loader=yaml.BaseLoader), core(text)):
        assert [(list(e.absolute_path), e.message) for e in Draft202012Validator(schema).iter_errors(read)] == []


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        (("number: 7", "number: 7"), True),
        (("number: 7", 'number: "7"'), True),
        (("number: 7", "number: seven"), False),
        (("number: 7", "number:"), True),
        (("number: 7\n", ""), True),
        (("date: 2030-03-12\n", ""), False),
        (("subject: The cranes have opinions", "subject: 1984"), True),
        (("subject: The cranes have opinions", "subject:"), False),
        (("subject: The cranes have opinions\n", ""), False),
        (("subject:", "subjet:"), False),
        (("newsletter: harbor-notes", "newsletter: harbor-nots"), False),
        (("newsletter: harbor-notes\n", ""), True),
        (("  invitation:", "  invite:"), False),
        (("number: 7", "number: 7\nsend_at: 2030-03-12T06:00"), True),
        (("number: 7", "number: 7\nsend_at: tomorrow"), False),
        (("number: 7", "number: 7\nbyline: [Ada Quay, Ben Spar]"), True),
        (("digest:\n", "digest:\n  - one (A)\n  - two (B)\n  - three (C)\n"), False),
        (("digest:\n", "digest:\n  - {text: one, source: A, paywall: yes, more: []}\n"), True),
        (("digest:\n", "digest:\n  - {text: one, source: A, paywall: perhaps}\n"), False),
        (("digest:\n", "digest:\n  items:\n  - one (A)\n"), True),
        (("    Last autumn", "    - Last autumn"), True),
        (("  body: |\n", "  dek:\n  body: |\n"), True),
    ],
)
def test_the_schema_says_what_the_reader_says(newsroom: Path, run: Run, change: tuple[str, str], *, valid: bool) -> None:
    edit(newsroom / HEALTHY, *change)
    schema = schema_of(run, "harbor-notes")
    assert Draft202012Validator(schema).is_valid(core((newsroom / HEALTHY).read_text(encoding="utf-8"))) is valid
    rules_that_speak = ("--select", "schema,inbox,structure/missing-section,structure/too-many-items")
    assert (run("check", *rules_that_speak).status == 0) is valid


def test_a_section_may_be_replaced_by_the_one_that_takes_its_place(newsroom: Path, run: Run) -> None:
    edit(
        newsroom / "templates/harbor-notes/newsletter.yaml",
        "  - {key: digest",
        "  - {key: note, type: note, required: false, replaces: closing}\n  - {key: digest",
    )
    validator = Draft202012Validator(schema_of(run, "harbor-notes"))
    draft = core((newsroom / HEALTHY).read_text(encoding="utf-8"))
    assert validator.is_valid(draft)
    del draft["closing"]
    assert not validator.is_valid(draft)
    assert validator.is_valid({**draft, "note": "Write to us."})


def test_a_section_with_standing_words_is_not_required(newsroom: Path, run: Run) -> None:
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "{key: closing, type: sign_off}", "{key: closing, type: sign_off, standing: {question: Well?}}")
    assert "closing" not in schema_of(run, "harbor-notes")["required"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_is_described(newsroom: Path, run: Run, slug: str) -> None:
    schema = json.loads(run("schema", slug, "--project", str(shipped())).out)
    places = [("", schema), *schema["$defs"].items()]
    fields = [(name, key, field) for name, part in places for shape in (part, *part.get("anyOf", ())) for key, field in shape.get("properties", {}).items()]
    assert len(fields) > 40
    described = schema["$defs"]
    bare = [
        (name, key)
        for name, key, field in fields
        if "description" not in field and "description" not in described.get(str(field.get("$ref", "")).rsplit("/", 1)[-1], {})
    ]
    assert bare == []


def test_schemas_are_written_and_noticed_when_stale(newsroom: Path, run: Run) -> None:
    assert run("schema", "--check").status == 1
    ran = run("schema")
    assert (ran.status, ran.out) == (0, "wrote schemas/harbor-notes.json\n")
    assert run("schema", "--check").status == 0
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "max: 3", "max: 4")
    ran = run("schema", "--check")
    assert ran.status == 1
    assert "schemas/harbor-notes.json is not up to date" in ran.out
    before = (newsroom / "schemas/harbor-notes.json").read_bytes()
    run("schema", "harbor-notes")
    assert (newsroom / "schemas/harbor-notes.json").read_bytes() == before


@pytest.mark.parametrize("slug", SLUGS)
def test_the_schemas_kept_in_the_repository_are_up_to_date(run: Run, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = shipped() / "schemas" / f"{slug}.json"
    assert run("schema", slug, "--project", str(shipped())).out == kept.read_text(encoding="utf-8")


def test_the_rules_are_listed_by_area(newsroom: Path, run: Run) -> None:
    out = run("rules").out
    for rule in rules().values():
        level = "off" if rule.is_off_by_default else rule.level
        assert [line for line in out.splitlines() if line.split()[:2] == [rule.name, level]], rule.name
        assert rule.summary in out


def test_an_area_lists_its_own_rules_only(newsroom: Path, run: Run) -> None:
    out = run("rules", "sign-off").out
    assert "sign-off/missing-question" in out
    assert "editorial/" not in out


def test_a_rules_page_is_its_documentation(newsroom: Path, run: Run) -> None:
    out = run("rules", "editorial/placeholder").out
    assert out.startswith("editorial/placeholder (error)\n=============================\n\n")
    assert rules()["editorial/placeholder"].documentation in out


def test_a_page_says_that_its_rule_is_off_by_default(newsroom: Path, run: Run) -> None:
    assert run("rules", "editorial/spelling").out.startswith("editorial/spelling (info, off by default)\n")
    assert "For harbor-notes: off (off by default)" in run("rules", "editorial/spelling", "--newsletter", "harbor-notes").out


def test_what_a_newsletter_makes_of_the_rules(newsroom: Path, run: Run) -> None:
    with (newsroom / "templates/harbor-notes/newsletter.yaml").open("a", encoding="utf-8") as file:
        file.write("house_style:\n  rules:\n    editorial/placeholder: off\n    structure/section-order: error\n")
    lines = {line.split()[0]: line for line in run("rules", "--newsletter", "harbor-notes").out.splitlines() if line.startswith("  ")}
    assert lines["editorial/placeholder"].split()[1] == "off"
    assert "newsletter.yaml switches it off" in lines["editorial/placeholder"]
    assert lines["structure/section-order"].split()[1] == "error"
    assert "newsletter.yaml sets the level" in lines["structure/section-order"]
    assert "newsletter.yaml" not in lines["sign-off/missing"]
    assert "For harbor-notes: off" in run("rules", "editorial/placeholder", "--newsletter", "harbor-notes").out


def test_the_rules_need_no_newsroom(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("rules").status == 0


def test_the_limits_in_force_are_shown(newsroom: Path, run: Run) -> None:
    with (newsroom / "templates/harbor-notes/newsletter.yaml").open("a", encoding="utf-8") as file:
        file.write("house_style:\n  rules:\n    inbox/long-subject: {most: 80}\n")
    (line,) = (line for line in run("rules", "--newsletter", "harbor-notes").out.splitlines() if line.startswith("  inbox/long-subject "))
    assert "[newsletter.yaml sets its limits: most: 80" in line
    assert "newsletter.yaml sets its limits: most: 80" in run("rules", "inbox/long-subject", "--newsletter", "harbor-notes").out


def test_the_way_to_a_folder_with_a_space_can_be_typed(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cd 'our newsroom'" in run("init", "our newsroom").out
