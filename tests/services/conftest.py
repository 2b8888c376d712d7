"""What the tests of services share."""

import msgspec
import pytest

from supportplan.documents.seal import examiner, examining


@pytest.fixture
def examined_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examine in this process, which saves a second each time; `test_verifying_apart` does it as the program does."""

    def asked(task: bytes, *_: object) -> bytes:
        return msgspec.msgpack.encode(examiner.answer(msgspec.msgpack.decode(task, type=examining.Task)))

    monkeypatch.setattr(examining, "_asked", asked)
