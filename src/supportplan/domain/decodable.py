"""Types that JSON is read into, each made ready once, by one thread at a time.

msgspec looks a type through when something is read into it for the first time, and lets other threads use what it has
found by then. Two threads that read the first profile at the same moment end the program with a memory fault.
"""

from threading import Lock
from typing import Any, TypeVar

import msgspec

Kind = TypeVar("Kind")

_one_at_a_time = Lock()
_ready: set[Any] = set()


def decodable(kind: type[Kind]) -> type[Kind]:
    """Return the type, once it is safe to read into it from any thread."""
    if kind not in _ready:
        with _one_at_a_time:
            msgspec.json.Decoder(kind)
            _ready.add(kind)
    return kind
