"""A mail as Thunderbird shows it: a real client on a virtual screen tall enough for a whole issue, read by OCR."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from rapidfuzz.fuzz import partial_ratio

WIDTH, HEIGHT = 1280, 7000
# What would stand between a fresh profile and the mail, or ask the network for something.
PREFERENCES = {
    "app.donation.eoy.version.viewed": 999,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "extensions.activeThemeID": "thunderbird-compact-light@mozilla.org",
    "extensions.update.enabled": False,
    "layout.css.prefers-color-scheme.content-override": 1,
    "mail.inappnotifications.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.online": False,
    "offline.autoDetect": False,
    "offline.startup_state": 3,
    "toolkit.telemetry.enabled": False,
}
WINDOW = (
    '{"chrome://messenger/content/messageWindow.xhtml":{"messengerWindow":'
    f'{{"width":"{WIDTH}","height":"{HEIGHT}","screenX":"0","screenY":"0","sizemode":"normal"}}}}}}'
)
CANVAS = (241, 239, 234)


def picture_of(message: Path, scratch: Path, *, patience: float = 90) -> Image.Image:
    """Thunderbird's window with the mail open, once its picture has come to rest."""
    for tool in ("thunderbird", "Xvfb", "import", "tesseract"):
        assert shutil.which(tool), f"{tool} is absent: apt-get install thunderbird xvfb imagemagick tesseract-ocr"
    profile = scratch / "profile"
    profile.mkdir()
    (profile / "user.js").write_text("".join(f'user_pref("{name}", {_javascript(value)});\n' for name, value in PREFERENCES.items()), encoding="utf-8")
    (profile / "xulstore.json").write_text(WINDOW, encoding="utf-8")
    with _screen() as display, _running(["thunderbird", "--no-remote", "--profile", str(profile), message.as_uri()], display, scratch):
        return _at_rest(display, scratch / "screen.png", patience)


def message_pane(window: Image.Image) -> Image.Image:
    """The mail's own part of the window, 640 px wide, without the headers, which repeat the subject.

    It begins where the newsletter's canvas does: beside the mail, where Thunderbird's headers are another colour.
    """
    beside = [window.getpixel((WIDTH - 60, y)) for y in range(window.height)]
    assert CANVAS in beside, "Thunderbird does not show the mail"
    return window.crop(((WIDTH - 640) // 2, beside.index(CANVAS), (WIDTH + 640) // 2, window.height))


def words_in(picture: Image.Image, scratch: Path) -> str:
    """What tesseract reads, at twice the size, which it reads better."""
    path = scratch / "pane.png"
    picture.convert("L").resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS).save(path)
    # one thread: more are slower on machines that are already busy
    read = subprocess.run(["tesseract", str(path), "-", "--psm", "4"], capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return " ".join(read.stdout.decode().split())


def assert_shows(window: Image.Image, expected: Sequence[str], scratch: Path) -> None:
    """Each expected line is read in the mail itself, in this order."""
    read = words_in(message_pane(window), scratch)
    position = 0
    for line in expected:
        score, end = _found(line, read[position:])
        assert score >= 88, f"Thunderbird does not show {line!r} (behind {read[max(0, position - 60) : position]!r})"
        position += end


def _found(line: str, text: str) -> tuple[float, int]:
    """How well the best match of a line in a text agrees with it, and where that ends."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if len(text) < len(line):
        return partial_ratio(line, text) * len(text) / max(len(line), 1), len(text)
    aligned = partial_ratio_alignment(line, text)
    return (aligned.score, aligned.dest_end) if aligned is not None else (0, 0)


def _javascript(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen on a free display, which Xvfb chooses itself."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert re.fullmatch(r"\d+", number), "Xvfb does not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def _running(command: list[str], display: str, home: Path) -> Iterator[None]:
    environment = {**os.environ, "DISPLAY": display, "HOME": str(home), "MOZ_CRASHREPORTER_DISABLE": "1", "GDK_BACKEND": "x11", "LANG": "C.UTF-8"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        # Thunderbird has children; they are of its own session
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _at_rest(display: str, path: Path, patience: float) -> Image.Image:
    """The screen once it shows something and three looks, a second apart, show the same."""
    deadline = time.monotonic() + patience
    alike, before = 0, b""
    while time.monotonic() < deadline:
        time.sleep(1)
        subprocess.run(["import", "-display", display, "-window", "root", str(path)], check=True, capture_output=True)
        with Image.open(path) as opened:
            shown = opened.convert("RGB")
        now = shown.tobytes()
        alike = alike + 1 if now == before else 0
        before = now
        if alike >= 2 and len(shown.resize((64, 350)).getcolors(64 * 350) or []) > 8:
            return shown
    raise AssertionError(f"Thunderbird's window did not come to rest in {patience:.0f} s")
