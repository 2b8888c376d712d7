"""What the tests of services share."""

from collections.abc import Iterator

import msgspec
import pytest

from supportplan.documents.seal import examiner, examining
from supportplan.services.desk import Desk
from supportplan.services.practice import Practice


@pytest.fixture
def examined_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examine in this process, which saves a second each time; `test_verifying_apart` does it as the program does."""

    def asked(task: bytes, *_: object) -> bytes:
        return msgspec.msgpack.encode(examiner.answer(msgspec.msgpack.decode(task, type=examining.Task)))

    monkeypatch.setattr(examining, "_asked", asked)


@pytest.fixture
def practice() -> Iterator[Practice]:
    """The practice case in a store of its own."""
    practice = Practice()
    yield practice
    practice.close()


@pytest.fixture
def desk(practice: Practice) -> Desk:
    """The practice case on a desk, in force from today on as far as its days go."""
    return practice.desk()
