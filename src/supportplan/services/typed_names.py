"""Names as people type them, made fit to be kept: single spaces, a letter at least, nothing that cannot be shown."""

from supportplan.domain.problems import BadInput

MOST_SIGNS = 200


def typed_name(typed: str, what: str) -> str:
    """Return a name with single spaces between its words; raise BadInput, which says `what` and never the name."""
    name = " ".join(typed.split())
    if not any(sign.isalpha() for sign in name):
        raise BadInput("needs at least one letter", where=what, mend="Give the name that people use.")
    if not name.isprintable():
        raise BadInput("holds signs that cannot be shown", where=what, mend="Type it again.")
    if len(name) > MOST_SIGNS:
        raise BadInput(f"is longer than {MOST_SIGNS} letters", where=what, mend="Shorten it.")
    return name
