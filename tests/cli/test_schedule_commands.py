import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.plans import sample_document

HEADER = "item_code,name,unit,rate,valid_from"
FIRST = (
    f"{HEADER}\nPA-STD,Personal assistant,hour,16.29,2024-04-01\nAGENCY-STD,Agency,hour,21.36,2024-04-01\n"
)
SECOND = f"{HEADER}\nPA-STD,Personal assistant,hour,17.00,2025-04-01\nNIGHT,Sleep-in,night,95.00,2025-04-01\n"
NAME = "Coventry direct payment rates (example)"


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    """A schedule of two rows."""
    path = tmp_path / "rates.csv"
    path.write_text(FIRST, encoding="utf-8")
    return path


def test_a_schedule_comes_in_once_and_is_searched(ask: Ask, store: Path, rates: Path) -> None:
    answer = ask("schedule", "import", rates, "--name", NAME, "--version", "2024-04-01", "--json").json
    assert (answer["rows"], answer["taken"], answer["errors"], answer["kept"]) == (2, 2, [], True)
    again = ask("schedule", "import", rates, "--name", NAME, "--version", "2024-04-01", "--json").json
    assert again["version_id"] == answer["version_id"]
    listed = ask("schedule", "list", "--json").json["schedules"]
    assert [one["id"] for one in listed] == [answer["version_id"]]
    found = ask("schedule", "show", NAME, "--search", "asistant", "--json").json["rows"]
    assert [row["item_code"] for row in found] == ["PA-STD"]
    assert "£16.29 an hour" in ask("schedule", "show", answer["version_id"][:6], "--search", "pa").out


def test_bad_rows_are_named_and_good_ones_can_still_be_taken(ask: Ask, store: Path, rates: Path) -> None:
    rates.write_text(FIRST + "X,Broken,hour,sixteen,2024-04-01\n", encoding="utf-8")
    answer = ask("schedule", "import", rates)
    assert answer.code == 2
    assert "Row 4, rate" in answer.err
    assert "or leave it blank where it is by quote. It says “sixteen”." in answer.err
    assert "3 rows read, 2 good, 1 problem." in answer.out
    assert "Nothing was kept" in answer.out
    assert ask("schedule", "list").out.startswith("There is no schedule")
    assert ask("schedule", "import", rates, "--good-rows").code == 0
    assert "2 rows" in ask("schedule", "list").out


def test_a_dry_run_needs_no_store(ask: Ask, rates: Path) -> None:
    answer = ask("schedule", "import", rates, "--dry-run", "--json")
    assert answer.code == 0
    assert answer.json["taken"] == 2
    assert answer.json["kept"] is False


def test_a_correction_of_the_columns_is_remembered(
    ask: Ask, store: Path, rates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = "Ref,Thing,Each,Betrag,Since\nPA-STD,Personal assistant,hour,16.29,2024-04-01\n"
    rates.write_text(odd, encoding="utf-8")
    assert ask("schedule", "import", rates, "--dry-run").code == 2
    maps = ["Ref=item_code", "Thing=name", "Each=unit", "Betrag=rate", "Since=valid_from"]
    told = [part for one in maps for part in ("--map", one)]
    assert ask("schedule", "import", rates, "--name", "Odd", *told).code == 0
    rates.write_text(odd.replace("16.29", "17.29"), encoding="utf-8")
    assert ask("schedule", "import", rates, "--dry-run", "--json").json["taken"] == 1
    monkeypatch.delenv("SUPPORTPLAN_PASSPHRASE_FILE")
    unopened = ask("schedule", "import", rates, "--dry-run")
    assert unopened.code == 2
    assert "read as if for the first time" in unopened.err
    monkeypatch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(tmp_path / "passphrase.txt"))
    assert ask("schedule", "import", rates, "--name", "Odd", "--version", "next").code == 0


def test_a_version_never_changes(ask: Ask, store: Path, rates: Path) -> None:
    assert ask("schedule", "import", rates, "--name", NAME, "--version", "1").code == 0
    rates.write_text(SECOND, encoding="utf-8")
    answer = ask("schedule", "import", rates, "--name", NAME, "--version", "1")
    assert answer.code == 2
    assert "a version never changes" in answer.err


def test_what_a_new_version_would_change_is_shown_and_nothing_is_changed(
    ask: Ask, store: Path, rates: Path, tmp_path: Path
) -> None:
    ask("schedule", "import", rates, "--name", NAME, "--version", "2024-04-01")
    rates.write_text(SECOND, encoding="utf-8")
    ask("schedule", "import", rates, "--name", NAME, "--version", "2025-04-01")
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(sample_document()), encoding="utf-8")
    answer = ask("schedule", "diff", f"{NAME}@2024-04-01", f"{NAME}@2025-04-01", "--plan", plan)
    assert answer.code == 0
    assert "£16.29 an hour becomes £17.00 an hour" in answer.out
    assert "Gone:     AGENCY-STD" in answer.out
    assert "New:      NIGHT" in answer.out
    assert "£5,082.48 becomes £5,304.00" in answer.out
    # Swimming is 52 weeks of 6 hours, the holidays 13 weeks of 12, each 71 pence an hour dearer.
    assert "(+£332.28)" in answer.out
    assert json.loads(plan.read_text(encoding="utf-8")) == sample_document()


def test_a_price_that_changes_within_the_plan_is_told_by_its_days(
    ask: Ask, store: Path, rates: Path, tmp_path: Path
) -> None:
    ask("schedule", "import", rates, "--name", NAME, "--version", "1")
    rates.write_text(FIRST.replace("16.29,2024-04-01", "17.00,2027-04-01"), encoding="utf-8")
    assert ask("schedule", "import", rates, "--name", NAME, "--version", "2").code == 0
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(sample_document()), encoding="utf-8")
    answer = ask("schedule", "diff", f"{NAME}@1", f"{NAME}@2", "--plan", plan)
    assert "PA-STD: The price changes within the plan's period:" in answer.out
    assert "£16.29 an hour from 1 September 2026 to 31 March 2027" in answer.out
    assert "£17.00 an hour from 1 April 2027 to 31 August 2027" in answer.out
    assert "lines without one new price keep the old one" in answer.out


def test_a_schedule_goes_out_and_comes_in_again_unchanged(
    ask: Ask, store: Path, rates: Path, tmp_path: Path
) -> None:
    first = ask("schedule", "import", rates, "--name", NAME, "--version", "1", "--json").json
    written = ask("schedule", "export", NAME, "-o", tmp_path / "out.csv")
    assert (written.code, written.err) == (0, "")
    assert written.out.startswith(f"Written: {tmp_path / 'out.csv'}")
    kept = ask("schedule", "export", NAME, "-o", tmp_path / "out.csv")
    assert (kept.code, "--replace" in kept.err) == (2, True)
    assert ask("schedule", "export", NAME, "-o", tmp_path / "out.csv", "--replace").code == 0
    (tmp_path / "notes.csv").write_text("milk,bread\n", encoding="utf-8")
    assert ask("schedule", "export", NAME, "-o", tmp_path / "notes.csv", "--replace").code == 2
    assert (tmp_path / "notes.csv").read_text(encoding="utf-8") == "milk,bread\n"
    again = ask(
        "schedule", "import", tmp_path / "out.csv", "--name", NAME, "--version", "1", "--dry-run", "--json"
    ).json
    assert again["version_id"] == first["version_id"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("schedule", "import", "nowhere.csv"), "nowhere.csv"),
        (("schedule", "import", "rates.csv", "--map", "Nonsense"), "Nonsense"),
        (("schedule", "show", "Nothing"), "no such schedule"),
    ],
)
def test_what_cannot_be_done_is_said(
    ask: Ask, store: Path, rates: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = ask(*arguments)
    assert answer.code == 2
    assert words in answer.err
    assert "What to do" in answer.err


def test_a_version_brought_in_by_mistake_is_withdrawn_and_offered_again(
    ask: Ask, store: Path, rates: Path
) -> None:
    ask("schedule", "import", rates, "--name", NAME, "--version", "2024-04-01")
    assert "(withdrawn)" not in ask("schedule", "list").out
    assert ask("schedule", "withdraw", f"{NAME}@2024-04-01").code == 0
    assert "(withdrawn)" in ask("schedule", "list").out
    assert [one["withdrawn"] for one in ask("schedule", "list", "--json").json["schedules"]] == [True]
    assert ask("schedule", "offer", NAME).code == 0
    assert [one["withdrawn"] for one in ask("schedule", "list", "--json").json["schedules"]] == [False]
    assert ask("schedule", "withdraw", "nobody's").code == 2
