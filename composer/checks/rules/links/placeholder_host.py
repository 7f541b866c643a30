"""links/placeholder-host."""

from collections.abc import Iterator

from composer.checks.link_reading import begins_twice, is_under, web_links
from composer.checks.placeholder_hosts import is_raw, placeholder_reason, preview_label
from composer.checks.rule import Defect, error
from composer.checks.site_reading import is_own, settings_of
from composer.draft.load import Draft
from composer.finding import Level
from composer.proof.proof import Proof


@error
def placeholder_host(draft: Draft, proof: Proof, at_send_gate: bool, *, allowed: tuple[str, ...] = ()) -> Iterator[Defect]:
    """A link to a host that no reader can reach, or not yet.

    What it checks:
        Every web address, and the newsroom's own at the send gate, for hosts kept for examples (example.com, `.example`,
        `.test`, `.invalid`), the writer's own machine (localhost), names within one network, and sites before they
        open (`staging.`, `preview.`, `dev.`; the last two on a stranger's site are worth knowing only, since some are
        open to all). `allowed` lists hosts that are meant. Before the send gate the newsroom's own reserved name is no fault.

    Why it matters:
        What works at the newsroom's desk leads readers nowhere, or to a draft of a site that nobody should see.

    Example:
        url: https://staging.harborreview.com/story

    Instead:
        url: https://harborreview.com/story

    Source: RFC 2606 and RFC 6761 (reserved names), RFC 6762 (.local); ICANN reserved .internal in 2024.
    """
    for link in web_links(draft):
        reason, preview = placeholder_reason(link.host), preview_label(link.host)
        if (reason is None and preview is None) or is_raw(link) or begins_twice(link) or any(is_under(link.host, host) for host in allowed):
            continue
        own = is_own(proof, link.host)
        if reason is not None and not own:
            yield Defect(link.place, f"`{link.host}` {reason}", "write the address that readers can open", label="no reader gets there")
            continue
        if preview is not None:
            surely = own or "." in preview or "staging" in preview
            level: Level | None = None if surely else "info"
            help = "write the address of the page that is open to all" if surely else "open it in a private window, to see what readers will see"
            message = f"`{link.host}` {'is' if surely else 'may be'} a site before its opening"
            yield Defect(link.place, message, help, label=f"`{preview}`: not for readers", level=level)
    yield from _in_settings(proof, at_send_gate=at_send_gate)


def _in_settings(proof: Proof, *, at_send_gate: bool) -> Iterator[Defect]:
    """Each host once a file: a made-up newsroom is one fault, however many addresses it has."""
    seen: set[tuple[str, str]] = set()
    for setting in settings_of(proof):
        path, host = setting.address.source.path, setting.host
        reason = placeholder_reason(host) if host else None
        if reason is None or (path, host) in seen or (is_own(proof, host) and not at_send_gate):
            continue
        seen.add((path, host))
        yield Defect(setting.address.place, f"`{host}` {reason}", "put your own address here before you send", label="nobody’s host")
