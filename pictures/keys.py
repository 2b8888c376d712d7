"""The guide's page of keys, written from the one list of actions, so that it cannot say anything else than the program does."""

from collections.abc import Iterator

from supportplan.screens.actions import ACTIONS, ANYWHERE, actions_of
from supportplan.screens.help_words import PLACES
from supportplan.screens.place import key_name

_HEAD = """# Keys

The last line of the screen shows the keys that matter where you are. **F1** shows all of them, and **Ctrl+P** lists every command by its name.
You can also click a word in that line, a row or a button with the mouse.

While you type in a field, a plain letter is a letter. Press **Tab** to go on to the next field, or use the Ctrl and F keys. Where you dictate to the
computer, turn letter keys off: **S** on the list of cases, then "Letter keys".

## In lists, fields and buttons

| key | what it does |
|---|---|
| Up, Down | move |
| Enter | open, add, or go on to the next field |
| Tab, Shift+Tab | go to the next field, or to the one before |
| Left, Right | move between buttons, and between the choices on a line |
| Space | tick, choose, or press a button |
"""
_MORE_TITLES = {ANYWHERE: "Everywhere", "case": "Everywhere in a case"}


def keys_page() -> str:
    """Write the page."""
    places = dict.fromkeys(action.place for action in ACTIONS)
    first = [place for place in (ANYWHERE, "case") if place in places]
    return "\n".join([_HEAD, *_tables([*first, *(place for place in places if place not in first)])])


def _tables(places: list[str]) -> Iterator[str]:
    for place in places:
        title = _MORE_TITLES[place] if place in _MORE_TITLES else PLACES[place].title
        yield f"## {title}\n\n| key | what it does |\n|---|---|"
        for action in actions_of(place):
            yield f"| {' or '.join(map(_key, action.keys.split(',')))} | {action.help} |"
        yield ""


def _key(key: str) -> str:
    """Write a key as it stands on most keyboards: `Ctrl+S`, `Backspace`."""
    name = key_name(key)
    if name.startswith("^"):
        return f"Ctrl+{name[1:]}"
    return name.capitalize() if len(name) > 3 else name
