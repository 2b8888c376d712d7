"""A power cut, simulated: what a program asked of the disk is replayed up to any moment, and the rest is lost.

A disk that loses power keeps what was synced; of what was not, it keeps any part, torn at sectors of 512 bytes, in any
order. New names, renames and removals reach the disk in order, but only a sync of their folder says that they have.
A lying disk answers a sync and does nothing.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.faults.disk_trace import Create, Cut, Event, Recording, Remove, Rename, Said, Sync, Write

SECTOR = 512


@dataclass
class _File:
    durable: bytearray
    waiting: list[Write | Cut] = field(default_factory=list)


@dataclass
class _Naming:
    """A change of names that the disk may not have made yet; `file` is what a new name stands for."""

    event: Create | Remove | Rename
    file: _File | None = None

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.event.path).parent)

    def do(self, names: dict[str, _File]) -> None:
        match self.event:
            case Create(path):
                assert self.file is not None
                names[path] = self.file
            case Remove(path):
                names.pop(path, None)
            case Rename(path, to):
                if path in names:
                    names[to] = names.pop(path)


class Disk:
    """A disk with a cache that a power cut empties."""

    def __init__(self, before: dict[str, bytes], *, lying: bool = False) -> None:
        self._lying = lying
        self._names = {name: _File(bytearray(data)) for name, data in before.items()}
        self._durable_names = dict(self._names)
        self._waiting: list[_Naming] = []

    def do(self, event: Event) -> None:
        """Take one more event."""
        match event:
            case Write(path=path) | Cut(path=path):
                self._names[path].waiting.append(event)
            case Create(path):
                if path not in self._names:
                    self._rename(_Naming(event, _File(bytearray())))
            case Remove() | Rename():
                self._rename(_Naming(event))
            case Sync(path):
                if not self._lying:
                    self._sync(path)
            case Said():
                pass

    def after_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files that the disk holds when the power comes back: one of the many ways it may be."""
        names = dict(self._durable_names)
        for naming in self._waiting[: chance.randint(0, len(self._waiting))]:
            naming.do(names)
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        return {name: _torn(file, kept, chance) for name, file in names.items()}

    def _rename(self, naming: _Naming) -> None:
        self._waiting.append(naming)
        naming.do(self._names)

    def _sync(self, path: str) -> None:
        if file := self._names.get(path):
            for change in file.waiting:
                _apply(file.durable, change)
            file.waiting.clear()
            return
        for naming in self._waiting:
            if naming.folder == path:
                naming.do(self._durable_names)
        self._waiting = [naming for naming in self._waiting if naming.folder != path]


def images(
    recording: Recording, count: int, *, seed: int, lying: bool = False
) -> list[tuple[int, dict[str, bytes]]]:
    """Return what the disk holds after power cuts at random moments, each with the moment it came."""
    chance = random.Random(seed)
    moments = sorted(chance.randint(0, len(recording.events)) for _ in range(count))
    disk = Disk(recording.before, lying=lying)
    done = 0
    found = []
    for moment in moments:
        for event in recording.events[done:moment]:
            disk.do(event)
        done = moment
        found.append((moment, disk.after_power_cut(chance)))
    return found


def lay(image: dict[str, bytes], folder: Path) -> None:
    """Write an image into an empty folder."""
    for name, data in image.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _apply(data: bytearray, change: Write | Cut) -> None:
    if isinstance(change, Cut):
        del data[change.length :]
        data.extend(bytes(change.length - len(data)))
        return
    data.extend(bytes(max(0, change.at - len(data))))
    data[change.at : change.at + len(change.data)] = change.data


def _torn(file: _File, kept: float, chance: random.Random) -> bytes:
    """Return a file with a part of what was still waiting: whole sectors of it, any of them."""
    data = bytearray(file.durable)
    for change in file.waiting:
        if isinstance(change, Cut):
            if chance.random() < kept:
                _apply(data, change)
            continue
        start, end = change.at, change.at + len(change.data)
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            if chance.random() < kept:
                _apply(data, Write(change.path, start, change.data[start - change.at : stop - change.at]))
            start = stop
    return bytes(data)
