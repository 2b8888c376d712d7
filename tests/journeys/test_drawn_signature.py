"""Sam signs with the mouse at the table: in a terminal that tells it in pixels, and in one that tells it in cells."""

import os
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest

from pictures.handwriting import Way, written
from supportplan.domain.canonical import read
from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.cases.steps import Signature
from supportplan.storage.store import Store
from tests.journeys.at_terminal import ROOT, terminal
from tests.journeys.hands import ByKeys
from tests.journeys.sheets import on_sheet, sheet
from tests.journeys.stores import PASSPHRASE, make_store
from tests.journeys.visit_steps import HEART, go_to
from tests.sealed_pages import as_seen

WHOLE = (1, 1)


@pytest.mark.parametrize(
    ("columns", "rows", "cell"),
    [(120, 40, (9, 18)), (80, 24, None)],
    ids=["told in pixels", "told in cells"],
)
def test_a_plan_is_signed_with_the_mouse_and_printed(
    columns: int, rows: int, cell: tuple[int, int] | None, tmp_path: Path
) -> None:
    case = make_store(tmp_path)
    with terminal("--case", case, home=tmp_path, columns=columns, rows=rows, cell=cell) as screen:
        hand = ByKeys(screen)
        screen.wait("supportplan is locked")
        screen.type(PASSPHRASE, "Enter")
        hand.sees(HEART)
        go_to(hand, "Signing")
        hand.row("The person whose plan it is")
        hand.sees("I agree, and sign")
        hand.fill("Full name", "Sam Example")
        hand.choose("How", "drawing it with the mouse")
        hand.press("Draw the signature")
        hand.sees("Sam Example signs as", "a typed name is as good")

        corner, width, height = sheet(screen)
        first, *_ = written(width, height, samples=40)
        screen.draw(on_sheet(corner, first), cell or WHOLE)
        hand.sees("1 stroke is drawn.")
        screen.resize(columns - 6, rows)
        hand.sees("The window changed: draw it again.", "Nothing is drawn yet.")
        screen.resize(columns, rows)
        hand.reaches(lambda: sheet(screen) == (corner, width, height), "the sheet as large as before")

        # As many moves as a mouse tells in three seconds.
        ways = written(width, height, samples=400)
        for way in ways:
            screen.draw(on_sheet(corner, way), cell or WHOLE)
        hand.sees("3 strokes are drawn.")
        (done,) = (spot for words, spot in hand.look().buttons() if words == "Done")
        # Below the words: the button is three lines high.
        screen.draw([(done.x + 0.5, done.y + 1.5)], cell or WHOLE)
        hand.sees("[x] signed by Sam Example", "by hand on the screen")
        hand.back(HEART)
        screen.type("C-q")
        screen.gone()

    drawing = _kept(tmp_path, case)
    assert (drawing.width, drawing.height, drawing.subcell) == (width, height, cell is not None)
    near = 0.12 if cell else 0.51
    for stroke, way in zip(drawing.strokes, ways, strict=True):
        assert all(_near((x / 100, y / 100), way, near) for x, y in stroke)
        assert len(stroke) > len(way) * 0.9 or not cell
    with pdfplumber.open(as_seen(_printed(tmp_path, case))) as pdf:
        last = pdf.pages[-1]
        assert "Sam Example\nDrawn." in last.extract_text()
        curves = last.curves
    assert len(curves) == 2, "the name and the line under it; the dot is a line of no length"
    assert all(curve["x1"] - curve["x0"] > 25 for curve in curves)


@pytest.mark.parametrize("cell", [(9, 18), (0, 0)], ids=["pixels", "no pixels to tell"])
def test_the_mouse_works_whatever_pixels_the_terminal_says_that_it_has(
    cell: tuple[int, int], tmp_path: Path
) -> None:
    with terminal("demo", home=tmp_path, cell=cell) as screen:
        hand = ByKeys(screen)
        hand.sees("Outcomes and supports")
        at = hand.look().find("Help")
        assert at is not None
        screen.draw([(at.x + 0.5, at.y + 0.5)], cell if all(cell) else WHOLE)
        hand.sees("Outcomes and supports", "On the left is what the person wants")


def _near(point: tuple[float, float], way: Way, apart: float) -> bool:
    return any(abs(point[0] - x) <= apart and abs(point[1] - y) <= apart for x, y in way)


def _printed(home: Path, case: str) -> Path:
    """Have the plan printed as the command does it."""
    secret, file = home / "secret.txt", home / "plan.pdf"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "SUPPORTPLAN_PASSPHRASE_FILE": str(secret),
        "SUPPORTPLAN_PREFERENCES": str(home / "preferences.json"),
    }  # fmt: skip
    named = ("--case", case, "-o", str(file), "--store", str(home / "store"))
    command = [sys.executable, "-m", "supportplan", "pdf", *named]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return file


def _kept(home: Path, case: str) -> Drawing:
    """Read the drawn signature from the store, as a program does that opens it next."""
    with Store.unlock(home / "store", PASSPHRASE) as store:
        (body,) = (one.body for one in store.records(case) if one.entry.kind == "signature")
    signature = read(body, Signature)
    assert (signature.name, signature.way) == ("Sam Example", "drawn")
    assert signature.drawing is not None
    return signature.drawing
