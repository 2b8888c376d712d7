"""What somebody may do to a sealed plan that everybody signed: by its name, how the file looks afterwards."""

import io
from collections.abc import Callable

import pikepdf
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject

from supportplan.domain.canonical import canonical
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan
from tests.documents.seal.sealed_files import device, revision, sealed, signed, signed_plan, unsealed, updated
from tests.plans import sample_plan


def flipped(pdf: bytes) -> bytes:
    """Change one bit of a byte within the pages."""
    return pdf[: len(pdf) // 3] + bytes([pdf[len(pdf) // 3] ^ 1]) + pdf[len(pdf) // 3 + 1 :]


def painted_over(pdf: bytes) -> bytes:
    """Paint over a part of the first page, in an update."""

    def paint(writer: IncrementalPdfFileWriter) -> None:
        over = generic.StreamObject(stream_data=b"q 1 1 1 rg 400 500 120 40 re f Q")
        writer.add_stream_to_page(0, writer.add_object(over))

    return updated(pdf, paint)


def with_another_plan_inside(pdf: bytes) -> bytes:
    """Exchange the attached plan, in an update."""

    def exchange(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
        other = generic.StreamObject(
            dict_data={key: held["/F"].raw_get(key) for key in ("/Type", "/Subtype", "/Params")},
            stream_data=canonical(dearer()),
        )
        held["/F"] = held["/UF"] = writer.add_object(other)
        writer.update_container(held)

    return updated(pdf, exchange)


def with_a_page_more(pdf: bytes) -> bytes:
    """Add a page, in an update."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        page = PageObject(
            contents=writer.add_object(generic.StreamObject(stream_data=b"q Q")),
            media_box=generic.ArrayObject(generic.NumberObject(one) for one in (0, 0, 595, 842)),
        )
        writer.insert_page(page)

    return updated(pdf, add)


def saved_again(pdf: bytes) -> bytes:
    """Have another program write the file anew."""
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(again)
    return again.getvalue()


def with_a_signature_of_another_plan(pdf: bytes) -> bytes:
    """Put a signature that was given to another plan in the place of one."""
    theirs = PdfFileReader(io.BytesIO(signed_plan(dearer()))).embedded_signatures[1]
    ours = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[1]
    start, end = int(ours.byte_range[1]) + 1, int(ours.byte_range[2]) - 1
    copied: bytes = theirs.pkcs7_content.hex().encode().ljust(end - start, b"0")[: end - start]
    return pdf[:start] + copied + pdf[end:]


def costed_with_another_rate(_: bytes) -> bytes:
    """Make the whole file anew, of a dearer plan, with keys of a stranger."""
    stranger = device("laptop", "Example Forgers")
    pdf = sealed(unsealed(dearer()), stranger)
    for role, name in (
        ("person", "Sam Example"),
        ("facilitator", "Fay Example"),
        ("approver", "Ann Example"),
    ):
        pdf = signed(pdf, role, name, stranger)
    return pdf


def dearer() -> Plan:
    """The sample plan with another rate for its first paid support."""
    plan = sample_plan()
    first = next(one for one in plan.supports if one.rate is not None and one.paid_by == "budget")
    assert first.rate is not None
    other = replace(first, rate=replace(first.rate, amount=UnitPrice("99.99")))
    return replace(plan, supports=tuple(other if one is first else one for one in plan.supports))


TAMPERINGS: dict[str, Callable[[bytes], bytes]] = {
    "one flipped byte": flipped,
    "an amount painted over": painted_over,
    "the plan inside exchanged": with_another_plan_inside,
    "cut back to two signatures": lambda pdf: revision(pdf, 2),
    "cut back to the seal": lambda pdf: revision(pdf, 0),
    "a page added": with_a_page_more,
    "saved again": saved_again,
    "a signature of another plan": with_a_signature_of_another_plan,
    "costed with another rate": costed_with_another_rate,
}
