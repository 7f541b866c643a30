"""Files that a case wants in the folder beside its draft."""

from pathlib import Path
from typing import Any

from PIL import Image


def put_beside(folder: Path, beside: dict[str, Any]) -> None:
    """Make the files named in `beside`: `picture`, other words for a file that holds them, or what a picture is like.

    A picture's `size` is [width, height]; `frames` make it move; it weighs `bytes` where they are more than it needs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in beside.items():
        if isinstance(kind, str) and kind != "picture":
            (folder / name).write_text(kind, encoding="utf-8")
            continue
        wanted = kind if isinstance(kind, dict) else {}
        frames = [Image.new("RGB", tuple(wanted.get("size", (40, 20))), (number, 0, 0)) for number in range(wanted.get("frames", 1))]
        frames[0].save(folder / name, **({"save_all": True, "append_images": frames[1:]} if frames[1:] else {}))
        with (folder / name).open("ab") as file:
            file.write(bytes(max(0, wanted.get("bytes", 0) - file.tell())))
