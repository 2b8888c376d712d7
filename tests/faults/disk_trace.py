"""What a program asked of the disk: every write, sync, cut, rename and removal, recorded by strace."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

STANDARD_OUTPUT = "1"
UNDERSTOOD = [
    "openat",
    "close",
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "unlinkat",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "lseek",
]
NOT_UNDERSTOOD = [
    "pwritev",
    "pwritev2",
    "writev",
    "sync_file_range",
    "truncate",
    "fallocate",
    "link",
    "copy_file_range",
    "sendfile",
]

_LINE = re.compile(
    r"(?P<thread>\d+) +(?P<call>\w+)\((?P<given>.*)\) += (?P<result>-?\d+)(?P<after>.*)", re.DOTALL
)
_UNFINISHED = re.compile(r"(?P<thread>\d+) +(?P<start>\w+\(.*?) ?<unfinished \.\.\.>")
_RESUMED = re.compile(r"(?P<thread>\d+) +<\.\.\. \w+ resumed>(?P<end>.*)")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN_FILE = re.compile(r"(?P<number>\d+)<(?P<path>[^>]*)>(?P<gone>\(deleted\))?")


@dataclass(frozen=True)
class Write:
    """Bytes that were given to a file, and where in it."""

    path: str
    at: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file's new length."""

    path: str
    length: int


@dataclass(frozen=True)
class Sync:
    """A sync of a file, or of a folder, that the disk has answered."""

    path: str


@dataclass(frozen=True)
class Create:
    """A file that a program may have made by opening it; one without a name has the name that the system shows for it."""

    path: str


@dataclass(frozen=True)
class Remove:
    """A name that is gone."""

    path: str


@dataclass(frozen=True)
class Rename:
    """A file that took another name, and the place of what had it."""

    path: str
    to: str


@dataclass(frozen=True)
class Said:
    """What the program wrote to its standard output."""

    words: str


Event = Write | Cut | Sync | Create | Remove | Rename | Said


@dataclass
class Recording:
    """The files of a folder as they stood, and everything that a program then did to them, in order.

    Paths are relative to the folder; the folder itself is ".".
    """

    before: dict[str, bytes]
    events: list[Event]

    def said_before(self, moment: int) -> list[str]:
        """Return the lines that the program had written to its standard output by a moment."""
        return "".join(event.words for event in self.events[:moment] if isinstance(event, Said)).splitlines()


def need_strace() -> None:
    """Skip a test where strace is missing, but never in continuous integration: there it fails."""
    if shutil.which("strace"):
        return
    words = "strace is not installed, so no power cut was tried. On Debian and Ubuntu: apt install strace"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def record(command: Sequence[str], folder: Path, trace: Path) -> Recording:
    """Run a program under strace and keep what it does to the files of a folder."""
    folder = folder.resolve()
    before = files_of(folder)
    calls = ",".join(UNDERSTOOD + NOT_UNDERSTOOD)
    watch = ["strace", "-f", "--seccomp-bpf", "-y", "-qq", "-xx", "-s", "67108864", "-e", f"trace={calls}"]
    done = subprocess.run(
        [*watch, "-e", "signal=none", "-o", str(trace), *command], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return Recording(before, list(_Reading(folder).events(trace)))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder and of the folders in it, by their paths in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class _Reading:
    """Turns lines of strace into events, keeping how far each open file has been written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reached: dict[str, int] = {}
        # The files without a name, by the number under which each is open.
        self._nameless: dict[str, str] = {}

    def events(self, trace: Path) -> Iterator[Event]:
        for call, given, result, after in _calls(trace):
            yield from self._event(call, given, result, after)

    def _event(self, call: str, given: str, result: int, after: str) -> Iterator[Event]:
        match call:
            case "openat":
                yield from self._opened(given, result, after)
            case "linkat":
                yield from self._named(given)
            case "unlink" | "unlinkat" | "rename" | "renameat" | "renameat2":
                paths = [self._inside(_text(quoted)) for quoted in _QUOTED.findall(given)]
                if call.startswith("unlink") and paths[0]:
                    yield Remove(paths[0])
                elif call.startswith("rename") and paths[0] and paths[1]:
                    yield Rename(paths[0], paths[1])
            case _:
                yield from self._file_call(call, given, result)

    def _opened(self, given: str, result: int, after: str) -> Iterator[Event]:
        opened = _OPEN_FILE.match(f"{result}{after}")
        path = self._inside(_text(opened["path"])) if opened else ""
        if not path:
            return
        assert "O_APPEND" not in given, "files that are appended to are not understood"
        self._reached[str(result)] = 0
        if "O_TMPFILE" in given:
            self._nameless[str(result)] = path
            yield Create(path)
        if "O_CREAT" in given:
            yield Create(path)
        if "O_TRUNC" in given:
            yield Cut(path, 0)

    def _named(self, given: str) -> Iterator[Event]:
        source, name = (_text(quoted) for quoted in _QUOTED.findall(given))
        folder = _OPEN_FILE.search(given)
        path = self._nameless.get(source.removeprefix("/proc/self/fd/"))
        assert folder
        assert path, "only giving a name to a file that has none is understood"
        to = self._inside(f"{_text(folder['path'])}/{name}")
        if to:
            yield Rename(path, to)

    def _file_call(self, call: str, given: str, result: int) -> Iterator[Event]:
        opened = _OPEN_FILE.match(given)
        if opened is None:
            return
        number, path = opened["number"], self._inside(_text(opened["path"]))
        if call == "write" and number == STANDARD_OUTPUT:
            yield Said(_data(given).decode())
        if not path or (opened["gone"] and path not in self._nameless.values()):
            return
        match call:
            case "pwrite64":
                yield Write(path, int(given.rpartition(", ")[2]), _data(given)[:result])
            case "write":
                at = self._reached[number]
                self._reached[number] = at + result
                yield Write(path, at, _data(given)[:result])
            case "lseek":
                self._reached[number] = result
            case "ftruncate":
                yield Cut(path, int(given.rpartition(", ")[2]))
            case "fsync" | "fdatasync":
                yield Sync(path)
            case "close":
                pass
            case _:
                raise AssertionError(f"the power cut does not understand {call}")

    def _inside(self, path: str) -> str:
        """Return a path relative to the folder; nothing when it lies elsewhere or lives in memory only."""
        if path.endswith("-shm") or not Path(path).is_relative_to(self._folder):
            return ""
        return str(Path(path).relative_to(self._folder))


def _calls(trace: Path) -> Iterator[tuple[str, str, int, str]]:
    """Join the halves of calls that other threads interrupted, and leave out those that failed."""
    started: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            if unfinished := _UNFINISHED.match(line):
                started[unfinished["thread"]] = unfinished["start"]
                continue
            resumed = _RESUMED.match(line)
            whole = (
                f"{resumed['thread']} {started.pop(resumed['thread'])}{resumed['end']}" if resumed else line
            )
            if (match := _LINE.match(whole)) and int(match["result"]) >= 0:
                yield match["call"], match["given"], int(match["result"]), match["after"]


def _text(quoted: str) -> str:
    return bytes.fromhex(quoted.replace("\\x", "")).decode() if quoted.startswith("\\x") else quoted


def _data(given: str) -> bytes:
    match = _QUOTED.search(given)
    assert match, "strace left bytes out"
    return bytes.fromhex(match[1].replace("\\x", ""))
