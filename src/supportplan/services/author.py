"""Who writes the plans here: the name and the role that stand on them, and changing these."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.typed import typed_name

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class Author(NamedTuple):
    """A facilitator as plans name them, such as `Fran Example, broker`; the role may be left out."""

    name: str
    role: str

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


def typed_author(name: str, role: str = "") -> Author:
    """Return who writes, as it was typed. Raises BadInput, which says which of the two is wrong and never what it is."""
    return Author(typed_name(name, "Your name"), typed_name(role, "Your role") if role.strip() else "")


def author_of(store: Store) -> Author:
    """Return who writes in a store."""
    name, _, role = store.author.partition(", ")
    return Author(name, role)


def change_author(store: Store, name: str, role: str = "") -> None:
    """Write under another name from here on. What was recorded and signed keeps the name it was done under.

    Waits until the disk has it. Raises BadInput, DiskRefused.
    """
    store.change_author(str(typed_author(name, role)))
