"""A draft as read: whatever it holds comes back as values and problems with places, never as an exception."""

from pathlib import Path

import pytest

from composer.draft.load import load_draft, load_draft_text
from composer.errors import ProjectNotFound, UnknownName
from composer.project.project import Project
from tests import healthy
from tests.newsrooms import NewsroomFolder, yaml_of


def load(newsroom: NewsroomFolder, content: str | bytes, folder: str = "china-report") -> tuple[list[tuple[str, int, int]], object]:
    encoded = content.encode() if isinstance(content, str) else content
    draft = load_draft_text(encoded, newsroom.root / "issues" / folder / "2026-11-24-x.yaml", newsroom.project)
    assert all(p.message and (p.help or p.kind == "unknown-newsletter") for p in draft.problems)
    return [(p.kind, p.place.line, p.place.column) for p in draft.problems], draft.issue


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "syntax"),
        ("# nothing\n", "syntax"),
        ("---\n", "syntax"),
        ("- a\n- b\n", "wrong-type"),
        ("just words\n", "wrong-type"),
        ("[]", "wrong-type"),
        ("~", "wrong-type"),
        (b"\x89PNG\r\n\x1a\n", "syntax"),
        ("a: b".encode("utf-16"), "syntax"),
        (b"#" * (2 << 20), "too-large"),
        ("[" * 100_000, "too-large"),
    ],
    ids=["empty", "comment", "document", "list", "text", "empty list", "null", "binary", "utf-16", "large", "deep"],
)
def test_what_is_no_draft_is_one_problem_at_the_top(newsroom: NewsroomFolder, content: str | bytes, kind: str) -> None:
    (problem,), issue = load(newsroom, content)
    assert (problem[0], problem[1]) == (kind, 1)
    assert issue is None


@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_a_healthy_draft_has_no_problem(newsroom: NewsroomFolder, slug: str) -> None:
    draft = newsroom.draft(healthy.DRAFTS[slug]())
    assert draft.problems == ()
    assert draft.broken == frozenset()
    assert draft.issue is not None
    assert list(draft.issue.sections) == [key for key in healthy.DRAFTS[slug]() if draft.newsletter.section(key) or key == "corrections"]  # type: ignore[union-attr]


def test_the_folder_says_which_newsletter_it_is(newsroom: NewsroomFolder) -> None:
    draft = healthy.china_report()
    del draft["newsletter"]
    problems, issue = load(newsroom, yaml_of(draft))
    assert problems == []
    assert issue is not None
    problems, _ = load(newsroom, yaml_of(draft), "nowhere")
    assert problems == [("unknown-newsletter", 1, 1)]
    outside = load_draft_text(yaml_of(draft).encode(), Path("elsewhere/x.yaml"), newsroom.project)
    assert [(p.kind, p.place.line) for p in outside.problems] == [("missing-field", 1)]


def test_a_misspelt_newsletter_is_told_at_its_name(newsroom: NewsroomFolder) -> None:
    draft = newsroom.draft("date: 2026-11-24\nnewsletter: china-reprot\n")
    (problem,) = draft.problems
    assert (problem.kind, problem.place[1:]) == ("unknown-newsletter", (2, 13, 2, 25))
    assert "`china-report`" in problem.help
    with pytest.raises(UnknownName, match="china-reprot"):
        newsroom.project.newsletter("china-reprot")


@pytest.mark.parametrize("typed", ["no", "12:30", "0x1F", "2024-06-26", "~x", "007", "1e3", "null and void", "true"])
def test_a_text_field_keeps_its_spelling(newsroom: NewsroomFolder, typed: str) -> None:
    text = yaml_of({**healthy.china_report(), "subject": "TYPED", "byline": "TYPED"}).replace("TYPED", typed)
    draft = newsroom.draft(text)
    assert draft.problems == ()
    assert draft.issue is not None
    assert (str(draft.issue.subject), draft.issue.byline) == (typed, [typed])
    assert typed in newsroom.proof(text).message.decode()


@pytest.mark.parametrize("nothing", ["", " ~", " null", " []", " {}", ' ""', " ' '"])
def test_a_section_with_nothing_in_it_is_no_exception(newsroom: NewsroomFolder, nothing: str) -> None:
    draft = healthy.china_report()
    for key in ("essay", "sign_off", "catch_up", "lost_in_translation", "one_more_thing", "corrections"):
        text = yaml_of({k: v for k, v in draft.items() if k != key}) + f"{key}:{nothing}\n"
        problems, issue = load(newsroom, text)
        assert problems == []
        assert issue is not None
        assert key not in issue.sections  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "value", "kind", "words"),
    [
        (("date",), "24.11.2026", "wrong-type", "2026-11-24"),
        (("date",), "2026-02-30", "wrong-type", "calendar"),
        (("number",), "twelve", "wrong-type", "whole number"),
        (("slug",), "Not A Slug", "wrong-type", "slug"),
        (("send_at",), "2026-11-24", "wrong-type", "time"),
        (("essay", "body"), {"figure": {}}, "wrong-type", ""),
        (("essay", "body", 1, "figure", "image"), ["a"], "wrong-type", "text"),
        (("essay", "body", 1, "figure", "width"), "wide", "wrong-type", "whole number"),
        (("essay", "body", 1, "figure", "width"), -1, "wrong-type", ""),
        (("essay", "body", 1, "figure", "link"), "not an address", "wrong-type", "address"),
        (("essay", "body", 3, "post", "date"), "yesterday", "wrong-type", "2026-11-24"),
        (("catch_up", 1, "paywall"), "perhaps", "wrong-type", "true"),
        (("catch_up", 0), ["a", "b"], "wrong-type", ""),
        (("corrections", 0), "No label", "wrong-type", "Correction:"),
        (("sign_off", "reply_to"), "nobody", "wrong-type", "mail address"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_where_it_stands(newsroom: NewsroomFolder, path: healthy.Path, value: object, kind: str, words: str) -> None:
    draft = healthy.with_text(healthy.china_report(), path, "MARKED")
    text = yaml_of(draft)
    line = next(n for n, typed in enumerate(text.split("\n"), 1) if "MARKED" in typed)
    spelled = str(value).replace("'", "") if isinstance(value, (dict, list)) else str(value)
    found = [p for p in newsroom.draft(text.replace("MARKED", spelled)).problems if p.kind == kind]
    assert found
    assert found[0].place.line == line
    assert words in found[0].message + found[0].help


@pytest.mark.parametrize(
    ("path", "misspelt", "meant"),
    [
        (("preheader",), "preheadr", "preheader"),
        (("essay", "headline"), "haedline", "headline"),
        (("catch_up",), "catchup", "catch_up"),
        (("essay", "body", 1, "figure", "alt"), "altt", "alt"),
        (("essay", "body", 1, "figure"), "figur", "figure"),
        (("catch_up", 1, "more"), "moore", "more"),
    ],
)
def test_a_misspelt_key_is_told_with_what_was_meant(newsroom: NewsroomFolder, path: healthy.Path, misspelt: str, meant: str) -> None:
    draft = healthy.china_report()
    holder = healthy.at(draft, path[:-1])
    moved = {misspelt if key == path[-1] else key: value for key, value in holder.items()}
    holder.clear()
    holder.update(moved)
    text = yaml_of(draft)
    found = [p for p in newsroom.draft(text).problems if p.kind == "unknown-field"]
    line = next(n for n, typed in enumerate(text.split("\n"), 1) if f"{misspelt}:" in typed)
    column = text.split("\n")[line - 1].index(misspelt) + 1
    assert [(p.place.line, p.place.column) for p in found] == [(line, column)]
    assert f"`{meant}`" in found[0].help


def test_the_section_of_a_line_is_known(newsroom: NewsroomFolder) -> None:
    text = yaml_of(healthy.china_report())
    draft = newsroom.draft(text)
    for number, line in enumerate(text.split("\n")[:-1], 1):
        if line[:1].isalpha():
            key = line.partition(":")[0]
            assert draft.section_at(number) == (key if key in draft.catalogue.model.section_keys else None)  # type: ignore[union-attr]


def test_a_file_is_read_like_standard_input(own_newsroom: NewsroomFolder) -> None:
    path = own_newsroom.write("issues/china-report/2026-11-24-a.yaml", yaml_of(healthy.china_report()))
    draft = load_draft(path, own_newsroom.project)
    assert draft.problems == ()
    assert draft.stem == "2026-11-24-a"


def test_a_project_is_found_from_any_folder_inside(own_newsroom: NewsroomFolder, tmp_path_factory: pytest.TempPathFactory) -> None:
    inside = own_newsroom.root / "issues" / "china-report"
    inside.mkdir(parents=True)
    assert Project.containing(inside).root == own_newsroom.root.resolve()
    with pytest.raises(ProjectNotFound, match=r"newsroom\.yaml"):
        Project.containing(tmp_path_factory.mktemp("nowhere"))
