"""The lines at the top and the bottom: where one is, whether it is saved, and the keys, each of which can be clicked."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.geometry import Size

from supportplan.widgets.bar_lines import KeyLine, KeyWords, TitleBar
from supportplan.widgets.lines import typed
from tests.widgets.around import alone, in_an_app

KEYS = [
    KeyWords("A", "Add", "screen.add"),
    KeyWords("^Z", "Undo", "screen.undo"),
    KeyWords("G", "Go to", "screen.go"),
]
LAST = [KeyWords("Esc", "Back", "screen.back"), KeyWords("F1", "Help", "app.help")]


@in_an_app
async def test_the_title_says_where_one_is_and_whether_it_is_saved() -> None:
    bar = TitleBar()
    async with alone(bar, columns=50) as app:
        bar.show(where=typed("Sam > [/] Budget"), saved=Content("Saved 14:02"))
        await app.pilot.pause()
        line = app.screen().splitlines()[0]
        assert line.startswith(" Sam > [/] Budget ")
        assert line.endswith("Saved 14:02")
        bar.show(said=Content("Taken back"))
        await app.pilot.pause()
        assert "Taken back   Saved 14:02" in app.screen().splitlines()[0]
        bar.show(saved=Content("NOT SAVED"))
        await app.pilot.pause()
        assert "Taken back   NOT SAVED" in app.screen().splitlines()[0]


@in_an_app
async def test_a_narrow_title_cuts_the_place_and_keeps_whether_it_is_saved() -> None:
    bar = TitleBar()
    async with alone(bar, columns=26) as app:
        bar.show(where=typed("A person with a long name"), saved=Content("NOT SAVED"))
        await app.pilot.pause()
        assert app.screen().splitlines()[0].endswith("… NOT SAVED")


@in_an_app
async def test_what_is_said_and_too_long_to_stand_beside_where_one_is_goes_under_it() -> None:
    bar = TitleBar()
    async with alone(bar, columns=40) as app:
        bar.show(where=typed("Sam > Signing"), saved=Content("Saved 10:00"))
        bar.show(
            said=Content("! The plan was sent on 27 November 2026, and a signature cannot be from before.")
        )
        await app.pilot.pause()
        lines = app.screen().splitlines()
        assert lines[0].endswith("Saved 10:00")
        assert "Sam > Signing" in lines[0]
        assert "a signature cannot be from before." in " ".join(" ".join(lines[1:4]).split())
        bar.show(said=Content(""))
        await app.pilot.pause()
        assert bar.size.height == 1


@in_an_app
async def test_letters_that_terminals_give_more_room_than_is_counted_leave_the_end_of_the_line_whole() -> (
    None
):
    bar = TitleBar()
    async with alone(bar, columns=40) as app:
        bar.show(where=typed("রহিমা খাতুন > The plan"), saved=Content("Saved 10:00"))
        await app.pilot.pause()
        assert app.screen().splitlines()[0].rstrip().endswith("Saved 10:00")
        assert bar.render().plain.endswith("Saved 10:00   ")


@in_an_app
async def test_a_click_on_a_key_or_its_words_runs_it() -> None:
    keys = KeyLine()
    async with alone(keys, columns=60) as app:
        keys.show(KEYS, LAST)
        await app.pilot.pause()
        line = app.screen().splitlines()[0]
        assert line == " A Add  ^Z Undo  G Go to                  Esc Back  F1 Help"
        for word in ("Add", "^Z", "Go to", "Esc", "Help"):
            await app.click(line.index(word), 0, keys)
        await app.click(line.index("Add") + 3, 0, keys)
        assert [one.run for one in app.posted(KeyLine.Clicked)] == [
            "screen.add", "screen.undo", "screen.go", "screen.back", "app.help",
        ]  # fmt: skip


@in_an_app
async def test_what_does_not_fit_is_left_out_whole_and_back_and_help_stay() -> None:
    keys = KeyLine()
    async with alone(keys, columns=34) as app:
        keys.show(KEYS, LAST)
        await app.pilot.pause()
        assert "A Add" in app.screen()
        assert "Esc Back  F1 Help" in app.screen()
        assert "Go" not in app.screen()


@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "^Z", "F10"]), st.text("abc ", min_size=1, max_size=9)), max_size=9
    )
)
def test_keys_never_stand_over_one_another(keys: list[tuple[str, str]]) -> None:
    line = _Wide()
    line.show([KeyWords(key, words, "run") for key, words in keys], LAST)
    painted = line.render().plain
    assert len(painted) == _Wide.size.width
    assert painted.endswith("  Esc Back  F1 Help")
    ahead = "  ".join(f"{key} {words}" for key, words in keys)
    shown = painted.removesuffix("Esc Back  F1 Help").rstrip()
    assert ahead.startswith(shown)
    assert not shown or ahead == shown or ahead[len(shown) :].lstrip()[:1] in "AF^ "


class _Wide(KeyLine):
    """A line that has its place without an app."""

    size = Size(70, 1)
