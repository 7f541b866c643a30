"""Stets: which lines a comment covers, and which findings it lets stand."""

from pathlib import Path

import pytest

from composer.checks.stet import is_let_stand
from composer.finding import Finding
from composer.place import Place
from composer.yaml_source.comments import Comment, comments_in
from composer.yaml_source.reader import read_text
from tests.cases.newsroom import copied_project, draft_of, findings_in_draft, healthy, own_project, replaced

RULE = "links/insecure"


def _only(text: str) -> Comment:
    (comment,) = comments_in(read_text(text, "draft.yaml"))
    return comment


def _finding(line: int, rule: str = RULE) -> Finding:
    return Finding(rule, "warning", Place("draft.yaml", line, 3, line, 9), "words", "help")


def test_what_a_comment_says_and_where() -> None:
    comment = _only("a: 1\nb: 2  # stet: links/insecure  the museum has no https  \n")
    assert (comment.kind, comment.rule, comment.reason) == ("stet", RULE, "the museum has no https")
    assert comment.place == Place("draft.yaml", 2, 7, 2, 54)
    assert comment.rule_place == Place("draft.yaml", 2, 15, 2, 29)


def test_behind_a_value_it_covers_that_value() -> None:
    comment = _only("a: 1\nb: 2 # stet: links/insecure why\nc: 3\n")
    assert [is_let_stand(_finding(line), comment) for line in (1, 2, 3)] == [False, True, False]


def test_above_a_key_it_covers_the_whole_value() -> None:
    comment = _only("a: 1\n# stet: links/insecure why\nb:\n  c: 2\n  d: 3\ne: 4\n")
    assert comment.covers == (3, 5)


@pytest.mark.parametrize("header", ["|", ">", "|-", ">2"])
def test_above_a_block_text_it_covers_the_text(header: str) -> None:
    comment = _only(f"a:\n  # stet: links/insecure why\n  body: {header}\n    one\n\n    two\n  d: 3\n")
    assert comment.covers == (3, 6)


@pytest.mark.parametrize("header", ["|", ">-"])
def test_behind_the_bar_of_a_block_text_it_covers_the_text(header: str) -> None:
    comment = _only(f"body: {header} # stet: links/insecure why\n  one\n  two\nd: 3\n")
    assert not comment.misplaced
    assert comment.covers == (1, 3)


def test_above_a_list_item_it_covers_that_item() -> None:
    comment = _only("list:\n  - one: 1\n  # stet: links/insecure why\n  - one: 2\n    two: 3\n  - one: 4\n")
    assert comment.covers == (4, 5)


def test_behind_the_first_line_of_an_item_it_covers_the_line() -> None:
    comment = _only("list:\n  - one: 1 # stet: links/insecure why\n    two: 3\n")
    assert comment.covers == (2, 2)


def test_behind_a_section_key_it_covers_the_section() -> None:
    comment = _only("a: # stet: links/insecure why\n  b: 1\n  c: 2\nd: 3\n")
    assert comment.covers == (1, 3)


def test_between_two_keys_it_covers_the_second() -> None:
    comment = _only("a: 1\n\n# stet: links/insecure why\n\n# another comment\nb: 2\nc: 3\n")
    assert comment.covers == (6, 6)


def test_file_wide_at_the_top() -> None:
    comment = _only("# stet-file: links/insecure why\na: 1\nb: 2\n")
    assert (comment.kind, comment.covers, comment.misplaced) == ("stet-file", None, False)
    assert is_let_stand(_finding(3), comment)


def test_file_wide_below_the_top_is_misplaced_and_does_nothing() -> None:
    comment = _only("a: 1\n# stet-file: links/insecure why\nb: 2\n")
    assert (comment.misplaced, comment.in_text) == (True, False)
    assert not is_let_stand(_finding(3), comment)


@pytest.mark.parametrize(
    "text",
    [
        "body: |\n  one\n  # stet: links/insecure why\n  two\n",
        "body: >\n  one\n  # stet: links/insecure why\n",
        'body: "one\n  # stet: links/insecure why\n  two"\n',
        "body: 'one\n  # stet: links/insecure why\n  two'\n",
    ],
)
def test_inside_a_text_it_is_misplaced(text: str) -> None:
    comment = _only(text)
    assert (comment.misplaced, comment.in_text) == (True, True)
    assert not is_let_stand(_finding(comment.place.line), comment)


@pytest.mark.parametrize(
    "text",
    [
        "body: |\n  she wrote # stet: links/insecure there\n",
        'body: "# stet: links/insecure why"\n',
        "body: one#stet: links/insecure why\n",
        "body: one # stets are: comments\n",
        "body: one # please stet: this\n",
    ],
)
def test_words_that_only_look_like_one(text: str) -> None:
    assert [c for c in comments_in(read_text(text, "draft.yaml")) if not c.misplaced] == []


def test_another_rule_is_not_let_stand() -> None:
    comment = _only("a: 1 # stet: links/insecure why\n")
    assert not is_let_stand(_finding(1, "links/empty"), comment)


@pytest.mark.parametrize("rule", ["schema/wrong-type", "stet/unused"])
def test_schema_and_stet_cannot_be_let_stand(rule: str) -> None:
    comment = _only(f"a: 1 # stet: {rule} why\n")
    assert not is_let_stand(_finding(1, rule), comment)


def test_windows_line_breaks() -> None:
    comment = _only("a: 1\r\n# stet: links/insecure why\r\nb: |\r\n  one\r\n  two\r\nc: 3\r\n")
    assert (comment.reason, comment.covers) == ("why", (3, 5))


def test_a_finding_is_let_stand_in_a_draft() -> None:
    project = own_project()
    text = replaced(healthy("china-report"), [{"replace": "sorts nine now", "with": "sorts TK now"}])
    assert [f.rule for f in findings_in_draft(draft_of(text, project), project)] == ["editorial/placeholder"]
    stet = [{"replace": "  body: |\n    For ninety", "with": "  # stet: editorial/placeholder a name\n  body: |\n    For ninety"}]
    assert findings_in_draft(draft_of(replaced(text, stet), project), project) == []


def test_a_finding_in_newsletter_yaml_is_not_let_stand_by_a_draft(tmp_path: Path) -> None:
    newsletter = "templates/china-report/newsletter.yaml"
    gone = "unsubscribe:\n  url: https://harborreview.example/china-report/unsubscribe\n  manage_url: https://harborreview.example/newsletters\n"
    project = copied_project(tmp_path, {newsletter: [{"replace": gone, "with": ""}]})
    text = "# stet-file: delivery/missing-unsubscribe we have none\n" + healthy("china-report")
    assert {f.rule for f in findings_in_draft(draft_of(text, project), project)} == {"delivery/missing-unsubscribe", "stet/unused"}
