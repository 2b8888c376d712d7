"""Killed at any moment: nothing that was acknowledged is lost, and nothing is half there."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from supportplan.storage.store import Store
from tests.faults.workload import make_store, nothing_lost, save

KILLS = 60
EDITS = 4

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    code = make_store(folder)
    chance = random.Random(23)
    acknowledged = -1
    command = [sys.executable, "-m", "tests.faults.killed", str(folder), code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin
        assert program.stdout
        for _ in range(KILLS):
            program.stdin.write(f"{acknowledged + 1} {EDITS}\n")
            program.stdin.flush()
            child = int(program.stdout.readline().removeprefix("started "))
            said = ""
            for _ in range(chance.randint(0, EDITS)):
                said = program.stdout.readline()
            # So that the kill falls anywhere within an edit, the opening or the closing.
            time.sleep(chance.random() / 50 if not said else chance.random() / 250)
            # On a computer with nothing else to do it may have come to its end already.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            while line := program.stdout.readline():
                if line == "ended\n":
                    break
                said = line
            acknowledged = int(said or acknowledged)
            with Store.unlock(folder, code) as opened:
                acknowledged = nothing_lost(opened, acknowledged)
                save(opened, acknowledged)  # its entry may have been under way
        program.stdin.close()
    assert acknowledged > KILLS
