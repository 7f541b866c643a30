"""composer build --for: the fields of a sending service, or a finding and nothing written."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import HEALTHY, Run, edit, files_under

STEM = "2030-03-12-cranes"
FIELD = "{{ reader.first_name | there }}"
NOT_GHOSTS = ("Write to notes@", "Write, {{ reader.last_name | reader }}, to notes@")
IN_A_TEXT = ("Last autumn the", f"Dear {FIELD}, last autumn the")


def test_the_editions_hold_the_services_own_fields(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *IN_A_TEXT)
    ran = run("build", "--for", "buttondown")
    assert ran.status == 0
    for ending in ("html", "txt"):
        edition = (newsroom / f"dist/harbor-notes/{STEM}.{ending}").read_text(encoding="utf-8")
        assert '{{ subscriber.metadata.first_name|default:"there" }}' in edition
        assert "reader." not in edition
    assert "Merge fields are written for Buttondown" in ran.out


def test_without_it_they_stay_as_they_were_typed(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *IN_A_TEXT)
    assert run("build").status == 0
    assert FIELD in (newsroom / f"dist/harbor-notes/{STEM}.html").read_text(encoding="utf-8")


def test_a_field_without_counterpart_is_found_and_nothing_is_written(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, "Last autumn the", "Dear {{ reader.last_name | reader }}, last autumn the")
    ran = run("build", "--for", "ghost")
    assert ran.status == 1
    assert f"{HEALTHY}:8:10: error delivery/merge-field Ghost has no counterpart to reader.last_name" in ran.out
    assert "help: Ghost knows reader.first_name" in ran.out
    assert f"not built: {HEALTHY}" in ran.out
    assert files_under(newsroom / "dist") == []
    assert "written for" not in ran.out
    # The same draft is fine for a service that knows the field; a proof does not make it one for Ghost.
    assert run("build", "--proof", "--for", "ghost").status == 1
    assert run("build", "--for", "listmonk").status == 0


def test_an_unknown_service(newsroom: Path, run: Run) -> None:
    ran = run("build", "--for", "listmunk")
    assert ran.status == 2
    assert "`listmunk`" in ran.err
    assert "did you mean `listmonk`?" in ran.err


def test_what_a_service_refuses_is_a_rule_like_any_other(newsroom: Path, run: Run) -> None:
    ran = run("rules", "delivery/merge-field")
    assert ran.status == 0
    assert "composer build --for" in ran.out
    assert run("check", "--ignore", "delivery/merge-field").status == 0


@pytest.mark.parametrize("level", ["warning", "off"])
def test_a_house_style_says_how_grave_a_refused_field_is(newsroom: Path, run: Run, level: str) -> None:
    edit(newsroom / HEALTHY, *NOT_GHOSTS)
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "people:", f"house_style:\n  rules:\n    delivery/merge-field: {level}\npeople:")
    for asked in (("build", "--for", "ghost"), ("build", "--proof", "--for", "ghost")):
        ran = run(*asked)
        assert ran.status == 0, ran.out
        assert ("warning delivery/merge-field" in ran.out) == (level == "warning")
    assert "reader.last_name" in (newsroom / f"dist/harbor-notes/{STEM}.html").read_text(encoding="utf-8")


def test_a_stet_lets_a_refused_field_stand_and_serves_nothing_only_where_the_rule_ran(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *NOT_GHOSTS)
    edit(newsroom / HEALTHY, "  invitation:", "  # stet: delivery/merge-field our own step fills it in\n  invitation:")
    ghost, listmonk = run("build", "--for", "ghost"), run("build", "--for", "listmonk")
    assert (ghost.status, listmonk.status) == (0, 0)
    assert "merge-field" not in ghost.out
    assert "warning stet/unused" in listmonk.out
    for asked in ("build", "check"):
        assert "stet/" not in run(asked).out


def test_a_refused_field_is_told_together_with_other_faults(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *NOT_GHOSTS)
    edit(newsroom / HEALTHY, "    Last autumn the", "    TK the")
    ran = run("build", "--for", "ghost")
    assert ran.status == 1
    assert "error editorial/placeholder" in ran.out
    assert "error delivery/merge-field" in ran.out
    assert files_under(newsroom / "dist") == []
