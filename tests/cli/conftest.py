"""Running commands as the program does, and a store that opens quickly."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from supportplan.cli.main import run
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "seven small boats at anchor"


class Answer(NamedTuple):
    """What a command answered: its exit code, its result and its messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result, which is one JSON document."""
        return json.loads(self.out)


Ask = Callable[..., Answer]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a command in a folder of its own; nothing outside it is touched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPPORTPLAN_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("SUPPORTPLAN_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody sits at this terminal

    def ask(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Answer(code, out, err)

    return ask


@pytest.fixture
def store(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, whose passphrase stands in a file."""
    opened, _ = Store.create(
        tmp_path / "store", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Fay", cost=FLOOR
    )
    opened.close()
    (tmp_path / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(tmp_path / "passphrase.txt"))
    return tmp_path / "store"
