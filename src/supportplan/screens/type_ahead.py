"""No key is lost or goes astray while a screen opens: each is finished before the next is dealt out.

Textual sends a key to whatever has the focus when the key arrives. While a screen opens that is nothing, or the wrong
field: a brisk typist's `7.5` became `5`. So keys are held here, in their order, until the last one has come to rest.
"""

import asyncio
import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from supportplan.services.opening import Store

Answer = TypeVar("Answer")
Given = ParamSpec("Given")
Got = TypeVar("Got")

# Whatever goes wrong, keys are not held for longer.
MOST_HELD_SECONDS = 10.0

Held = events.Key | events.Paste | events.MouseEvent


def takes_letters(focused: Widget | None) -> bool:
    """Whether letters are typed into what has the focus, so that they are no commands there."""
    return focused is not None and focused.check_consume_key("a", "a")


class OpeningScreen(Screen[Answer]):
    """A screen that says when it has opened. `painted` is set once it has shown itself for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = asyncio.Event()

    def on_mount(self) -> None:
        """Say so once all that the mounting set going has been painted."""
        self.call_after_refresh(self._has_opened)

    def _has_opened(self) -> None:
        self.painted.set()
        if not gc.isenabled():
            # The program has come to its first screen, and what was loaded for that stays.
            gc.freeze()
            gc.enable()

    @property
    def gone(self) -> bool:
        """Whether the screen was left for good: what only comes now cannot be shown in it any more."""
        return self not in self.app.screen_stack

    async def away(self, work: Callable[Given, Got], *given: Given.args, **named: Given.kwargs) -> Got:
        """Do work in a thread, while keys are held that may be meant for what comes of it.

        Where the screen was left meanwhile, whoever waits for it here is cancelled: there is nobody to show it to.
        """
        with _keys_of(self.app).holding_keys():
            came = await asyncio.to_thread(work, *given, **named)
        if self.gone:
            raise asyncio.CancelledError
        return came

    def letters_come(self) -> None:
        """Take note that letters are on their way into the field with the focus."""

    def hand_in(self) -> None:
        """Have saved what was typed last, where that has not been yet."""

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again after the program was locked."""

    def on_field_entered(self) -> None:
        """Do what Enter in a field means here."""
        self.entered()

    def entered(self) -> None:
        """Go on to the next field, as with Tab."""
        self.focus_next()


class Cover(OpeningScreen[None]):
    """A screen that hides what is worked on for a while: keys wait until it is gone, but for those that `leads_out` names."""

    leads_out: ClassVar[frozenset[str]] = frozenset()

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Say whether a key does something here, and need not wait."""
        bound = self.active_bindings.get(event.key) if isinstance(event, events.Key) else None
        return bound is not None and bound.binding.action in self.leads_out


class Dialog(OpeningScreen[Answer], ModalScreen[Answer]):
    """A small screen over another, which has to be answered first."""


class TypeAheadApp(App[None]):
    """An app that deals keys, pastes and clicks out one at a time.

    A key has come to rest when the screen it led to has painted, and the field with the focus, all that it stands in
    and the app itself have dealt with what the key set going.
    """

    def __init__(self, *, styles: list[str | PurePath] | None = None) -> None:
        super().__init__(css_path=styles)
        self._waiting: deque[Held] = deque()
        self._dealing: asyncio.Task[None] | None = None
        self._busy = 0
        self._free = asyncio.Event()
        self._free.set()
        self._covered: list[events.Key | events.Paste] = []

    async def on_event(self, event: events.Event) -> None:
        """Hold a key, a paste or the mouse while an earlier one is at work; everything else goes its way at once."""
        if not isinstance(event, Held) or event.is_forwarded:
            await super().on_event(event)
        elif self.at_rest and (self._only_types(event) or _follows(event)):
            await self._deal_out(event)
        else:
            self._waiting.append(event)
            self._begin_dealing()

    @contextmanager
    def holding_keys(self) -> Iterator[None]:
        """Hold keys while something is fetched that they may be meant for."""
        self._busy += 1
        self._free.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._free.set()

    def drop_held(self) -> None:
        """Let go of the keys that wait: they were meant for what is no more in front."""
        self._waiting.clear()

    def uncovered(self) -> None:
        """Deal out what was typed while a cover hid where it belongs."""
        self._waiting.extendleft(reversed(self._covered))
        self._covered.clear()
        if self._waiting:
            self._begin_dealing()

    def _begin_dealing(self) -> None:
        if self._dealing is None:
            self._dealing = asyncio.create_task(self._deal())
            self._dealing.add_done_callback(self._dealt)

    @property
    def at_rest(self) -> bool:
        """Whether every key so far has done all that it set going."""
        return self._dealing is None and self._free.is_set() and self._opening is None

    @property
    def _opening(self) -> asyncio.Event | None:
        """What says that the screen on top has painted; None where it has."""
        painted = self.screen.painted if isinstance(self.screen, OpeningScreen) else None
        return None if painted is None or painted.is_set() else painted

    def _only_types(self, event: events.Event) -> bool:
        """Whether an event can do nothing but put letters into a field. It need not be waited for."""
        return isinstance(event, events.Key) and event.is_printable and takes_letters(self.focused)

    async def _deal(self) -> None:
        while True:
            if not (self._waiting and _follows(self._waiting[0])):
                await self._come_to_rest()
            if not self._waiting:
                # At once: what comes before this task is seen to have ended would wait for ever.
                self._dealing = None
                return
            event = self._waiting.popleft()
            if (
                isinstance(self.screen, Cover)
                and isinstance(event, events.Key | events.Paste)
                and not self.screen.takes(event)
            ):
                self._covered.append(event)
            else:
                await self._deal_out(event)

    async def _deal_out(self, event: events.Event) -> None:
        letters = isinstance(event, events.Paste) or self._only_types(event)
        if letters and takes_letters(self.focused) and isinstance(self.screen, OpeningScreen):
            self.screen.letters_come()
        await super().on_event(event)

    def _dealt(self, dealing: asyncio.Task[None]) -> None:
        if self._dealing is dealing:
            self._dealing = None
        if not dealing.cancelled() and (error := dealing.exception()) is not None:
            self._handle_exception(error if isinstance(error, Exception) else RuntimeError(str(error)))

    async def _come_to_rest(self) -> None:
        """Wait until all that the last key set going is done, or until keys have been held long enough."""
        try:
            async with asyncio.timeout(MOST_HELD_SECONDS):
                rounds = 0
                while rounds < 2:
                    await self._free.wait()
                    if self._opening:
                        await self._opening.wait()
                    # What a field posts goes to what it stands in, and so on up; the focus may have moved since.
                    field = self.focused
                    for node in [self.screen, *(field.ancestors_with_self if field else ()), self]:
                        await _reached(node)
                    rounds = rounds + 1 if self._free.is_set() and self._opening is None else 0
        except TimeoutError:
            return


def _follows(event: Held) -> bool:
    """Whether an event of the mouse belongs to where it has been all along: only a press may lead somewhere else."""
    return isinstance(event, events.MouseEvent) and not isinstance(event, events.MouseDown)


def _keys_of(app: App[object]) -> TypeAheadApp:
    """Return the app as the one that deals its keys out one at a time, as all of ours do."""
    if not isinstance(app, TypeAheadApp):
        raise TypeError("this screen needs an app that holds keys")
    return app


async def _reached(node: MessagePump) -> None:
    """Wait until a node has dealt with every message that it has been sent so far."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        await done.wait()
