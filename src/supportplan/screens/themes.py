"""How the program looks: in a bright kitchen, in the evening, with high contrast, or in the terminal's own colours.

The colours are of the 256 that older terminals have, so that they look the same there. Every text stands out from
what is behind it by 4.5 to 1 and more (WCAG 1.4.3); a test measures what is painted.
"""

from typing import NamedTuple

from textual.theme import Theme

DAY, EVENING, HIGH_CONTRAST, TERMINAL = "day", "evening", "high-contrast", "terminal"


class _Colours(NamedTuple):
    """`muted` is for words that stand back, `chosen` for the row under the cursor, `edge` for lines and edges."""

    page: str
    ink: str
    muted: str
    bar: str
    lead: str
    chosen_page: str
    chosen_ink: str
    good: str
    caution: str
    bad: str
    edge: str
    field: str


def _theme(name: str, colours: _Colours, *, dark: bool, ansi: bool = False) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        ansi=ansi,
        primary=colours.lead,
        secondary=colours.lead,
        accent=colours.lead,
        warning=colours.caution,
        error=colours.bad,
        success=colours.good,
        foreground=colours.ink,
        background=colours.page,
        surface=colours.page,
        panel=colours.bar,
        boost=colours.page,
        variables={
            "ansi-background": "ansi_black" if dark else "ansi_white",
            "ansi-foreground": "ansi_white" if dark else "ansi_black",
            "muted": colours.muted,
            "bar": colours.bar,
            "field": colours.field,
            "edge": colours.edge,
            "chosen": colours.chosen_page,
            "chosen-ink": colours.chosen_ink,
            "scrollbar": colours.edge,
            "scrollbar-hover": colours.lead,
            "scrollbar-active": colours.lead,
            "scrollbar-background": colours.bar,
            "scrollbar-background-hover": colours.bar,
            "scrollbar-background-active": colours.bar,
            "scrollbar-corner-color": colours.bar,
            "border": colours.lead,
            "border-blurred": colours.edge,
            "input-cursor-background": colours.ink,
            "input-cursor-foreground": colours.page,
            "input-cursor-text-style": "none",
            "input-selection-background": colours.chosen_page,
            "input-selection-foreground": colours.chosen_ink,
            "screen-selection-background": colours.chosen_page,
            "screen-selection-foreground": colours.chosen_ink,
        },
    )


THEMES = (
    _theme(
        DAY,
        _Colours(
            page="#ffffff", ink="#121212", muted="#4e4e4e", bar="#eeeeee", lead="#005f87", chosen_page="#005f87",
            chosen_ink="#ffffff", good="#005f00", caution="#875f00", bad="#af0000", edge="#767676", field="#eeeeee",
        ),
        dark=False,
    ),
    _theme(
        EVENING,
        _Colours(
            page="#1c1c1c", ink="#e4e4e4", muted="#b2b2b2", bar="#303030", lead="#87d7ff", chosen_page="#87d7ff",
            chosen_ink="#121212", good="#87d787", caution="#ffd75f", bad="#ffafaf", edge="#8a8a8a", field="#303030",
        ),
        dark=True,
    ),
    _theme(
        HIGH_CONTRAST,
        _Colours(
            page="#000000", ink="#ffffff", muted="#ffffff", bar="#000000", lead="#ffff00", chosen_page="#ffff00",
            chosen_ink="#000000", good="#00ff00", caution="#ffff00", bad="#ffafaf", edge="#ffffff", field="#000000",
        ),
        dark=True,
    ),
    _theme(
        TERMINAL,
        _Colours(
            page="ansi_default", ink="ansi_default", muted="ansi_default", bar="ansi_default", lead="ansi_default",
            chosen_page="ansi_default", chosen_ink="ansi_default", good="ansi_default", caution="ansi_default",
            bad="ansi_default", edge="ansi_default", field="ansi_default",
        ),
        dark=True,
        ansi=True,
    ),
)  # fmt: skip
THEME_WORDS = {
    DAY: "Day",
    EVENING: "Evening",
    HIGH_CONTRAST: "High contrast",
    TERMINAL: "My terminal's own",
}
