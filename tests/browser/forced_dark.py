"""Mails that an app on Android darkens without asking them, by the algorithm that Chromium has for it.

The setting `forceDarkModeEnabled` darkens what Chromium draws where a page says nothing of dark colors of its own. Android's
WebView, which is Chromium, can do so for any app (developer.android.com/develop/ui/views/layout/webapps/dark-theme, read
2026-11-22); that it is this very setting is from our knowledge of Chromium. So the engine is real. That Gmail or Samsung
Email use it, and as it is, neither says: that is simulated. The mail is what composer/proof/client_view leaves of it for each.
"""

from pathlib import Path

from composer.proof.client_view.view import as_seen_by

FORCED = "--blink-settings=forceDarkModeEnabled=true"
# A WebView says by prefers-color-scheme what its app has chosen. Gmail takes away the rules that ask for it.
READERS = (("gmail-android", "dark"), ("gmail-foreign-account", "dark"), ("samsung-email-android", "dark"), ("samsung-email-android", "light"))


def seen_by(client: str, page: Path) -> Path:
    """The page, beside its own, as this client leaves it."""
    seen = page.with_name(f"{page.stem}.{client}.html")
    seen.write_text(as_seen_by(client, page.read_text(encoding="utf-8")), encoding="utf-8")
    return seen
