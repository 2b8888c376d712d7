import json
from importlib import resources
from pathlib import Path

import msgspec
import pdfplumber
import pytest

from supportplan.domain.plan import Plan
from tests.cli.conftest import Ask

SAMPLE = resources.files("supportplan").joinpath("data/sample/plan.json")


@pytest.fixture
def plan_json(ask: Ask, tmp_path: Path) -> Path:
    """The sample plan as a file in the folder where commands run."""
    path = tmp_path / "plan.json"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def changed(path: Path, **changes: object) -> Path:
    """The plan file with some keys changed."""
    document = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_the_sample_costs_what_the_field_reference_says(ask: Ask, plan_json: Path) -> None:
    answer = ask("cost", plan_json, "--json")
    assert answer.code == 0
    assert {
        key: answer.json[key] for key in ("one_off", "recurring", "contingency", "cash_value", "total_budget")
    } == {
        "one_off": "399.49",
        "recurring": "10792.16",
        "contingency": "539.61",
        "cash_value": "11731.26",
        "total_budget": "13891.26",
    }
    assert [one["amount"] for one in answer.json["payments"] if one["kind"] == "instalment"] == [
        "2832.95",
        "2832.94",
        "2832.94",
        "2832.94",
    ]
    assert set(answer.json["by"]) == {"outcome", "stream", "route", "supporter"}
    assert answer.json["lines"][0].keys() >= {"id", "per_period", "weekly", "amount", "trace"}


def test_a_cost_is_explained_in_words(ask: Ask, plan_json: Path) -> None:
    answer = ask("cost", plan_json, "--explain")
    assert "6 hours x £16.29 = £97.74 a week; x 52 weeks = £5,082.48" in answer.out
    assert "£390.96 every four weeks" in answer.out
    assert "£11,731.26" in answer.out


def test_the_sample_is_ready_for_sign_off(ask: Ask, plan_json: Path) -> None:
    answer = ask("check", plan_json)
    assert answer.code == 0
    assert "Ready for sign-off." in answer.out


def test_a_plan_that_lacks_something_is_answered_with_no(ask: Ask, plan_json: Path) -> None:
    answer = ask("check", changed(plan_json, payments={"every": "month", "first": "2030-01-01"}), "--json")
    assert answer.code == 1
    assert answer.json["ready"] is False
    assert "payments.first" in {
        finding["where"] for finding in answer.json["findings"] if not finding["passed"]
    }


def test_what_is_to_mend_is_counted_as_people_count(ask: Ask, plan_json: Path, sample: Plan) -> None:
    supports = [msgspec.to_builtins(support, enc_hook=str) for support in sample.supports]
    del supports[2]["rate"]
    answer = ask("check", changed(plan_json, supports=supports))
    assert answer.code == 1
    assert "Where: support 3, rate (supports[2].rate)" in answer.out


def test_a_plan_that_cannot_be_costed_says_where(ask: Ask, plan_json: Path, sample: Plan) -> None:
    supports = [msgspec.to_builtins(support, enc_hook=str) for support in sample.supports]
    del supports[2]["rate"]
    answer = ask("cost", changed(plan_json, supports=supports))
    assert (answer.code, answer.out) == (2, "")
    assert "plan.json, support 3, rate (supports[2].rate)" in answer.err
    assert "What to do:" in answer.err


def test_the_pdf_needs_no_store(ask: Ask, plan_json: Path, tmp_path: Path) -> None:
    answer = ask("pdf", plan_json, "-o", tmp_path / "plan.pdf")
    assert answer.code == 0
    with pdfplumber.open(tmp_path / "plan.pdf") as pdf:
        assert "£11,731.26" in (pdf.pages[-1].extract_text() or "")


def test_the_text_has_the_totals(ask: Ask, plan_json: Path) -> None:
    answer = ask("text", plan_json)
    assert answer.code == 0
    assert "£11,731.26" in answer.out


@pytest.mark.parametrize("document", ["plan", "profile", "schedule"])
def test_schemas_are_json(ask: Ask, document: str) -> None:
    assert ask("schema", document).json["$schema"].startswith("https://json-schema.org/")


def test_the_demonstration_runs_the_whole_job(ask: Ask, tmp_path: Path) -> None:
    answer = ask("demo", "--pdf", tmp_path / "demo.pdf", "--json")
    assert answer.code == 0
    assert answer.json["cash_value"] == "11731.26"
    assert answer.json["failed"] == []
    assert (tmp_path / "demo.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cost",), "Name either a plan's file or a --case"),
        (("cost", "nowhere.json"), "nowhere.json: there is no such file"),
        (("cost", "."), "is a folder"),
        (("cost", "plan.json", "--case", "x"), "Name either"),
        (("cost", "--colour"), "--colour"),
        (("schema", "cake"), "'cake'"),
        (("pdf", "plan.json"), "--output"),
        (("pdf", "plan.json", "-o", "missing/plan.pdf"), "missing"),
        (("pdf", "plan.json", "-o", "plan.pdf", "--copy", "braille"), "braille"),
        (("cost", "--case", "c1"), "There is no store here yet"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_a_wrong_way_of_asking_is_answered_plainly(
    ask: Ask, plan_json: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = ask(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Problem: ")
    assert words in answer.err
    assert "What to do: " in answer.err


@pytest.mark.parametrize("command", ["cost", "check", "text"])
def test_no_command_is_told_to_use_another(ask: Ask, command: str) -> None:
    assert "supportplan cost" not in ask(command).err


def test_a_mistake_of_the_programs_own_shows_no_values(
    ask: Ask, plan_json: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("Zebedee Example")

    monkeypatch.setattr("supportplan.cli.plan_commands.costed_whole", fails)
    answer = ask("cost", plan_json)
    assert answer.code == 2
    assert "KeyError" in answer.err
    assert "Zebedee" not in answer.err + answer.out


@pytest.mark.parametrize("arguments", [(), ("case",), ("schedule",), ("profile",)])
def test_what_holds_commands_shows_them(ask: Ask, arguments: tuple[str, ...]) -> None:
    answer = ask(*arguments)
    assert answer.code == 0
    assert "Commands:" in answer.out


def test_profiles_are_shown_with_their_sources(ask: Ask) -> None:
    assert "coventry" in ask("profile", "list").out
    assert "paragraphs 2.7 to 2.16" in ask("profile", "show", "coventry").out
    assert ask("profile", "show", "gloucestershire-bhlp", "--json").json["cap"]["amount"] == "1000.00"
    assert "The profiles here are: bedford" in ask("profile", "show", "atlantis").err


def test_the_demo_writes_over_the_pdf_of_an_earlier_demo(ask: Ask, tmp_path: Path) -> None:
    for arguments in ((), ("--pdf", "sample-plan.pdf")):
        (tmp_path / "sample-plan.pdf").write_bytes(b"%PDF-1.7 of an earlier demo")
        assert ask("demo", *arguments).code == 0
        assert len((tmp_path / "sample-plan.pdf").read_bytes()) > 10_000


def test_the_demo_writes_over_no_other_pdf_unasked(ask: Ask, tmp_path: Path) -> None:
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(b"%PDF-1.7 a scan with signatures")
    refused = ask("demo", "--pdf", signed)
    assert (refused.code, "--replace" in refused.err) == (2, True)
    assert signed.read_bytes() == b"%PDF-1.7 a scan with signatures"
    assert ask("demo", "--pdf", signed, "--replace").code == 0
    assert len(signed.read_bytes()) > 10_000


def test_a_pdf_that_is_there_is_written_over_only_when_asked(
    ask: Ask, plan_json: Path, tmp_path: Path
) -> None:
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(b"%PDF-1.7 a scan with signatures")
    answer = ask("pdf", plan_json, "-o", signed)
    assert answer.code == 2
    assert "--replace" in answer.err
    assert signed.read_bytes() == b"%PDF-1.7 a scan with signatures"
    assert ask("pdf", plan_json, "-o", signed, "--replace").code == 0
    assert len(signed.read_bytes()) > 10_000
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"no PDF at all")
    assert "not a PDF" in ask("pdf", plan_json, "-o", letter, "--replace").err
    assert letter.read_bytes() == b"no PDF at all"


def test_an_issued_copy_gives_way_only_when_asked_and_a_refusal_records_nothing(
    ask: Ask, store: Path, plan_json: Path, tmp_path: Path
) -> None:
    assert ask("case", "import", plan_json).code == 0
    case = json.loads(plan_json.read_text(encoding="utf-8"))["case"]
    issued = tmp_path / "plan.pdf"
    assert ask("pdf", "--case", case, "-o", issued).code == 0
    first, recorded = issued.read_bytes(), ask("case", "show", case).out
    assert ask("pdf", "--case", case, "-o", issued).code == 2
    assert (issued.read_bytes(), ask("case", "show", case).out) == (first, recorded)
    assert ask("pdf", "--case", case, "-o", issued, "--replace").code == 0


@pytest.mark.parametrize(("copy", "letters"), [("standard", 12), ("large-print", 18), ("easy-read", 16)])
def test_each_copy_is_written_as_pdf_html_and_text(
    copy: str, letters: float, ask: Ask, plan_json: Path, tmp_path: Path
) -> None:
    written = ask("pdf", plan_json, "-o", "plan.pdf", "--copy", copy, "--json")
    assert written.code == 0
    assert written.json["copy"] == copy
    with pdfplumber.open(tmp_path / "plan.pdf") as pdf:
        assert min(letter["size"] for letter in pdf.pages[0].chars) == pytest.approx(letters)
    assert ask("html", plan_json, "-o", "plan.html", "--copy", copy).out == "Written: plan.html\n"
    assert f'<body class="{copy}">' in (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "£11,731.26" in ask("text", plan_json, "--copy", copy).out


def test_an_html_file_gives_way_only_where_that_is_asked_for(ask: Ask, plan_json: Path) -> None:
    assert ask("html", plan_json, "-o", "plan.html").code == 0
    refused = ask("html", plan_json, "-o", "plan.html")
    assert refused.code == 2
    assert "--replace" in refused.err
    assert ask("html", plan_json, "-o", "plan.html", "--replace").code == 0
    assert ask("html", plan_json, "-o", "plan.json").code == 2


def test_a_letter_needs_a_decision_and_says_so(ask: Ask, plan_json: Path, tmp_path: Path) -> None:
    refused = ask("pdf", plan_json, "-o", "letter.pdf", "--copy", "letter")
    assert refused.code == 2
    assert "no decision" in refused.err
    assert not (tmp_path / "letter.pdf").exists()
