"""The pages that judges of dark modes look at: those of pages.py, and of each newsletter one with what they lack.

That is an icon for every profile, and a line between paragraphs.
"""

from pathlib import Path

from composer.press import proof_of
from tests.browser.pages import PAGES, page_of, proof_named
from tests.browser.samples import NEWSLETTERS
from tests.cases.newsroom import copied_project, draft_of, healthy
from tools.social_icons import FOLDER as ICONS

WITH_PROFILES = {f"profiles-{newsletter}": newsletter for newsletter in NEWSLETTERS}
DARK_PAGES = (*PAGES, *WITH_PROFILES)


def dark_page_in(folder: Path, name: str) -> Path:
    """The page of that name as a file, its pictures beside it."""
    if name not in WITH_PROFILES:
        return page_of(proof_named(name), folder, name)
    newsletter = WITH_PROFILES[name]
    project = copied_project(folder, {f"templates/{newsletter}/newsletter.yaml": [{"replace": "imprint:\n", "with": f"{_profiles()}imprint:\n"}]})
    draft = draft_of(healthy(newsletter).replace("    ## ", "    ---\n\n    ## ", 1), project, newsletter)
    assert draft.problems == ()
    return page_of(proof_of(draft, project), folder, name)


def _profiles() -> str:
    lines = [f'  - {{name: {icon.stem}, icon: {icon.stem}, url: "https://social.harborreview.example/{icon.stem}"}}\n' for icon in sorted(ICONS.glob("*.png"))]
    assert len(lines) >= 10
    return "".join(["social:\n", *lines])
