"""Texts that somebody wrote, made fit for one line: nothing in them that steers a terminal, none longer than its place."""


def printable(text: str, instead: str = " ") -> str:
    """Return a text with another sign in the place of each that cannot be shown, line breaks among them."""
    return "".join(sign if sign.isprintable() else instead for sign in text)


def shortened(text: str, most: int) -> str:
    """Return a text on one line of at most `most` characters; where some are left out, it ends in `…`."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
