"""Every sheet under tests/cases/services: how a delivery service spells our merge fields, and what it cannot carry.

`spelled` lists fields with their words at each spot; `refused` what the service cannot be told of, and why. `live` are
texts that it would take for tags of its own, `not_live` texts that it would not. The rest of a sheet is for
tests/engines, where built mails are filled in.
"""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from composer.checks.rules.delivery.merge_field import merge_field
from composer.delivery.service import Service, service_called, service_keys
from composer.draft.load import Draft
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof
from composer.prose.merge_fields import Refusal, Spot, field_typed
from tests.engines.mail import MAIL, built, sheets

ROOT = Path(__file__).parents[2]
SPOTS = set(get_args(Spot))


def _cases(kind: str) -> list[Any]:
    return [pytest.param(key, case, id=f"{key}: {case['field'] if kind != 'live' else case}") for key, sheet in sheets().items() for case in sheet[kind]]


@pytest.mark.parametrize(("key", "case"), _cases("spelled"))
def test_a_field_in_the_services_words(key: str, case: dict[str, str]) -> None:
    field = field_typed(case["field"])
    assert field is not None
    spots = set(case) - {"field"}
    assert spots
    assert spots <= SPOTS
    service = service_called(key)
    assert {spot: service.spelled(field, spot) for spot in spots} == {spot: case[spot] for spot in spots}  # type: ignore[arg-type]
    # In a tag it stands between double quotes.
    assert '"' not in case.get("attribute", "")


@pytest.mark.parametrize(("key", "case"), _cases("refused"))
def test_a_field_that_the_service_cannot_be_told_of(key: str, case: dict[str, Any]) -> None:
    field = field_typed(case["field"])
    assert field is not None
    assert len(case["because"].split()) >= 3
    refusal = service_called(key).spelled(field, case["spot"])
    assert isinstance(refusal, Refusal)
    assert case["has"] in refusal.message
    assert refusal.help


@pytest.mark.parametrize("key", list(sheets()))
def test_what_the_service_would_take_for_its_own(key: str) -> None:
    service, sheet = service_called(key), sheets()[key]
    for text in sheet["live"]:
        assert service.live_tags(f"Some words {text} and more"), text
    for text in sheet["not_live"]:
        assert not service.live_tags(f"Some words {text} and more"), text


def test_every_service_has_its_sheet() -> None:
    assert list(sheets()) == service_keys()


def test_the_page_on_sending_has_a_row_for_every_service_with_its_own_words() -> None:
    page = (ROOT / "docs" / "sending.md").read_text(encoding="utf-8")
    rows = [re.findall(r"`([^`]+)`", line.replace("\\|", "|")) for line in page.splitlines() if re.match(r"\| `[a-z]+` \|", line)]
    field = field_typed("{{ reader.first_name | there }}")
    assert field is not None
    assert {row[0]: row[1] for row in rows} == {key: service_called(key).spelled(field, "html") for key in service_keys()}


@pytest.mark.parametrize("key", list(sheets()))
def test_two_builds_are_the_same_to_the_byte(key: str, tmp_path: Path) -> None:
    sheet, service = sheets()[key], service_called(key)
    one, other = (_editions(*built(tmp_path / name, sheet), service) for name in ("one", "other"))
    assert one == other


def _editions(draft: Draft, project: Project, service: Service) -> tuple[str, str, bytes]:
    proof: Proof = proof_of(draft, project, service=service)
    return proof.html, proof.text, proof.message


def _found(folder: Path, key: str, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """Words and file of each finding about a draft that the service could do but for these changes."""
    service = service_called(key)
    draft, project = built(folder, sheets()[key], changes)
    findings = merge_field(draft, service, proof_of(draft, project))
    texts = {draft.source.path: draft.source.text}
    found = []
    for finding in findings:
        place = finding.place
        path = next((folder / name for name in ("newsroom.yaml", "templates/harbor-notes/newsletter.yaml") if place.path.endswith(name)), None)
        line = (texts.get(place.path) or (path.read_text(encoding="utf-8") if path else "")).split("\n")[place.line - 1]
        assert place.end_line == place.line
        assert finding.help
        found.append((line[place.column - 1 : place.end_column - 1], Path(place.path).name))
    return found


def test_a_finding_stands_at_the_field_in_the_link_and_not_at_its_twin_in_the_text(tmp_path: Path) -> None:
    field = "{{ reader.first_name | it's you }}"
    changes = (("/for/{{ reader.first_name | you there }}", f"/for/{field}"), ("Would {{ reader.first_name | there }}", f"Would {field}"))
    assert _found(tmp_path, "keila", *changes) == [(field, "2030-03-12-cranes.yaml")]
    draft, project = built(tmp_path, sheets()["keila"], changes)
    service = service_called("keila")
    (finding,) = merge_field(draft, service, proof_of(draft, project))
    assert draft.source.text.split("\n")[finding.place.line - 1].strip().startswith("Dear")


def test_a_finding_in_the_subject(tmp_path: Path) -> None:
    assert _found(tmp_path, "ghost", ('subject: "The', f'subject: "{MAIL}: the')) == [(MAIL, "2030-03-12-cranes.yaml")]


def test_a_field_without_counterpart_is_found_wherever_it_stands(tmp_path: Path) -> None:
    field = "{{ reader.name | Reader }}"
    found = _found(tmp_path, "brevo", ("Dear {{ reader.first_name | there }}", f"Dear {field}"), ("before breakfast", f"{field} included"))
    assert found == [(field, "2030-03-12-cranes.yaml")] * 2


def test_a_field_of_the_settings_is_found_there(tmp_path: Path) -> None:
    found = _found(tmp_path, "keila", ("imprint:", 'view_online: "{{ reader.web_url }}"\nimprint:'))
    assert found == [("{{ reader.web_url }}", "newsletter.yaml")]


def test_words_that_the_service_would_take_for_a_tag_are_not_sent(tmp_path: Path) -> None:
    assert _found(tmp_path / "a", "mailchimp", ("twice.", "twice, says `*|FNAME|*`.")) == [("*|FNAME|*", "2030-03-12-cranes.yaml")]
    assert _found(tmp_path / "b", "listmonk", ("You asked for it", "You asked for {{ it }}")) == [("{{ it }}", "newsletter.yaml")]
    # Another service's tag is only words to this one.
    assert _found(tmp_path / "c", "ghost", ("twice.", "twice, says `*|FNAME|*`.")) == []


def test_words_of_a_template_are_found_in_the_template(tmp_path: Path) -> None:
    sheet, service = sheets()["listmonk"], service_called("listmonk")
    (tmp_path / "templates/harbor-notes").mkdir(parents=True)
    template = '{% macro mjml(page, t) %}<mj-section><mj-column><mj-text>{{ "{{ Loose }}" }}</mj-text></mj-column></mj-section>{% endmacro %}\n{% macro text(page, t) %}Loose{% endmacro %}\n'
    (tmp_path / "templates/harbor-notes/imprint.j2").write_text(template, encoding="utf-8")
    draft, project = built(tmp_path, sheet)
    (finding,) = merge_field(draft, service, proof_of(draft, project))
    assert finding.place.path.endswith("imprint.j2")
