"""What every test of a screen has: printers of its own, whatever the computer has that it runs on."""

import pytest

from supportplan.services.printing import Printer

PRINTERS = (
    Printer("office", "Office, by the stairs", usual=True, both_sides=True),
    Printer("portable", "Portable printer", usual=False, both_sides=False),
)


@pytest.fixture(autouse=True)
def two_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two printers to choose from."""
    monkeypatch.setattr("supportplan.screens.print_and_open.printers", lambda: PRINTERS)
