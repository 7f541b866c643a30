"""composer send: one test mail of a draft, to its writer."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import Color, ColorChoice, ProjectFolder

if TYPE_CHECKING:
    from composer.draft.load import Draft
    from composer.finding import Finding
    from composer.project.project import Project

_MARK = "[TEST]"


def send(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The draft to look at in an inbox.", show_default=False)],
    test: Annotated[
        str | None, typer.Option("--test", metavar="ADDRESS", help="Send one test mail to this address, its subject marked [TEST].", show_default=False)
    ] = None,
    ca: Annotated[
        Path | None,
        typer.Option("--ca", metavar="FILE", envvar="COMPOSER_SMTP_CA", help="The certificate (PEM) of a private authority to trust.", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long to wait for the server at each step.")] = 30.0,
    project: ProjectFolder = None,
    color: Color = "auto",
) -> None:
    """Send a draft to yourself as a test mail.

    The draft is checked first. Errors are shown and do not stop a test mail, but what cannot be read is not sent.
    The mail server comes from COMPOSER_SMTP_HOST, _PORT, _USER, _PASSWORD and _SECURITY, or from the keyring: docs/sending.md.
    To whole lists a mailing service sends; composer build makes what it needs.

    Exit status: 0 sent, 1 errors in the draft (the last line says whether it was sent), 2 it could not be sent.
    """
    import os

    from composer.cli import checking, reading, terminal
    from composer.cli.clock import now_in
    from composer.delivery.adapter import Letter
    from composer.delivery.smtp import Smtp, secret_in_keyring, settings_from
    from composer.press import proof_of
    from composer.proof.message import Reader

    if test is None:
        raise _only_tests(draft)
    address = _one_address(test)
    newsroom = reading.project_for(project, [draft])
    read = checking.draft_at(reading.one_draft(draft), newsroom, None)
    found = _findings(read, newsroom, color)
    unreadable = [finding for finding in found if finding.level == "error" and finding.rule.startswith(("schema/", "template/"))]
    if read.issue is None or unreadable or newsroom.newsroom is None:
        terminal.note(f"not sent: {read.path} cannot be read as it stands; correct what is named above first.")
        raise typer.Exit(1)
    proof = proof_of(read, newsroom)
    message = proof.message_to(Reader(address, now_in(newsroom.time_zone_of(proof.newsletter))), mark=_MARK)
    settings = settings_from(os.environ, secret_in_keyring, authority=ca, seconds=timeout)
    receipt = Smtp(settings).deliver(Letter(str(proof.newsletter.sender.address), address, message))
    terminal.say(f"sent to {address} by {receipt.server}: “{_MARK} {proof.subject}” ({receipt.answer})")
    raise typer.Exit(1 if any(finding.level == "error" for finding in found) else 0)


def _findings(read: "Draft", newsroom: "Project", color: ColorChoice) -> "list[Finding]":
    """What all rules say of the draft, shown."""
    from composer.checks.house_style import selected_rules
    from composer.checks.reports import full
    from composer.checks.reports.report import Page, Summary
    from composer.cli import checking, reading, terminal
    from composer.press import findings_of

    chosen = selected_rules()
    found = checking.findings_of_settings(newsroom.root / "newsroom.yaml", newsroom, chosen)
    found = checking.each_once([*found, *findings_of(read, newsroom, chosen, checking.occasion_now(newsroom, chosen))])
    if found:
        page = Page(reading.SourcesOnDisk(None), terminal.wants_color(color), terminal.width(), quiet=False)
        terminal.say(full.report(found, Summary.of(found, 1), page))
    return found


def _only_tests(draft: Path) -> Exception:
    from composer.errors import ComposerError

    return ComposerError(
        "Composer sends test mails only; to a whole list a mailing service sends, which keeps the list and answers for it",
        f"composer send {quote(str(draft))} --test you@your-newsroom.org sends one to you; for the service: composer build {quote(str(draft))}",
    )


def _one_address(typed: str) -> str:
    """Raises ComposerError where this is not one mail address."""
    from pydantic import TypeAdapter, ValidationError

    from composer.errors import ComposerError
    from composer.yaml_source.field_types import Address

    try:
        return str(TypeAdapter(Address).validate_python(typed.strip()))
    except ValidationError:
        raise ComposerError(f"`{typed}` is not a mail address", "--test takes one address, such as you@your-newsroom.org") from None
