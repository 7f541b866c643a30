"""What the pages for writers and for newsletters say is so: each example is read where it belongs, each table compared.

The info string behind a fence says where: `yaml draft` is a whole draft, `yaml part NEWSLETTER` replaces the same keys in
the page's draft of that newsletter, `yaml newsletter` a newsletter.yaml, `yaml newsletter part` replaces keys of it,
`yaml newsroom` a newsroom.yaml, `css theme` the theme.css, `css PATH` a style sheet and `jinja PATH` a template of the page's newsletter.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
import yaml
from PIL import Image

from composer.blocks.block import Block
from composer.blocks.body import block_types
from composer.blocks.brief import Brief
from composer.checks.rule import rules
from composer.draft.load import load_draft_text
from composer.finding import Finding
from composer.issue.catalogue import section_type, section_types
from composer.issue.issue import Issue
from composer.press import findings_of, proof_of
from composer.project import newsletter as settings_models
from composer.project.newsroom import Newsroom, Publisher
from composer.project.people import Person
from composer.project.words import StandingWords
from composer.proof.render import MjmlTools, TextTools
from composer.prose.markdown import Prose
from composer.sections.headlines import Headline
from composer.sections.stories import Story
from composer.yaml_source.reader import read_text
from composer.yaml_source.typed import Typed
from tests.cases.newsroom import ORDINARY
from tests.newsrooms import NewsroomFolder

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("drafts", "newsletters")}
OWN = "harbor-letter"
# An example is shorter than an issue; that is all that may be said of it.
REMARKED = {"structure/body-length"}


class Example(NamedTuple):
    """A fenced example of a page."""

    page: str
    line: int
    info: str
    text: str


def _examples() -> Iterator[Example]:
    for page, text in PAGES.items():
        for found in re.finditer(r"(?ms)^( *)```(\S[^\n]*)\n(.*?)^\1```$", text):
            yield Example(page, text.count("\n", 0, found.start()) + 1, found[2], dedent(found[3]))


EXAMPLES = list(_examples())


def _params(info: str) -> list[Any]:
    return [pytest.param(e, id=f"{e.page}.md:{e.line}") for e in EXAMPLES if re.fullmatch(info, e.info)]


def _only(info: str) -> str:
    (example,) = (e for e in EXAMPLES if e.info == info)
    return example.text


def _slug(draft: str) -> str:
    return str(yaml.load(draft, Loader=yaml.BaseLoader)["newsletter"])


DRAFTS = {_slug(e.text): e.text for e in EXAMPLES if e.info == "yaml draft"}


def _blocks(text: str) -> dict[str, str]:
    """The top-level keys of a YAML text, each with its lines; a comment belongs to the key beneath it."""
    parts = re.findall(r"(?m)^(?:#[^\n]*\n|\n)*[a-z_]+:.*\n(?:(?:[ -][^\n]*)?\n)*", text)
    assert "".join(parts) == text, "a part of the example would be lost"
    return {key[0]: part for part in parts if (key := re.findall(r"(?m)^([a-z_]+):", part))}


def _with_part(text: str, part: str, order: list[str]) -> str:
    blocks = _blocks(text) | _blocks(part)
    assert set(blocks) <= set(order), set(blocks) - set(order)
    return "".join(sorted((b if b.endswith("\n") else b + "\n" for b in blocks.values()), key=lambda b: order.index(re.findall(r"(?m)^([a-z_]+):", b)[0])))


def _keys_of_drafts(slug: str) -> list[str]:
    settings = yaml.safe_load((DOCS.parent / "templates" / slug / "newsletter.yaml").read_text(encoding="utf-8"))
    return [*(name for name in Issue.model_fields if name != "corrections"), *(s["key"] for s in settings["sections"]), "corrections"]


@pytest.fixture
def newsroom(own_newsroom: NewsroomFolder) -> NewsroomFolder:
    """A newsroom that has the page's third newsletter too."""
    own_newsroom.write(f"templates/{OWN}/newsletter.yaml", _only("yaml newsletter"))
    own_newsroom.write(f"templates/{OWN}/theme.css", _only("css theme"))
    own_newsroom.write(f"templates/{OWN}/styles/head-0-fonts.css", _only("css styles/head-0-fonts.css"))
    return own_newsroom


def _findings(newsroom: NewsroomFolder, draft: str) -> list[Finding]:
    """What all rules say of a draft; pictures that it names lie beside it."""
    slug, stem = _slug(draft), "2026-11-24-example"
    for name in re.findall(r"(?m)^ *image: ([\w-]+\.png)$", draft):
        folder = newsroom.root / "issues" / slug / stem
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1120, 560)).save(folder / name)
    loaded = load_draft_text(draft.encode(), newsroom.root / "issues" / slug / f"{stem}.yaml", newsroom.project)
    found = findings_of(loaded, newsroom.project, list(rules().values()), ORDINARY)
    if loaded.issue is not None and not loaded.problems:
        assert proof_of(loaded, newsroom.project).problems == []
    return [f for f in found if f.rule not in REMARKED]


@pytest.mark.parametrize("example", _params("yaml draft"))
def test_a_draft_is_without_findings(example: Example, newsroom: NewsroomFolder) -> None:
    assert _findings(newsroom, example.text) == []


@pytest.mark.parametrize("example", _params(r"yaml part [a-z-]+"))
def test_a_part_of_a_draft_is_without_findings(example: Example, newsroom: NewsroomFolder) -> None:
    slug = example.info.split()[-1]
    assert _findings(newsroom, _with_part(DRAFTS[slug], example.text, _keys_of_drafts(slug))) == []


def test_every_example_is_of_a_known_kind() -> None:
    known = (
        r"yaml (?:draft|part (?:china-report|the-download)|newsletter|newsletter part|newsroom)|css theme|css styles/head-0-fonts\.css|jinja sections/quote\.j2"
    )
    assert [e.info for e in EXAMPLES if not re.fullmatch(known, e.info)] == []
    assert len(EXAMPLES) == sum(text.count("```") for text in PAGES.values()) / 2
    assert set(DRAFTS) == {"china-report", "the-download", OWN}


def test_an_example_that_went_wrong_would_be_seen(newsroom: NewsroomFolder) -> None:
    draft = DRAFTS["china-report"]
    assert {f.rule for f in _findings(newsroom, draft.replace("preheader:", "preheadr:"))} >= {"schema/unknown-field"}
    assert {f.rule for f in _findings(newsroom, draft.replace("(Lantern Weekly)", ""))} == {"editorial/missing-source"}


def test_the_third_newsletter_has_no_problems(newsroom: NewsroomFolder) -> None:
    assert newsroom.project.newsletter_settings(OWN).problems == ()
    assert newsroom.draft(DRAFTS[OWN]).problems == ()


@pytest.mark.parametrize("example", _params("yaml newsletter part"))
def test_a_part_of_its_settings_has_no_problems(example: Example, newsroom: NewsroomFolder) -> None:
    order = list(settings_models.Newsletter.model_fields)
    newsroom.write(f"templates/{OWN}/newsletter.yaml", _with_part(_only("yaml newsletter"), example.text, order))
    assert newsroom.project.newsletter_settings(OWN).problems == ()
    kept = [key for key in ("letter", "seen", "closing") if "sections:" in example.text] or ["letter", "seen", "overheard", "closing"]
    draft = "".join(block for key, block in _blocks(DRAFTS[OWN]).items() if key in Issue.model_fields or key in kept)
    found = _findings(newsroom, draft)
    # A newsletter that asks for approvals says of a new draft that it has none yet.
    asked_for = {"structure/section-order"} | ({"sign-off/not-approved"} if "approvals:" in example.text else set())
    assert [f for f in found if f.rule not in asked_for] == []


def test_the_newsroom_file_has_no_problems(newsroom: NewsroomFolder) -> None:
    newsroom.write("newsroom.yaml", _only("yaml newsroom"))
    assert newsroom.project.newsroom_settings.problems == ()
    assert _findings(newsroom, DRAFTS[OWN]) == []


def test_the_template_of_its_own_stands_for_the_shared_one(newsroom: NewsroomFolder) -> None:
    shared = newsroom.proof(DRAFTS[OWN])
    newsroom.write(f"templates/{OWN}/sections/quote.j2", _only("jinja sections/quote.j2"))
    own = newsroom.proof(DRAFTS[OWN])
    assert "“It is not late. It is thinking.”" in shared.text
    assert "“" not in own.text
    assert "    It is not late. It is thinking.\n\n    — A boy on the pier, about the ferry" in own.text
    assert "“" not in own.html


def _table(page: str, *header: str) -> list[list[str]]:
    """The rows of the table with these heads; a bar in code is `\\|` there."""
    lines = PAGES[page].split("\n")
    heads = [i for i, line in enumerate(lines) if _cells(line)[: len(header)] == list(header)]
    assert len(heads) == 1, header
    rows = []
    for line in lines[heads[0] + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _prose(page: str) -> str:
    """A page without its fenced examples."""
    return re.sub(r"(?ms)^( *)```.*?^\1```$", "", PAGES[page])


TWISTED = [tuple(_code(row[i])[0] for i in (0, 2)) for row in _table("drafts", "you type", "YAML would")]


@pytest.mark.parametrize(("typed", "corrected"), TWISTED)
def test_a_line_that_yaml_twists_is_corrected_as_the_page_says(typed: str, corrected: str) -> None:
    document = read_text(typed, "draft.yaml")
    (problem,) = document.problems
    assert problem.help.endswith(f": {corrected}")
    mended = read_text(corrected, "draft.yaml")
    assert mended.problems == ()
    words = re.sub(r"^(?:- )?(?:\{text: |[a-z]+: )?|\}$" if "{text" in typed else r"^(?:- |[a-z]+: )", "", typed)
    assert _words_of(mended.root) == words


def _words_of(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    (only,) = value.values() if isinstance(value, dict) else value
    return _words_of(only)


@pytest.mark.parametrize(("row"), _table("drafts", "a brief that ends", "has the source"), ids=lambda row: row[0])
def test_the_end_of_a_brief_is_read_as_the_page_says(row: list[str]) -> None:
    brief = Brief(text=Prose(f"The ferry is back. {_code(row[0])[0]}"))
    read = "; ".join(f"{s.name}, paywall" if s.paywall else s.name for s in brief.sources)
    assert (read or "none") == row[1]


def test_the_words_of_the_templates_are_listed_as_they_are() -> None:
    listed = {_code(row[0])[0]: row[2] for row in _table("newsletters", "word", "where")}
    assert listed == {field.alias or name: field.default for name, field in StandingWords.model_fields.items()}


def test_the_section_types_are_listed_with_their_fields_and_options() -> None:
    listed = {_code(row[0])[0]: row for row in _table("newsletters", "type", "for")}
    assert set(listed) == set(section_types())
    for name, row in listed.items():
        kind = section_type(name)
        assert set(_code(row[4])) == set(kind.options.model_fields), name
        assert (row[3] == "yes") == (kind.counted is not None), name
        item = {"stories": Story, "headlines": Headline}.get(name, kind)
        fields = set() if name in ("briefs", "corrections") else set(item.model_fields)
        assert set(_code(row[2])) == fields, name


SETTINGS = [getattr(settings_models, name) for name in ("Newsletter", "Sender", "Unsubscribe", "Imprint", "SocialLink", "SectionEntry", "LinkTagging")]


@pytest.mark.parametrize("model", [*SETTINGS, Newsroom, Publisher, Person], ids=lambda m: m.__name__)
def test_every_setting_is_explained(model: type[Typed]) -> None:
    said = set(_code(_prose("newsletters")))
    assert {field.alias or name for name, field in model.model_fields.items()} - said == set()


def _models_of_drafts() -> list[type[Typed]]:
    blocks: list[type[Block]] = list(block_types().values())
    return [Issue, Story, Headline, *blocks, *(section_type(name) for name in section_types())]


@pytest.mark.parametrize("model", _models_of_drafts(), ids=lambda m: m.__name__)
def test_every_field_of_a_draft_is_explained(model: type[Typed]) -> None:
    said = set(_code(_prose("drafts")))
    # The long form of a list or a text is for whoever needs its other fields.
    needless = {model.shorthand} if model.shorthand and len(model.model_fields) == 1 else set()
    assert set(model.model_fields) - said - needless == set()


def test_every_section_of_both_newsletters_is_explained() -> None:
    said = set(_code(_prose("drafts")))
    for slug in ("china-report", "the-download"):
        assert set(_keys_of_drafts(slug)) <= said


def test_the_tokens_of_the_look_are_listed() -> None:
    listed = [token for row in _table("newsletters", "token", "what it is") for token in _code(row[0])]
    shared = _tokens((DOCS.parent / "templates/_shared/theme.css").read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed))
    assert set(listed) == shared
    assert _tokens(_only("css theme")) <= shared


def _tokens(css: str) -> set[str]:
    return set(re.findall(r"(--[a-z0-9-]+)\s*:", css))


def test_what_templates_are_told_to_call_exists() -> None:
    for row in _table("newsletters", "in `mjml()`", "does"):
        assert hasattr(MjmlTools, _code(row[0])[0].removeprefix("t."))
        assert hasattr(TextTools, _code(row[2])[0].removeprefix("t."))


def test_links_within_the_pages_lead_somewhere() -> None:
    anchors = {page: {_anchor(h) for h in re.findall(r"(?m)^#+ (.+)$", text)} for page, text in PAGES.items()}
    for page in PAGES:
        for target in re.findall(r"\]\(([^)]+)\)", re.sub(r"`[^`]*`", "", _prose(page))):
            file, _, anchor = target.partition("#")
            assert not file or (DOCS / file).exists(), target
            assert not anchor or anchor in anchors[file.removesuffix(".md") or page], target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
