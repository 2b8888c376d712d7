"""What the young person and the parent each think of a plan: a part of the plan, or a page of its own beside it."""

from collections.abc import Iterator

from supportplan.documents.model import Block, Card, Document, Fact, Heading, LastPage, Paragraph
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.steps import Views
from supportplan.domain.check_code import check_code
from supportplan.domain.days import day_words
from supportplan.domain.plan import Plan, shared
from supportplan.domain.short import shortened

_NOT_IN_THE_SEALED = (
    "These views were written down after the plan was sealed. The sealed plan does not have them: this page "
    "belongs beside it."
)


def view_parts(plan: Plan, views: Views) -> Iterator[Block]:
    """Write both views one after the other, and where they differ: nobody makes one view of the two."""
    name = shortened(plan.person.known_as or plan.person.name, 40)
    for heading, text in (
        (f"What {name} thinks", views.young_person),
        ("What the parent thinks", views.parent),
    ):
        yield Heading(3, heading)
        yield Paragraph(text if text.strip() else "Not written down.")
    if views.disagree:
        yield Heading(3, "Where we do not agree")
        yield Paragraph(views.words if views.words.strip() else "What it is about is not written down.")


def views_page(plan: Plan, views: Views, *, version: str, by: str, left_out: bool) -> Document:
    """Build the page of both views of a plan, whose version people call `version`; `by` is who gives it out.

    `left_out` says that the sealed plan does not have these views, which the page then says too.
    """
    person = plan.person
    version = f"{version} · {check_code(plan)}"
    facts = [
        ("Support plan of", person.name),
        ("Reference", person.reference),
        ("Version of the plan", version),
        ("Written down on", day_words(views.on)),
    ]
    return Document(
        title=f"Both views of the support plan of {shortened(person.name, 200)}",
        language="en-GB",
        subject="What the young person and the parent each think of the plan",
        author=shortened(by or "supportplan", 200),
        person=shortened(person.name, 40),
        version=shortened(version, 40),
        blocks=(
            Heading(1, "What each of us thinks of the plan"),
            Card("", tuple(Fact(label, text) for label, text in facts if text)),
            *((Paragraph(_NOT_IN_THE_SEALED, "warning"),) if left_out else ()),
            Heading(2, "Both views"),
            *view_parts(plan, views),
        ),
        last_page=LastPage((), ()),
        source=canonical(shared(plan)),
        views=canonical(views),
        edition="letter",
    )
