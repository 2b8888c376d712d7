"""The app as it is opened for measuring: over stores made for it, with the passphrase in a file."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.cases import fill
from bench.material import PASSPHRASE, People, new_store, plan_of
from bench.visits import Program, Step
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.storage.cases.case_projection import glance

LOCKED = "supportplan is locked"
OPENED = "Outcomes and supports"
# The first is typed while the screen is still being painted, and stands nowhere else on it.
LETTERS = "~" + "they walk to the pool and swim on every friday night".replace(" ", "")


def store_of(folder: Path, *, cases: int = 0, lines: int = 0) -> Path:
    """Make a store with many small cases, or with one of so many lines; return its folder, beside which there is room."""
    folder.mkdir(parents=True)
    with new_store(folder / "store") as store:
        fill(store, cases)
        if lines:
            plan = plan_of(lines)
            shown = glance(plan, cost(plan))
            store.drafts.save(plan.case, canonical(plan), "Began the plan", shown=shown).result()
    return folder / "store"


def in_store_as_made(store: Path, program: Program) -> Program:
    """Return a program that finds its store at every visit as it was made: a case opens where it was left, else."""
    made = store.with_name("store-as-made")
    shutil.copytree(store, made)

    def begin() -> None:
        shutil.rmtree(store)
        shutil.copytree(made, store)

    return program._replace(begin=begin)


def first_in_list(cases: int) -> str:
    """Return the name that stands first in the list of so many cases: that of the one last worked on."""
    return " ".join(People().name(cases - 1))


def opened_at(
    store: Path, *arguments: str, locked: bool = False
) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Return the command that opens the app over a store, and the environment that it needs."""
    beside = store.parent
    (beside / "passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
    environment = {
        "SUPPORTPLAN_STORE": str(store),
        "SUPPORTPLAN_PREFERENCES": str(beside / "preferences.json"),
        "SUPPORTPLAN_PASSPHRASE_FILE": "" if locked else str(beside / "passphrase.txt"),
    }
    return (sys.executable, "-m", "supportplan", *arguments), environment


def trivial(kind: str, *, typed: str = "") -> Program:
    """Return the least app there can be."""
    return Program((sys.executable, "-m", "bench.trivial_app", kind), "What is your name?", typed=typed)


def app(store: Path, ready: str, *, way: tuple[Step, ...] = (), typed: str = "", case: str = "") -> Program:
    """Return the app with its passphrase at hand, opened at the list or at a case."""
    command, environment = opened_at(store, *(("--case", case) if case else ()))
    return Program(command, ready, environment, way, typed)


def locked_app(store: Path, *, typed: str = "") -> Program:
    """Return the app that asks for the passphrase, and shows a dot for a letter."""
    command, environment = opened_at(store, locked=True)
    return Program(command, LOCKED, environment, typed=typed, shown_as="•")
