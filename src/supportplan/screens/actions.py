"""Every action: its name, its keys, what the footer calls it, what it does, and in which place it applies.

The line of keys, the list of all commands, the help and the user's own keys are all made from this one list. Only keys
that every terminal sends are in it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding, BindingType

ANYWHERE = "anywhere"


class Action(NamedTuple):
    """Something a person can do. `run` is what Textual is to call.

    `words` are what the line of keys calls it; where they are empty it is not shown there. `help` is a sentence.
    """

    id: str
    keys: str
    run: str
    words: str
    help: str

    @property
    def place(self) -> str:
        """The place it applies in."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """What the list of commands calls it."""
        return self.help.partition(".")[0]


ACTIONS: tuple[Action, ...] = (
    Action("anywhere.back", "escape", "screen.go_back", "Back", "Go back. Nothing is lost."),
    Action("anywhere.help", "f1,question_mark", "app.show_help", "Help", "Help for this place."),
    Action("anywhere.commands", "ctrl+p", "app.show_commands", "Commands", "Every command, by typing its name."),
    Action("anywhere.quit", "ctrl+q", "app.leave", "", "Leave supportplan. Everything is saved."),
    Action("anywhere.lock", "ctrl+l", "app.lock", "", "Lock the program. The screen is cleared, nothing is lost."),
    Action("anywhere.copy", "f5", "screen.copy", "", "Copy the text of this place."),
    Action("home.new", "n", "screen.new_case", "New", "Start a new plan."),
    Action("home.find", "slash", "screen.find", "Find", "Find a case by name or reference."),
    Action("home.filter", "f", "screen.filter", "Filter", "Show all, only what needs you, the drafts, or the signed."),
    Action("home.practice", "t", "screen.practice", "", "Try things out in the practice plan. Nothing in it is real."),
    Action("home.schedules", "p", "screen.schedules", "Price lists", "Look at the schedules of costs, and bring one in."),
    Action("home.backup", "b", "screen.backup", "Backup", "Back everything up, or bring a backup back."),
    Action("home.take_in", "i", "screen.take_in", "Take in", "Take in a case that was handed over on another computer."),
    Action("home.verify", "v", "screen.verify", "", "Check a sealed plan: whether it is as it was sealed."),
    Action("home.settings", "s", "screen.settings", "Settings", "Looks, letters, locking."),
    Action("schedules.withdraw", "w", "screen.withdraw", "Withdraw", "Offer this version's prices no more, or offer them again."),
    Action("heart.add", "a", "screen.add", "Add", "Add an outcome, or somebody who helps."),
    Action("heart.talk", "t", "screen.go('talk')", "Talk", "Talk: one question at a time, in the person's own words."),
    Action("heart.budget", "b", "screen.go('budget')", "Budget", "See where the money goes."),
    Action("heart.checks", "r", "screen.go('checks')", "Ready?", "See what sign-off still needs."),
    Action("heart.print", "p", "screen.go('print')", "Print", "Print the plan, open it, or save it."),
    Action("heart.remove", "delete,backspace", "screen.remove", "", "Take away the row under the cursor. Undo brings it back."),
    Action("heart.other_side", "tab", "screen.other_side", "", "Go to the other side."),
    Action("support.prices", "f4", "screen.prices", "Prices", "Choose a price from the schedule of costs."),
    Action("support.more", "f8", "screen.more", "More", "More about this support: route, sharing, days, top-up, outcomes."),
    Action("support.done", "ctrl+s", "screen.go_back", "Done", "Done. All is saved already."),
    Action("form.done", "ctrl+s", "screen.go_back", "Done", "Done with this form. All is saved already."),
    Action("outcome.done", "ctrl+s", "screen.go_back", "Done", "Done with these words. All is saved already."),
    Action("talk.next", "ctrl+s", "screen.next", "Next", "Go to the next question."),
    Action("talk.before", "ctrl+b", "screen.before", "Before", "Go to the question before."),
    Action("talk.prompt", "ctrl+t,f4", "screen.prompt", "Another", "Show another thing to say aloud."),
    Action("budget.rules", "c", "screen.rules", "Change", "Change how the money works."),
    Action("risks.add", "a", "screen.add", "Add", "Add something that could go wrong."),
    Action("risks.remove", "delete,backspace", "screen.remove", "", "Take away the risk under the cursor. Undo brings it back."),
    Action("parked.add", "a", "screen.park", "Park", "Park a note in this list."),
    Action("print.print", "f4", "screen.print", "Print", "Print this copy."),
    Action("print.open", "f8", "screen.open", "Open", "Open this copy, to look at it."),
    Action("print.save", "ctrl+s", "screen.save", "Save as", "Save this copy as a file."),
    Action("preview.save_text", "s", "screen.save_text", "As text", "Save the plan as a text file."),
    Action("draw.done", "ctrl+s", "screen.done", "Done", "Sign the plan with what is drawn."),
    Action("draw.undo", "ctrl+z", "screen.undo_stroke", "Undo stroke", "Take the last stroke back."),
    Action("draw.clear", "delete,backspace", "screen.clear", "Clear", "Take all strokes away, and begin again."),
    Action("case.go_to", "g,f3", "screen.go_to", "Go to", "Go to another place of this case."),
    Action("case.park", "f2", "screen.park", "Park", "Park a note that has no place yet."),
    Action("case.undo", "ctrl+z", "screen.undo", "Undo", "Take the last change back. As often as you like."),
    Action("case.redo", "ctrl+y", "screen.redo", "", "Make a change again that was taken back."),
)  # fmt: skip


def actions_of(*places: str) -> Iterator[Action]:
    """Yield the actions that apply in some places."""
    return (action for action in ACTIONS if action.place in places)


def bindings(*places: str) -> list[BindingType]:
    """Return the keys of some places, for the BINDINGS of a screen or of the app."""
    return [
        Binding(
            with_capitals(action.keys),
            action.run,
            action.words or action.name,
            tooltip=action.help,
            id=action.id,
        )
        for action in actions_of(*places)
    ]


def with_capitals(keys: str) -> str:
    """Return an action's keys, each letter also as its capital: the line of keys shows it so, and Caps Lock sends it.

    No action has a capital of its own.
    """
    each = keys.split(",")
    return ",".join([*each, *(key.upper() for key in each if len(key) == 1 and key.islower())])


# A dialog hides the keys of the app: these count there too, so that one can lock, leave and find help anywhere. What is
# a letter may be meant for a field of the dialog.
WAYS_OUT: tuple[BindingType, ...] = tuple(
    Binding(action.keys.removesuffix(",question_mark"), action.run, show=False, id=action.id)
    for action in ACTIONS
    if action.id in ("anywhere.quit", "anywhere.lock", "anywhere.help")
)
