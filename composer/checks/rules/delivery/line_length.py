"""delivery/line-length."""

from collections.abc import Iterator

from composer.checks.message_reading import place_of_header, typed_for
from composer.checks.rule import Defect, error
from composer.place import Place
from composer.proof.proof import Proof

_MOST = 998


@error
def line_length(proof: Proof) -> Iterator[Defect]:
    """A line of the message is longer than mail servers take.

    What it checks:
        Every line of the message for 998 bytes. Composer breaks what may be broken; an address in the header may not,
        so a very long one for unsubscribing makes such a line.

    Why it matters:
        Servers cut such a line in two or refuse the mail; a cut in the header loses everything that follows it.

    Example:
        unsubscribe:
          url: https://newsroom.example/leave?token=…   # a thousand characters

    Instead:
        unsubscribe:
          url: https://newsroom.example/leave?r={{ reader.key | 0 }}

    Source: RFC 5322, 2.1.1; RFC 5321, 4.5.3.1.6.
    """
    if _is_short_throughout(proof.message):
        return
    header = ""
    in_header = True
    for line in proof.message.split(b"\r\n"):
        in_header = in_header and bool(line)
        if in_header and not line.startswith((b" ", b"\t")):
            header = line.partition(b":")[0].decode("latin-1")
        if len(line) > _MOST:
            where = f"the {header} header" if in_header else "the message"
            yield Defect(
                _place(proof, header) if in_header else proof.place_in_templates(),
                f"{where} has a line of {len(line):,} bytes; mail may have {_MOST}",
                "shorten what is typed here" if in_header else "whatever changes the message must break its lines",
                label="too long for a line of mail",
            )


def _is_short_throughout(message: bytes) -> bool:
    """Whether no line is too long: from the start of one, a line's end is always within reach, and the last one within it begins the next step."""
    start = 0
    while len(message) - start > _MOST:
        end = message.rfind(b"\r\n", start, start + _MOST + 2)
        if end < 0:
            return False
        start = end + 2
    return True


def _place(proof: Proof, header: str) -> Place:
    """Where the longest value of a header was typed."""
    typed = typed_for(proof, header)
    return max(typed, key=len).place if typed else place_of_header(proof, header)
