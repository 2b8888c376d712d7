"""How a person likes the program: looks, letters, locking, keys. In a file of its own, which holds nothing about anybody."""

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from platformdirs import user_config_path

from supportplan.documents.writing import write_file
from supportplan.domain.decodable import decodable

ENVIRONMENT = "SUPPORTPLAN_PREFERENCES"

Looks = Literal["", "day", "evening", "high-contrast", "terminal"]


class Preferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`looks` is empty where the program chooses; `letters` says whether plain letters do things in lists.

    `lock_minutes` is how long nobody touches the program before it locks itself, 0 for never. `keys` are keys of the
    person's own, by the id of the action.
    """

    looks: Looks = ""
    letters: bool = True
    lock_minutes: Annotated[int, Meta(ge=0, le=240)] = 5
    keys: dict[str, str] = {}
    plain: bool = False


def preferences_file() -> Path:
    """Return the file that holds the preferences."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else user_config_path("supportplan", appauthor=False) / "preferences.json"


def read_preferences() -> Preferences:
    """Return the preferences, or the usual ones where there are none, or none that can be read."""
    try:
        return msgspec.json.decode(preferences_file().read_bytes(), type=decodable(Preferences))
    except (OSError, msgspec.DecodeError):
        return Preferences()


def write_preferences(preferences: Preferences) -> None:
    """Keep the preferences. Raises CannotWrite."""
    file = preferences_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, msgspec.json.format(msgspec.json.encode(preferences)))
