"""Examining a PDF that comes from anywhere, in a process of its own that may use so much time and memory and no more.

Whatever a hostile file does to that process, nothing of this one is touched: it waits, and answers in words.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import msgspec
from cryptography.x509 import Certificate

from supportplan.documents.seal.keys import as_pem
from supportplan.domain.examined import Examined
from supportplan.domain.problems import BadInput

MOST_BYTES = 64 * 1024**2
MOST_SECONDS = 60
MOST_MEMORY = 2 * 1024**3

_FROM_ELSEWHERE = "Check that it is the file you mean, and that it came over whole."


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What the other process is given: a file, and the roots (PEM) that are known here."""

    pdf: bytes
    roots: tuple[bytes, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the other process found, or why it could not: `trouble` is empty, or a sentence."""

    found: Examined | None = None
    trouble: str = ""


def examine(
    pdf: bytes, *, name: str, roots: Iterable[Certificate], waiting: Callable[[], None] = lambda: None
) -> Examined:
    """Return what is in a PDF. Nothing is fetched from anywhere.

    `waiting` is called while it takes; what it raises stops the work. Raises BadInput, with the file's `name`, for what is
    no PDF, is encrypted, cannot be read, or takes too long.
    """
    if len(pdf) > MOST_BYTES:
        raise _unusable(name, f"is larger than {MOST_BYTES // 1024**2} MB, which no plan is")
    if not pdf:
        raise _unusable(name, "is empty")
    if b"%PDF-" not in pdf[:1024]:
        raise _unusable(name, "is not a PDF")
    task = msgspec.msgpack.encode(Task(pdf=pdf, roots=tuple(as_pem(one) for one in roots)))
    raw = _asked(task, name, waiting)
    try:
        answer = msgspec.msgpack.decode(raw, type=Answer)
    except msgspec.DecodeError:
        raise _unusable(name, "cannot be read: it is damaged, or made to do harm") from None
    if answer.found is None:
        raise _unusable(name, answer.trouble)
    return answer.found


def _asked(task: bytes, name: str, waiting: Callable[[], None]) -> bytes:
    # Nothing in the folder that the program was started in is loaded, whatever it is called.
    command = [sys.executable, "-P", "-m", "supportplan.documents.seal.examiner"]
    # What this process has loaded, the other loads from the same places.
    places = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    with (
        subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places},
        ) as examiner,
        ThreadPoolExecutor(1) as talking,
    ):
        ends = time.monotonic() + MOST_SECONDS
        answer = talking.submit(examiner.communicate, task)
        try:
            while wait([answer], timeout=0.1).not_done:
                waiting()
                if time.monotonic() > ends:
                    raise _unusable(
                        name, f"takes longer than {MOST_SECONDS} seconds to read, which no plan does"
                    )
        finally:
            examiner.kill()
        return answer.result()[0]


def _unusable(name: str, what: str) -> BadInput:
    return BadInput(what, where=name, mend=_FROM_ELSEWHERE)
