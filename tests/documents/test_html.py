"""The HTML copy, read by a parser as a browser reads it."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec.structs import replace
from PIL import Image

from supportplan.documents.html import render_html
from supportplan.documents.model import (
    Bar,
    Bullets,
    Card,
    Cell,
    Column,
    Document,
    Edition,
    Fact,
    Figure,
    Heading,
    Idea,
    LastPage,
    Paragraph,
    Picture,
    Row,
    SignatureField,
    Table,
)
from supportplan.domain.cases.drawing import Drawing
from supportplan.services.copies import document_of
from tests.plans import MARKUP, plan_of, sample_plan

# What people can type into a plan: no signs that steer a terminal, but line breaks of every kind.
TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\r"), min_size=1)
PLAN_COPIES: tuple[Edition, ...] = ("standard", "large_print", "easy_read")
each_copy = pytest.mark.parametrize("copy", PLAN_COPIES)


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    @property
    def own_text(self) -> str:
        """What stands in it and in nothing inside it."""
        return "".join(one for one in self.inside if isinstance(one, str))

    def every(self, *tags: str) -> "Iterator[Element]":
        for one in self.inside:
            if isinstance(one, Element):
                if one.tag in tags or not tags:
                    yield one
                yield from one.every(*tags)

    def has(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()


class Reader(HTMLParser):
    """Builds the tree of a page, and fails where an element is closed that is not the open one."""

    LONE = ("meta", "img", "link", "br", "hr", "input")

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self._open = self.root
        self.feed(page)
        self.close()
        assert self._open is self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), self._open)
        self._open.inside.append(element)
        if tag not in self.LONE:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.inside.append(Element(tag, dict(attrs), self._open))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.tag
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.inside.append(data)


def read(page: str) -> Element:
    # A browser makes every return and line feed one line break before it reads on.
    return Reader(page.replace("\r\n", "\n").replace("\r", "\n")).root


def a_document(*texts: str) -> Document:
    """A document that has a text in each place that can have one."""
    words = iter(texts)

    def said() -> str:
        return next(words)

    return Document(
        title=said(),
        language="en-GB",
        subject=said(),
        author=said(),
        person=said(),
        version=said(),
        blocks=(
            Heading(1, said()),
            Paragraph(said()),
            Paragraph(said(), "voice"),
            Paragraph(said(), "note"),
            Bullets((said(),)),
            Table(
                said(),
                (Column(said()), Column(said(), "amount")),
                (Row((Cell(said(), said()), Cell(said()))),),
            ),
            Card(said(), (Fact(said(), said()),)),
            Figure(said(), (Bar(said(), said(), 5),), said()),
            Idea(said(), a_picture(said()), said(), said()),
        ),
        last_page=LastPage((), (SignatureField(said(), said(), signed=said(), on=said()),)),
    )


def a_picture(words: str) -> Picture:
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return Picture(file.getvalue(), words)


@settings(max_examples=150)
@given(st.lists(TYPED, min_size=31, max_size=31))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    page = read(render_html(a_document(*texts)))
    found = [value for one in page.every() for value in one.attributes.values()]
    found += [one.own_text for one in page.every()]
    (footer,) = page.every("footer")
    found.append(footer.own_text.removeprefix(" · "))
    assert Counter(texts) <= Counter(found)


@each_copy
def test_a_copy_needs_nothing_beside_itself_and_runs_nothing(copy: Edition) -> None:
    page = render_html(document_of(plan_of(7, text=MARKUP, name=MARKUP), copy))
    root = read(page)
    tags = {one.tag for one in root.every()}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base", "para", "br"}
    for one in root.every():
        for name, value in one.attributes.items():
            assert not name.startswith("on"), (one.tag, name)
            if name in ("src", "href", "srcset", "data", "action"):
                assert (value or "").startswith(("data:image/", "#")), value
    style = next(root.every("style")).text
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page


@each_copy
def test_a_copy_says_what_it_holds_by_its_elements(copy: Edition) -> None:
    root = read(render_html(document_of(sample_plan(), copy)))
    (page,) = root.every("html")
    assert page.attributes["lang"] == "en-GB"
    levels = [int(one.tag[1]) for one in root.every("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [one.attributes["id"] for one in root.every() if "id" in one.attributes]
    assert len(names) == len(set(names))
    for one in root.every():
        for name in ("aria-labelledby",):
            assert one.attributes.get(name, names[0]) in names
        if one.tag == "a":
            assert (one.attributes["href"] or "")[1:] in names
        if one.tag == "img":
            assert "alt" in one.attributes
    tables = list(root.every("table"))
    assert bool(tables) == (copy == "standard")
    for table in tables:
        assert next(table.every("caption")).text
        columns = list(next(table.every("thead")).every("th"))
        assert all(one.attributes["scope"] == "col" for one in columns)
        for row in next(table.every("tbody")).every("tr"):
            cells = list(row.every("th", "td"))
            assert [one.tag for one in cells] == ["th"] + ["td"] * (len(cells) - 1)
            assert cells[0].attributes["scope"] == "row"
            assert sum(int(one.attributes.get("colspan") or 1) for one in cells) == len(columns)


@each_copy
def test_another_parser_finds_the_same_words(copy: Edition) -> None:
    page = render_html(document_of(sample_plan(), copy))
    (ours,) = read(page).every("body")
    theirs = lxml_html.document_fromstring(page).find("body")
    assert theirs is not None
    assert ours.text.split() == str(theirs.text_content()).split()


def test_a_name_takes_the_direction_of_its_letters() -> None:
    root = read(render_html(document_of(plan_of(1, name="عائشہ خان"))))
    holders = [one for one in root.every() if "عائشہ خان" in one.own_text]
    assert holders
    for one in holders:
        assert one.tag in ("title", "bdi", "a") or one.attributes.get("dir") == "auto", one.tag


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_words_stands_out_from_every_ground() -> None:
    style = next(read(render_html(document_of(sample_plan()))).every("style")).text
    words = set(re.findall(r"(?<!-)color: (#[0-9a-f]{6})", style))
    grounds = set(re.findall(r"background: (#[0-9a-f]{6})", style))
    assert words == {"#0b0c0c", "#505a5f"}
    assert grounds == {"#ffffff", "#f3f2f1"}
    assert min(contrast(one, other) for one in words for other in grounds) >= 4.5
    assert len(re.findall(r"#[0-9a-f]{3,8}\b", style)) == len(
        re.findall(r"#(?:0b0c0c|505a5f|ffffff|f3f2f1)\b", style)
    )


def test_the_same_plan_gives_the_same_file() -> None:
    assert render_html(document_of(sample_plan())) == render_html(document_of(sample_plan()))


def test_a_drawn_signature_is_drawn_and_says_whose_it_is() -> None:
    drawing = Drawing(
        width=40, height=10, subcell=True, strokes=(((100, 100), (900, 400), (3000, 800)), ((10, 10),))
    )
    field = SignatureField(
        "The person", signed="Sam Example, drawn by hand", on="1 May 2026", drawing=drawing
    )
    document = a_document(*["x"] * 31)
    document = replace(document, last_page=LastPage((), (field,)))
    root = read(render_html(document))
    (path,) = (one for one in root.every("path"))
    assert re.fullmatch(r"(M[\d.]+ [\d.]+(C[\d. -]+|L[\d.]+ [\d.]+)+)+", path.attributes["d"] or "")
    said = next(one for one in root.every("dd") if "Sam Example" in one.text)
    assert said.text == "Sam Example, drawn by hand"


def test_on_paper_it_is_as_wide_as_the_page_allows() -> None:
    style = next(read(render_html(document_of(sample_plan()))).every("style")).text
    on_paper = style.partition("@media print {")[2]
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", on_paper)
    (main,) = (declared for selectors, declared in rules if "main" in re.findall(r"[^\s,]+", selectors))
    assert "max-width: none" in main
    assert "padding: 0" in main


def test_on_paper_no_total_is_parted_from_what_it_totals_and_no_small_words_are_too_small() -> None:
    style = next(read(render_html(document_of(sample_plan()))).every("style")).text
    on_paper = style.partition("@media print {")[2]
    assert ".total, .grand-total { break-before: avoid; }" in on_paper
    assert "table, small { font-size: 12pt; }" in on_paper


def test_only_what_is_taken_out_of_the_paper_begins_a_page() -> None:
    root = read(render_html(document_of(sample_plan())))
    assert sum("new-page" in (one.attributes.get("class") or "").split() for one in root.every("div")) == 2


def test_a_row_of_easy_read_says_that_it_stays_with_the_next() -> None:
    root = read(render_html(document_of(sample_plan(), "easy_read")))
    rows = [one for one in root.every("div") if "idea" in (one.attributes.get("class") or "").split()]
    together = [one for one in rows if "with-next" in (one.attributes.get("class") or "").split()]
    # Four wishes, three risks, and the first three of the four rows about an emergency.
    assert len(together) == 10
