"""What help says of each place, and of the words that a plan uses."""

from typing import NamedTuple


class PlaceHelp(NamedTuple):
    """What a place is called, and what to do there."""

    title: str
    says: str


PLACES: dict[str, PlaceHelp] = {
    "unlock": PlaceHelp("Unlocking", "Type your passphrase and press Enter. The recovery code that you wrote down opens it too."),
    "first_run": PlaceHelp(
        "Setting up",
        "Your name stands on the plans you write. The passphrase opens them: three words or more that do not belong together. "
        "Write the recovery code down on paper: without it and the passphrase nobody can read your plans.",
    ),
    "home": PlaceHelp(
        "Your cases",
        "The case you worked on last is at the top. Enter opens one where you left it. Type / to find somebody; a slip in the spelling is forgiven. "
        "F shows only what needs you, the drafts, or the signed. T opens the practice plan.",
    ),
    "heart": PlaceHelp(
        "Outcomes and supports",
        "On the left is what the person wants to be true. On the right is who helps with it and what that costs. "
        "Start with people already in their life; paid help comes after. The lines at the bottom always show the money.",
    ),
    "outcome": PlaceHelp("An outcome", "Write it as the person says it. What they say first is most often best."),
    "support": PlaceHelp(
        "A support",
        "Say what it is, who gives it, how much and how often. What it comes to is worked out at every key, and said in words. "
        "F4 opens the price list. A price that is not on the list needs a reason.",
    ),
    "prices": PlaceHelp("The price list", "Type some words, in any order; beginnings and initials are enough. Up and Down move, Enter takes the price."),
    "talk": PlaceHelp(
        "The talk",
        "One question at a time. Write what is said, in their words. Skip whatever does not fit today: it waits. "
        "Ctrl+T turns the things to say aloud. F2 parks a note that has no place yet.",
    ),
    "budget": PlaceHelp("Budget and funding", "Where the money goes, and when. C changes contingency, payments and the indicative budget."),
    "form": PlaceHelp("A form", "Everything counts as soon as it is typed, and is saved. Leave out what you do not know yet."),
    "basics": PlaceHelp(
        "Name, days and review",
        "Whose plan it is, and which days it covers. Move the first day, and the last one, the review and the payments move with it. "
        "The scheme is the set of rules of one authority: what may be paid, who signs, how long a year of money is.",
    ),
    "money": PlaceHelp(
        "How the money works",
        "What is kept for what nobody can plan and who holds it, how often money is paid and from when, what the person pays towards it, "
        "and what was said before that the plan may cost.",
    ),
    "more": PlaceHelp("More about a support", "What is rarely needed: the way and the source of the money, sharing with others, days of its own, a top-up, and the outcomes it serves."),
    "risk": PlaceHelp("Something that could go wrong", "Say it plainly, and what you will do about it. A risk can be worth taking: then write down why, and what makes it safer."),
    "emergency": PlaceHelp("In an emergency", "Written for somebody who is frightened and in a hurry: when it counts, what to do first, whom to ring."),
    "risks": PlaceHelp("Risks and emergencies", "Ask what is worth the risk, and what must not happen. Write down what you will do about it, and whom to ring."),
    "parked": PlaceHelp("Parked notes", "What was said and has no place yet. Enter says where a note belongs. Notes are never printed."),
    "checks": PlaceHelp("Ready to agree?", "What sign-off needs. Enter goes to the place to mend it. [ ] has to be mended, [-] is worth a thought, [x] is done."),
    "signing": PlaceHelp("Signing", "Everybody signs the same version, under the same statement. Enter on a role signs in it, or says all about its signature. A later change makes the signatures void."),
    "sign_here": PlaceHelp(
        "One signature",
        "Whoever signs types their own name. In ink: print the plan, have it signed, say who saw it and when, and add a scan if you have one. "
        "Who signs for somebody else says what entitles them to.",
    ),
    "deciding": PlaceHelp(
        "The decision",
        "Send the plan; it is fixed as it stands. Then write down what the panel or the approver decided, who, when and why. "
        "With changes: make them in the plan first, and both sums stand here side by side. What you typed stays until it is recorded.",
    ),
    "views": PlaceHelp(
        "Two views",
        "What the young person thinks and what the parent thinks, each in their own words. Where they do not agree, say so and about what: it is printed, not smoothed over.",
    ),
    "closing": PlaceHelp(
        "Finish or review the plan",
        "A plan in force is looked at again: it goes on, or it is to be changed, or it ends. Ending needs a reason. Nothing that was signed is changed or deleted.",
    ),
    "timeline": PlaceHelp("All that happened so far", "Everything that was recorded: versions, sending, decisions, signatures, copies. What does not count any more says so, and why."),
    "draw": PlaceHelp(
        "Drawing a signature",
        "Hold the button of the mouse or trackpad down and write, as large as the sheet allows. Ctrl+Z takes the last stroke back. "
        "Done signs the plan with what is drawn. Without a mouse a typed name is as good: go back with Esc, and type it. "
        "Make the window the size you want before you begin: when it changes, the signature has to be drawn again.",
    ),
    "print": PlaceHelp(
        "Print, open or save",
        "Choose the copy, and for whom it is. Printed on both sides, the signatures come on a sheet of their own. It is noted as given out when it is saved, "
        "or when you say that it came out of the printer. Opening it notes nothing.",
    ),
    "preview": PlaceHelp("All of it in words", "The words of the PDF, to read through or to read aloud. Take them as a text file too."),
    "copies": PlaceHelp("Copies given out", "Which copy went to whom, and when. What was given is kept: Enter gives the very same one again."),
    "versions": PlaceHelp("Versions", "Every version that was printed or signed, and what each changed: + added, ~ changed, - taken out."),
    "hand_over": PlaceHelp(
        "Handing a case over",
        "One encrypted file with all of this case, for another computer: a stick, or an e-mail. Tell its words by another way, such as by telephone. "
        "The plan as it stands goes with it as a version. What is here stays, and what comes back is taken in from the list of cases.",
    ),
    "take_in": PlaceHelp(
        "Taking a case in",
        "The file is opened and every signature in it is checked. You see whose case it is, from whom, and what is new, before anything is taken in. "
        "Your own drafts stay; where the plan was changed here and there, both versions are kept.",
    ),
    "together": PlaceHelp(
        "Versions made apart",
        "The plan was changed on two computers. Move through the versions to see what each has otherwise; Enter goes on with the one under the cursor. "
        "The others stay in the case, to be looked at.",
    ),
    "schedules": PlaceHelp("Price lists", "The schedules of costs. A plan keeps the prices it was made with; a new list changes no plan."),
    "settings": PlaceHelp("Settings", "What you choose counts at once. The passphrase is changed here too; backups of before keep the old one."),
    "backups": PlaceHelp("Backups", "One is made each day you work, beside your plans. Make one on a stick too: a lost laptop takes the others with it. A backup is brought back from here, or when you set a new laptop up."),
    "verify": PlaceHelp(
        "Check a sealed plan",
        "Says whether a PDF is as it was sealed, who signed in it, and whether its amounts are those of the plan inside. Nothing is sent anywhere. It cannot say who really held the pen.",
    ),
    "bring_back": PlaceHelp(
        "Bringing a backup back",
        "All of it is read and checked first. What is on this computer now is set aside in a folder beside it, never thrown away.",
    ),
}  # fmt: skip

WORDS: tuple[tuple[str, str], ...] = (
    ("One-off", "bought once: never spread over the year."),
    ("Recurring", "comes again and again: so much a week, for so many weeks."),
    ("Cash value", "one-off and recurring money, and contingency that the family holds."),
    ("Contingency", "money kept for what nobody can plan."),
    ("Indicative budget", "what was said before the plan that it may cost."),
    ("In-house", "given by the authority's own staff: valued, but not in the cash value."),
    ("Direct payment", "the money is paid to the person or the family, who buy the support."),
)
