"""Make the pictures of the guide anew, all or those that are named, and its page of keys: `python -m pictures [NAME ...]`."""

import asyncio
import sys
from pathlib import Path

from pictures.album import ALBUM
from pictures.keys import keys_page
from pictures.taking import taken

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "pictures"
KEYS = DOCS / "guide" / "keys.md"


def main() -> None:
    """Write them to docs; a picture that the guide no longer shows goes."""
    named = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in ALBUM:
        if not named or picture.name in named:
            sys.stderr.write(f"{picture.name}\n")
            file = FOLDER / f"{picture.name}.svg"
            file.write_text(asyncio.run(taken(picture)), encoding="utf-8", newline="\n")
    for file in FOLDER.glob("*.svg"):
        if file.stem not in {picture.name for picture in ALBUM}:
            file.unlink()
    KEYS.write_text(keys_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
