"""composer build --for: the fields of a sending service, or a finding and nothing written."""

from pathlib import Path

from tests.unit.cli.conftest import HEALTHY, Run, edit, files_under

STEM = "2030-03-12-cranes"
FIELD = "{{ reader.first_name | there }}"
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
