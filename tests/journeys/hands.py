"""Two ways to work the program, by keys alone and by mouse alone, behind the same intents.

Both look at the screen as a person would. The hand on the keys watches the cursor to know where it is; the one on the
mouse points at words, and turns the wheel where they are out of sight. It types words, and never moves with a key.
"""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from tests.journeys.at_terminal import PATIENCE, Terminal
from tests.journeys.sight import Sight, Spot

# More than any screen has places to stop at, or lines to turn the wheel over.
_MOST_STEPS = 60
# Seconds in which a key has moved the cursor, if it moves it at all.
_TO_MOVE = 0.3


class Hand(ABC):
    """What a person does at the screen."""

    def __init__(self, screen: Terminal) -> None:
        self.screen = screen

    @abstractmethod
    def enter(self, label: str) -> None:
        """Put the cursor into the field or the box with this label, so that what is typed replaces what it holds."""

    def fill(self, label: str, text: str) -> None:
        """Type into the field or the box with this label, in place of what it holds."""
        self.enter(label)
        self.write(text)

    @abstractmethod
    def take(self, words: str) -> None:
        """Take what a search has found."""

    def fill_secret(self, label: str, secret: str) -> None:
        """Type what is shown as stars."""
        self.enter(label)
        self.screen.says(secret)
        self._until(lambda seen: seen.to_cursor.endswith("•" * len(secret)), label)

    @abstractmethod
    def choose(self, label: str, option: str) -> None:
        """Choose one of a few that all stand on the screen."""

    @abstractmethod
    def pick(self, label: str, option: str) -> None:
        """Choose one of many from the list that a field opens."""

    @abstractmethod
    def row(self, words: str) -> None:
        """Choose the row of a list that begins with these words."""

    @abstractmethod
    def press(self, button: str) -> None:
        """Press a button."""

    @abstractmethod
    def command(self, key: str, words: str) -> None:
        """Do what the line of keys offers: `key` is what is pressed for it, `words` what the line calls it."""

    def back(self, *words: str) -> None:
        """Go back, to where the words stand."""
        before = self.look()
        self.command("Escape", "Back")
        self._until(lambda seen: seen != before, "the place before")
        self.sees(*words)

    def write(self, text: str) -> None:
        """Type where the cursor is, and wait until it stands behind the last word."""
        self.screen.says(text)
        self._until(lambda seen: seen.to_cursor.endswith(text.split()[-1]), text)

    def sees(self, *words: str, without: str = "") -> str:
        """Wait until the words stand on the screen and all has come to rest there; return what it shows."""
        self.screen.wait(*words, without=without)
        return "\n".join(self.look().lines)

    def look(self) -> Sight:
        """Return what is to be seen as soon as it no longer changes."""
        before = self._glance()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.04)
            seen = self._glance()
            if seen == before:
                return seen
            before = seen
        raise TimeoutError(f"the screen does not come to rest:\n{self.screen.screen()}")

    def reaches(self, so: Callable[[], bool], what: str) -> None:
        """Wait until something is so that is not to be seen by the words alone."""
        self._until(lambda _: so(), what)

    def _until(self, so: Callable[[Sight], bool], what: str) -> None:
        """Wait until something is so."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if so(self._glance()):
                return
            time.sleep(0.02)
        raise self._missed(what)

    def _glance(self) -> Sight:
        return Sight(*self.screen.screen_and_cursor())

    def _missed(self, what: str) -> AssertionError:
        return AssertionError(
            f"{what} is not reached:\n{self.screen.screen()}\ncursor {self.screen.cursor()}"
        )


class ByKeys(Hand):
    """Keys alone."""

    def enter(self, label: str) -> None:
        """Go there with Tab, and empty it."""
        self._tab_to(lambda seen: seen.in_field(label), label)
        self.screen.type("End", "C-u")

    def choose(self, label: str, option: str) -> None:
        """Go there with Tab, and through what there is to choose from with the arrows."""
        seen = self._tab_to(lambda seen: seen.in_field(label), label)
        wanted = seen.option(label, option)
        if wanted is None:
            raise self._missed(option)
        spots = seen.options()
        here = max(
            range(len(spots)),
            key=lambda at: (spots[at].y, spots[at].x) <= (seen.cursor.y, seen.cursor.x) and at,
        )
        self._steps(spots.index(wanted) - here, "Left", "Right")

    def pick(self, label: str, option: str) -> None:
        """Open the list with Enter, and choose from it."""
        self._tab_to(lambda seen: seen.in_field(label), label)
        self.screen.type("Enter")
        self.sees(f"─ {label} ─")
        self.row(option)

    def row(self, words: str) -> None:
        """Go to the row with the arrows, and press Enter."""
        seen = self.look()
        for _ in range(_MOST_STEPS):
            if re.match(rf"> (?:[A-Z]  )?{re.escape(words)}", seen.from_cursor):
                self.screen.type("Enter")
                return
            row = seen.row(words)
            seen = self._step("Up" if row is not None and row.y < seen.cursor.y else "Down", seen)
        raise self._missed(words)

    def take(self, words: str) -> None:
        """Go down to it while the search keeps the cursor, and press Enter."""
        for _ in range(_MOST_STEPS):
            if any(f"> {words}" in line for line in self.look().lines):
                self.screen.type("Enter")
                return
            self._step("Down", self.look())
        raise self._missed(words)

    def press(self, button: str) -> None:
        """Go to the buttons with Tab, to the one with the arrows, and press Enter."""
        seen = self._tab_to(lambda seen: seen.cursor in dict(map(reversed, seen.buttons())), button)  # type: ignore[arg-type]
        names, spots = zip(*seen.buttons(), strict=True)
        self._steps(names.index(button) - spots.index(seen.cursor), "Left", "Right")
        self.screen.type("Enter")

    def command(self, key: str, words: str) -> None:
        """Press the key."""
        self.screen.type(key)

    def _tab_to(self, there: Callable[[Sight], bool], what: str) -> Sight:
        """Press Tab until the cursor is there."""
        seen = self.look()
        for _ in range(_MOST_STEPS):
            if there(seen):
                return seen
            seen = self._step("Tab", seen)
        raise self._missed(what)

    def _steps(self, steps: int, back: str, on: str) -> None:
        for _ in range(abs(steps)):
            self._step(back if steps < 0 else on, self.look())

    def _step(self, key: str, before: Sight) -> Sight:
        """Press a key that moves, and wait until it has done so."""
        self.screen.type(key)
        # What a key leaves behind may be painted before the cursor has moved on; in a form that scrolls it stays.
        moving = time.monotonic() + _TO_MOVE
        while self._glance().cursor == before.cursor and time.monotonic() < moving:
            time.sleep(0.02)
        self._until(lambda seen: seen != before, f"anything with {key}")
        return self.look()


class ByMouse(Hand):
    """The mouse alone; keys only for words."""

    def enter(self, label: str) -> None:
        """Click there, or mark what it holds by dragging over it."""
        box = self._scroll_to(lambda seen: seen.box(label) or seen.field(label), label)
        seen = self.look()
        if seen.box(label) is not None:
            self._click(box)
        else:
            line = seen.lines[box.y]
            first = line.index("[", box.x) + 1
            held = line[first : line.index("]", first)].rstrip()
            if held:
                self.screen.drag(first + 1, box.y + 1, first + 1 + len(held), box.y + 1)
            else:
                self.screen.click(first + 2, box.y + 1)
        self._until(lambda now: now.in_field(label), label)

    def choose(self, label: str, option: str) -> None:
        """Click the option."""
        self._click(self._scroll_to(lambda seen: seen.option(label, option), f"{label}: {option}"))
        self.look()

    def pick(self, label: str, option: str) -> None:
        """Click the field, and in the list that opens the option."""
        x, y = self._scroll_to(lambda seen: seen.field(label), label)
        self._click(Spot(x + 22, y))
        self.sees(f"─ {label} ─")
        self.row(option)

    def row(self, words: str) -> None:
        """Click the row."""
        self._click(self._scroll_to(lambda seen: seen.row(words), words))

    def take(self, words: str) -> None:
        """Click it."""
        self.row(words)

    def press(self, button: str) -> None:
        """Click the button."""
        self._click(self._scroll_to(lambda seen: dict(seen.buttons()).get(button), button))

    def command(self, key: str, words: str) -> None:
        """Click its words in the line of keys."""
        seen = self.look()
        at = seen.lines[-1].find(f" {words}")
        if at < 0:
            raise self._missed(words)
        self._click(Spot(at + 1, len(seen.lines) - 1))

    def _click(self, spot: Spot) -> None:
        self.screen.click(spot.x + 1, spot.y + 1)

    def _scroll_to(self, find: Callable[[Sight], Spot | None], what: str) -> Spot:
        """Turn the wheel down, and then up, until something is in view."""
        seen = self.look()
        for down in (True, False):
            for _ in range(_MOST_STEPS):
                found = find(seen)
                if found is not None:
                    return found
                self.screen.wheel(len(seen.lines[-1]) // 2, len(seen.lines) // 2, down=down)
                before, seen = seen, self.look()
                if seen == before:
                    break
        raise self._missed(what)
