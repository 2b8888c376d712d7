"""What is found in a PDF that says it is a sealed plan: values, before anybody judges them."""

import msgspec


class FoundSignature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature in a file, in the order in which they were made; the seal is the first of them.

    `sound` says that the bytes it covers are those that were signed, `kept` that nothing was changed after it but what
    it allows, `to_the_end` that it covers the file to its last byte. `known` says that its key stands under a root that
    is known here, `in_time` that its certificate was good at the time it names. `entry` is the id of the record that it
    is about, of the seal the newest hash of the log of the computer that sealed. `shows` is what can be read in its field
    on the page, `named` whether its name is there. `at` is a moment by the clock of the computer that made it, empty where
    it names none.
    """

    field: str
    role: str
    name: str
    statement: str
    entry: str
    at: str
    device: str
    organisation: str
    key: str
    seals: bool
    sound: bool
    kept: bool
    to_the_end: bool
    known: bool
    in_time: bool
    shows: str
    named: bool


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds at one time: the words of each page, and as bytes the plan and the views that are inside it.

    `about` is a digest of what the file says of itself: its title and the like, and how its fields are to be shown.
    """

    pages: tuple[str, ...] = ()
    plan: bytes | None = None
    views: bytes | None = None
    about: str = ""


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF as it was found.

    `updates` counts what was added to the file after it was first written, `now` is what it holds, `sealed` what it held
    when it was sealed; nothing of the latter where it has no seal. `empty` are the roles whose fields nobody has signed.
    """

    sha256: str
    size: int
    updates: int
    signatures: tuple[FoundSignature, ...]
    empty: tuple[str, ...]
    now: Contents
    sealed: Contents | None
