"""The proof as elements that know where they were typed."""

from lxml import etree

from composer.place import SourceText
from composer.press import proof_of
from composer.proof.source_map import SourceMap
from composer.proof.tree import tree_of
from tests.cases.newsroom import draft_of, healthy, own_project


def test_an_element_leads_to_the_line_it_was_typed_on() -> None:
    draft = draft_of(healthy("china-report"), own_project())
    tree = proof_of(draft, own_project()).tree
    assert tree is not None
    (link,) = [a for a in tree.elements("a") if a.get("href", "").endswith("/crane")]
    place = tree.place_of(link)
    assert place is not None
    assert draft.source.line(place.line)[place.column - 1 : place.end_column - 1] == "https://harborreview.example/crane"
    row = next(e for e in link.iterancestors("tr"))
    place = tree.place_of(row)
    assert place is not None
    assert draft.source.line(place.line).startswith('  - "[A port crane')


def test_no_mark_is_left_in_it() -> None:
    draft = draft_of(healthy("the-download"), own_project())
    proof = proof_of(draft, own_project())
    assert proof.tree is not None
    assert proof._source_map._word in proof.mjml
    assert proof._source_map._word not in etree.tostring(proof.tree.root, encoding="unicode")


def test_the_templates_own_words_lead_to_no_line_and_are_found_in_their_template() -> None:
    proof = proof_of(draft_of(healthy("china-report"), own_project()), own_project())
    assert proof.tree is not None
    (words,) = [e for e in proof.tree.elements("a") if (e.text or "").strip() == "View in browser"]
    assert proof.tree.place_of(words) is None
    place = proof.place_in_templates("never said anywhere", "words.view_online")
    assert place.path.startswith("templates/")
    assert proof.place_in_templates("never said anywhere").path.endswith("layout.j2")


def test_elements_are_found_again_where_a_mark_has_moved_one() -> None:
    source = SourceText("draft.yaml", "headline: A\ntext: B\n")
    marks = SourceMap()
    head = f"<head>{marks.mark_words(lambda: source.place(0, 8))}<title>A</title></head>"
    marked = f"<html>{head}<body><div><p{marks.mark(lambda: source.place(12, 16))}>B</p></div></body></html>"
    tree = tree_of(marks.without_marks(marked), marked, marks)
    assert tree is not None
    assert [e.tag for e in tree.elements()] == ["html", "head", "title", "body", "div", "p"]
    assert [e.tag for e in etree.HTML(marked).iter()] != [e.tag for e in tree.elements()]
    (paragraph,) = tree.elements("p")
    assert tree.place_of(paragraph) == source.place(12, 16)
