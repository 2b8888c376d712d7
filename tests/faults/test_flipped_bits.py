"""Any bit that turns over is noticed: on opening, by the doctor or by a backup's digest. Never is a plan another one."""

import random
import shutil
from pathlib import Path

import pytest

from supportplan.domain.problems import BadInput, Problem, StoreDamaged, StoreTooNew
from supportplan.storage.backups.backup import verify_backup
from supportplan.storage.database.location import DATABASE, KEYSLOTS
from supportplan.storage.rescue.doctor import examine
from supportplan.storage.store import Store
from tests.faults.workload import AT, CASE, edit, make_store, run, save

FLIPS = 120
EDITS = 6
PAGE = 4096
SETTING, LONG = "mapping", "column and column " * 1_000


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with some edits, closed; a backup of it beside it; and its recovery code."""
    folder = tmp_path_factory.mktemp("kept") / "store"
    code = make_store(folder)
    run(folder, code, 0, EDITS)
    with Store.unlock(folder, code) as opened:
        opened.settings.put(SETTING, LONG).result()
        opened.back_up(folder.parent / "store.backup")
    return folder, code


def flipped(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def noticed(folder: Path, code: str) -> bool:
    """Whether the doctor notices. Until it does, what the store shows is what was saved, and no backup is made."""
    try:
        with Store.unlock(folder, code) as opened:
            shown = shown_by(opened)
            assert shown == shown_by_a_sound_store(), "what is shown is what was saved"
            with pytest.raises(StoreDamaged):
                opened.back_up(folder.parent / "of a damaged one.backup")
    except Problem:
        return True
    return not examine(folder, lambda: code, at=AT).well


def shown_by(opened: Store) -> list[bytes | str | None]:
    """Read all that is long enough to lie on pages of its own, each by its own way."""
    draft = opened.drafts.read(CASE)
    bodies = [record.body for record in opened.records(CASE)]
    return [draft.plan if draft else None, *bodies, opened.settings.get(SETTING)]


def shown_by_a_sound_store() -> list[bytes | str | None]:
    return [edit(EDITS - 1), *(edit(number) for number in range(0, EDITS, 3)), LONG]


def test_a_flipped_bit_on_any_page_of_the_database_is_noticed(kept: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(kept[0], folder)
    with Store.unlock(folder, kept[1]) as opened:
        assert shown_by(opened) == shown_by_a_sound_store()
    whole = (folder / DATABASE).read_bytes()
    chance = random.Random(5)
    missed = []
    for page in range(len(whole) // PAGE):
        spoilt = bytearray(whole)
        spoilt[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        (folder / DATABASE).write_bytes(spoilt)
        if not noticed(folder, kept[1]):
            missed.append(page)
    assert missed == []
    assert not (tmp_path / "of a damaged one.backup").exists()


def test_every_flipped_bit_of_the_keys_is_noticed(kept: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(kept[0], folder)
    whole = (folder / KEYSLOTS).read_bytes()
    for place in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << (place % 8)
        (folder / KEYSLOTS).write_bytes(spoilt)
        with pytest.raises(StoreDamaged):
            Store.unlock(folder, kept[1])


def test_every_flipped_bit_of_a_backup_is_noticed(kept: tuple[Path, str], tmp_path: Path) -> None:
    whole = kept[0].parent / "store.backup"
    verify_backup(whole, kept[1], tmp_path / "look")
    chance = random.Random(6)
    for number in range(FLIPS):
        backup = tmp_path / f"{number}.backup"
        shutil.copy(whole, backup)
        flipped(backup, chance)
        with pytest.raises((StoreDamaged, StoreTooNew, BadInput)):
            verify_backup(backup, kept[1], tmp_path / "look")
        backup.unlink()


def test_a_flipped_bit_in_the_log_that_was_not_carried_over_changes_no_plan(
    kept: tuple[Path, str], tmp_path: Path
) -> None:
    """SQLite takes a damaged end of its log for a save that was cut off: what it shows is an earlier save, whole."""
    folder, log = tmp_path / "killed", f"{DATABASE}-wal"
    shutil.copytree(kept[0], tmp_path / "open")
    with Store.unlock(tmp_path / "open", kept[1]) as opened:
        for number in range(EDITS, EDITS + 5):
            save(opened, number)
        shutil.copytree(tmp_path / "open", folder)
    chance = random.Random(7)
    raw = (folder / log).read_bytes()
    seen = set()
    for _ in range(40):
        (folder / log).write_bytes(raw)
        shutil.copy(kept[0] / DATABASE, folder / DATABASE)
        flipped(folder / log, chance)
        with Store.unlock(folder, kept[1]) as opened:
            draft = opened.drafts.read(CASE)
            assert draft
            assert draft.plan in {edit(number) for number in range(EDITS - 1, EDITS + 5)}
            assert opened.verify() == ()
            seen.add(draft.plan)
    assert len(seen) > 1
