"""What stands on the screen as an SVG that fetches nothing: whoever looks at it tells nobody so."""

import re

from supportplan.app import SupportPlan

_FETCHED = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
_LETTERS = "ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
_OWN_NAMES = re.compile(r"\bterminal-\d+-")


class Drawn(SupportPlan):
    """The app, which draws itself with the letters that the looker's computer has."""

    TITLE = "supportplan"

    def export_screenshot(self, *, title: str | None = None, simplify: bool = True) -> str:
        """Draw what is on the screen."""
        return without_addresses(super().export_screenshot(title=title, simplify=simplify))


def without_addresses(svg: str) -> str:
    """Take out the letters that would be fetched from elsewhere, and name the parts alike in every picture."""
    svg = _OWN_NAMES.sub("terminal-", _FETCHED.sub("", svg))
    svg = svg.rstrip() + "\n"
    return svg.replace("font-family: Fira Code, monospace", f"font-family: {_LETTERS}").replace(
        "font-family: arial", "font-family: sans-serif"
    )
