"""A program in a terminal that answers as a modest modern one does, and notes when each piece of its output came.

While the clock runs, output is only kept. What it painted is found out afterwards, in `bench.replay`, so that reading
the screen never takes the processor from the program that is measured.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from bench.replay import Replay, without_codes

COLUMNS, ROWS = 120, 40
# How long a program may take for anything at all, in seconds.
PATIENCE = 60.0

_MODES_KNOWN = {b"25", b"1004", b"1006", b"2004", b"2026"}
_QUESTION = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p|(?P<kind>\x1b\[0?c)|(?P<version>\x1b\[>0?c)|(?P<place>\x1b\[6n)"
    rb"|(?P<well>\x1b\[5n)|(?P<name>\x1b\[>0?q)|(?P<cells>\x1b\[18t)|\x1b\](?P<colour>1[012]);\?(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P][^\x07\x1b]*\x1b?)?\Z")


# What would make the screen another size; and what would have a program translated anew at every start, which one that is
# installed never is.
_NOT_PASSED_ON = {"COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"}


class Piece(NamedTuple):
    """A piece of output, and when it came."""

    at: float
    data: bytes


class Terminal:
    """A program that runs in a terminal. `started` is when it was started, `pieces` what it has written since."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._own, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
        told = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.pieces: list[Piece] = []
        self._asked = b""
        self.started = time.perf_counter()
        self.running = subprocess.Popen(
            list(command),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=kept | told | dict(environment),
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)

    def wait_for(self, words: str, *, since: int = 0) -> bool:
        """Wait until the words stand on the screen; False where the program ends, or they do not come."""
        until, seen, wanted = time.perf_counter() + PATIENCE, since, words.encode()
        plain, pause_seen = b"", 0
        while time.perf_counter() < until:
            if self.take(0.05):
                written = b"".join(piece.data for piece in self.pieces[seen:])
                seen = len(self.pieces)
                plain = (plain + without_codes(written))[-400_000:]
                if wanted in plain:
                    return True
            elif self.running.poll() is not None:
                return False
            elif pause_seen < len(self.pieces):
                # Words that were painted in parts are seen only by whoever looks at the screen as a whole.
                pause_seen = len(self.pieces)
                screen = Replay(COLUMNS, ROWS)
                for piece in self.pieces:
                    screen.feed(piece.data)
                if screen.shows(words):
                    return True
        return False

    def press(self, keys: bytes) -> float:
        """Press keys, and return when."""
        at = time.perf_counter()
        os.write(self._own, keys)
        return at

    def wait_for_letter(self, letter: str, since: int, seconds: float) -> None:
        """Wait until what was written since a piece holds a letter, so that a slow one is not overtaken by the next."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if self.take(left) and letter.encode() in without_codes(
                b"".join(piece.data for piece in self.pieces[since:])
            ):
                return

    def wait_quiet(self, quiet: float, most: float = 5.0) -> None:
        """Wait until nothing has been written for a while."""
        until = time.perf_counter() + most
        while time.perf_counter() < until and self.take(quiet):
            pass

    def take(self, seconds: float) -> bool:
        """Take what the program writes within so many seconds, and answer what it asks; say whether anything came."""
        if not select.select([self._own], [], [], max(seconds, 0.0))[0]:
            return False
        try:
            data = os.read(self._own, 1 << 16)
        except OSError:  # nobody writes any more
            data = b""
        if not data:
            time.sleep(min(seconds, 0.01))
            return False
        self.pieces.append(Piece(time.perf_counter(), data))
        asked = self._asked + data
        unfinished = _UNFINISHED.search(asked)
        self._asked = asked[unfinished.start() :] if unfinished else b""
        if answer := answers(asked[: len(asked) - len(self._asked)]):
            os.write(self._own, answer)
        return True

    def close(self) -> None:
        """End the program, and all that it has started."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, sign)
            until = time.perf_counter() + 5
            while self.running.poll() is None and time.perf_counter() < until:
                self.take(0.02)
            if self.running.poll() is not None:
                break
        os.close(self._own)


@contextmanager
def terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a program in a terminal, and end it afterwards."""
    opened = Terminal(command, environment)
    try:
        yield opened
    finally:
        opened.close()


def answers(asked: bytes) -> bytes:
    """Return what a terminal replies to the questions in a program's output."""
    said = b""
    for question in _QUESTION.finditer(asked):
        match question.lastgroup:
            case "mode":
                said += b"\x1b[?%s;%d$y" % (question["mode"], 2 if question["mode"] in _MODES_KNOWN else 0)
            case "kind":
                said += b"\x1b[?62;22c"
            case "version":
                said += b"\x1b[>1;10;0c"
            case "place":
                said += b"\x1b[1;1R"
            case "well":
                said += b"\x1b[0n"
            case "name":
                said += b"\x1bP>|bench\x1b\\"
            case "cells":
                said += b"\x1b[8;%d;%dt" % (ROWS, COLUMNS)
            case _:
                colour = b"0000/0000/0000" if question["colour"] == b"11" else b"ffff/ffff/ffff"
                said += b"\x1b]%s;rgb:%s\x1b\\" % (question["colour"], colour)
    return said


def _take_terminal() -> None:
    """Make the terminal that of the program, so that its keys and its size reach it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
