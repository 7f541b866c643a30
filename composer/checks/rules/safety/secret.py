"""safety/secret."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.draft.load import Draft
from composer.facts.secrets import secrets_in

_ADDRESSES = ("preview", "address", "document")


@error
def secret(draft: Draft) -> Iterator[Defect]:
    """A key, a token or a private address stands in the draft.

    What it checks:
        The whole file, comments included, for the keys and tokens of well-known services, private keys, and addresses
        that open what is not published: previews of WordPress, Ghost and Substack, documents opened for editing, and
        links with a token in them. Gift links of newspapers are meant to be shared and left alone.

    Why it matters:
        A key in a mail, or in a draft that was committed, lets in whoever finds it, and has to be replaced. A preview
        link shows readers an error, or a story that is not out yet.

    Example:
        url: https://example.org/?p=4711&preview=true

    Instead:
        url: https://example.org/the-port-that-learned-to-run-itself

    Source: composer/facts/secrets.txt, with its date.
    """
    text = draft.source.text
    for found in secrets_in(text):
        beginning = text[found.start : found.start + 4]
        is_address = any(word in found.kind for word in _ADDRESSES)
        yield Defect(
            draft.source.place(found.start, found.end),
            f"{found.kind} stands in the draft" if is_address else f"`{beginning}…` looks like {found.kind}",
            "link to the published page" if is_address else "take it out of the draft, and have it replaced where it is from: who has the draft has the key",
            label="opens what is not public" if is_address else "a secret",
        )
