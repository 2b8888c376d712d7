"""Which characters of what is about to be recorded cannot be printed."""


def unprintable_words(*texts: str) -> str:
    """Say which characters of some texts no font here has; empty where all can be printed."""
    from supportplan.documents.pdf.letters import LACKING, lacking_in

    letters = lacking_in(texts)
    if not letters:
        return ""
    shown = " ".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in letters)
    return f"{shown} cannot be printed: in {'its' if len(letters) == 1 else 'their'} place stands {LACKING}."
