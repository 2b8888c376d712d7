"""Taking a picture: the real app on the practice case, without a terminal, led to a place and left to come to rest."""

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from pictures.album import Picture
from pictures.drawing import Drawn
from pictures.handwriting import written
from pictures.mouse import Mouse
from pictures.standing import standing
from supportplan.screens.case_place import CasePlace
from supportplan.screens.heart import Heart
from supportplan.widgets.signature_pad import SignaturePad


async def taken(picture: Picture) -> str:
    """Lead the app to what a picture shows, and draw it."""
    with standing(picture.looks):
        app = Drawn(None)
        async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
            await lead(pilot, picture)
            return app.export_screenshot()


async def lead(pilot: Pilot[None], picture: Picture) -> None:
    """Lead the app to what a picture shows."""
    app = pilot.app
    while not isinstance(app.screen, Heart):
        await pilot.pause(0.02)
    await _at_rest(pilot)
    heart = app.screen
    if picture.prepare is not None:
        picture.prepare(heart.desk)
        heart.show_all()
    if picture.screen is not None:
        app.push_screen(picture.screen(heart.desk))
    elif picture.place != "heart":
        heart.action_go(picture.place)
    await _at_rest(pilot)
    for key in picture.keys:
        await pilot.press(key)
        await _at_rest(pilot)
    if picture.signed:
        sheet = app.screen.query_one(SignaturePad)
        for way in written(*sheet.size):
            await Mouse(pilot, sheet).draw(way)
    # A cursor that blinks is there half of the time.
    for field in app.screen.query("Input, TextArea"):
        if isinstance(field, Input | TextArea):
            field.cursor_blink = False
    await pilot.pause()


async def _at_rest(pilot: Pilot[None]) -> None:
    """Wait until every key has done its work, what the screen fetches has come, and the disk has all of it."""
    app = pilot.app
    await pilot.pause()
    while isinstance(app, Drawn) and not app.at_rest:
        await pilot.pause(0.02)
    for worker in [worker for worker in app.workers if worker.node is app.screen]:
        await worker.wait()
    while isinstance(app.screen, CasePlace) and not app.screen.desk.saved:
        await pilot.pause(0.02)
    await pilot.pause()
    await pilot.pause()
