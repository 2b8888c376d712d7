"""How far a backup has come, as it is told to who waits for it."""

from collections.abc import Callable

# Called with what is being done, how much of it is done, and how much there is to do. What it raises stops the work,
# which then leaves nothing behind.
Progress = Callable[[str, int, int], None]


def silent(doing: str, done: int, of: int) -> None:
    """Report nothing."""
