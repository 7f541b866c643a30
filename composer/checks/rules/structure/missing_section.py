"""structure/missing-section."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_left_out
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.sign_off import SignOff


@error
def missing_section(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A required section is absent.

    What it checks:
        That the draft has every section that newsletter.yaml requires. Sections with standing content print that
        and are never missing; a sign-off has a rule of its own, sign-off/missing.

    Why it matters:
        Readers come for the parts they know. A section left out by accident is noticed when the mail has gone.

    Example:
        essay:
          body: Last autumn I spent a week with the crane drivers.
        # and no digest, though the newsletter's section list has `- key: digest`

    Instead:
        essay:
          body: Last autumn I spent a week with the crane drivers.
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
    """
    for entry in issue.of.sections:
        if entry.required and entry.standing is None and entry.type != SignOff.type and is_left_out(draft, entry.key):
            heading = f" (“{entry.heading}”)" if entry.heading else ""
            yield Defect(
                draft.source.top,
                f"the section `{entry.key}`{heading} is missing",
                f"add `{entry.key}:`, or set `required: false` for it in newsletter.yaml if issues may go without it",
                label=f"no `{entry.key}` in this draft",
            )
