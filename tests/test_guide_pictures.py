"""The pictures and the keys of the guide are what the program has now: `make pictures` makes them anew."""

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from typer.main import get_command

from pictures.__main__ import DOCS, EASY_READ, FOLDER, KEYS
from pictures.album import ALBUM, Picture
from pictures.copies import SHEETS, drawn_sheets
from pictures.easy_read import DRAWINGS, drawn
from pictures.keys import keys_page
from pictures.taking import taken
from supportplan.cli.commands import app

SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+\.(?:svg|png))\)")
PAGES = [DOCS.parent / "README.md", *sorted((DOCS / "guide").glob("*.md"))]


@pytest.mark.parametrize("picture", ALBUM, ids=lambda picture: picture.name)
def test_a_picture_is_what_the_program_shows(picture: Picture) -> None:
    kept = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert asyncio.run(taken(picture)) == kept, f"{picture.name} looks otherwise now: make pictures"


def test_a_picture_fetches_nothing_and_is_small() -> None:
    for file in FOLDER.glob("*.svg"):
        svg = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "://" not in svg, file.name
        assert "url(" not in re.sub(r"url\(#", "", svg), file.name
        assert len(svg) < 60_000, file.name


def test_every_picture_is_shown_in_words_too_and_every_one_that_is_shown_is_there() -> None:
    shown: set[Path] = set()
    for page in PAGES:
        for words, where in SHOWN.findall(page.read_text(encoding="utf-8")):
            assert len(words) > 20, (
                f"{page.name} does not say what {where} shows, for those who cannot see it"
            )
            shown.add((page.parent / where).resolve())
    wanted = {f"{picture.name}.svg" for picture in ALBUM} | {f"{sheet.name}.png" for sheet in SHEETS}
    assert shown == {(FOLDER / name).resolve() for name in wanted}


def test_the_pages_of_the_copies_are_those_that_are_printed_now() -> None:
    for name, png in drawn_sheets().items():
        kept = (FOLDER / f"{name}.png").read_bytes()
        assert len(kept) < 150_000, name
        assert alike(kept, png), f"{name} looks otherwise now: make pictures"


def test_the_pictures_of_easy_read_are_those_that_are_drawn() -> None:
    assert {file.stem for file in EASY_READ.glob("*.png")} == set(DRAWINGS)
    for topic, draw in DRAWINGS.items():
        assert alike((EASY_READ / f"{topic}.png").read_bytes(), drawn(draw)), topic


def alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures show the same; programs that draw differ in their versions by a shade at the edges."""
    first, second = (Image.open(BytesIO(png)).convert("L") for png in (one, other))
    if first.size != second.size:
        return False
    differing = ImageChops.difference(first, second).point(lambda shade: 255 if shade > 60 else 0)
    return differing.histogram()[255] < 0.001 * first.width * first.height


def test_the_page_of_keys_says_what_the_program_does() -> None:
    assert KEYS.read_text(encoding="utf-8") == keys_page(), "the keys are others now: make pictures"


def test_what_the_guide_links_to_is_there() -> None:
    for page in PAGES:
        for where in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / where).exists(), f"{page.name} links to {where}"


def test_every_command_in_the_guide_is_one_that_the_program_has() -> None:
    known = _commands(get_command(app))
    for page in PAGES:
        blocks = re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for command in re.findall(r"^supportplan ([a-z]+(?: [a-z-]+)?)", "".join(blocks), re.MULTILINE):
            assert command in known or command.split()[0] in known, f"{page.name}: supportplan {command}"


def _commands(group: Any, before: str = "") -> set[str]:
    """Return the names of all commands, those of a group behind its name."""
    found: set[str] = set()
    for name, command in group.commands.items():
        inner = _commands(command, f"{before}{name} ") if hasattr(command, "commands") else set()
        found |= inner or {f"{before}{name}"}
    return found
