"""A call from the first ring to the end, and what must not be on the way."""

import re

from tests.town import Town

CALLER = "+996555123456"


async def test_call_is_answered_by_an_operator(town: Town) -> None:
    ana = await town.on_shift("ana")
    caller = town.world.phone(CALLER)
    await caller.dial()
    await caller.wait_gather()
    await caller.press("2")
    await caller.wait_gather()
    await caller.press("1")
    card = await town.accepted(ana)
    assert card["language"] == "ru"
    await caller.wait_talking()
    await town.card(ana, card["id"], "talking")
    await ana.post(f"/api/calls/{card['id']}/hangup")
    await caller.wait_ended()
    await town.card(ana, card["id"], "wrap_up")
    kinds = [r["kind"] for r in await town.rows("select kind from contact_event order by id")]
    assert kinds[0] == "opened"
    assert [k for k in kinds if k in {"waiting", "reserved", "talking", "talk_ended"}] == [
        "waiting",
        "reserved",
        "talking",
        "talk_ended",
    ]
    assert not re.search(r"555123456|123456", town.logged.getvalue())
    assert not town.world.failures
