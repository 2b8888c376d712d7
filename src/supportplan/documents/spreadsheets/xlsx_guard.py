"""Looking a workbook over before it is trusted: what it unpacks to, and how much there is in each of its parts.

A workbook is a ZIP archive of XML. A small one can unpack to far more than a computer holds, name entities that grow
without end, or hold a row of a million cells. All of it is counted here, as a stream, before anything keeps it.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from supportplan.documents.spreadsheets.bounds import MOST_BYTES, MOST_COLUMNS, MOST_LETTERS, Watch, too_large
from supportplan.domain.problems import BadInput

_MOST_PARTS = 5_000
# XML of a spreadsheet packs 10 to 40 times smaller; below this size a part may pack as well as it likes.
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_BLOCK = 64 * 1024
_LONGEST_TAG = 4 * _BLOCK
_DEEPEST = 100
# The library keeps an empty element for each row and each shared text, and the whole of every other part.
_MOST_ROW_TAGS = 300_000
_MOST_TEXTS = 1_000_000
_MOST_CELLS = 3_000_000
# Each cell of a row has a tag of its own, and another for its value; a row may have as many cells as Excel has columns.
_MOST_TAGS_IN_A_ROW = 3 * 16_384
_MOST_ROW_NUMBER = 1_048_576
_MOST_OTHERS = 300_000

_NOT_WHOLE = "Ask for the file again, or open it in a spreadsheet program and save a copy."
# What the archive's reader raises for bytes that are not as they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)
_MOST_UNWORKED = 100_000
_STRICT = "http://purl.oclc.org/ooxml/"
_REFERENCE = re.compile("([A-Z]{1,3})[0-9]{1,7}", re.ASCII)
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})", re.ASCII)


class Merged(NamedTuple):
    """A cell that stands for those below it: its column and its row, counted from 1, and the last row it stands for."""

    column: int
    row: int
    last: int


class Facts(NamedTuple):
    """What was seen of one part: its last row with anything in it, the first row that is too wide, unworked formulas.

    Formulas without a stored result are named by row and column, counted from 1. `merged` are the cells that were
    merged with some below them.
    """

    last: int
    wide: int | None
    unworked: frozenset[tuple[int, int]]
    merged: tuple[Merged, ...]


def damaged(name: str) -> BadInput:
    """Say that a workbook cannot be read whole."""
    return BadInput("is a damaged workbook, or only part of one", where=name, mend=_NOT_WHOLE)


def look_over(archive: zipfile.ZipFile, name: str, watch: Watch) -> dict[str, Facts]:
    """Refuse a workbook that is none, is locked, damaged or beyond bounds; say what was seen of each of its parts.

    Raises BadInput.
    """
    parts = archive.infolist()
    names = {part.filename for part in parts}
    _refuse_others(names, archive, name)
    if any(part.flag_bits & 1 for part in parts):
        raise BadInput(
            "is locked with a password", where=name, mend="Save a copy without a password, then import that."
        )
    if len(parts) > _MOST_PARTS or len(names) < len(parts):
        raise BadInput("has parts that no workbook has", where=name, mend=_NOT_WHOLE)
    whole = sum(part.file_size for part in parts)
    if whole > MOST_BYTES or any(_swells(part) for part in parts):
        raise too_large(name)
    done = 0
    seen: dict[str, Facts] = {}
    for part in parts:
        count = _Count(name)
        try:
            for block in _blocks(archive, part):
                done += len(block)
                count.feed(block)
                watch.look(done, whole)
            count.close()
        except expat.ExpatError:
            # Pictures and the like are no XML, and nobody will read them as such.
            if part.filename.endswith((".xml", ".rels")):
                raise damaged(name) from None
        except DAMAGE:
            raise damaged(name) from None
        seen[part.filename] = count.facts()
    return seen


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1)


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _refuse_others(names: set[str], archive: zipfile.ZipFile, name: str) -> None:
    """Refuse, by name, the kinds of archive that people take for a workbook."""
    save_as = "Open it in the program it comes from, and save it as an Excel workbook (.xlsx) or as CSV."
    if "mimetype" in names:
        raise BadInput("is an OpenDocument file, which is not read here", where=name, mend=save_as)
    if "xl/workbook.bin" in names:
        raise BadInput("is a binary Excel workbook (.xlsb)", where=name, mend=save_as)
    if any(part.startswith("Index/") for part in names):
        raise BadInput("is a Numbers document", where=name, mend=save_as)
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise BadInput(
            "is a document, not a workbook", where=name, mend="Ask for the prices as a spreadsheet."
        )
    if "[Content_Types].xml" not in names or not archive.namelist():
        raise BadInput(
            "is a ZIP archive, not a workbook",
            where=name,
            mend="Unpack it, and import the spreadsheet inside.",
        )


class _Count:
    """Counts what is in one part while it streams by; raises BadInput at the first thing that is beyond bounds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._fed = 0
        self._depth = 0
        self._letters = 0
        self._row_tags = 0
        self._row = 0
        self._column = 0
        self._in_row = False
        self._tags_in_row = 0
        self._cells = 0
        self._texts = 0
        self._others = 0
        self._kind = ""
        self._formula = False
        self._valued = False
        self._last = 0
        self._wide: int | None = None
        self._unworked: set[tuple[int, int]] = set()
        self._merged: list[Merged] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, block: bytes) -> None:
        """Count the next bytes of the part."""
        self._fed += len(block)
        self._parser.Parse(block)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            self._refuse("has a tag that is too long")

    def close(self) -> None:
        """Come to the end of the part."""
        end_of_file = True
        self._parser.Parse(b"", end_of_file)

    def facts(self) -> Facts:
        """Say what was seen."""
        return Facts(self._last, self._wide, frozenset(self._unworked), tuple(self._merged))

    def _refuse(self, what: str, mend: str = _NOT_WHOLE) -> None:
        raise BadInput(what, where=self._name, mend=mend)

    def _doctype(self, *_: object) -> None:
        self._refuse(
            "declares a document type, which no workbook does and which can be made to grow without end"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, kind = tag.rpartition("}")
        self._depth += 1
        self._letters = 0
        if self._depth == 1 and space.startswith(_STRICT):
            self._refuse("is a “Strict Open XML” workbook", "Save it as an ordinary Excel workbook (.xlsx).")
        if self._depth > _DEEPEST:
            self._refuse("is nested more deeply than any workbook")
        if self._in_row:
            self._in_a_row(kind, attributes)
        elif kind == "row":
            self._new_row(attributes.get("r"))
        elif kind in ("si", "t"):
            self._texts += 1
        else:
            self._others += 1
            if kind == "mergeCell" and (cells := _RANGE.fullmatch(attributes.get("ref", ""))):
                self._merge(_column_number(cells[1]), int(cells[2]), int(cells[3]))
        if self._cells > _MOST_CELLS or self._texts > _MOST_TEXTS or self._others > _MOST_OTHERS:
            self._refuse("has more in it than any price list", "Save only the sheet with the prices.")

    def _merge(self, column: int, row: int, last: int) -> None:
        if row < last and column <= MOST_COLUMNS:
            self._merged.append(Merged(column, row, last))

    def _new_row(self, number: str | None) -> None:
        here = (
            self._row + 1
            if number is None
            else int(number)
            if re.fullmatch("[0-9]{1,7}", number, re.ASCII)
            else 0
        )
        if not self._row < here <= _MOST_ROW_NUMBER:
            self._refuse("has rows that are out of order")
        self._row = here
        self._row_tags += 1
        self._in_row = True
        self._column = 0
        self._tags_in_row = 0
        if self._row_tags > _MOST_ROW_TAGS:
            self._refuse(
                f"has more than {_MOST_ROW_TAGS:,} rows",
                "Delete the empty rows, or save only those with prices.",
            )

    def _in_a_row(self, kind: str, attributes: dict[str, str]) -> None:
        self._kind = kind
        self._tags_in_row += 1
        if self._tags_in_row > _MOST_TAGS_IN_A_ROW:
            self._refuse(
                "has a row with more cells than any price list", "Save only the columns that matter."
            )
        if kind == "c":
            self._cells += 1
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column_number(reference[1]) if reference else self._column + 1
            self._formula = False
            # A text may be stored as nothing at all, and is a result nevertheless.
            self._valued = attributes.get("t") == "str"
        elif kind == "f":
            self._formula = True
        elif kind == "is":
            self._valued = True

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._letters = 0
        if not self._in_row:
            return
        kind = tag.rpartition("}")[2]
        if kind == "row":
            self._in_row = False
        elif kind == "c":
            if self._formula and not self._valued and len(self._unworked) < _MOST_UNWORKED:
                self._unworked.add((self._row, self._column))
            if self._formula or self._valued:
                self._last = self._row
                if self._column > MOST_COLUMNS and self._wide is None:
                    self._wide = self._row

    def _text(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > MOST_LETTERS + 1:
            self._refuse(
                f"has a cell with more than {MOST_LETTERS:,} characters",
                "Shorten it, and save the file again.",
            )
        if self._kind == "v" and text.strip():
            self._valued = True


def _column_number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number
