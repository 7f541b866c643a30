"""clients/active-content."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.clients_reading import ACTIVE
from composer.checks.markup_reading import read_mail
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def active_content(proof: Proof) -> Iterator[Defect]:
    """The mail holds a script, a form, a film or a frame.

    What it checks:
        The rendered mail for elements that run, play or ask for input (`script`, `form`, `input`, `iframe`, `video`,
        `object` and their like), and for attributes that run a script (`onclick`). Boxes to tick by which styles open
        and close things, as in MJML's accordion, ask for nothing and are clients/unsupported-html's.

    Why it matters:
        Mail programs take them out or refuse the mail as an attack; spam filters count them. What readers were to do
        there they cannot do.

    Example:
        # in a template
        <mj-raw><video src="https://films.example.org/harbor.mp4" controls></video></mj-raw>

    Instead:
        <mj-image src="https://films.example.org/harbor.jpg" href="https://films.example.org/harbor" alt="Film: the harbor" />

    Source: caniemail.com on `<form>`, `<video>`, `<object>` (tests of 2019-09, 2019-09, 2021-02).
    """
    mail = read_mail(proof)
    names = mail.elements.intersection(ACTIVE)
    if mail.inputs and mail.inputs <= {"checkbox", "radio"}:
        names -= {"input"}
    found = [(f"<{name}", f"`<{name}>` does not work in mail") for name in sorted(names)]
    if " on" in mail.tags:
        found += [(f" {name}=", f"`{name}` runs no script in mail") for name in sorted(set(_handlers().findall(mail.tags)))]
    for words, message in found:
        yield Defect(
            proof.place_in_templates(words),
            message,
            "take it out; link to a page of the web that has it, with a picture where one is needed",
            label="taken out by mail programs",
        )


@cache
def _handlers() -> re.Pattern[str]:
    return re.compile(r' (on[a-z]+)="')
