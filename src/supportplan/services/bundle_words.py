"""A hand-over in sentences: what was handed over, and what a file would bring, the same wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from supportplan.services.clock import when_words

if TYPE_CHECKING:
    from supportplan.domain.cases.entries import EntryKind
    from supportplan.services.bundles import HandedOver, Offer

TELL_APART = "Tell the words by another way than the file goes, such as by telephone. Whoever has both can read the plan."
NOTHING_NEW = "There is nothing new in it: all of it is here already."

# In the order in which a case comes through them; what is not named is counted together.
_KINDS: tuple[tuple[EntryKind, str, str], ...] = (
    ("plan", "version of the plan", "versions of the plan"),
    ("submitted", "sending for agreement", "sendings for agreement"),
    ("decision", "decision", "decisions"),
    ("signature", "signature", "signatures"),
    ("review", "review", "reviews"),
    ("copy_issued", "note of a copy that was given out", "notes of copies that were given out"),
    ("blob", "scan or file", "scans or files"),
)


def handed_over_words(done: HandedOver) -> str:
    """Say what a hand-over file holds."""
    return (
        f"It holds {_count(done.versions, 'version of the plan', 'versions of the plan')} and all that was recorded "
        f"with them. The code of this computer is {done.code}: whoever takes it in for the first time may ask for it."
    )


def offer_words(offer: Offer) -> Iterator[str]:
    """Say what a hand-over file would bring, a sentence or two at a time."""
    contents, plan = offer.bundle.contents, offer.plan
    yield f"The case of {plan.person.name}, from {contents.author}, handed over {when_words(contents.made)}."
    for one in offer.newcomers:
        yield (
            f"Nothing from the computer of {one.author} was taken in here before. Its code is {one.code}: ask for it "
            "by telephone, to be sure. From then on this computer knows it."
        )
    if not offer.new:
        yield NOTHING_NEW
        return
    yield f"{'New' if offer.known else 'The case is not here yet. It brings'}: {_new(offer)}."
    if offer.changed_here:
        yield (
            "You changed the plan here, and it was changed there too. Your changes become a version of their own, and you "
            "choose afterwards which one goes on. If your changes are not needed, go back and undo them first."
        )
    elif offer.apart:
        yield (
            "The plan was changed here and there, apart from one another. Both versions are kept, and you choose "
            "afterwards which one goes on."
        )
    elif offer.goes_on:
        yield "Your draft has no changes of its own: it goes on from the new version."
    if offer.missing:
        yield "Something that was recorded before this is neither in the file nor here. Ask for a newer file."
    if not offer.scheme_here:
        yield f"The plan follows a scheme that is not on this computer: {plan.profile}."


def _new(offer: Offer) -> str:
    parts = [_count(offer.new[kind], one, many) for kind, one, many in _KINDS if offer.new[kind]]
    others = offer.new.total() - sum(offer.new[kind] for kind, _, _ in _KINDS)
    if others:
        parts.append(_count(others, "other note", "other notes"))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
