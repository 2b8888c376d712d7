"""Whether a database is whole: every page's seal, every tree, every reference."""

from supportplan.storage.database.connection import Connection

_SHOWN = 100


def damage_in(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with an open database, in SQLite's words, which name pages and tables; nothing if all is well.

    An error that stops the search (a page that cannot be decrypted at all) is raised: see `translate_errors`.
    """
    seals = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    if seals:
        return tuple(seals[:_SHOWN])
    trees = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})") if row[0] != "ok"]
    references = [
        f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
        for row in connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
    ]
    return (*trees, *references)


def entries_in(connection: Connection) -> int:
    """Return how many entries the database holds."""
    found: int = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    return found


def cases_in(connection: Connection) -> int:
    """Return how many cases the database holds, also those with nothing but a draft."""
    found: int = connection.execute("SELECT count(*) FROM case_index").fetchone()[0]
    return found
