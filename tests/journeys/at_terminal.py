"""The real program in a real terminal, kept by tmux: typed at, looked at, resized and killed as a person would."""

import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.journeys import pixel_terminal

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
# So many moves of the mouse are told in one burst.
_TOLD_AT_ONCE = 30


class Terminal:
    """A terminal with the program in it."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._process: int | None = None

    def type(self, *keys: str, gap: float = 0.0) -> None:
        """Type keys by their names, or words letter by letter: all in one burst, or with a gap between two (seconds)."""
        if not gap:
            self._tmux("send-keys", "-t", "p", *keys)
            return
        for key in keys:
            for one in [key] if key[:1].isupper() and key.isalnum() and len(key) > 1 else list(key):
                self._tmux("send-keys", "-t", "p", *(["-l", one] if len(one) == 1 else [one]))
                time.sleep(gap)

    def says(self, words: str) -> None:
        """Type words as they are."""
        self._tmux("send-keys", "-t", "p", "-l", words)

    def paste(self, words: str) -> None:
        """Paste words as a terminal does: in one piece, lines and all."""
        self._tmux("set-buffer", words)
        self._tmux("paste-buffer", "-p", "-t", "p")

    def screen(self) -> str:
        """Return what stands on the screen."""
        return self._tmux("capture-pane", "-t", "p", "-p")

    def cursor(self) -> tuple[int, int]:
        """Return the column and the line of the terminal's own cursor."""
        x, y = self._tmux("display-message", "-p", "-t", "p", "#{cursor_x} #{cursor_y}").split()
        return int(x), int(y)

    def screen_and_cursor(self) -> tuple[str, tuple[int, int]]:
        """Return what stands on the screen, and the column and the line of the cursor, at one and the same moment."""
        both = (
            "capture-pane",
            "-t",
            "p",
            "-p",
            ";",
            "display-message",
            "-p",
            "-t",
            "p",
            "#{cursor_x} #{cursor_y}",
        )
        screen, _, cursor = self._tmux(*both).rstrip("\n").rpartition("\n")
        x, _, y = cursor.partition(" ")
        return screen, (int(x), int(y))

    def wait(self, *words: str, without: str = "") -> str:
        """Wait until all the words stand on the screen, and return it. Raises TimeoutError with what stood there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            seen = self.screen()
            if all(word in seen for word in words) and not (without and without in seen):
                return seen
            time.sleep(0.05)
        raise TimeoutError(f"waited for {words}, and saw:\n{self.screen()}")

    def settled(self, *words: str) -> str:
        """Wait until the words stand on a screen that no longer changes, and return it."""
        before, seen = "", self.wait(*words)
        while before != seen:
            time.sleep(0.3)
            before, seen = seen, self.wait(*words)
        return seen

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._tmux("resize-window", "-t", "p", "-x", str(columns), "-y", str(rows))

    def click(self, column: int, row: int) -> None:
        """Click with the mouse; the first column and row are 1."""
        for end in "Mm":
            self._tmux("send-keys", "-t", "p", "-l", f"\x1b[<0;{column};{row}{end}")

    def drag(self, column: int, row: int, to_column: int, to_row: int) -> None:
        """Press the mouse at one place, draw it to another, and let it go there."""
        for button, x, y, end in (
            (0, column, row, "M"),
            (32, to_column, to_row, "M"),
            (0, to_column, to_row, "m"),
        ):
            self._tmux("send-keys", "-t", "p", "-l", f"\x1b[<{button};{x};{y}{end}")

    def draw(self, way: Sequence[tuple[float, float]], cell: tuple[int, int] = (1, 1)) -> None:
        """Draw with the mouse through places of the screen, in cells from its corner; `cell` is how many pixels one has.

        Where that is 1, the mouse is told in whole cells, as most terminals do.
        """
        spots = [(int(x * cell[0]) + 1, int(y * cell[1]) + 1) for x, y in way]
        told = [(0, *spots[0], "M"), *((32, *spot, "M") for spot in spots[1:]), (0, *spots[-1], "m")]
        for first in range(0, len(told), _TOLD_AT_ONCE):
            mouse = "".join(
                f"\x1b[<{button};{x};{y}{end}" for button, x, y, end in told[first : first + _TOLD_AT_ONCE]
            )
            self.says(mouse)

    def wheel(self, column: int, row: int, *, down: bool) -> None:
        """Turn the mouse's wheel over a place by a notch."""
        self._tmux("send-keys", "-t", "p", "-l", f"\x1b[<{65 if down else 64};{column};{row}M")

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        os.kill(self.program(), 9)
        self.gone()

    def close_window(self) -> None:
        """Close the window under the program, and wait until it has left."""
        self.program()
        self._tmux("kill-window", "-t", "p")
        self.gone()

    def program(self) -> int:
        """Return the number of the program's process."""
        if self._process is None:
            self._process = int(self._tmux("display-message", "-p", "-t", "p", "#{pane_pid}"))
        return self._process

    def gone(self) -> None:
        """Wait until the program has left, so that its store can be opened again. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not _runs(self.program()):
                return
            time.sleep(0.05)
        raise TimeoutError("the program does not leave")

    def running(self) -> bool:
        """Say whether the program still runs."""
        return self._tmux("list-panes", "-t", "p", "-F", "#{pane_dead}").strip() == "0"

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout


@contextmanager
def terminal(
    *arguments: str,
    home: Path,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str] | None = None,
    cell: tuple[int, int] | None = None,
) -> Iterator[Terminal]:
    """Open the program in a terminal of its own, with a home of its own, and close it afterwards.

    With the pixels that a `cell` has it is a terminal that tells the mouse in pixels.
    """
    socket = f"supportplan-{uuid.uuid4().hex[:8]}"
    given = {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data"),
        "SUPPORTPLAN_STORE": str(home / "store"), "SUPPORTPLAN_PREFERENCES": str(home / "preferences.json"),
        "PYTHONPATH": str(ROOT / "src"), "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environment or {}),
    }  # fmt: skip
    command = shlex.join(
        [
            "env",
            *("-u", "COLUMNS", "-u", "LINES"),
            *(f"{key}={value}" for key, value in given.items()),
            *((sys.executable, pixel_terminal.__file__, *map(str, cell)) if cell else ()),
            sys.executable,
            "-m",
            "supportplan",
            *arguments,
        ]
    )
    start = [
        "tmux",
        "-L",
        socket,
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        "p",
        "-x",
        str(columns),
        "-y",
        str(rows),
    ]
    subprocess.run([*start, f"exec {command}"], check=True, env={**os.environ, "TERM": "xterm-256color"})
    opened = Terminal(socket)
    opened._tmux("set-option", "-g", "status", "off")
    opened._tmux("set-option", "-g", "remain-on-exit", "on")
    opened.program()
    try:
        yield opened
    finally:
        opened._tmux("kill-server")
        until = time.monotonic() + 5
        while _runs(opened.program()) and time.monotonic() < until:
            time.sleep(0.05)
        if _runs(opened.program()):
            os.kill(opened.program(), 9)


def _runs(process: int) -> bool:
    """Say whether a process runs; one that has ended, with all its threads, and waits to be noticed does not."""
    try:
        at = Path(f"/proc/{process}")
        ended = (at / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
        return not ended or len([*(at / "task").iterdir()]) > 1
    except OSError:
        return False
