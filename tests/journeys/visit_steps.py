"""A whole visit, step by step, as a facilitator goes through it: from an empty computer to the signed plan on paper.

Each step does what it says with whichever hand it is given, and leaves the visit where the next one begins. What is
written is the sample plan's, in fewer words.
"""

from pathlib import Path
from typing import NamedTuple

import pdfplumber

from tests.journeys.hands import Hand
from tests.journeys.stores import PASSPHRASE
from tests.sealed_pages import as_seen

HEART = "Sam > Outcomes and supports"

ANSWERS = (
    "I know every bus in Coventry by its number.",
    "Swimming on Saturdays, and youth club on Fridays.",
    "Out twice, at home twice, and one night away a month.",
    "Jo Example, Mum",
    "Somebody near me in the water: I have seizures.",
    "Short sentences, and ten seconds to answer.",
    "I choose what to do each Saturday.",
    "Jo holds the money in an account of its own.",
    "Alex starts the new hours on 1 September.",
)  # fmt: skip


class Outcome(NamedTuple):
    """What Sam wants, and how all will know."""

    text: str
    success: str


class Support(NamedTuple):
    """One who helps, or something to buy. What is empty is left as the program has it.

    `item` is the row of the price list, found by `search`; `price` is one of our own, for a `reason`.
    """

    what: str
    who: str
    name: str
    quantity: str
    every: str = ""
    search: str = ""
    item: str = ""
    unit: str = ""
    price: str = ""
    reason: str = ""
    paid_by: str = ""
    occasions: str = ""
    on: str = ""


FRIENDS = Outcome("I want to be one of the gang at youth club", "Sam swims on most Saturdays")
ABOUT_TOWN = Outcome("I want to do my own shopping", "Sam takes the bus and pays")
MUSIC = Outcome("I want to make music", "Eight tracks by summer")
HOME = Outcome("I want to feel safe at night", "Jo sleeps through once a month")

ASSISTANT = Support(
    "Swimming and an evening out", "Personal assistant", "Alex Żuławska", "6",
    search="pa std", item="Personal assistant, stan",
)  # fmt: skip
YOUTH_CLUB = Support(
    "An extra youth worker", "Agency", "Canley Youth Club", "2", "an occasion",
    search="club", item="Youth club", occasions="38",
)  # fmt: skip
AGENCY = Support(
    "Travel training",
    "Agency",
    "Spon End Support",
    "2",
    "a week",
    search="home care",
    item="Home care agency",
)
HOLIDAYS = Support(
    "Days out in the holidays", "Personal assistant", "Alex Żuławska", "12", "a holiday week",
    search="assistant", item="Personal assistant, stan",
)  # fmt: skip
PAYROLL = Support(
    "Payroll service", "Agency", "Godiva Payroll", "1", "a week", search="payroll", item="Payroll service"
)
INSURANCE = Support(
    "Insurance of the employer", "Somebody else", "An insurer", "1", "a year",
    search="liability", item="Employers' liability",
)  # fmt: skip
CHECK = Support(
    "A check for a second assistant", "Agency", "Godiva Payroll", "1", "once",
    search="dbs", item="Enhanced check", on="7 september 2026",
)  # fmt: skip
LAPTOP = Support(
    "Laptop for music", "Somebody else", "A shop in town", "1", "once",
    unit="items", price="349.99", reason="Not listed: the cheapest of three quotes", on="14/9/26",
)  # fmt: skip
CAREERS = Support(
    "Two days of work experience", "Public service", "School", "1", "a month", unit="hours", paid_by="nobody"
)
EVENINGS = Support(
    "Mum's evenings", "Family or friend", "Jo Example", "21", "a week", unit="hours", paid_by="nobody"
)
NIGHTS = Support(
    "A night a month away", "In-house service", "Coventry short breaks", "1", "an occasion",
    search="night", item="Night at the council", paid_by="in-house", occasions="12",
)  # fmt: skip


def set_up(hand: Hand) -> None:
    """The first run: a name, a passphrase, and the recovery code that is written down."""
    hand.sees("Your name")
    hand.fill("Your name", "Pat Planner")
    hand.fill("Your role", "facilitator")
    hand.fill_secret("Passphrase", PASSPHRASE)
    hand.fill_secret("The same again", PASSPHRASE)
    hand.press("Begin")
    hand.sees("recovery code")
    hand.press("I have written it down")
    hand.sees("+ Start a new plan")


def take_in_prices(hand: Hand) -> None:
    """Take the example schedule of costs in."""
    hand.command("p", "Price lists")
    hand.sees("+ Take in the example prices")
    hand.row("+ Take in the example prices")
    hand.sees("Taken in", "7 prices")
    hand.back("+ Start a new plan")


def begin(hand: Hand) -> None:
    """Begin a plan for Sam."""
    hand.row("+ Start a new plan")
    hand.sees("Whose plan is it?")
    hand.fill("Full name", "Sam Example")
    hand.fill("Likes to be called", "Sam")
    hand.press("Begin")
    hand.sees(HEART)


def name_and_days(hand: Hand) -> None:
    """Say when Sam was born, which year the plan covers, when it is looked at again, and whose scheme it follows."""
    go_to(hand, "Name, days and review")
    hand.fill("Date of birth", "1 may 2009")
    hand.fill("Reference", "C-1042")
    hand.fill("Plan starts", "1 september 2026")
    hand.fill("Plan ends", "31 august 2027")
    hand.fill("Review by", "28/2/2027")
    hand.pick("Scheme", "Coventry individual budgets")
    hand.sees("= Sunday 28 February 2027", "[ Coventry individual")
    hand.back(HEART)


def talk(hand: Hand) -> None:
    """Ask every question, and write what Sam says."""
    hand.command("t", "Talk")
    for number, answer in enumerate(ANSWERS, start=1):
        hand.sees(f"{number} of {len(ANSWERS)}")
        hand.write(answer)
        hand.press("Next")
    hand.sees(HEART)


def outcome(hand: Hand, wanted: Outcome) -> None:
    """Write down what Sam wants."""
    hand.row("+ Add an outcome")
    hand.sees("What do they want?")
    hand.fill("What do they want?", wanted.text)
    hand.fill("How will we both know", wanted.success)
    hand.back("+ Add an outcome")


def into(hand: Hand, wanted: Outcome, number: int) -> None:
    """Go to those who help with an outcome."""
    hand.row(f"{number} {wanted.text[:12]}")
    hand.sees(f"How we will know: {wanted.success[:9]}", "Change these words", "+ Add somebody who helps")


def support(hand: Hand, helps: Support, *comes_to: str) -> None:
    """Add one who helps, and see what that comes to."""
    hand.row("+ Add somebody who helps")
    hand.sees("> Support", "Who gives it")
    hand.fill("What is it", helps.what)
    hand.pick("Who gives it", helps.who)
    hand.fill("Their name", helps.name)
    if helps.paid_by:
        hand.choose("Who pays", helps.paid_by)
    if helps.search:
        choose_price(hand, helps)
    hand.fill("How much", helps.quantity)
    if helps.unit:
        hand.pick("Counted in", helps.unit)
    if helps.every:
        hand.pick("How often", helps.every)
    for label, text in (
        ("Occasions", helps.occasions),
        ("On which day", helps.on),
        ("Price of one", helps.price),
        ("Why this price", helps.reason),
    ):
        if text:
            hand.fill(label, text)
    hand.sees(*comes_to)
    hand.press("Done")
    hand.sees(HEART, "+ Add somebody who helps")


def choose_price(hand: Hand, helps: Support) -> None:
    """Choose a price from the schedule of costs."""
    hand.command("F4", "Prices")
    hand.sees("Find a price", "7 of 7")
    hand.write(helps.search)
    hand.sees(helps.item, without="7 of 7")
    hand.take(helps.item)
    hand.sees("> Support", "Who gives it")


def out_of(hand: Hand) -> None:
    """Go back from those who help to the outcomes."""
    hand.back("+ Add an outcome")


def money_rules(hand: Hand) -> None:
    """Say what was offered before the plan, what is kept for what nobody can plan, and when the money is paid."""
    hand.command("b", "Budget")
    hand.sees("By outcome")
    hand.command("c", "Change")
    hand.sees("How the money works")
    hand.fill("Indicative budget", "14,000")
    hand.choose("Contingency", "a percentage")
    hand.fill("How much of it", "5")
    hand.choose("Of which money", "recurring money")
    hand.choose("Who holds it", "the family")
    hand.pick("Money is paid", "a quarter")
    hand.fill("From", "1 september 2026")
    hand.fill("They contribute", "0")
    hand.sees("= Tuesday 1 September 2026")
    hand.back("By outcome")
    hand.back(HEART)


def risks(hand: Hand) -> None:
    """Write down what could go wrong, and what happens in an emergency."""
    go_to(hand, "Risks and emergencies")
    hand.row("+ Add something that could go wrong")
    hand.sees("What could go wrong?")
    hand.fill("What could go wrong?", "Sam has a seizure in the water")
    hand.fill("What will we do about it?", "Alex carries the emergency medicine")
    hand.back("In an emergency")
    hand.row("In an emergency")
    hand.sees("When does it count")
    hand.fill("When does it count as an emergency?", "Jo is ill or in hospital")
    hand.fill("What happens first?", "Ring Grandad, who has a key")
    hand.fill("Who to ring", "Gwilym Ŵyn")
    hand.fill("Telephone", "01632 960 142")
    hand.back("Ring Grandad")
    hand.back(HEART)


def ready(hand: Hand) -> None:
    """See that nothing is missing any more."""
    hand.command("r", "Ready?")
    hand.sees("Everything that sign-off needs is")
    hand.back(HEART)


def sign(hand: Hand, *names: str) -> None:
    """Have each role sign by typed name, in the order they stand in."""
    go_to(hand, "Signing")
    roles = ("The person whose plan it is", "The social worker", "For the council")
    for role, name in zip(roles, names, strict=True):
        hand.row(role)
        hand.sees("I agree, and sign")
        hand.fill("Full name", name)
        hand.press("I agree, and sign")
        hand.sees(f"signed by {name}")
    hand.back(HEART)


def print_plan(hand: Hand, home: Path) -> list[str]:
    """Make the PDF where the program offers to; return the text of its pages."""
    hand.command("p", "Print")
    hand.sees("[ Save as ]")
    hand.press("Save as")
    hand.sees("Save the copy as")
    hand.press("Save")
    hand.sees("Saved, ")
    (file,) = home.glob("support-plan*.pdf")
    with pdfplumber.open(as_seen(file)) as pdf:
        return [page.extract_text() or "" for page in pdf.pages]


def go_to(hand: Hand, place: str) -> None:
    """Go to a place of the case by its name."""
    hand.command("g", "Go to")
    hand.sees("─ Go to ─")
    hand.row(place)
    hand.sees(f"Sam > {place}")
