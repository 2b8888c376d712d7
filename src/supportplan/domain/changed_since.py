"""What was changed in a sealed plan after it was sealed, in words."""

from collections.abc import Iterator

from supportplan.domain.examined import Contents, Examined
from supportplan.domain.proofs import Proof, fails, holds


def unchanged(found: Examined) -> Proof:
    """Judge whether a file is as it was sealed, but for the signatures that were added."""
    if changes := [*_broken(found), *_added(found), *_misnamed(found)]:
        return fails("unchanged", " ".join(changes))
    return holds(
        "unchanged", "Nothing was changed since it was sealed; only signatures were added."
        if len(found.signatures) > 1
        else "Nothing was changed since it was sealed.",
    )  # fmt: skip


def _broken(found: Examined) -> Iterator[str]:
    """Say which signatures are not over the bytes that stand here."""
    broken = [one for one in found.signatures if not one.sound]
    if not broken:
        return
    if broken[0] is found.signatures[0]:
        yield "The file is not the one that was sealed: something in it was changed."
    else:
        yield f"What {broken[0].name or broken[0].field} signed is not what stands here."


def _added(found: Examined) -> Iterator[str]:
    """Say what was added to the file that no seal allows."""
    if found.sealed is not None and not found.sealed.pages:
        yield "It was written anew after it was sealed, so the seal covers nothing in it any more."
    elif found.sealed is not None:
        yield from _differences(found.sealed, found.now)
    if any(one.sound and not one.kept for one in found.signatures):
        yield "Something was added after the sealing that is no signature."
    elif found.updates != len(found.signatures) or not found.signatures[-1].to_the_end:
        yield "There is more in the file than its signatures cover."


def _misnamed(found: Examined) -> Iterator[str]:
    """Say where somebody else stands on the page than signed by what the signature itself says."""
    for one in found.signatures:
        if not one.named:
            shown = " ".join(one.shows.split()) or "nothing"
            place = "The seal on the page" if one.seals else "The place of that signature"
            yield f"{place} does not name {one.name}, who signed by what the file says. It shows: {shown}."


def _differences(sealed: Contents, now: Contents) -> Iterator[str]:
    before, after = len(sealed.pages), len(now.pages)
    if before != after:
        yield f"It had {before} pages when it was sealed, and has {after} now."
    changed = [
        place
        for place, (one, other) in enumerate(zip(sealed.pages, now.pages, strict=False), start=1)
        if one != other
    ]
    if changed:
        listed = ", ".join(str(page) for page in changed[:10])
        yield f"What is written on page {listed} was changed after it was sealed."
    if (sealed.plan, sealed.views) != (now.plan, now.views):
        yield "The plan inside the file was exchanged after it was sealed."
    if sealed.about != now.about:
        yield "What the file says of itself, such as its title, was changed after it was sealed."
