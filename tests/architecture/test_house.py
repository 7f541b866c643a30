"""The house keeps its promises: every thing has what belongs beside it, modules stay small, the flow is as described."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import composer.blocks
import composer.sections
from composer import press
from composer.discovery import module_names

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "composer"
SHARED = ROOT / "templates/_shared"
MOST_STATEMENTS = 300
BANNED = {"utils", "util", "helpers", "helper", "common", "base", "core", "manager", "handler", "process", "data", "misc"}


def types_in(package, contract):
    return sorted(name.rsplit(".", 1)[-1] for name in module_names(package) if name.rsplit(".", 1)[-1] not in contract)


SECTIONS = types_in(composer.sections, {"section"})
BLOCKS = types_in(composer.blocks, {"block", "body"})
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts and "_shipped" not in path.parts)


@pytest.mark.parametrize(("folder", "name"), [("sections", n) for n in SECTIONS] + [("blocks", n) for n in BLOCKS])
def test_every_type_has_a_template_with_both_macros_and_a_case_sheet(folder, name):
    template = (SHARED / folder / f"{name}.j2").read_text(encoding="utf-8")
    assert re.search(r"{%-? macro mjml\(", template), "the template has no mjml() macro"
    assert re.search(r"{%-? macro text\(", template), "the template has no text() macro"
    assert (ROOT / "tests/cases" / folder / f"{name}.yaml").is_file(), "a type without a case sheet"


@pytest.mark.parametrize("path", sorted(SHARED.rglob("*.j2")), ids=lambda p: p.relative_to(SHARED).as_posix())
def test_a_sections_or_blocks_template_can_be_replaced_without_breaking_another(path):
    """A newsletter's own template has two macros; what several templates share stands in a file beside the folders."""
    assert not re.search(r"""{%-?\s*(?:from|import|include|extends)\s+["'](?:sections|blocks)/""", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["sections", "blocks"])
def test_no_template_or_case_sheet_is_left_behind_by_a_type(folder):
    known = set(SECTIONS if folder == "sections" else BLOCKS)
    assert {path.stem for path in (SHARED / folder).glob("*.j2")} <= known
    assert {path.stem for path in (ROOT / "tests/cases" / folder).glob("*.yaml")} <= known


def statements(tree: ast.Module) -> int:
    """Statements that do something: docstrings, and facts written out as constants, do not count."""
    count = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            is_words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            is_fact = isinstance(node, ast.Assign) and node in tree.body
            count += not is_words and not is_fact
    return count


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_room_is_too_large(path):
    assert statements(ast.parse(path.read_text(encoding="utf-8"))) <= MOST_STATEMENTS


def test_the_statement_count_counts():
    body = "\n".join(f"x = {n}\nif x:\n    print(x)" for n in range(MOST_STATEMENTS))
    assert statements(ast.parse("def f():\n" + "\n".join("    " + line for line in body.split("\n")))) > MOST_STATEMENTS


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_names_explain_themselves(path):
    assert not BANNED & set(path.stem.split("_")), f"{path.name} says nothing about what is in it"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("__")}
    assert not {name for name in defined if BANNED & set(name.strip("_").lower().split("_"))}


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_says_in_its_docstring_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_package_inits_are_empty_but_for_the_public_face():
    crowded = [p for p in PACKAGE.rglob("__init__.py") if p.parent != PACKAGE and p.read_text(encoding="utf-8").strip()]
    assert not crowded


def test_the_flow_in_the_docstring_is_the_order_of_the_functions():
    promised = re.findall(r"^\d+\. `(\w+)`", press.__doc__ or "", re.MULTILINE)
    assert promised == ["load_draft", "proof_of", "findings_of", "editions_of"]
    source = Path(press.__file__).read_text(encoding="utf-8")
    places = [source.index(f"def {name}(") for name in promised if f"def {name}(" in source]
    assert len(places) == 3, "proof_of, findings_of and editions_of live in press.py; load_draft is imported there"
    assert places == sorted(places)


def test_the_stages_of_a_proof_stand_in_the_order_its_docstring_gives():
    from composer.proof import proof

    source = Path(proof.__file__).read_text(encoding="utf-8")
    stages = re.findall(r"`(\w+)`", (proof.Proof.__doc__ or "").split("\n")[0])
    assert stages[:3] == ["mjml", "rendered", "html"]
    places = [source.index(f"def {stage}(self)") for stage in stages]
    assert places == sorted(places)


def test_nothing_heavy_is_loaded_to_show_the_help():
    """The start is a feature: only a command that renders may load what renders."""
    heavy = {"jinja2", "premailer", "lxml", "PIL", "mjml", "css_inline", "rich", "pydantic", "markdown_it", "wcwidth", "rapidfuzz"}
    code = "import sys; from composer.cli.main import main; main(['--help']); print('\\n', *sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not heavy & {name.split(".")[0] for name in loaded.splitlines()[-1].split()}


def test_no_dependency_of_a_check_can_reach_the_network():
    """A check inlines as a build does, and with css-inline loads nothing that fetches (premailer brings requests: see test_no_network)."""
    code = "import sys; from composer.cli.main import main; main(['check', '--exit-zero', '--no-cache']); print('\\n', *sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {"premailer", "cssutils", "requests", "httpx", "http.client", "smtplib"} & set(loaded.splitlines()[-1].split())
