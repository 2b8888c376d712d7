"""Price lists for tests: shaped like those that catalogues and councils publish, with invented content; and hostile ones."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

OWN_HEADER = [
    "item_code", "name", "category", "unit", "rate", "currency", "valid_from", "valid_to", "area", "rate_kind", "tier",
    "day_type", "min_units", "ratio_staff", "ratio_people", "vat", "in_house", "allowed_routes", "notes", "source",
]  # fmt: skip

# The headers of the catalogue as it is published, with the stray spaces and dots of the real thing.
NDIS_HEADER = [
    "Support Item Number", "Support Item Name ", "Registration Group Number", "Registration Group Name",
    "Support Category Number", "Support Category Number (PACE)", "Support Category Name", "Support Category Name (PACE)",
    "Unit", "Quote", " Start date", "End Date", "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA", "Remote",
    "Very Remote ", "Non-Face-to-Face Support Provision", "Provider Travel", "Short Notice Cancellations.",
    "NDIA Requested Reports", "Irregular SIL Supports", "Type", "Tab",
]  # fmt: skip
NDIS_AREAS = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA", "Remote", "Very Remote")
_UNITS = ("H", "E", "D", "WK", "MON", "YR")
_WHAT = (
    "Harbour",
    "Garden",
    "Kitchen",
    "Music",
    "Travel",
    "Morning",
    "Evening",
    "Weekend",
    "Wheel",
    "Letter",
)
_HOW = (
    "Company",
    "Coaching",
    "Practice",
    "Repair",
    "Planning",
    "Visit",
    "Session",
    "Rental",
    "Check",
    "Lesson",
)


def ndis_rows(count: int) -> list[list[str]]:
    """Rows like those of the Australian support catalogue: codes, packed dates, a price for each area, quotes."""
    rows = [NDIS_HEADER]
    for number in range(count):
        category = number % 15 + 1
        quoted = number % 10 == 9
        prices = [
            "" if quoted else f"${1 + number % 2100 + share:,}.{number % 100:02d} "
            for share in (0, 0, 4, 0, 0, 0, 0, 0, 27, 35)
        ]
        rows.append([
            f"{category:02d}_{number:03d}_{number % 9000:04d}_{number % 6 + 1}_1",
            f"{_WHAT[number % 10]} {_HOW[number // 10 % 10]} - level {number // 100} ",
            f"{number % 9000:04d}", "Invented Group", f"{category}", f"{category}", f"Invented Category {category}",
            f"Invented Category {category}", f" {_UNITS[number % 6]}", "Y" if quoted else "N", "20250701", "99991231",
            *prices, "Y", "N", "Y", "N", "N", "Quotable Supports" if quoted else "Price Limited Supports", "Core",
        ])  # fmt: skip
    return rows


COUNCIL_ROWS = [
    ["Borough of Nowhere: what we pay from April", "", "", ""],
    ["", "", "", ""],
    ["Service", "Cost per hour (£)", "From", "Code"],
    ["Agency home care", "£21.36", "01/04/2024", "007"],
    ["Personal assistant", " 16.29 ", "1 April 2024", "008"],
    ["Waking night", "£ 1,019.10", "2024-04-01", "009"],
    ["Music therapy", "", "01/04/2024", "010"],
    ["Please ring us about anything else.", "", "", ""],
]


def csv_bytes(rows: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def save_workbook(
    path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]], *, hidden: Sequence[str] = ()
) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book["Sheet"])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="Prices" sheetId="1" r:id="rId1"/></sheets></workbook>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
_STRINGS = f'<sst xmlns="{_MAIN}"/>'


def sheet_xml(data: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'


def row_xml(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


HEADER_XML = row_xml(1, "Code", "Service", "Unit", "Cost")


def raw_workbook(
    path: Path, data: str, parts: Mapping[str, str | bytes] | None = None, *, packed: bool = True
) -> Path:
    """Write a workbook whose sheet holds the given XML, byte for byte; `parts` add or replace others."""
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/sharedStrings.xml": _STRINGS,
        "xl/worksheets/sheet1.xml": sheet_xml(data),
    }
    contents |= parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path
