"""The app: themes, the person's own keys, leaving tidily, and the way from one place to another."""

import asyncio
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import BindingType

from supportplan.screens.actions import ANYWHERE, bindings
from supportplan.screens.place import PlaceApp
from supportplan.screens.real_cursor import show_real_cursor
from supportplan.screens.themes import DAY, TERMINAL, THEMES
from supportplan.screens.too_small import SMALLEST, TooSmall
from supportplan.services.opening import is_store

if TYPE_CHECKING:
    from supportplan.screens.first_run import FirstRun
    from supportplan.screens.unlock import Unlock
    from supportplan.services.opening import Store


class SupportPlan(PlaceApp):
    """supportplan on the screen, over the store in a folder. With `case` it opens there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ANYWHERE)
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (78, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, folder: Path, *, case: str | None = None) -> None:
        super().__init__()
        self.folder = folder
        self.store: Store | None = None
        self._case = case
        for theme in THEMES:
            self.register_theme(theme)
        self.animation_level = "none"

    async def on_mount(self) -> None:
        """Look as this terminal can, leave tidily when its window is closed, and open the first screen."""
        self.theme = TERMINAL if self.console.color_system in (None, "standard") else DAY
        show_real_cursor(self)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for name in ("SIGHUP", "SIGTERM"):
                if hasattr(signal, name) and os.name == "posix":
                    loop.add_signal_handler(getattr(signal, name), self.exit)
        self.begin()

    @work
    async def begin(self) -> None:
        """Go through the first screens: set up or unlock the store, then the list of cases."""
        from supportplan.screens.home import Home

        entrance = self._entrance()
        await self.push_screen_wait(entrance)
        self.store = entrance.store
        if self.store is None:
            self.exit()
            return
        await self.push_screen(Home(self.store))

    def _entrance(self) -> "Unlock | FirstRun":
        if is_store(self.folder):
            from supportplan.screens.unlock import Unlock

            return Unlock(self.folder)
        from supportplan.screens.first_run import FirstRun

        return FirstRun(self.folder)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to work in; what is on the screen waits behind it."""
        too_small = event.size.width < SMALLEST.width or event.size.height < SMALLEST.height
        shown = isinstance(self.screen, TooSmall)
        if too_small and not shown:
            self.push_screen(TooSmall())
        elif shown and not too_small:
            self.pop_screen()

    def action_leave(self) -> None:
        """Leave. Everything is saved: closing waits for the disk."""
        self.exit()

    async def on_unmount(self) -> None:
        """Close the store, whatever the reason for leaving."""
        if self.store is not None:
            await asyncio.to_thread(self.store.close)


def run(folder: Path, *, case: str | None = None) -> None:
    """Run the app until the person leaves."""
    SupportPlan(folder, case=case).run()
