"""Every text that is painted stands out from what is behind it, in every theme, in all colours and in 256 (WCAG 1.4.3)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from supportplan.app import SupportPlan
from supportplan.screens.themes import DAY, EVENING, HIGH_CONTRAST
from tests.screens.every_place import PLACES, opened, practice

LEAST = 4.5
# What frames and bars are drawn with: they carry no words, and have to stand out by 3 to 1 only.
EDGES = set("─│╭╮╰╯▁▂▃▄▅▆▇█░▌┃━ ")


@pytest.mark.parametrize("theme", [DAY, EVENING, HIGH_CONTRAST])
def test_every_text_can_be_read(theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    assert asyncio.run(_faint(theme)) == []


async def _faint(theme: str) -> list[str]:
    found: list[str] = []
    async with practice(100, 30) as (app, pilot, desk):
        app.theme = theme
        for name, make in PLACES.items():
            await opened(app, pilot, make(desk))
            found += [f"{name}: {words}" for words in _faint_on(app)]
            app.pop_screen()
            await pilot.pause()
    return found


def _faint_on(app: SupportPlan) -> Iterator[str]:
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is None or not set(segment.text) - EDGES:
                continue
            for colours in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                ratio = _ratio(segment.style, colours)
                if ratio < LEAST:
                    yield f"{segment.text.strip()!r} {ratio:.2f} in {colours.name}"


def _ratio(style: Style, colours: ColorSystem) -> float:
    ink, page = (_seen(colour, colours) for colour in (style.color, style.bgcolor))
    if style.reverse:
        ink, page = page, ink
    light, dark = sorted((_luminance(ink), _luminance(page)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _seen(colour: Color | None, colours: ColorSystem) -> ColorTriplet:
    assert colour is not None
    return colour.downgrade(colours).get_truecolor()


def _luminance(colour: ColorTriplet) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
