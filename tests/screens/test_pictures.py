"""A handful of screens as pictures, with their colours: a change of any of them is seen. `make pictures` makes them anew."""

from pathlib import PurePath
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from pictures.album import Picture
from pictures.drawing import Drawn
from pictures.standing import standing
from pictures.taking import lead

HANDFUL = (
    Picture("heart-small", columns=80, rows=24),
    Picture("heart-wide", columns=120, rows=40),
    Picture("heart-evening", columns=80, rows=24, looks="evening"),
    Picture("heart-high-contrast", columns=80, rows=24, looks="high-contrast"),
    Picture("support", keys=("tab", "home", "down", "enter"), columns=80, rows=24),
    Picture("signing", place="signing", columns=80, rows=24),
)


class Compare(Protocol):
    """Says whether an app looks as it did, and keeps how it looks where that is asked for."""

    def __call__(
        self, app: str | PurePath | App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


@pytest.mark.parametrize("picture", HANDFUL, ids=lambda picture: picture.name)
def test_a_screen_looks_as_it_did(picture: Picture, snap_compare: Compare) -> None:
    async def there(pilot: Pilot[None]) -> None:
        await lead(pilot, picture)

    with standing(picture.looks):
        assert snap_compare(Drawn(None), terminal_size=(picture.columns, picture.rows), run_before=there)
