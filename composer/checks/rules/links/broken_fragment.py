"""links/broken-fragment."""

from collections.abc import Iterator

from composer.checks.link_reading import links_of
from composer.checks.rule import Defect, error
from composer.checks.site_reading import leads_somewhere, template_links
from composer.draft.load import Draft
from composer.proof.proof import Proof

_HELP = "link to the page’s whole address, or name the section in words; Composer’s own templates set no anchors"


@error
def broken_fragment(draft: Draft, proof: Proof) -> Iterator[Defect]:
    """A link to a spot in the mail that is not there.

    What it checks:
        Links that are only `#name`, in a draft or a template, for an element of that name in the rendered mail.

    Why it matters:
        Nothing happens when readers press it; some mail programs open an empty page.

    Example:
        - "More on this [below](#corrections)."

    Instead:
        - "More on this below, under Corrections."
    """
    for link in links_of(draft):
        if link.href.startswith("#") and len(link.href) > 1 and not leads_somewhere(link.href, proof):
            yield Defect(link.place, f"nothing in the mail is called `{link.href}`", _HELP, label="no such spot")
    for found in template_links(draft, proof, "#"):
        if len(found.href) > 1 and not leads_somewhere(found.href, proof):
            yield Defect(found.place, f"nothing in the mail is called `{found.href}`", "give an element this id, or link elsewhere", label="no such spot")
