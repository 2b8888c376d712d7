"""The question before a plan is changed that people have signed, or that has ended."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from supportplan.screens.notice import Sure
from supportplan.screens.type_ahead import TypeAheadApp


class Guard(Sure):
    """Whether the plan is left as it is or changed. What is still being typed into the plan does not answer it."""

    # Whoever types on without looking types spaces, too.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "no_answer", show=False, priority=True)]

    def __init__(self, asked: str) -> None:
        super().__init__("Change the plan?", asked, yes="Change it", no="Leave it as it is")

    def on_mount(self) -> None:
        """Let go of what was typed before the question could be read."""
        super().on_mount()
        self.call_after_refresh(self._drop_typed)

    def _drop_typed(self) -> None:
        if isinstance(self.app, TypeAheadApp):
            self.app.drop_held()

    def action_no_answer(self) -> None:
        """Leave the question standing."""
