"""What is found in a newsletter alone: found once for its drafts, and anew for another newsletter or another question."""

from pathlib import Path

from composer.checks.house_style import rules_in_force, selected_rules
from composer.checks.newsletter_reading import once_a_newsletter
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from tests.cases.newsroom import copied_project, own_project


def newsletter_of(project: Project, slug: str = "china-report") -> Newsletter:
    newsletter = project.newsletter(slug)
    assert newsletter is not None
    return newsletter


def test_it_is_found_once_for_each_newsletter_and_question() -> None:
    asked: list[tuple[str, int]] = []

    @once_a_newsletter
    def name_times(newsletter: Newsletter, times: int) -> str:
        asked.append((newsletter.slug, times))
        return newsletter.slug * times

    one, other = newsletter_of(own_project()), newsletter_of(own_project(), "the-download")
    found = [name_times(one, 2), name_times(one, 2), name_times(other, 2), name_times(one, 3), name_times(one, 2)]
    assert found == ["china-reportchina-report"] * 2 + ["the-downloadthe-download", "china-reportchina-reportchina-report", "china-reportchina-report"]
    assert asked == [("china-report", 2), ("the-download", 2), ("china-report", 3)]


def test_a_newsletter_that_was_read_anew_is_another(tmp_path: Path) -> None:
    """Places point into the file as it was read, so its equal will not do."""
    one, other = newsletter_of(own_project()), newsletter_of(copied_project(tmp_path, {}))

    @once_a_newsletter
    def sender(newsletter: Newsletter) -> object:
        return newsletter.sender

    assert one == other
    assert (sender(one), sender(other)) == (one.sender, other.sender)
    assert sender(one) is one.sender
    assert sender(other) is other.sender


def test_rules_chosen_anew_are_put_in_force_anew() -> None:
    newsletter = newsletter_of(own_project())
    chosen = selected_rules(("links",))
    before = rules_in_force(newsletter, chosen)
    assert rules_in_force(newsletter, chosen) is before
    chosen.pop()
    assert rules_in_force(newsletter, chosen) == before[:-1]
