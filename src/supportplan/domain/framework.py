"""An outcome framework: the domains under which outcomes are grouped, as data (FIELD 2.7)."""

from typing import Annotated, Literal

from msgspec import Meta

from supportplan.domain import canonical
from supportplan.domain.canonical import Document
from supportplan.domain.field_types import Key, Name, Text


class Domain(Document, frozen=True, kw_only=True):
    """One domain of a framework: the key that an outcome names, and the word people read."""

    key: Key
    name: Name


class Framework(Document, frozen=True, kw_only=True):
    """A framework and its domains, in the order in which they are offered."""

    format: Literal["supportplan/framework"]
    version: Literal[1]
    id: Key
    name: Name
    source: Name
    use: Text = ""
    domains: Annotated[tuple[Domain, ...], Meta(min_length=1, max_length=100)]

    def __post_init__(self) -> None:
        """Refuse a domain that is listed twice."""
        if len({domain.key for domain in self.domains}) < len(self.domains):
            raise ValueError("lists a domain twice")


def read_framework(raw: bytes, *, name: str = "") -> Framework:
    """Read a framework document; `name` is what its file is called. Raises BadDocument."""
    return canonical.read(raw, Framework, name=name)
