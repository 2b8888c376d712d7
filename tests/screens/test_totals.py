"""The lines of money that stand under a case."""

import asyncio

from msgspec.structs import replace

from supportplan.domain.money import Amount
from tests.screens.every_place import practice
from tests.screens.on_screen import shown


def test_the_indicative_budget_is_held_against_the_cash_value_as_the_checks_do() -> None:
    async def seen(indicative: str) -> str:
        async with practice(100, 30) as (app, pilot, desk):
            assert desk.costing.totals.total_budget > desk.costing.totals.cash_value
            desk.change(replace(desk.plan, indicative=Amount(indicative)), "Changed the indicative budget")
            app.screen.show_all()  # type: ignore[attr-defined]
            await pilot.pause()
            return shown(app)

    assert "£268.74 left of £12,000.00" in asyncio.run(seen("12000.00"))
    assert "! £31.26 OVER £11,700.00" in asyncio.run(seen("11700.00"))
