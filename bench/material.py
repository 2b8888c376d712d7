"""What is measured on: plans of any number of lines in ordinary words, names of many people, long price lists."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from supportplan.documents.bundled import SAMPLE_PLAN, bundled
from supportplan.documents.spreadsheets.csv_table import COLUMNS
from supportplan.domain.plan import Plan, read_plan
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "measured on two cores"  # noqa: S105 - of a store that is thrown away
AT = "2026-09-01T09:00:00Z"


def sample() -> Plan:
    """Return the sample case's plan."""
    return read_plan(bundled(SAMPLE_PLAN))


def plan_of(lines: int) -> Plan:
    """Return the sample plan with its supports repeated up to a number of lines, none quite like another."""
    document: dict[str, Any] = json.loads(bundled(SAMPLE_PLAN))
    models = document["supports"]
    document["supports"] = [_varied(models[place % len(models)], place) for place in range(lines)]
    document["risks"] = []
    return read_plan(json.dumps(document).encode())


def _varied(model: dict[str, Any], place: int) -> dict[str, Any]:
    varied = {**model, "id": f"{model['id']}-{place}", "what": f"{model['what']}, part {place + 1}"}
    if place % 3 == 1 and "quantity" in model:
        varied["quantity"] = f"{place % 7 + 1}.5"
    return varied


_RESTS = ("a", "e", "i", "o", "an", "el", "en", "er", "ik", "im", "or", "ott", "ud", "us")
_SYLLABLES = tuple(start + rest for start in "bcdfghjklmnprstvwz" for rest in _RESTS)


def invented_words(count: int, *, seed: int) -> list[str]:
    """Return words that can be spoken and are no names, each different from the others, the same every time."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(_SYLLABLES, k=chance.choice((3, 3, 4)))).capitalize()] = None
    return list(found)


class People:
    """Invented people, the same every time, in families of four: 6,000 forenames, 25,000 surnames at 100,000 people."""

    def __init__(self) -> None:
        words = invented_words(31_000, seed=7)
        self._forenames, self._surnames = words[:6_000], words[6_000:]

    def name(self, number: int) -> tuple[str, str]:
        """Return the forename and surname of a person."""
        return self._forenames[number * 7 % 6_000], self._surnames[number // 4 % 25_000]


def new_store(folder: Path) -> Store:
    """Make a store whose passphrase is cheap to check: what a guess costs is not what is measured."""
    store, _ = Store.create(folder, PASSPHRASE, at=AT, author="A. Facilitator", cost=FLOOR)
    return store


_SERVICES = (
    "Personal assistant", "Home care agency", "Sitting service", "Short breaks carer", "Day opportunity", "Travel training",
    "Youth club worker", "Supported living staff", "Live-in carer", "Swimming lesson", "Speech therapy", "Payroll service",
    "Respite at a family's home", "Gardening help", "Community transport",
)  # fmt: skip
_DAYS = ("any", "weekday", "sat", "sun", "bank_holiday", "night_waking", "sleep_in")
_UNITS = ("hour", "hour", "hour", "day", "night", "session", "week")


def price_list(rows: int) -> Iterator[list[str]]:
    """Yield a price list in our own columns, its header first."""
    yield list(COLUMNS)
    places = invented_words(40, seed=3)
    for number in range(rows):
        service, day = _SERVICES[number % 15], _DAYS[number // 15 % 7]
        cells = {
            "item_code": f"{service[:2].upper()}-{number:05}",
            "name": f"{service}, {places[number * 13 % 40]} {('standard', 'enhanced', 'specialist')[number % 3]} rate",
            "category": ("Care and support at home", "Activities", "Help with employing")[number % 3],
            "unit": _UNITS[number % 7],
            "rate": f"{9 + number % 90}.{number % 100:02}",
            "currency": "GBP",
            "valid_from": "2026-04-01",
            "valid_to": "2027-03-31",
            "area": places[number % 4],
            "rate_kind": ("fixed", "cap", "guide")[number % 3],
            "day_type": day,
            "in_house": "N",
            "allowed_routes": "direct_payment",
            "source": "Invented for measuring",
        }
        yield [cells.get(column, "") for column in COLUMNS]


def write_csv(path: Path, rows: int) -> Path:
    """Write a price list as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(price_list(rows))
    return path


def write_xlsx(path: Path, rows: int) -> Path:
    """Write a price list as an Excel workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Prices")
    for row in price_list(rows):
        sheet.append(row)
    book.save(path)
    return path
