"""Counts that do not drift with the computer: the libraries and the modules that are loaded when a first screen is painted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supportplan.services.practice import sample_plan
from tests.journeys.stores import make_store

ROOT = Path(__file__).parents[2]
NOT_FOR_A_SCREEN = {
    *("typer", "sqlmodel", "sqlalchemy", "pydantic", "reportlab", "PIL", "openpyxl", "rapidfuzz", "keyring"),
}
# What a store is opened with; nothing of it is needed to ask for the passphrase.
STORE = {"sqlcipher3", "cryptography"}
CASE = sample_plan().case
MOST_MODULES = {"unlock": 465, "home": 538, "heart": 570}

SHOWN = """
import asyncio, json, sys
from pathlib import Path
import supportplan.cli.main
from supportplan.app import SupportPlan

async def show(place, folder, case):
    store = None
    if place != "unlock":
        from supportplan.services.opening import unlock
        store = unlock(folder, lambda: "seven small boats at anchor")
    app = SupportPlan(folder, opened=store, case=case if place == "heart" else None)
    async with app.run_test() as pilot:
        while getattr(app.screen, "place", "") != place:
            await pilot.pause(0.02)
        await app.screen.painted.wait()
        loaded = list(sys.modules)
    print(json.dumps(loaded))

asyncio.run(show(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one case in it."""
    home = tmp_path_factory.mktemp("counts")
    assert make_store(home) == CASE
    return home / "store"


@pytest.mark.parametrize(
    ("place", "refused"), [("unlock", STORE), ("home", set[str]()), ("heart", set[str]())]
)
def test_a_first_screen_loads_nothing_that_it_does_not_need(
    place: str, refused: set[str], store: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, place, str(store), CASE],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    loaded = json.loads(done.stdout)
    assert not (NOT_FOR_A_SCREEN | refused) & set(loaded)
    assert len(loaded) <= MOST_MODULES[place], len(loaded)
