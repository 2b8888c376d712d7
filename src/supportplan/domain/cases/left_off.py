"""Where somebody was in a case when it was left."""

from supportplan.domain.canonical import Document


class LeftOff(Document, frozen=True, kw_only=True):
    """A place of a case, by its name, the id of what was looked at there, and the words that say it to a person."""

    place: str
    thing: str = ""
    words: str = ""
