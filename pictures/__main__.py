"""Make the pictures of the guide anew, all or those that are named, its page of keys and the pictures of easy read.

`python -m pictures [NAME ...]`; `python -m pictures copies` makes only the pages of the copies.
"""

import asyncio
import sys
from pathlib import Path

from pictures.album import ALBUM
from pictures.copies import SHEETS, drawn_sheets
from pictures.easy_read import DRAWINGS, drawn
from pictures.keys import keys_page
from pictures.taking import taken

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "pictures"
KEYS = DOCS / "guide" / "keys.md"
EASY_READ = DOCS.parent / "src" / "supportplan" / "data" / "easy_read"


def main() -> None:
    """Write them to docs; a picture that the guide no longer shows goes."""
    named = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in ALBUM:
        if not named or picture.name in named:
            sys.stderr.write(f"{picture.name}\n")
            file = FOLDER / f"{picture.name}.svg"
            file.write_text(asyncio.run(taken(picture)), encoding="utf-8", newline="\n")
    if not named or "copies" in named:
        for name, png in drawn_sheets().items():
            (FOLDER / f"{name}.png").write_bytes(png)
    for topic, draw in DRAWINGS.items():
        (EASY_READ / f"{topic}.png").write_bytes(drawn(draw))
    wanted = {f"{picture.name}.svg" for picture in ALBUM} | {f"{sheet.name}.png" for sheet in SHEETS}
    for file in FOLDER.iterdir():
        if file.name not in wanted:
            file.unlink()
    KEYS.write_text(keys_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
