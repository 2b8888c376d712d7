"""The times that a sealed plan names, and what is odd about them. Each is what a computer's clock said, and proves nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from supportplan.domain.days import day_words
from supportplan.domain.examined import FoundSignature

# The clocks of two computers that nobody has set are some minutes apart, which is not odd.
_APART = timedelta(minutes=10)


def moment_words(at: str) -> str:
    """Write a moment as a computer's clock has it."""
    if not at:
        return "at a time that is not said"
    when = datetime.fromisoformat(at).astimezone()
    return f"{day_words(when.date())} at {when:%H:%M}"


def cautions(signatures: Sequence[FoundSignature], now: datetime) -> Iterator[str]:
    """Say where times run backwards from one signature to the next, or lie ahead of `now`, this computer's clock."""
    timed = [one for one in signatures if one.at]
    for before, after in pairwise(timed):
        if _moment(after) < _moment(before) - _APART:
            yield (
                f"Take care: {_words(after)} is dated {moment_words(after.at)}, which is before "
                f"{_words(before)}, dated {moment_words(before.at)}. One of their clocks was wrong, or was set."
            )
    for one in timed:
        if _moment(one) > now + _APART:
            yield (
                f"Take care: {_words(one)} is dated {moment_words(one.at)}, which is still to come by this computer's clock. "
                f"Either this clock is wrong, or that of {one.device} was."
            )


def _words(one: FoundSignature) -> str:
    return "the seal" if one.seals else f"the signature of {one.name or 'somebody without a name'}"


def _moment(one: FoundSignature) -> datetime:
    return datetime.fromisoformat(one.at)
