"""What the screens share that work on the open store: after the program was locked they go on with the new one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class OfTheStore:
    """Stands before a kind of screen in the list of bases: `class Backups(OfTheStore, Place[None])`."""

    _store: "Store"

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again."""
        self._store = store
