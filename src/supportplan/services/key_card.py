"""The key card: every key on a page to print and lay beside the laptop."""

from collections.abc import Iterable
from pathlib import Path

from supportplan.documents.writing import write_file
from supportplan.services.opening_files import documents_folder

_NAME = "supportplan-keys.txt"


def write_key_card(rows: Iterable[tuple[str, str]]) -> Path:
    """Write the keys and what they do as a text to print, and return where. Raises CannotWrite."""
    lines = ["supportplan: the keys", "", *(f"{keys:<16}{does}" for keys, does in rows), ""]
    path = documents_folder() / _NAME
    write_file(path, "\n".join(lines).encode())
    return path
