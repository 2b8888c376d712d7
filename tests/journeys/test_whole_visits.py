"""Whole visits at the terminal, from an empty computer to the signed plan on paper: by keys alone, by mouse alone, on small screens and with few colours."""

from pathlib import Path

import pytest

from tests.journeys import visit_steps as visit
from tests.journeys.at_terminal import terminal
from tests.journeys.hands import ByKeys, ByMouse, Hand

SIGNED_BY = ("Sam Example", "Pat Planner", "Cory Council")


def begun(hand: Hand) -> None:
    """Go from an empty computer to the end of the talk with Sam."""
    visit.set_up(hand)
    visit.take_in_prices(hand)
    visit.begin(hand)
    visit.name_and_days(hand)
    visit.talk(hand)


def agreed(hand: Hand, home: Path, *totals: str, left: str) -> None:
    """Go from the supports to the signed plan, and find its totals and its signatures on the last page."""
    visit.money_rules(hand)
    hand.sees(*totals, left)
    visit.risks(hand)
    visit.ready(hand)
    visit.sign(hand, *SIGNED_BY)
    pages = visit.print_plan(hand, home)
    for words in (*totals, *SIGNED_BY):
        assert words in pages[-1]


def the_sample_plan(hand: Hand, home: Path) -> None:
    """Go through the whole visit that makes the sample plan, and look at its last page."""
    begun(hand)
    for wanted in (visit.FRIENDS, visit.ABOUT_TOWN, visit.MUSIC, visit.HOME):
        visit.outcome(hand, wanted)

    visit.into(hand, visit.FRIENDS, 1)
    visit.support(hand, visit.ASSISTANT, "£97.74 a week", "£5,082.48")
    visit.support(hand, visit.YOUTH_CLUB, "£418.00")
    visit.out_of(hand)
    visit.into(hand, visit.ABOUT_TOWN, 2)
    visit.support(hand, visit.AGENCY, "£2,221.44")
    visit.support(hand, visit.HOLIDAYS, "£2,541.24")
    visit.support(hand, visit.PAYROLL, "£468.00")
    visit.support(hand, visit.INSURANCE, "£61.00")
    visit.support(hand, visit.CHECK, "£49.50")
    visit.out_of(hand)
    visit.into(hand, visit.MUSIC, 3)
    visit.support(hand, visit.LAPTOP, "£349.99")
    visit.support(hand, visit.CAREERS)
    visit.out_of(hand)
    visit.into(hand, visit.HOME, 4)
    visit.support(hand, visit.EVENINGS)
    visit.support(hand, visit.NIGHTS, "£2,160.00")
    visit.out_of(hand)

    agreed(hand, home, "£399.49", "£10,792.16", "£11,731.26", left="£2,268.74 left of £14,000.00")


def test_by_keys_alone(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        the_sample_plan(ByKeys(screen), tmp_path)


def test_by_mouse_alone(tmp_path: Path) -> None:
    with terminal(home=tmp_path, columns=120, rows=40) as screen:
        the_sample_plan(ByMouse(screen), tmp_path)


SMALL_OR_POOR = {
    "a small window": (60, 20, {}),
    "sixteen colours": (80, 24, {"TERM": "xterm", "COLORTERM": ""}),
    "no colour": (80, 24, {"NO_COLOR": "1"}),
}


@pytest.mark.parametrize("way", SMALL_OR_POOR)
def test_a_shorter_visit_needs_neither_room_nor_colour(tmp_path: Path, way: str) -> None:
    columns, rows, environment = SMALL_OR_POOR[way]
    with terminal(home=tmp_path, columns=columns, rows=rows, environment=environment) as screen:
        hand = ByKeys(screen)
        begun(hand)
        visit.outcome(hand, visit.FRIENDS)
        visit.into(hand, visit.FRIENDS, 1)
        visit.support(hand, visit.ASSISTANT, "£97.74 a week", "£5,082.48")
        visit.support(hand, visit.LAPTOP, "£349.99")
        visit.support(hand, visit.EVENINGS)
        visit.out_of(hand)
        agreed(hand, tmp_path, "£349.99", "£5,082.48", "£5,686.59", left="£8,313.41 left of £14,000.00")
