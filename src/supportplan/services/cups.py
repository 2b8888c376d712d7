"""The printing commands that Linux and macOS have (`lp`, `lpstat`, `lpoptions`, `cancel`): run without a shell, never for ever.

They are asked in English, so that their answers can be read; what a printer says in its own words is handed on as it is.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from threading import Thread
from typing import NamedTuple

from supportplan.domain.problems import NotAllowed

# How long a question may take: finding printers in the network has a few seconds of its own. Handing over may be slow.
_ASKING_SECONDS, _HANDING_OVER_SECONDS = 20.0, 120.0
# How often whoever waits is told that it goes on, and may stop it.
_A_MOMENT = 0.2
# How long a command that is stopped may still take to say which print it was handing over.
_LAST_SECONDS = 2.0
# The bit of `printer-type` that says that a printer turns the paper [CUPS, cups_ptype_e].
_TURNS_PAPER = 0x10
_STOPPED = "5"  # `printer-state` [RFC 8011, 5.4.11]


class Answered(NamedTuple):
    """What a command answered: whether it did its work, and what it wrote."""

    done: bool
    said: str
    complained: str


class Facts(NamedTuple):
    """What is known of a printer: how people call it, whether it turns the paper, and how it is.

    `reasons` are the keywords of RFC 8011, 5.4.12, without their degree.
    """

    words: str
    both_sides: bool
    stopped: bool
    reasons: tuple[str, ...]


class Job(NamedTuple):
    """A print on its way: what the printer says of it, and the keywords of RFC 8011, 5.3.8."""

    id: str
    status: str
    reasons: tuple[str, ...]


def is_there() -> bool:
    """Say whether this computer has the commands."""
    return shutil.which("lp") is not None


def scheduler_runs() -> bool:
    """Say whether what takes the prints is running."""
    return "not running" not in _asked("lpstat", "-r").said


def printer_names() -> tuple[str, ...]:
    """Return the printers that there are, also those found in the network, in the order in which they are told."""
    return tuple(
        dict.fromkeys(line.strip() for line in _asked("lpstat", "-e").said.splitlines() if line.strip())
    )


def usual_printer() -> str:
    """Return the name of the printer that is used where none is named, or nothing."""
    _, sign, name = _asked("lpstat", "-d").said.partition(":")
    return name.strip() if sign else ""


def facts_of(printer: str) -> Facts:
    """Return what is known of a printer; where nothing is, that it may be able to do everything."""
    told = _values(_asked("lpoptions", "-p", printer).said)
    kind = told.get("printer-type", "")
    reasons = (one.strip() for one in told.get("printer-state-reasons", "none").split(","))
    return Facts(
        words=told.get("printer-info", "") or printer,
        both_sides=not kind.isdigit() or bool(int(kind) & _TURNS_PAPER),
        stopped=told.get("printer-state") == _STOPPED,
        reasons=tuple(
            re.sub("-(report|warning|error)$", "", one) for one in reasons if one not in ("", "none")
        ),
    )


def hand_over(pdf: bytes, options: list[str], moment: Callable[[], None]) -> Answered:
    """Give a PDF to `lp`, which reads it from its input: no file of it is made here. `moment` may raise to stop it."""
    return _run(["lp", *options], given=pdf, seconds=_HANDING_OVER_SECONDS, moment=moment)


def job_id(said: str) -> str:
    """Return the name that `lp` gave to a print, or nothing where it said none."""
    found = re.search(r"request id is (\S+-\d+)", said)
    return found[1] if found else ""


def waiting_job(job: str) -> Job | None:
    """Return a print that has not come through yet, or None."""
    return _job(job, "not-completed")


def ended_job(job: str) -> Job | None:
    """Return a print that has ended, well or not, or None where nobody remembers it."""
    return _job(job, "completed")


def take_back(job: str) -> None:
    """Take a print back, as far as it has not come out. Nothing is said where that is too late."""
    with suppress(NotAllowed):
        _asked("cancel", job)


def _job(job: str, which: str) -> Job | None:
    said = _asked("lpstat", "-W", which, "-l", "-o", job.rpartition("-")[0]).said
    status, reasons, at = "", "", ""
    for line in said.splitlines():
        if line[:1].strip():
            at = line.split()[0]
        elif at == job:
            key, _, value = line.strip().partition(":")
            status = value.strip() if key == "Status" else status
            reasons = value if key == "Alerts" else reasons
    there = any(line.split()[0] == job for line in said.splitlines() if line[:1].strip())
    return Job(job, status, tuple(reasons.replace(",", " ").split())) if there else None


def _values(said: str) -> dict[str, str]:
    """Read `printer-info='Office' printer-state=3`."""
    with suppress(ValueError):
        return dict(part.split("=", 1) for part in shlex.split(said) if "=" in part)
    return {}


def _asked(*command: str) -> Answered:
    return _run(list(command), given=b"", seconds=_ASKING_SECONDS, moment=lambda: None)


def _run(command: list[str], *, given: bytes, seconds: float, moment: Callable[[], None]) -> Answered:
    """Run a command to its end. Raises NotAllowed where it is not there or does not end; then nothing of it is left."""
    program = shutil.which(command[0])
    if program is None:
        raise NotAllowed(
            "This computer has no printing set up.",
            where=command[0],
            mend="Save the file, and print it from a computer that has. Nothing is lost.",
        )
    # A language of its own would put the answers into words that cannot be read here.
    english = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    with (
        subprocess.Popen(  # noqa: S603 - a command of the system, no shell
            [program, *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=english,
            start_new_session=True,
        ) as running
    ):
        giving = _giving(running, given)
        try:
            return _ended(running, seconds, moment)
        except BaseException:
            _end(running)
            raise
        finally:
            giving.join()


def _giving(running: "subprocess.Popen[bytes]", given: bytes) -> Thread:
    """Give a command its input beside waiting for it: `communicate` forgets what it has not written yet at a timeout."""
    into, running.stdin = running.stdin, None

    def give() -> None:
        # A command that ends, or is ended, reads no more.
        with suppress(OSError), into or BytesIO() as pipe:
            pipe.write(given)

    thread = Thread(target=give, daemon=True)
    thread.start()
    return thread


def _ended(running: "subprocess.Popen[bytes]", seconds: float, moment: Callable[[], None]) -> Answered:
    waited = 0.0
    while True:
        try:
            said, complained = running.communicate(timeout=_A_MOMENT)
        except subprocess.TimeoutExpired:
            waited += _A_MOMENT
            moment()
            if waited >= seconds:
                raise NotAllowed(
                    "The printing of this computer does not answer.",
                    mend="Save the file, and print it later or elsewhere. Nothing is lost.",
                ) from None
            continue
        return Answered(
            running.returncode == 0,
            said.decode("utf-8", "replace"),
            complained.decode("utf-8", "replace").strip(),
        )


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End a command that somebody stopped; what it has handed over within its last moment is taken back."""
    said = b""
    with suppress(subprocess.TimeoutExpired):
        said, _ = running.communicate(timeout=_LAST_SECONDS)
    running.kill()
    job = job_id(said.decode("utf-8", "replace"))
    if job:
        take_back(job)
