"""A terminal that tells the mouse in pixels, played in front of one that cannot: run as a program, with another behind it.

    pixel_terminal.py WIDTH HEIGHT COMMAND, where width and height are those of a cell.

It answers what Textual asks before it uses pixels: whether changes of the window are told in the stream of keys (mode
2048), and how large the window is, in cells and in pixels. All else goes through as it is.
"""

import os
import pty
import re
import selectors
import signal
import struct
import sys
import termios
import tty
from fcntl import ioctl

_ASKS = re.compile(rb"\x1b\[\?(2048\$p|2048h|2048l|1016h|1016l)")


def main(width: int, height: int, *command: str) -> int:
    """Run a program behind the played terminal, whose cells have a size in pixels, and return how it ended."""
    cell = (width, height)
    process, inner = pty.fork()
    if process == 0:
        os.execvp(command[0], command)  # noqa: S606 - it is to become the program, with no shell between
    tty.setraw(0)
    changed, changes = os.pipe()
    os.set_blocking(changes, False)
    signal.set_wakeup_fd(changes)
    signal.signal(signal.SIGWINCH, lambda *_: None)
    told = _fit(inner, cell, told=False)
    waiting = selectors.DefaultSelector()
    for source in (0, inner, changed):
        waiting.register(source, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            raw = _read(key.fd)
            if key.fd == changed:
                _fit(inner, cell, told=told)
            elif not raw:
                return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            elif key.fd == 0:
                os.write(inner, raw)
            else:
                for asked in _ASKS.findall(raw):
                    if asked == b"2048$p":
                        os.write(inner, b"\x1b[?2048;2$y")
                    elif asked in (b"2048h", b"2048l"):
                        told = asked == b"2048h"
                        _fit(inner, cell, told=told)
                os.write(1, _ASKS.sub(b"", raw))


def _fit(inner: int, cell: tuple[int, int], *, told: bool) -> bool:
    """Make the inner terminal as large as this one, and tell so in the stream of keys where that was asked for."""
    rows, columns = struct.unpack("HHHH", ioctl(0, termios.TIOCGWINSZ, bytes(8)))[:2]
    width, height = columns * cell[0], rows * cell[1]
    ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))
    if told:
        os.write(inner, f"\x1b[48;{rows};{columns};{height};{width}t".encode())
    return told


def _read(source: int) -> bytes:
    try:
        return os.read(source, 1 << 16)
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
