"""A conversation in plain mode: answers from a list, everything that is said in another, over a real store."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from supportplan.plain.asker import Asker
from supportplan.services.desk import Desk
from supportplan.services.new_case import begin_case, first_plan
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "a kettle, two maps and rain"


class Conversation:
    """Somebody who gives answers one after the other and then goes away; `said` is all that was said to them."""

    def __init__(self, answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.said: list[str] = []
        self.asker = Asker(self._read, self.said.append, self._read)

    def __str__(self) -> str:
        return "\n".join(self.said)

    def _read(self, asked: str) -> str:
        self.said.append(asked)
        if not self._answers:
            raise EOFError
        return self._answers.pop(0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a store that opens quickly, with the example's prices."""
    made, _ = Store.create(
        tmp_path / "store", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Fay", cost=FLOOR
    )
    with made:
        keep_schedule(made, sample_schedule())
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """That store, open."""
    with Store.unlock(folder, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    """A new plan on the desk."""
    plan = first_plan("Sam Example", known_as="Sam", profile="coventry")
    begin_case(store, plan)
    return Desk(store, plan.case)
