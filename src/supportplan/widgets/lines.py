"""Lines of a fixed width, from text that people typed: never read as markup, never wider than their place."""

from textual.content import Content

from supportplan.domain.short import printable

ELLIPSIS = "…"


def typed(text: str, style: str = "") -> Content:
    """Show what comes from a person or a file, on one line. Signs that steer a terminal are shown as spaces."""
    return Content.styled(printable(text), style) if style else Content(printable(text))


def typed_lines(text: str, style: str = "") -> Content:
    """Show such a text on the lines that it has, each of them as `typed` shows it."""
    shown = "\n".join(map(printable, text.split("\n")))
    return Content.styled(shown, style) if style else Content(shown)


def beside(left: Content, right: Content, width: int) -> Content:
    """Put one text at the left and one at the right of a line. The right one is a figure, and is never cut."""
    room = width - right.cell_length - (1 if right.cell_length else 0)
    return Content.assemble(
        fitted(left, max(room, 0)), Content(" " if right.cell_length else ""), right
    ).truncate(width, pad=True)


def wrapped(text: Content, width: int, most: int) -> list[Content]:
    """Break a text between words into lines of a width, at most so many; the last says where more follows."""
    lines = text.wrap(max(width, 1))
    if len(lines) <= most:
        return lines
    rest = Content(" ").join(line.rstrip() for line in lines[most - 1 :])
    return [*lines[: most - 1], fitted(rest, width)]


def fitted(text: Content, width: int) -> Content:
    """Cut a text to a width, with a sign that more follows, or fill it up."""
    return text.truncate(width, ellipsis=True, pad=True)
