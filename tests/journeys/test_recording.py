"""A talk that is recorded, from the switch to the receipt, on every carrier that can."""

from typing import Any

from hotline.simulator import PhoneCaller
from tests.desk import Desk
from tests.journeys.test_talk import CALLER, call_of, on_both
from tests.town import Town, eventually

Json = dict[str, Any]


async def hears_it_out(town: Town, key: str = "") -> PhoneCaller:
    """Somebody dials, chooses Russian, hears the notice, presses a key or nothing, and a topic."""
    caller = town.world.phone(CALLER)
    await caller.dial()
    await caller.wait_gather()
    await caller.press("2")
    await caller.wait_gather()
    if key:
        await caller.press(key)
    else:
        assert "/ru/" in (await caller.wait_for("ivr-notice-recorded")).what
    await caller.wait_gather()
    await caller.press("1")
    return caller


async def recording(desk: Desk, contact: str, state: str) -> None:
    """Wait until the desk says that."""

    async def said() -> Json | None:
        call = await call_of(desk, contact)
        return call if call["recording"]["state"] == state else None

    await eventually(said)


@on_both
async def test_a_talk_is_recorded_paused_sealed_heard_and_gone_at_the_carrier(town: Town) -> None:
    vera, ana = await town.desk("vera"), await town.on_shift("ana")
    await vera.put("/api/line/recording", {"on": True})
    caller = await hears_it_out(town)
    contact = str((await town.talking(ana, caller))["id"])
    await recording(ana, contact, "on")

    await ana.post(f"/api/calls/{contact}/recording", {"state": "paused"})
    await recording(ana, contact, "paused")
    await ana.post(f"/api/calls/{contact}/recording", {"state": "on"})
    await recording(ana, contact, "on")
    await caller.hang_up()
    await town.written_up(ana, contact)

    await town.until("select 1 from call_recording where state = 'kept' and gone_at is not null")
    assert [e["status"] for e in town.world.journal.find("recording")] == [
        "in-progress",
        "paused",
        "in-progress",
        "completed",
        "deleted",
    ]
    (kept,) = (await vera.get(f"/api/log/{contact}"))["recordings"]
    ticket = await vera.post(f"/api/recordings/{kept['id']}/ticket")
    assert ticket["duration_s"] >= 1
    assert max(ticket["peaks"]) > 0
    async with vera.http.get(ticket["url"], headers={"Range": "bytes=0-3"}) as sound:
        assert (sound.status, await sound.read()) == (206, b"RIFF")
    assert (await ana.refused("POST", f"/api/recordings/{kept['id']}/ticket"))[0] == 404
    await town.audited(vera, "staff:recording:played", kept["id"])


async def test_who_presses_the_key_is_helped_and_not_recorded(town: Town) -> None:
    vera, ana = await town.desk("vera"), await town.on_shift("ana")
    await vera.put("/api/line/recording", {"on": True})
    caller = await hears_it_out(town, "2")
    contact = str((await town.talking(ana, caller))["id"])

    await call_of(ana, contact, recording={"state": "off", "why": "refused"})
    await caller.hang_up()
    await town.written_up(ana, contact)
    assert town.world.journal.find("recording") == []
    assert (await vera.get(f"/api/log/{contact}"))["recordings"] == []
