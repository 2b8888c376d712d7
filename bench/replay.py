"""What a program's output has painted, found out afterwards on a screen that nobody sees."""

import re

import pyte

_CODES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # moving, colouring, asking
    rb"|\x1b[\]P_^X].*?(?:\x07|\x1b\\)"  # titles, colours, whole texts
    rb"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ -/]*)?\Z", re.DOTALL)
# The others are unknown to pyte, which would paint their letters.
_UNDERSTOOD = re.compile(rb"\x1b\[(?![<>=?])[0-?]*[@-~]|\x1b\[\?(?:25|7|6)[hl]|\x1b[78DEHMc]")


def without_codes(written: bytes) -> bytes:
    """Return the letters that were written, in the order in which they were."""
    return _CODES.sub(b"", written)


class Replay:
    """A screen that is fed with what a program wrote."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Paint a piece of output; a code that ends in the next piece waits for it."""
        data, self._rest = self._rest + data, b""
        if unfinished := _UNFINISHED.search(data):
            data, self._rest = data[: unfinished.start()], data[unfinished.start() :]
        self._stream.feed(_CODES.sub(lambda code: code[0] if _UNDERSTOOD.fullmatch(code[0]) else b"", data))

    def lines(self) -> list[str]:
        """Return the lines that stand on the screen."""
        return list(self._screen.display)

    def shows(self, words: str) -> bool:
        """Say whether words stand on one of the lines; for no words, whether anything stands there."""
        return any((words in line) if words else line.strip() for line in self.lines())


def newly_shown(before: list[str], after: list[str], letter: str, label: str = "") -> bool:
    """Say whether a letter stands where another sign stood before, on a line that has the label on it."""
    return any(
        new == letter != old
        for old_line, new_line in zip(before, after, strict=True)
        if old_line != new_line and label in new_line
        for old, new in zip(old_line, new_line, strict=False)
    )
