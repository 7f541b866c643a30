"""Every sheet under tests/cases/services: how a delivery service spells our merge fields, and that they arrive whole.

`spelled` lists fields with their words at each spot; `refused` what the service cannot be told of, and why. `live` are
texts that it would take for tags of its own, `not_live` texts that it would not. `engine` renders the built mail for a
reader of whom the first name is known (`knows`) and for one of whom it is not: Django and Liquid by the real engines,
the others by a few lines here that read the syntax as the service's page describes it. `subject` and `address` are the
fields with which the round trip fills these two, where a service cannot carry a fallback in them.
"""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from composer.delivery.refused import refused_findings
from composer.delivery.service import Service, service_called, service_keys
from composer.draft.load import Draft, load_draft_text
from composer.press import proof_of
from composer.project.project import Project
from composer.proof import inline
from composer.proof.proof import Proof
from composer.prose.merge_fields import Refusal, field_typed
from tests.unit.cli.conftest import NEWSLETTER, NEWSROOM

SHEETS = Path(__file__).parent / "services"
SPOTS = {"html", "attribute", "text", "subject", "header"}
UNSUBSCRIBE = "  url: https://pierpress.example/leave"
# Ours: a first name with words for a reader without one, and what is known of all.
NAME = "{{ reader.first_name | there }}"
MAIL = "{{ reader.email }}"


def _sheets() -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SHEETS.glob("*.yaml"))}


def _cases(kind: str) -> list[Any]:
    return [pytest.param(key, case, id=f"{key}: {case['field'] if kind != 'live' else case}") for key, sheet in _sheets().items() for case in sheet[kind]]


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


@pytest.mark.parametrize("key", list(_sheets()))
def test_what_the_service_would_take_for_its_own(key: str) -> None:
    service, sheet = service_called(key), _sheets()[key]
    for text in sheet["live"]:
        assert service.live_tags(f"Some words {text} and more"), text
    for text in sheet["not_live"]:
        assert not service.live_tags(f"Some words {text} and more"), text


def test_every_service_has_its_sheet() -> None:
    assert list(_sheets()) == service_keys()


def _built(folder: Path, sheet: dict[str, Any], changes: tuple[tuple[str, str], ...] = ()) -> tuple[Draft, Project]:
    """A newsroom's draft with merge fields wherever a writer may type one."""
    subject = f"{sheet['subject']}, the cranes are back" if sheet["subject"] else "The cranes are back"
    draft = f"""\
newsletter: harbor-notes
date: 2030-03-12
subject: "{subject}"
preheader: "For {NAME}, before breakfast"
letter:
  headline: "What {NAME} should know of it’s cranes"
  body:
    - |
      Dear {NAME}, read [what we kept for {NAME}](https://pierpress.example/for/{sheet["address"]}?to={MAIL}) first.
    - figure:
        image: https://pictures.example/crane.png
        alt: "A crane waves at {sheet["address"]}"
        width: 1200
        height: 600
closing:
  question: "Would {NAME} let a crane drive itself?"
  invitation: "Write to notes@pierpress.example, {NAME}."
digest:
  - "[A pier was sold](https://pierpress.example/pier) twice. (Pier Press)"
"""
    settings = NEWSLETTER.replace(UNSUBSCRIBE, '  url: "{{ reader.unsubscribe_url }}"')
    files = {"newsroom.yaml": NEWSROOM, "templates/harbor-notes/newsletter.yaml": settings, "draft": draft}
    for old, new in changes:
        found = [name for name, text in files.items() if old in text]
        assert found, old
        files |= {name: files[name].replace(old, new) for name in found}
    for name in ("newsroom.yaml", "templates/harbor-notes/newsletter.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(files[name], encoding="utf-8")
    project = Project(folder)
    loaded = load_draft_text(files["draft"].encode(), folder / "issues/harbor-notes/2030-03-12-cranes.yaml", project)
    assert loaded.problems == ()
    return loaded, project


@pytest.mark.parametrize("inliner", ["premailer", "css-inline"])
@pytest.mark.parametrize("reader", ["knows", "does_not_know"])
@pytest.mark.parametrize("key", list(_sheets()))
def test_fields_arrive_whole_and_are_filled_in(key: str, reader: str, inliner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PREFERRED", inliner)
    sheet, service = _sheets()[key], service_called(key)
    draft, project = _built(tmp_path, sheet)
    proof = proof_of(draft, project, service=service)
    assert proof.problems == []
    assert refused_findings(draft, proof_of(draft, project), proof, service) == []
    assert "reader." not in proof.html.replace("reader.example", "")
    assert "zmf" not in proof.html + proof.text

    fill = ENGINES[sheet["engine"]](sheet)
    word, nothing = ("Zelda", "Zelda") if reader == "knows" else ("there", "")
    in_address = word if "|" in sheet["address"] else nothing
    page = BeautifulSoup(fill(proof.html, sheet[reader]), "lxml")
    message = message_from_bytes(proof.message, policy=policy.default)
    assert isinstance(message, EmailMessage)

    headline = page.find("h1")
    assert headline is not None
    assert headline.get_text() == f"What {word} should know of it’s cranes"
    link = page.find("a", string=re.compile("what we kept"))
    assert link is not None
    assert link.get_text() == f"what we kept for {word}"
    # The sign @ may stand in a query as it is.
    assert link["href"] == f"https://pierpress.example/for/{in_address}?to=zelda@reader.example"
    assert page.find("img", alt=f"A crane waves at {in_address}") is not None
    shown = " ".join(page.get_text().split())
    for words in (f"For {word}, before breakfast", f"Dear {word}, read", f"Would {word} let", f"notes@pierpress.example, {word}."):
        assert words in shown
    assert page.find("a", href="https://service.example/leave/z", string="Unsubscribe") is not None
    assert not service.live_tags(str(page))

    # A line that a field made long is still one line to the engine: joined, the words are whole.
    text = " ".join(fill(proof.text, sheet[reader]).split())
    for words in (f"Dear {word}, read what we kept for {word} [1] first.", "Unsubscribe: https://service.example/leave/z", f"Would {word} let"):
        assert words in text
    assert f"https://pierpress.example/for/{in_address}?to=zelda@reader.example" in text

    subject_word = (word if "|" in sheet["subject"] else nothing) if sheet["subject"] else ""
    expected = f"{subject_word}, the cranes are back" if sheet["subject"] else "The cranes are back"
    assert fill(message["Subject"], sheet[reader]) == expected
    parts = [part.get_content() for part in message.walk() if part.get_content_type() in ("text/plain", "text/html")]
    # Line ends are the wire’s.
    assert fill(proof.html, sheet[reader]).splitlines() == fill(parts[1], sheet[reader]).splitlines()
    leave = message["List-Unsubscribe"]
    assert (fill(leave, sheet[reader]) if leave is not None else None) == (None if key == "ghost" else "<https://service.example/leave/z>")
    assert message.defects == []


@pytest.mark.parametrize("key", list(_sheets()))
def test_two_builds_are_the_same_to_the_byte(key: str, tmp_path: Path) -> None:
    sheet, service = _sheets()[key], service_called(key)
    one, other = (_editions(*_built(tmp_path / name, sheet), service) for name in ("one", "other"))
    assert one == other


def _editions(draft: Draft, project: Project, service: Service) -> tuple[str, str, bytes]:
    proof: Proof = proof_of(draft, project, service=service)
    return proof.html, proof.text, proof.message


def _found(folder: Path, key: str, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """Words and file of each finding about a draft that the service could do but for these changes."""
    service = service_called(key)
    draft, project = _built(folder, _sheets()[key], changes)
    findings = refused_findings(draft, proof_of(draft, project), proof_of(draft, project, service=service), service)
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
    changes = (("/for/{{ reader.first_name | there }}", f"/for/{field}"), ("Would {{ reader.first_name | there }}", f"Would {field}"))
    assert _found(tmp_path, "keila", *changes) == [(field, "2030-03-12-cranes.yaml")]
    draft, project = _built(tmp_path, _sheets()["keila"], changes)
    service = service_called("keila")
    (finding,) = refused_findings(draft, proof_of(draft, project), proof_of(draft, project, service=service), service)
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
    sheet, service = _sheets()["listmonk"], service_called("listmonk")
    (tmp_path / "templates/harbor-notes").mkdir(parents=True)
    template = '{% macro mjml(page, t) %}<mj-section><mj-column><mj-text>{{ "{{ Loose }}" }}</mj-text></mj-column></mj-section>{% endmacro %}\n{% macro text(page, t) %}Loose{% endmacro %}\n'
    (tmp_path / "templates/harbor-notes/imprint.j2").write_text(template, encoding="utf-8")
    draft, project = _built(tmp_path, sheet)
    (finding,) = refused_findings(draft, proof_of(draft, project), proof_of(draft, project, service=service), service)
    assert finding.place.path.endswith("imprint.j2")


Fill = Callable[[str, Any], str]


def _django(sheet: dict[str, Any]) -> Fill:
    from django.template import Context, Engine

    def fill(text: str, known: Any) -> str:
        if sheet.get("without_spaces_at_colons"):
            text = re.sub(r"(\{\{ \S+) \| default : ", r"\1|default:", text)
        return str(Engine().from_string(text).render(Context(known, autoescape=False)))

    return fill


def _liquid(sheet: dict[str, Any]) -> Fill:
    import liquid

    return lambda text, known: str(liquid.Environment().from_string(text).render(**known))


def _go(sheet: dict[str, Any]) -> Fill:
    action = re.compile(r"\{\{ (\S+)(?: \| default (?:\"([^\"]*)\"|`([^`]*)`))? \}\}")
    return lambda text, known: action.sub(lambda m: known[m[1]] or m[2] or m[3] or "", text)


def _mailchimp(sheet: dict[str, Any]) -> Fill:
    def fill(text: str, known: Any) -> str:
        text = re.sub(r"\*\|IF:(\w+)\|\*(.*?)\*\|ELSE:\|\*(.*?)\*\|END:IF\|\*", lambda m: m[2] if known[m[1]] else m[3], text, flags=re.DOTALL)
        return re.sub(r"\*\|(\w+)\|\*", lambda m: known[m[1]], text)

    return fill


def _ghost(sheet: dict[str, Any]) -> Fill:
    return lambda text, known: re.sub(r"\{(\w+?)(?:,? *\"(.*?)\")?\}", lambda m: known[m[1]] or m[2] or "" if m[1] in known else m[0], text)


def _mustachio(sheet: dict[str, Any]) -> Fill:
    def fill(text: str, known: Any) -> str:
        text = re.sub(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", lambda m: m[2].replace("{{.}}", known[m[1]]) if known[m[1]] else "", text, flags=re.DOTALL)
        text = re.sub(r"\{\{\^(\w+)\}\}(.*?)\{\{/\1\}\}", lambda m: "" if known[m[1]] else m[2], text, flags=re.DOTALL)
        return re.sub(r"\{\{\{? ([\w:]+) \}?\}\}", lambda m: known[m[1]], text)

    return fill


ENGINES: dict[str, Callable[[dict[str, Any]], Fill]] = {
    "django": _django,
    "liquid": _liquid,
    "go": _go,
    "mailchimp": _mailchimp,
    "ghost": _ghost,
    "mustachio": _mustachio,
}
