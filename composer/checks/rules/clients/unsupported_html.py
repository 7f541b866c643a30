"""clients/unsupported-html."""

from collections.abc import Iterator

from composer.checks.clients_reading import shortcomings
from composer.checks.link_reading import links_of
from composer.checks.rule import Defect, warning
from composer.checks.site_reading import leads_somewhere
from composer.draft.load import Draft
from composer.place import Place
from composer.proof.proof import Proof


@warning
def unsupported_html(draft: Draft, proof: Proof, *, accepted: tuple[str, ...] = ()) -> Iterator[Defect]:
    """The mail holds an element or attribute that a client that must look right does not support.

    What it checks:
        The elements and attributes of the rendered mail against the support data of the newsletter's clients, as
        clients/unsupported-css does for styles. Scripts, forms, films and frames are clients/active-content's.

    Why it matters:
        Clients take such an element out, often with what is in it, and show what an attribute such as `hidden` was to
        keep from sight.

    Example:
        # in a template
        <mj-raw><svg viewBox="0 0 8 8"><circle r="4" /></svg></mj-raw>

    Instead:
        <mj-image src="https://pictures.example.org/dot.png" alt="" width="8px" />

    Source: caniemail.com's data by way of npm's caniemail 2.0.2 (2026-05-13); each finding names the month of its test.
    """
    for shortcoming in shortcomings(proof, accepted):
        if shortcoming.lacking and shortcoming.slug.startswith("html"):
            place = proof.place_in_templates(*shortcoming.words)
            if shortcoming.slug == "html-anchor-links" and place.column == place.end_column:
                # No template has one, so the draft has.
                typed = _anchor_that_leads_somewhere(draft, proof)
                if typed is None:
                    continue
                place = typed
            yield Defect(
                place,
                shortcoming.told,
                "say it with what every client knows (tables, pictures, words), or accept it: "
                f"`house_style: {{rules: {{clients/unsupported-html: {{accepted: [{shortcoming.slug}]}}}}}}` in newsletter.yaml",
                label="left out by these clients",
            )


def _anchor_that_leads_somewhere(draft: Draft, proof: Proof) -> Place | None:
    """The first link of the draft to a spot in the mail; one to no spot is links/broken-fragment's."""
    anchors = (link for link in links_of(draft) if len(link.href) > 1 and link.href.startswith("#"))
    return next((link.place for link in anchors if leads_somewhere(link.href, proof)), None)
