"""The program in a terminal of its own, with somebody who answers what it asks."""

import codecs
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_PATIENCE = 60


class Seen(NamedTuple):
    """What stood on the terminal in the end, and the exit code; `written` is all that was written, with its codes."""

    code: int
    screen: str
    written: str


def in_terminal(
    arguments: Sequence[object],
    *,
    where: Path,
    replies: Sequence[tuple[str, str]] = (),
    environment: Mapping[str, str] | None = None,
) -> Seen:
    """Run `supportplan` in a terminal; each reply is what to wait for on the screen, and what to type then.

    Raises TimeoutError with what stood on the screen where a question does not come.
    """
    master, slave = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SUPPORTPLAN")}
    running = subprocess.Popen(
        [sys.executable, "-m", "supportplan", *map(str, arguments)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=where,
        env=kept
        | {"TERM": "xterm", "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT))), "HOME": str(where)}
        | dict(environment or {}),
        start_new_session=True,
        preexec_fn=_own_terminal,
    )
    os.close(slave)
    try:
        screen = _answered(master, list(replies))
        return Seen(running.wait(_PATIENCE), plain(screen), screen)
    finally:
        running.kill()
        running.wait()
        os.close(master)


def _answered(master: int, waiting: list[tuple[str, str]]) -> str:
    """Answer what is asked until the other side closes, and return all that it wrote."""
    # What is read may end within a letter.
    letters = codecs.getincrementaldecoder("utf-8")()
    screen, read = "", 0
    while True:
        if waiting and waiting[0][0] in screen[read:]:
            question, reply = waiting.pop(0)
            read = screen.index(question, read) + len(question)
            os.write(master, reply.encode())
        if not select.select([master], [], [], _PATIENCE)[0]:
            raise TimeoutError(screen)
        try:
            came = os.read(master, 65536)
        except OSError:  # the other side is closed
            return screen
        if not came:
            return screen
        screen += letters.decode(came)


def plain(screen: str) -> str:
    """Return what was written, without the codes that move the cursor or colour the text."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen).replace("\r", "")


def _own_terminal() -> None:
    """Let Ctrl+C and the prompt for a passphrase reach the program through its terminal."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
