"""Editors, pre-commit and CI: what `composer init` writes and what this repository offers is valid, and really runs."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from composer.checks.reports.report import formats
from composer.version import __version__

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
# What another Python, or a git that runs these tests as a hook, would bring along.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))} | {
    "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
    "PYTHONPATH": str(ROOT),
    "SOURCE_DATE_EPOCH": "1795500000",
}


def ran(*command: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False)


def composer(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return ran(sys.executable, "-m", "composer", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom as `composer init` makes it."""
    folder = tmp_path_factory.mktemp("made") / "newsroom"
    assert composer("init", str(folder), cwd=ROOT).returncode == 0
    return folder


@pytest.fixture
def newsroom(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(made, tmp_path / "newsroom")
    return tmp_path / "newsroom"


def first_draft(newsroom: Path) -> Path:
    return min((newsroom / "issues").glob("*/*.yaml"))


def broken(newsroom: Path) -> Path:
    """Its first draft, with a placeholder in the subject."""
    draft = first_draft(newsroom)
    lines = draft.read_text(encoding="utf-8").split("\n")
    draft.write_text("\n".join("subject: TK" if line.startswith("subject:") else line for line in lines), encoding="utf-8")
    return draft


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def valid(kind: str, *paths: Path) -> None:
    checked = ran(sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", *map(str, paths), cwd=ROOT)
    assert checked.returncode == 0, checked.stdout


# Workflows and the action


def test_workflows_and_the_action_are_valid(made: Path) -> None:
    valid("github-workflows", *ROOT.glob(".github/workflows/*.yml"), *made.glob(".github/workflows/*.yml"))
    valid("github-actions", ROOT / "action.yml")


def test_the_commands_of_the_workflow_run_in_a_new_newsroom(newsroom: Path) -> None:
    steps = read(newsroom / ".github/workflows/newsletter.yml")["jobs"]["check"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert f'python -m pip install "newsroom-composer=={__version__}"' in commands
    for command in commands:
        if "pip install" not in command:
            done = ran("bash", "-e", "-o", "pipefail", "-c", command, cwd=newsroom)
            assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert list((newsroom / "dist").glob("*/*.html")), "there is something to upload"
    (upload,) = (step for step in steps if step.get("uses", "").startswith("actions/upload-artifact"))
    assert (newsroom / upload["with"]["path"]).is_dir()


def action(step: str, cwd: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """Run a step of the action as GitHub would, with these inputs."""
    action = read(ROOT / "action.yml")
    given = {name: about["default"] for name, about in action["inputs"].items()} | inputs
    (wanted,) = (s for s in action["runs"]["steps"] if s.get("name") == step)
    environment = {name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in wanted["env"].items()}
    assert "${{" not in wanted["run"], "an input in a script is a script"
    return ran("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", wanted["run"], cwd=cwd, **environment)


def test_the_action_annotates_the_lines_of_the_repository(newsroom: Path) -> None:
    draft = broken(newsroom)
    # The newsroom is a folder of a repository whose root GitHub stands in.
    shown = draft.relative_to(newsroom.parent).as_posix()
    done = action("Check", newsroom.parent, project="newsroom")
    assert done.returncode == 1, done.stderr
    assert any(line.startswith(f"::error file={shown},line=") and "title=editorial/placeholder::" in line for line in done.stdout.splitlines())
    assert action("Check", newsroom.parent, project="newsroom", paths="newsroom/templates\n").returncode == 0
    others = [path.relative_to(newsroom.parent).as_posix() for path in (newsroom / "issues").glob("*/*.yaml") if path != draft]
    assert action("Check", newsroom.parent, project="newsroom", paths="\n".join(others)).returncode == 0


def test_the_action_takes_strange_paths_as_they_are(newsroom: Path) -> None:
    done = action("Check", newsroom, paths="$(touch owned); `touch owned`\n--exit-zero")
    assert done.returncode == 2
    assert "does not exist" in done.stderr
    assert not (newsroom / "owned").exists()


def test_warnings_fail_the_action_where_it_is_strict(newsroom: Path) -> None:
    draft = first_draft(newsroom)
    draft.write_text(f"# stet-file: editorial/placeholder\n{draft.read_text(encoding='utf-8')}", encoding="utf-8")
    assert action("Check", newsroom).returncode == 0
    assert action("Check", newsroom, strict="true").returncode == 1


def test_the_action_writes_sarif(newsroom: Path) -> None:
    broken(newsroom)
    assert action("Write SARIF", newsroom, sarif="found.sarif").returncode == 0
    (run,) = json.loads((newsroom / "found.sarif").read_text(encoding="utf-8"))["runs"]
    assert "editorial/placeholder" in {result["ruleId"] for result in run["results"]}


def test_the_workflow_of_the_samples_checks_clean() -> None:
    steps = read(ROOT / ".github/workflows/newsletters.yml")["jobs"]["check"]["steps"]
    (own,) = (step for step in steps if step.get("uses") == "./")
    assert set(own["with"]) <= set(read(ROOT / "action.yml")["inputs"])
    for path in own["with"]["paths"].split():
        assert (ROOT / path).exists()


# pre-commit


def hooks() -> list[dict[str, Any]]:
    return read(ROOT / ".pre-commit-hooks.yaml")


def test_the_hooks_and_the_starters_configuration_are_valid(made: Path) -> None:
    for command, path in (("validate-manifest", ROOT / ".pre-commit-hooks.yaml"), ("validate-config", made / ".pre-commit-config.yaml")):
        done = ran(sys.executable, "-m", "pre_commit", command, str(path), cwd=ROOT)
        assert done.returncode == 0, done.stdout
    (starter,) = read(made / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert starter["additional_dependencies"] == [f"newsroom-composer=={__version__}"]
    ours = next(hook for hook in hooks() if hook["id"] == starter["id"])
    assert {name: starter[name] for name in ("entry", "files", "language", "require_serial")} == {
        name: ours[name] for name in ("entry", "files", "language", "require_serial")
    }


def committed(newsroom: Path, hook: dict[str, Any]) -> "subprocess.CompletedProcess[str]":
    """What pre-commit says of all files, with the hook run by this Python: making an environment needs a network."""
    local = {name: value for name, value in hook.items() if name != "additional_dependencies"} | {"language": "system"}
    local["entry"] = hook["entry"].replace("composer", f"{sys.executable} -m composer", 1)
    config = newsroom / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}), encoding="utf-8")
    for command in (("init", "-q"), ("add", "--all")):
        ran("git", *command, cwd=newsroom)
    return ran(sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", cwd=newsroom, PRE_COMMIT_HOME=str(newsroom.parent / "kept"))


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_pre_commit_runs_the_hook(newsroom: Path, hook: dict[str, Any]) -> None:
    clean = committed(newsroom, hook)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    drafts = len(list((newsroom / "issues").glob("*/*.yaml")))
    assert f"All clear: {drafts} drafts checked." in clean.stdout, "drafts, and nothing else, are handed to the hook"
    draft = broken(newsroom)
    found = committed(newsroom, hook)
    assert found.returncode == 1
    assert f"{draft.relative_to(newsroom).as_posix()}:" in found.stdout
    assert "editorial/placeholder" in found.stdout


# Editors


def test_editors_find_the_schema_of_every_draft(made: Path) -> None:
    settings = json.loads((made / ".vscode/settings.json").read_text(encoding="utf-8"))
    named = {draft: schema for schema, patterns in settings["yaml.schemas"].items() for pattern in patterns for draft in made.glob(pattern)}
    drafts = set(made.glob("issues/*/*.yaml"))
    assert drafts
    assert set(named) == drafts
    for draft, schema in named.items():
        first = draft.read_text(encoding="utf-8").split("\n", 1)[0]
        relative = first.removeprefix("# yaml-language-server: $schema=")
        assert (draft.parent / relative).resolve() == (made / schema).resolve()
        Draft202012Validator(json.loads((made / schema).read_text(encoding="utf-8"))).validate(yaml.load(draft.read_text(encoding="utf-8"), yaml.BaseLoader))
    assert json.loads((made / ".vscode/extensions.json").read_text(encoding="utf-8"))["recommendations"] == ["redhat.vscode-yaml"]


def test_a_new_draft_names_its_schema_too(newsroom: Path) -> None:
    slug = first_draft(newsroom).parent.name
    assert composer("new", slug, "--title", "fresh", cwd=newsroom).returncode == 0
    (fresh,) = (newsroom / "issues" / slug).glob("*-fresh.yaml")
    assert fresh.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema=../../schemas/{slug}.json\n")


def test_the_editorconfig_indents_yaml_by_two_spaces(made: Path) -> None:
    text = (made / ".editorconfig").read_text(encoding="utf-8")
    assert "root = true" in text
    assert "indent_size = 2" in text.split("[*.{yaml,yml,json,j2,css}]")[1]


# The page about all this


def test_the_examples_of_the_page_are_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs/where-it-runs.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"(?ms)^```yaml (\S+)\n(.*?)^```$", page))
    assert set(examples) == {"pre-commit", "github", "gitlab"}
    (tmp_path / "gitlab.yml").write_text(examples["gitlab"], encoding="utf-8")
    valid("gitlab-ci", tmp_path / "gitlab.yml")
    (tmp_path / "github.yml").write_text(f"name: x\non: push\n{examples['github']}", encoding="utf-8")
    valid("github-workflows", tmp_path / "github.yml")
    given = yaml.safe_load(examples["github"])["jobs"]["check"]["steps"][1]["with"]
    assert set(given) <= set(read(ROOT / "action.yml")["inputs"])
    (tmp_path / "pre-commit.yaml").write_text(examples["pre-commit"], encoding="utf-8")
    assert ran(sys.executable, "-m", "pre_commit", "validate-config", str(tmp_path / "pre-commit.yaml"), cwd=ROOT).returncode == 0
    (hook,) = yaml.safe_load(examples["pre-commit"])["repos"][0]["hooks"]
    assert hook["id"] in {known["id"] for known in hooks()}


def test_the_page_names_every_input_and_every_format() -> None:
    page = re.sub(r"(?ms)^```.*?^```$", "", (ROOT / "docs/where-it-runs.md").read_text(encoding="utf-8"))
    code = set(re.findall(r"`([^`\n]+)`", page))
    assert set(read(ROOT / "action.yml")["inputs"]) <= code
    assert set(formats()) - {"full", "concise"} <= code
    for target in re.findall(r"\]\(([^):]+)\)", page):
        assert (ROOT / "docs" / target).exists(), target


def test_a_draft_that_is_typed_comes_back_mended(newsroom: Path) -> None:
    """The commands of the page, as an editor would run them."""
    draft = first_draft(newsroom)
    name = draft.relative_to(newsroom).as_posix()
    text = draft.read_text(encoding="utf-8")
    for options in (("--output-format", "concise"), ("--fix",)):
        command = [sys.executable, "-m", "composer", "check", *options, "-", "--stdin-filename", name]
        done = subprocess.run(command, input=text.encode(), cwd=newsroom, env=ENVIRONMENT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == text
