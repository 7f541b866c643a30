"""accessibility/title."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def title(proof: Proof) -> Iterator[Defect]:
    """The mail has no title.

    What it checks:
        That the rendered mail has a `<title>` with words in it. The layout makes it of the subject.

    Why it matters:
        It names the page where readers open the mail in a browser, and screen readers say it first.

    Example:
        <mj-head>
        <mj-breakpoint width="480px" />

    Instead:
        <mj-head>
        <mj-title>{{ page.issue.subject or page.newsletter.name }}</mj-title>

    Source: WCAG 2.2, success criterion 2.4.2.
    """
    tree = proof.tree
    if tree is None or any((element.text or "").strip() for element in tree.elements("title")):
        return
    yield Defect(
        proof.place_in_templates("<mj-title", "<mj-head", "<mjml"),
        "the mail has no title",
        "put <mj-title>{{ page.issue.subject or page.newsletter.name }}</mj-title> into the layout's <mj-head>",
        label="no title",
    )
