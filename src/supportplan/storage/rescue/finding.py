"""What looking a store over comes to: findings, each with how it stands and what can be done about it.

A remedy is a value: how it is asked for differs between the command line and the screen, so each has its own words.
"""

from enum import Enum
from typing import Literal, NamedTuple

# `wrong` needs doing something about, `advice` is worth knowing, `sound` was looked at and is in order.
Level = Literal["wrong", "advice", "sound"]


class Remedy(Enum):
    """What can be done about a finding."""

    RESTORE = "restore"  # go on with the newest backup, and save of this store what was done since
    KEYS_FROM_BACKUP = "keys_from_backup"  # take the file of keys alone from the newest backup
    OPEN = "open"  # open the store: that finishes what was begun
    CLEAR_AWAY = "clear_away"  # do again what was interrupted: that clears its leavings away
    BACK_UP = "back_up"  # make a backup, on another disk
    REMOVE_BACKUP = "remove_backup"  # delete a backup that is of no use
    REBUILD_LIST = "rebuild_list"  # build the list of cases again from their plans
    UNDO_LAST_EDIT = "undo_last_edit"  # update; if that does not help, take a draft's last edit back
    UPDATE = "update"  # install the newest supportplan
    ANOTHER_FOLDER = "another_folder"  # name the folder that holds the store
    MOVE = "move"  # move the store to a folder of this computer alone
    SHUT_FOLDER = "shut_folder"  # let nobody else look into the folder
    SHUT_FILES = "shut_files"  # let nobody else read the files
    FREE_SPACE = "free_space"  # free some space on the disk
    SET_CLOCK = "set_clock"  # set this computer's clock


class Finding(NamedTuple):
    """One thing that was looked at: how it stands, in words, and what to do about it, if anything."""

    level: Level
    what: str
    remedy: Remedy | None = None


class Examination(NamedTuple):
    """All that was found."""

    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.level != "wrong" for finding in self.findings)
