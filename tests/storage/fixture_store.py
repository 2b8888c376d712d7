"""The store of a release, kept for ever: `python -m tests.storage.fixture_store` makes it with this program's code.

Run it once before a release that has a new schema. What it holds is the same each time; the ids are not, for every
store has its own key and device.
"""

import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from supportplan.domain.canonical import canonical
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.money import UnitPrice
from supportplan.domain.schedules.schedule import Row, Schedule
from supportplan.storage.database.location import DATABASE, KEYSLOTS
from supportplan.storage.database.migrations import released
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.storage.stores import AT, Clock, entry, plan_bytes, sample_bytes

FILES = Path(__file__).parent / "files"
PASSPHRASE = "eleven kites over the weir"
SCHEDULE = Schedule(
    format="supportplan/schedule",
    version=1,
    name="Sample rates",
    label="2024",
    currency="GBP",
    rows=(
        Row(
            item_code="PA-STD",
            name="Personal assistant",
            unit="hour",
            rate=UnitPrice("16.29"),
            valid_from=date(2024, 4, 1),
        ),
    ),
)


def fill(store: Store) -> None:
    """Put into a store one of everything that it can hold."""
    for name, about in (("Zofia Kowalska", ""), ("Siobhán O'Connor", "Likes music"), ("Sam Example", "")):
        case = name.split()[0].lower().replace("á", "a")
        store.drafts.save(case, plan_bytes(name), "Began")
        store.drafts.save(case, plan_bytes(name, about=about or "Swims"), "Wrote about me")
        store.drafts.save(case, plan_bytes(name, about="Sings and swims"), "Wrote more")
        store.drafts.undo(case)
    store.append([entry(store, canonical(SCHEDULE), case=LIBRARY, kind="schedule")])
    store.append([entry(store, sample_bytes(), case="sam"), entry(store, b"A note", case="sam", kind="note")])
    store.settings.put("columns.a list", '{"Price": "rate"}')
    store.flush()


def main() -> None:
    """Make the store of the newest schema, and put it among the others."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        store, _ = Store.create(folder, PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR, clock=Clock())
        fill(store)
        store.close()
        made = FILES / f"schema-{released()[-1].number}.zip"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in (DATABASE, KEYSLOTS):
                packed.write(folder / name, name)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
