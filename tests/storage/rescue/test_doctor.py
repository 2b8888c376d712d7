import os
import re
import shutil
from pathlib import Path

import pytest

from supportplan.domain.problems import NoStore, WrongPassphrase
from supportplan.storage.backups.backup import COPYING
from supportplan.storage.database.location import BACKUPS, DATABASE, KEYSLOTS, RESTORED
from supportplan.storage.rescue import surroundings
from supportplan.storage.rescue.doctor import examine
from supportplan.storage.rescue.finding import Examination, Remedy
from supportplan.storage.store import Store
from tests.storage.stores import AT, PASSPHRASE, Clock, entry, new_store, plan_bytes, sample_bytes

CANARY = "Zebedee Quillfeather"
# Words of those who build the store, not of those who keep plans in it.
JARGON = {"link", "log", "schema", "body", "bodies", "seal", "hash", "chain", "slot", "index"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a few cases and today's backup, closed."""
    with new_store(tmp_path / "store") as store:
        for number in range(20):
            case = f"case-{number}"
            store.drafts.save(case, plan_bytes(f"{CANARY} {number}"), f"Began {CANARY}").result()
            store.append([entry(store, plan_bytes(CANARY * 50 + str(number)), case=case)]).result()
        store.back_up_daily()
    return tmp_path / "store"


def look(folder: Path, at: str = AT) -> Examination:
    found = examine(folder, lambda: PASSPHRASE, at=at)
    for finding in found.findings:
        assert CANARY not in finding.what
        assert PASSPHRASE not in finding.what
        assert finding.remedy or finding.level == "sound", finding
        assert finding.what.endswith("."), finding
        assert not JARGON & set(re.findall(r"[a-z]+", finding.what.lower())), finding
        assert not re.search(r"--|supportplan [a-z]+ [A-Z]|chmod|All 1 |\b1 \w+s\b", finding.what), finding
    return found


def change(folder: Path, *statements: str) -> None:
    """Change a store behind the program's back, as somebody with the key could."""
    with Store.unlock(folder, PASSPHRASE, clock=Clock()) as store:

        def work(driver: object) -> None:
            for statement in statements:
                driver.driver.execute(statement)  # type: ignore[attr-defined] # a Transaction

        store._writer.submit(work).result()


def said(found: Examination, level: str) -> str:
    return "\n".join(finding.what for finding in found.findings if finding.level == level)


def test_a_sound_store_is_well_and_untouched(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    found = look(folder)
    assert found.well
    assert said(found, "wrong") == ""
    assert said(found, "advice") == ""
    words = said(found, "sound")
    assert "passphrase, recovery code" in words
    assert "All 21 entries" in words
    assert "All 20 drafts are readable" in words
    assert "The automatic backup of 23 November 2026 is sound." in words
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_what_a_killed_program_left_in_the_log_stays_there(folder: Path, tmp_path: Path) -> None:
    names = (DATABASE, f"{DATABASE}-wal", KEYSLOTS)
    with Store.unlock(folder, PASSPHRASE, clock=Clock()) as store:
        store.drafts.save("case-new", plan_bytes(CANARY), "Began").result()
        before = {name: (folder / name).read_bytes() for name in names}
    killed = tmp_path / "killed"
    killed.mkdir(mode=0o700)
    for name in names:
        (killed / name).write_bytes(before[name])
        (killed / name).chmod(0o600)
    words = said(look(killed), "sound")
    assert "All 21 drafts are readable" in words, "what is in the log counts"
    assert {name: (killed / name).read_bytes() for name in names} == before


def test_it_may_be_looked_at_while_it_is_open(folder: Path) -> None:
    with Store.unlock(folder, PASSPHRASE, clock=Clock()) as store:
        store.drafts.save("case-new", plan_bytes("Open"), "Began").result()
        assert look(folder).well


def test_no_store_and_a_wrong_passphrase_are_problems_and_no_findings(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        examine(tmp_path / "nowhere", lambda: PASSPHRASE, at=AT)
    with pytest.raises(WrongPassphrase):
        examine(folder, lambda: "seven small goats at anchor", at=AT)


@pytest.mark.parametrize("spoilt", ["missing", "garbage", "flipped"])
def test_spoilt_keys_are_found_without_asking_for_a_passphrase(folder: Path, spoilt: str) -> None:
    path = folder / KEYSLOTS
    raw = bytearray(path.read_bytes())
    if spoilt == "missing":
        path.unlink()
    elif spoilt == "garbage":
        path.write_bytes(b"{}")
    else:
        raw[300] ^= 1
        path.write_bytes(raw)

    def ask() -> str:
        raise AssertionError("the passphrase is of no use")

    found = examine(folder, ask, at=AT)
    assert not found.well
    assert said(found, "wrong")


def test_missing_data_is_found(folder: Path) -> None:
    (folder / DATABASE).unlink()
    assert "its data is not" in said(look(folder), "wrong")


def test_damaged_pages_are_found(folder: Path) -> None:
    raw = bytearray((folder / DATABASE).read_bytes())
    for page in range(3, len(raw) // 4096, 5):
        raw[page * 4096 + 11] ^= 2
    (folder / DATABASE).write_bytes(raw)
    found = look(folder)
    assert "damaged" in said(found, "wrong")
    assert found.findings[-1].remedy is Remedy.RESTORE


def test_a_database_that_is_plain_or_another_is_found(folder: Path, tmp_path: Path) -> None:
    (folder / DATABASE).write_bytes(b"SQLite format 3\0" + bytes(4080))
    assert "not encrypted" in said(look(folder), "wrong")
    with new_store(tmp_path / "other"):
        pass
    shutil.copy(tmp_path / "other" / DATABASE, folder / DATABASE)
    assert "not the one that its keys belong to" in said(look(folder), "wrong")


def test_a_broken_link_is_found_and_named(folder: Path) -> None:
    change(
        folder,
        "DROP TRIGGER log_unchanged",
        "UPDATE log SET chain = zeroblob(32) WHERE number = 7",
    )
    assert "entry 7: it does not follow from the one before it" in said(look(folder), "wrong")


def test_a_changed_body_is_found(folder: Path) -> None:
    change(folder, "DROP TRIGGER doc_unchanged", "UPDATE doc SET body = x'7b7d' WHERE rowid = 9")
    assert "what it holds is not what was written" in said(look(folder), "wrong")


def test_drafts_that_cannot_be_read_are_counted(folder: Path) -> None:
    change(folder, "UPDATE draft SET plan = x'7b7d' WHERE case_id IN ('case-1', 'case-2')")
    found = look(folder)
    assert "2 of 20 drafts cannot be read: case case-1, case-2." in said(found, "wrong")
    assert Remedy.UNDO_LAST_EDIT in {finding.remedy for finding in found.findings}
    change(folder, "UPDATE draft SET plan = x'7b7d'")
    assert "and 17 more" in said(look(folder), "wrong")


def test_a_list_that_disagrees_is_found_and_can_be_made_anew(folder: Path) -> None:
    change(
        folder,
        "DELETE FROM case_index WHERE case_id = 'case-1'",
        "UPDATE case_index SET case_id = 'nobody' WHERE case_id = 'case-2'",
    )
    found = look(folder)
    assert "lacks 2 cases and has 1 too many" in said(found, "wrong")
    assert found.findings[-1].remedy is Remedy.REBUILD_LIST
    with Store.unlock(folder, PASSPHRASE, clock=Clock()) as store:
        store.rebuild_index().result()
    assert look(folder).well


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE case_index SET cash_value_pence = 1",
        "UPDATE case_index SET indicative_pence = 1",
        "UPDATE case_index SET parked = 1",
    ],
)
def test_a_list_that_shows_other_figures_than_the_plan_is_noticed_and_mended(
    tmp_path: Path, wrong: str
) -> None:
    with new_store(tmp_path / "store") as store:
        store.drafts.save("case-1", sample_bytes(), "Began").result()
        store.back_up_daily()
    assert look(tmp_path / "store").well
    change(tmp_path / "store", wrong)
    found = look(tmp_path / "store")
    assert not found.well
    assert "otherwise than the plan says: case case-1" in said(found, "wrong")
    with Store.unlock(tmp_path / "store", PASSPHRASE, clock=Clock()) as store:
        store.rebuild_index().result()
    assert look(tmp_path / "store").well


def test_a_newer_store_is_left_alone(folder: Path) -> None:
    change(folder, "PRAGMA user_version = 999")
    found = look(folder)
    assert "newer supportplan" in said(found, "wrong")
    assert found.findings[-1].remedy is Remedy.UPDATE


def test_a_missing_old_or_damaged_backup_is_worth_a_look(folder: Path) -> None:
    words = said(look(folder, at="2026-12-23T10:00:00Z"), "advice")
    assert "is of 23 November 2026, 30 days ago. One is made on each day on which the store is used." in words
    (path,) = (folder / BACKUPS).iterdir()
    raw = bytearray(path.read_bytes())
    raw[-5000] ^= 1
    path.write_bytes(raw)
    found = look(folder)
    assert "this backup is damaged" in said(found, "advice").lower()
    assert "None of the automatic backups can be used" in said(found, "wrong")
    path.unlink()
    assert "no automatic backup yet" in said(look(folder), "advice")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_that_others_may_read_are_worth_a_look(folder: Path) -> None:
    (folder / DATABASE).chmod(0o644)
    folder.chmod(0o755)
    found = look(folder)
    assert found.well
    assert DATABASE in said(found, "advice")
    assert {Remedy.SHUT_FILES, Remedy.SHUT_FOLDER} <= {finding.remedy for finding in found.findings}


def test_a_full_disk_and_leftovers_are_worth_a_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "_LEAST_FREE", 2**60)
    (folder / COPYING).mkdir()
    words = said(look(folder), "advice")
    assert "MB free" in words
    assert "interrupted" in words


def test_a_store_with_one_of_each_is_said_to_have_one(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        store.drafts.save("case-1", plan_bytes(CANARY), "Began").result()
    words = said(look(tmp_path / "store"), "sound")
    assert "The one entry is what was written" in words
    assert "The one draft is readable" in words
    change(tmp_path / "store", "DELETE FROM case_index", "UPDATE draft SET plan = x'7b7d'")
    words = said(look(tmp_path / "store"), "wrong")
    assert "1 of 1 draft cannot be read" in words
    assert "lacks 1 case and" in words
    change(tmp_path / "store", "DELETE FROM draft")
    assert "There are no drafts." in said(look(tmp_path / "store"), "sound")


def test_a_restoring_that_was_cut_off_is_finished_by_opening(folder: Path) -> None:
    (folder / RESTORED).mkdir()
    for name in (DATABASE, KEYSLOTS):
        (folder / name).rename(folder / RESTORED / name)
    found = look(folder)
    assert not found.well
    assert found.findings[0].remedy is Remedy.OPEN
    Store.unlock(folder, PASSPHRASE, clock=Clock()).close()
    assert look(folder).well


def test_a_backup_of_a_day_that_has_not_come_tells_of_a_wrong_clock(folder: Path) -> None:
    with Store.unlock(folder, PASSPHRASE, clock=Clock("2033-01-01T10:00:00Z")) as store:
        store.back_up_daily()
    found = look(folder)
    assert "dated 1 January 2033" in said(found, "advice")
    assert "The newest is of 23 November 2026" in said(found, "sound")
    found = look(folder, at="2026-01-01T10:00:00Z")
    assert "dated 1 January 2033" in said(found, "advice")


def test_a_backup_by_a_newer_program_is_not_to_be_deleted(folder: Path) -> None:
    (path,) = (folder / BACKUPS).iterdir()
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2', 1))
    remedies = {finding.remedy for finding in look(folder).findings}
    assert Remedy.UPDATE in remedies
    assert Remedy.REMOVE_BACKUP not in remedies
