"""The talk: one question, a big box, the person's own words, and something to say aloud. Everything can be skipped."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.plan import answered
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk
from supportplan.services.questions import QUESTIONS, Question
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.words_box import WordsBox


class Talk(CasePlace[None]):
    """The questions, one at a time."""

    place = "talk"
    CSS_PATH = "talk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("talk", "case")
    AUTO_FOCUS = "TextArea"

    def __init__(self, desk: Desk, *, at: str = "") -> None:
        """Begin at a question, or at the first that has no answer yet."""
        super().__init__(desk)
        keys = [question.key for question in QUESTIONS]
        open_ones = [place for place, one in enumerate(QUESTIONS) if not answered(one.read(desk.plan))]
        self._at = keys.index(at) if at in keys else (open_ones[0] if open_ones else 0)
        self._prompt = 0

    def body(self) -> Iterator[Widget]:
        """The road of questions, the one that is asked, and the box."""
        with VerticalScroll(can_focus=False):
            yield Static(id="road")
            yield Static(id="asked")
            yield Static(id="listen")
            yield WordsBox(id="answer")
            yield Static(id="prompts")
            yield Buttons(
                [
                    Option("next", "Next"),
                    Option("skip", "Skip for now"),
                    Option("before", "Before"),
                    Option("park", "Park a note"),
                ]
            )

    def show_plan(self) -> None:
        """Show the question and its answer."""
        question = self._question
        self.where(
            self.plan.person.known_as or self.plan.person.name,
            f"{question.word}   {self._at + 1} of {len(QUESTIONS)}",
        )
        self.query_one("#road", Static).update(self._road())
        self.query_one("#asked", Static).update(typed(question.asked, "bold $primary"))
        self.query_one("#listen", Static).update(typed(question.listen, "$muted"))
        said = question.read(self.plan)
        box = self.query_one(WordsBox)
        if question.key != "people" or not box.has_focus or not box.text:
            box.follow(said)
        self._show_prompts()

    def on_text_area_changed(self) -> None:
        """Keep what is said."""
        question, box = self._question, self.query_one(WordsBox)
        box.heard()
        changed = question.write(self.plan, box.text)
        self.change(changed, f"Wrote down: {question.word.lower()}", field=question.key)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Go on, back, or park a note."""
        if event.key == "park":
            self.action_park()
        else:
            self._go(-1 if event.key == "before" else 1)

    def action_next(self) -> None:
        """Go to the next question."""
        self._go(1)

    def action_before(self) -> None:
        """Go to the question before."""
        self._go(-1)

    def action_prompt(self) -> None:
        """Show another thing to say aloud first."""
        self._prompt += 1
        self._show_prompts()

    def forget_typing(self) -> None:
        """Let go of people who were half typed."""
        self.query_one(WordsBox).show("")

    @property
    def thing(self) -> tuple[str, str]:
        """The question that is asked."""
        return self._question.key, self._question.word

    @property
    def _question(self) -> Question:
        return QUESTIONS[self._at]

    def _go(self, step: int) -> None:
        # What was typed a moment ago may still be on its way.
        self.on_text_area_changed()
        if not 0 <= self._at + step < len(QUESTIONS):
            self.dismiss(None)
            return
        self._at += step
        self._prompt = 0
        self.query_one(WordsBox).show("")
        self.show_plan()
        self.note_place()
        self.query_one(WordsBox).focus()

    def _road(self) -> Content:
        """Draw which questions have an answer, and which one is asked."""
        room = max(self.size.width - 8, 40)
        lines = [Content("")]
        for place, question in enumerate(QUESTIONS):
            mark = "x" if answered(question.read(self.plan)) else "."
            here = place == self._at
            part = typed(f"{'>' if here else mark} {question.word}", "bold" if here else "$muted")
            if lines[-1].cell_length + part.cell_length + 2 > room:
                lines.append(Content(""))
            lines[-1] = Content.assemble(lines[-1], "  " if lines[-1].plain else "", part)
        return Content("\n").join(lines)

    def _show_prompts(self) -> None:
        prompts = self._question.prompts
        turned = [prompts[(self._prompt + place) % len(prompts)] for place in range(len(prompts))]
        lines = [Content("If it helps, you could ask:"), *(typed(f"  “{words}”") for words in turned)]
        self.query_one("#prompts", Static).update(Content("\n").join(lines))
