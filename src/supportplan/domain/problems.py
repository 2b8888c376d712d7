"""What can go wrong, as a tree.

Problem                     anything a person can be told in plain words
├── BadInput                something handed to the program cannot be used
│   ├── BadFigure           a text that is not the number it should be
│   ├── BadDocument         a document that breaks its format, and the place in it
│   ├── CannotCost          a plan that lacks what its costing needs
│   └── BadSchedule         a schedule of costs that cannot be taken as it is
├── NotFound                something named is not there
├── StoreProblem            the local store cannot do what was asked
│   ├── NoStore             there is no store yet
│   ├── StoreExists         there already is one
│   ├── WrongPassphrase     neither passphrase nor recovery code fits
│   ├── StoreDamaged        the store, or part of it, cannot be trusted
│   ├── StoreTooNew         a newer program wrote it
│   ├── StoreInUse          another program has it open
│   └── DiskRefused         the disk is full, read-only or failing
├── NotAllowed              a step that the case does not allow as it stands
├── FileThere               a file of this name is there, and gives way only where that is asked for
├── Stopped                 long work was stopped by whoever started it
└── CannotWrite             a file that leaves the program could not be written whole

A problem says what is wrong, where, and what to do about it. Its words never carry what people wrote in a plan: they
may end up in a log, in a bug report or on a screen that is being shared.
"""


class Problem(Exception):
    """Something a person can be told: what is wrong, where it is, and what to do.

    `what` is a sentence; `where` names a file, row, field or place, or is empty; `mend` is a sentence, or is empty.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class BadInput(Problem):
    """Something handed to the program cannot be used."""


class BadFigure(BadInput, ValueError):
    """A text that is not the number it should be. A ValueError too, so that a decoder adds the place."""


class BadDocument(BadInput):
    """A document that breaks its format; `where` is the path inside it, such as `supports[0].rate`."""


class CannotCost(BadInput):
    """A plan that lacks what its costing needs."""


class BadSchedule(BadInput):
    """A schedule of costs that cannot be taken as it is."""


class NotFound(Problem):
    """Something named is not there."""


class StoreProblem(Problem):
    """The local store cannot do what was asked."""


class NoStore(StoreProblem):
    """There is no store yet in this place."""


class StoreExists(StoreProblem):
    """There already is a store in this place, and nothing may overwrite it."""


class WrongPassphrase(StoreProblem):
    """Neither passphrase nor recovery code fits this store."""


class StoreDamaged(StoreProblem):
    """The store, or part of it, cannot be trusted."""


class StoreTooNew(StoreProblem):
    """A newer program wrote this store."""


class StoreInUse(StoreProblem):
    """Another program has this store open."""


class DiskRefused(StoreProblem):
    """The disk is full, read-only or failing; what was acknowledged before is safe."""


class NotAllowed(Problem):
    """A step that the case does not allow as it stands."""


class FileThere(Problem):
    """A file of this name and kind is there already, and gives way only where that is asked for."""


class Stopped(Problem):
    """Long work was stopped by whoever started it; nothing was changed."""


class CannotWrite(Problem):
    """A file that leaves the program could not be written whole."""
