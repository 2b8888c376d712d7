"""The sheet that a signature is drawn on, as it stands on the screen."""

from pictures.handwriting import Way
from tests.journeys.at_terminal import Terminal
from tests.journeys.sight import Spot


def sheet(screen: Terminal) -> tuple[Spot, int, int]:
    """Return where the sheet's first cell is, and how many it has both ways."""
    lines = screen.settled("[ Done ]").splitlines()
    edges = [y for y, line in enumerate(lines) if "──────────╮" in line or "──────────╯" in line]
    top, foot = edges[0], next(y for y in edges if lines[y].lstrip().startswith("╰─────────────────────"))
    left, right = lines[top].index("╭"), lines[top].rindex("╮")
    return Spot(left + 1, top + 1), right - left - 1, foot - top - 1


def on_sheet(corner: Spot, way: Way) -> Way:
    """Return the way of a pen on the screen, whose sheet begins at a corner."""
    return [(x + corner.x, y + corner.y) for x, y in way]
