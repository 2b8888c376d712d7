from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.problems import StoreProblem
from supportplan.storage.backups.automatic_backups import (
    BEFORE_CHANGES_KEPT,
    DAYS_KEPT,
    WEEKS_KEPT,
    automatic_backups,
    back_up_before_schema_change,
    back_up_daily,
    not_kept,
)
from supportplan.storage.database.location import BACKUPS
from supportplan.storage.store import Store
from tests.storage.stores import PASSPHRASE, Clock, new_store

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
names = st.builds(
    lambda kind, day, hour: f"{kind}-{day}T{hour:02}-00-00Z.backup",
    st.sampled_from(["daily", "before-schema-change"]),
    days,
    st.integers(0, 23),
)


def test_one_a_day_and_no_more(tmp_path: Path) -> None:
    clock = Clock()
    with new_store(tmp_path, clock) as store:
        assert store.back_up_daily()
        clock.at = "2026-11-23T23:59:59Z"
        assert store.back_up_daily() is None
        clock.at = "2026-11-24T00:00:00Z"
        made = store.back_up_daily()
        assert made
        assert automatic_backups(tmp_path)[0] == made.path
        assert len(automatic_backups(tmp_path)) == 2


def test_a_year_of_days_leaves_a_week_of_days_and_a_month_of_weeks() -> None:
    kept: set[str] = set()
    for number in range(365):
        kept.add(f"daily-{date(2026, 1, 1) + timedelta(number)}T09-00-00Z.backup")
        kept -= set(not_kept(kept))
    dated = sorted(date.fromisoformat(name[6:16]) for name in kept)
    assert dated[-DAYS_KEPT:] == [date(2026, 12, 25) + timedelta(number) for number in range(7)]
    # Sundays: the newest of each earlier week. The last days lie in two weeks, which count among the four.
    assert dated[:-DAYS_KEPT] == [date(2026, 12, 13), date(2026, 12, 20)]


@given(st.sets(names, max_size=60))
def test_the_newest_of_each_kind_is_always_kept(found: set[str]) -> None:
    let_go = not_kept([*found, "mine.backup", "daily-2026-99-99T00-00-00Z.backup"])
    kept = found - set(let_go)
    assert set(let_go) <= found
    for kind, most in (("daily", DAYS_KEPT + WEEKS_KEPT), ("before", BEFORE_CHANGES_KEPT)):
        of_kind = sorted((name for name in found if name.startswith(kind)), key=lambda name: name[-27:])
        assert not of_kind or of_kind[-1] in kept
        assert len([name for name in kept if name.startswith(kind)]) <= most
    assert not_kept(kept) == ()


def test_the_last_ones_from_before_a_change_are_kept_apart(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        key = store._key
        for day in range(1, 6):
            back_up_before_schema_change(tmp_path, key, at=f"2026-11-{day:02}T10:00:00Z")
            assert back_up_daily(tmp_path, key, at=f"2026-11-{day:02}T10:00:00Z")
    found = sorted(path.name for path in (tmp_path / BACKUPS).iterdir())
    assert [name for name in found if name.startswith("before")] == [
        f"before-schema-change-2026-11-0{day}T10-00-00Z.backup" for day in (3, 4, 5)
    ]
    assert len(found) == 3 + 5


def test_a_clock_that_was_wrong_costs_no_new_backup(tmp_path: Path) -> None:
    clock = Clock()
    with new_store(tmp_path, clock) as store:
        for day in range(1, 13):
            clock.at = f"2031-01-{day:02}T10:00:00Z"
            store.back_up_daily()
        clock.at = "2026-11-24T10:00:00Z"
        made = store.back_up_daily()
        assert made
        assert made.path.exists()
    with Store.unlock(tmp_path, PASSPHRASE, clock=clock):
        assert made.path in automatic_backups(tmp_path)


def test_a_folder_of_backups_that_cannot_be_used_is_said_in_plain_words(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        (tmp_path / "store" / BACKUPS).write_bytes(b"a file where the folder should be")
        with pytest.raises(StoreProblem):
            store.back_up_daily()
