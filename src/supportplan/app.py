"""The app: themes, the person's own keys, leaving tidily, and the way from one place to another."""

import asyncio
import os
import signal
import sys
import threading
import time
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, work
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from supportplan.domain.problems import Problem
from supportplan.screens.actions import ANYWHERE, bindings
from supportplan.screens.place import Place, PlaceApp
from supportplan.screens.real_cursor import show_real_cursor
from supportplan.screens.themes import DAY, TERMINAL, THEMES
from supportplan.screens.too_small import TooSmall, is_too_small
from supportplan.screens.type_ahead import OpeningScreen
from supportplan.services.opening import is_store
from supportplan.services.preferences import read_preferences

if TYPE_CHECKING:
    from textual.screen import Screen

    from supportplan.screens.first_run import FirstRun
    from supportplan.screens.home import Home
    from supportplan.screens.unlock import Unlock
    from supportplan.services.opening import Store


# Seconds after which a thread lets another one on: a letter that has been painted is written to the terminal by its own.
_MOST_WAITING = 0.0005
_THEMES = {theme.name: theme for theme in THEMES}
# Seconds between two looks at whether anybody is still there.
_LOOK_EVERY = 5
# Named whole, since Textual looks for what is not beside the very class that the app is of, as that of the pictures.
_SCREENS = PurePath(__file__).parent / "screens"
# Seconds that leaving may take once the window is gone.
_MOST_LEAVING = 3.0


def _first_styles(folder: Path | None, *, opened: bool, at_case: bool) -> list[str | PurePath]:
    """Return the files with the styles of the screens that come first.

    For each that is only found when its screen is opened Textual reads all styles again.
    """
    if folder is None:
        names = ["heart"]
    elif not opened:
        names = ["unlock" if is_store(folder) else "first_run"]
    else:
        names = ["home", "heart"] if at_case else ["home"]
    return [_SCREENS / f"{name}.tcss" for name in names]


def _first_looks(app: "SupportPlan") -> str:
    return app.preferences.looks or DAY


class SupportPlan(PlaceApp):
    """supportplan on the screen, over the store in a folder. With `case`, the start of an id, it opens there.

    `opened` is the store of the folder where it has been unlocked already. Without a folder the app opens the practice
    case, and ends when that is left.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(ANYWHERE)
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (78, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-tall")]  # noqa: RUF012
    # Known before anything is styled: for a theme that is chosen later Textual reads all styles again.
    theme: Reactive[str] = Reactive(Initialize(_first_looks))

    def __init__(
        self, folder: Path | None, *, case: str | None = None, opened: "Store | None" = None
    ) -> None:
        self.preferences = read_preferences()
        super().__init__(styles=_first_styles(folder, opened=opened is not None, at_case=case is not None))
        self.folder = folder
        self.store = opened
        self._case = case
        self._touched = time.monotonic()
        self.animation_level = "none"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The ways to look, which are ours alone."""
        return _THEMES

    async def on_mount(self) -> None:
        """Look as this terminal can, leave tidily when its window is closed, and open the first screen."""
        if not self.preferences.looks and self.console.color_system in (None, "standard"):
            self.theme = TERMINAL
        show_real_cursor(self)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for name in ("SIGHUP", "SIGTERM"):
                if hasattr(signal, name) and os.name == "posix":
                    loop.add_signal_handler(getattr(signal, name), self._window_closed)
        self.follow(self.preferences)
        self.set_interval(_LOOK_EVERY, self._lock_when_idle)
        self.begin()

    @work(exclusive=True, group="begin")
    async def begin(self) -> None:
        """Go through the first screens: set up or unlock the store, then the list of cases."""
        await self._begin()

    async def _begin(self) -> None:
        if self.folder is None:
            await self._practise()
            self.exit()
            return
        if self.store is None:
            entrance = self._entrance(self.folder)
            await self.push_screen_wait(entrance)
            self.store = entrance.store
        if self.store is None:
            self.exit()
            return
        from supportplan.screens.home import Home

        home = Home(self.store)
        await self.push_screen(home)
        if self._case is not None:
            from supportplan.services.cases import find_case

            with home.problems_said():
                home.open_case(await home.away(find_case, self.store, self._case))

    def _entrance(self, folder: Path) -> "Unlock | FirstRun":
        if is_store(folder):
            from supportplan.screens.unlock import Unlock

            return Unlock(folder)
        from supportplan.screens.first_run import FirstRun

        return FirstRun(folder)

    async def _practise(self) -> None:
        from supportplan.screens.heart import Heart
        from supportplan.services.practice import Practice

        with self.holding_keys():
            practice = await asyncio.to_thread(Practice)
            desk = await asyncio.to_thread(practice.desk)
        try:
            await self.push_screen_wait(Heart(desk))
        finally:
            practice.close()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to work in; what is on the screen waits behind it."""
        self._cover_or_uncover(event.size)

    def _cover_or_uncover(self, size: Size) -> None:
        cover = self.screen if isinstance(self.screen, TooSmall) else None
        if cover is None and is_too_small(size):
            self.push_screen(TooSmall())
        elif cover is not None and not is_too_small(size):
            cover.uncover()

    def action_show_help(self) -> None:
        """Show help for the place one is in."""
        from supportplan.screens.help import Help

        # In a dialog it is the help of the place under it.
        here = next((one for one in reversed(self.screen_stack) if isinstance(one, Place)), None)
        if here is not None and not isinstance(here, Help):
            self.push_screen(Help(here.place, here.about, of_a_case=here.of_a_case))

    @work(exclusive=True, group="commands")
    async def action_show_commands(self) -> None:
        """Show every command that can be given here, and give the one that is chosen."""
        from supportplan.screens.commands import HOME_WAYS, Commands, commands_in

        here = self.screen
        if isinstance(here, Place):
            # Before a store is open there is nowhere to go.
            homes = HOME_WAYS if self._home() and self.store is not None and here.place != "home" else ()
            run = await self.push_screen_wait(Commands(commands_in(here, homes=homes)))
            if run is not None:
                await here.run_action(run)

    async def action_visit(self, key: str) -> None:
        """Go to a place that stands beside the cases, from wherever one is; going back leads here again."""
        home = self._home()
        if home is None:
            return
        if key != "home":
            {
                "schedules": home.action_schedules,
                "backups": home.action_backup,
                "take_in": home.action_take_in,
                "verify": home.action_verify,
            }.get(key, home.action_settings)()
            return
        if isinstance(self.screen, Place) and self.screen.holds_back("Go there again, and it is left out."):
            return
        while self.screen is not home:
            await cast("Screen[Any]", self.screen).dismiss(None)

    def _home(self) -> "Home | None":
        from supportplan.screens.home import Home

        return next((screen for screen in self.screen_stack if isinstance(screen, Home)), None)

    @work(group="lock")
    async def action_lock(self) -> None:
        """Lock: the key is dropped and the screen cleared. What was open waits behind it, saved; no secret does."""
        if self.store is None or self.folder is None:
            return
        from supportplan.screens.unlock import Unlock
        from supportplan.screens.unseen import forget

        for screen in self.screen_stack:
            forget(screen)
        await self._close_store()

        unlock = Unlock(self.folder, self._reopened)
        await self.push_screen_wait(unlock)
        if unlock.store is None:
            self.exit()
            return
        self._cover_or_uncover(self.size)

    def _reopened(self, store: "Store") -> None:
        """Hand the store to all that waits behind the lock, before any of it shows itself again."""
        self.store = store
        for screen in self.screen_stack:
            if isinstance(screen, OpeningScreen):
                screen.reopened(store)

    async def _close_store(self) -> None:
        """Close the store, once all of it is on the disk."""
        for screen in self.screen_stack:
            if isinstance(screen, OpeningScreen):
                screen.hand_in()
        if self.store is not None:
            closing, self.store = self.store, None
            await asyncio.to_thread(closing.close)

    @work(exclusive=True, group="begin")
    async def bring_back(self, file: Path, secret: str) -> None:
        """Put the store of a backup in the place of what is here, and begin anew with it.

        All that is open over the store of before goes first, saved in that one: nothing of it reaches the other.
        """
        if self.folder is None:
            return
        from supportplan.screens.bring_back import bringing, said_of
        from supportplan.screens.notice import Notice

        with self.holding_keys():
            while len(self.screen_stack) > 1:
                await self.screen.dismiss(None)
            await self._close_store()
        came = await self.push_screen_wait(bringing(file, self.folder, secret))
        if isinstance(came, Problem):
            await self.push_screen_wait(Notice(came))
        else:
            self.store = came.store if came is not None else None
            await self.push_screen_wait(said_of(came))
        self._case = None
        await self._begin()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if isinstance(event, events.InputEvent):
            self._touched = time.monotonic()
        await super().on_event(event)

    def _lock_when_idle(self) -> None:
        if self.lock_after and time.monotonic() - self._touched > self.lock_after:
            self.action_lock()

    def _window_closed(self) -> None:
        """Leave in good order; and where a terminal that is gone keeps that from coming to its end, leave all the same."""
        self.exit()
        leaving = threading.Timer(_MOST_LEAVING, self._leave_at_once)
        leaving.daemon = True
        leaving.start()

    def _leave_at_once(self) -> None:
        if self.store is not None:
            self.store.close()
        os._exit(0)

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Leave. Everything is saved: closing waits for the disk; where it refuses, somebody is asked first."""
        places = [one for one in self.screen_stack if isinstance(one, Place)]
        if not places or await places[-1].may_leave():
            self.exit()

    async def on_unmount(self) -> None:
        """Close the store, whatever the reason for leaving."""
        if self.store is not None:
            await asyncio.to_thread(self.store.close)


def run(folder: Path | None, *, case: str | None = None, opened: "Store | None" = None) -> None:
    """Run the app until the person leaves; without a folder, on the practice case."""
    sys.setswitchinterval(_MOST_WAITING)
    SupportPlan(folder, case=case, opened=opened).run()
