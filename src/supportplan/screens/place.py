"""What every screen has: a line that says where one is and what is saved, its own part, and a line of keys."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from supportplan.domain.problems import Problem
from supportplan.screens.actions import ACTIONS, ANYWHERE, Action, actions_of
from supportplan.screens.real_cursor import FollowingCursor
from supportplan.screens.screen_text import text_on
from supportplan.screens.type_ahead import OpeningScreen, TypeAheadApp, takes_letters
from supportplan.services.preferences import Preferences
from supportplan.widgets.bar_lines import KeyLine, KeyWords, TitleBar
from supportplan.widgets.lines import typed

if TYPE_CHECKING:
    from textual.worker import Worker

    from supportplan.services.opening import Store

Answer = TypeVar("Answer")

_SAID_FOR_SECONDS = 20.0
# What no keyboard has.
_NO_KEY = "no_key"
_KEY_NAMES = {
    "escape": "Esc", "enter": "Enter", "slash": "/", "question_mark": "?", "space": "Space", "delete": "Del", "backspace": "Backspace",
    "tab": "Tab", "f1": "F1", "f2": "F2", "f3": "F3", "f4": "F4", "f5": "F5",
}  # fmt: skip


def key_name(key: str) -> str:
    """Write a key as people read it: `ctrl+s` as `Ctrl+S`, `a` as `A`."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    return _KEY_NAMES.get(key, key.upper())


def is_letter(key: str) -> bool:
    """Say whether a key puts a sign into a field that has the focus."""
    return len(key) == 1 or key in ("slash", "question_mark", "space", "plus", "minus")


def without_letters(keys: str) -> str:
    """Return an action's keys without those that are plain letters, as somebody who speaks to the computer wants it."""
    return ",".join(key for key in keys.split(",") if not is_letter(key))


class PlaceApp(FollowingCursor, TypeAheadApp):
    """What places ask of the app.

    `own_keys` are the keys that the person has chosen, by the id of the action; `lock_after` the seconds after which
    the program locks itself when nobody touches it, 0 for never. `folder` is where the store lives, None where it is
    the practice case's; `store` is the open one.
    """

    folder: Path | None
    store: "Store | None"

    def __init__(self, *, styles: list[str | PurePath]) -> None:
        """Make the app. `styles` are files beside it that are read before the first screen is made."""
        super().__init__(styles=styles)
        self.own_keys: dict[str, str] = {}
        self.lock_after = 300

    def follow(self, preferences: Preferences) -> None:
        """Look and behave as the person likes it."""
        if preferences.looks:
            self.theme = preferences.looks
        without = {} if preferences.letters else {one.id: without_letters(one.keys) for one in ACTIONS}
        self.own_keys = without | preferences.keys
        # Textual takes an action without a key for one that keeps its usual ones.
        self.set_keymap({id_: keys or _NO_KEY for id_, keys in self.own_keys.items()})
        self.lock_after = preferences.lock_minutes * 60

    @abstractmethod
    async def action_visit(self, key: str) -> None:
        """Go to a place that stands beside the cases; `home` leaves all that stands over the list of cases."""

    @abstractmethod
    def bring_back(self, file: Path, secret: str) -> "Worker[None]":
        """Put the store of a backup in the place of what is here, and begin anew with it."""


class Place(OpeningScreen[Answer]):
    """A screen of the program. `place` is its name in the list of actions."""

    place: ClassVar[str]
    of_a_case: ClassVar[bool] = False
    about: ClassVar[str] = ""
    """What help is called for here, where that is not the name of the place."""
    app = getters.app(PlaceApp)

    def __init__(self) -> None:
        super().__init__()
        self._hush: Timer | None = None

    def compose(self) -> ComposeResult:
        """Put the two lines round the screen's own part."""
        yield TitleBar()
        yield from self.body()
        yield KeyLine()

    @abstractmethod
    def body(self) -> Iterator[Widget]:
        """Make the screen's own part."""

    def on_mount(self) -> None:
        """Show the keys, and others as soon as a field is typed in."""
        self.watch(self, "focused", self.show_keys)

    def where(self, *parts: str) -> None:
        """Say where one is, in words that people may have typed."""
        self.query_one(TitleBar).show(where=Content(" > ").join([typed(part) for part in parts if part]))

    def say(self, words: str, *, caution: bool = False) -> None:
        """Say something in the line at the top. A caution stays until something else is said, the rest for a while."""
        said = typed(f"! {words}" if caution else words, "bold $error" if caution else "bold")
        self.query_one(TitleBar).show(said=said)
        if self._hush is not None:
            self._hush.stop()
        self._hush = None if caution or not words else self.set_timer(_SAID_FOR_SECONDS, self.hush)

    def on_screen_suspend(self) -> None:
        """Let what was said here be said: whoever comes back later would take it for news."""
        self.hush()

    def hush(self) -> None:
        """Say no more what was said for a while; a caution stays."""
        if self._hush is not None:
            self._hush.stop()
            self._hush = None
            for bar in self.query(TitleBar):
                bar.show(said=Content(""))

    def say_problem(self, problem: Problem) -> None:
        """Say what went wrong and what to do about it, and keep it until Enter."""
        from supportplan.screens.notice import Notice

        self.app.push_screen(Notice(problem))

    def show_keys(self) -> None:
        """Show the keys that matter here, as the person has set them."""
        own = [*actions_of(self.place), *(actions_of("case") if self.of_a_case else ())]
        last = [action for action in actions_of(ANYWHERE) if action.id in ("anywhere.back", "anywhere.help")]
        self.query_one(KeyLine).show(self._key_words(own), self._key_words(last))

    def on_key_line_clicked(self, event: KeyLine.Clicked) -> None:
        """Do what was clicked in the line of keys."""
        self.call_later(self.run_action, event.run)

    def copied(self) -> str:
        """Return the text of this place: what stands on the screen, or all of it where a place knows more."""
        return text_on(self)

    def action_copy(self) -> None:
        """Copy the text of this place. No terminal says whether it took it, so neither is it said that it did."""
        self.app.copy_to_clipboard(self.copied())
        self.say("Copied, if your terminal allows it.")

    def holds_back(self, again: str) -> bool:  # noqa: ARG002 - a place that can lose something says how to go all the same
        """Say, once, what would be lost by going away; whether there is anything. `again` says what goes all the same."""
        return False

    async def may_leave(self) -> bool:
        """Whether all that was done here is kept, or somebody has said that it need not be. Asked for in a worker."""
        return True

    def action_go_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    @contextmanager
    def problems_said(self) -> Iterator[None]:
        """Say a problem on the screen where one comes up."""
        try:
            yield
        except Problem as problem:
            self.say_problem(problem)

    def _key_words(self, actions: Iterable[Action]) -> list[KeyWords]:
        """Return what the line shows: while a field has the focus, letters are typed into it and do nothing else."""
        typing = takes_letters(self.focused)
        shown = []
        for action in actions:
            keys = self.app.own_keys.get(action.id, action.keys).split(",")
            usable = [key for key in keys if key and not (typing and is_letter(key))]
            if action.words and usable:
                shown.append(KeyWords(key_name(usable[0]), action.words, action.run))
        return shown
