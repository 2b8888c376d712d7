"""A case being taken in, to be killed while it is written: `python -m tests.faults.taking_in FOLDER CODE FILE WORDS`."""

import sys
from pathlib import Path

from supportplan.services.bundles import look_into, take_in_bundle
from supportplan.storage.store import Store


def main() -> None:
    """Take a hand-over file in, and say so once the disk has it."""
    folder, code, file, words = sys.argv[1:]
    with Store.unlock(Path(folder), code) as store:
        offer = look_into(store, Path(file), words, lambda *_: None)
        take_in_bundle(store, offer.bundle)
        print("taken", flush=True)


if __name__ == "__main__":
    main()
