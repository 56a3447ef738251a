"""What people go through in a call beyond what `test_dialects.py` shows on every carrier."""

from pathlib import Path
from xml.etree import ElementTree as ET

from hotline.simulator.carrier.ear import Heard
from tests import dialects
from tests.town import Town
from tests.wire import CALL, CALLER, Wire

OTHER = "+996700987654"
CLOSED = str(Path(__file__).parent / "closed.toml")


@dialects.on()
async def test_a_waiting_caller_hears_music_and_their_place(town: Town) -> None:
    first, one = await town.waiting(CALLER)
    second, two = await town.waiting(OTHER)
    await second.wait_for("ivr-number-2")
    await first.wait_for("ivr-number-1")
    assert any("hold" in m.what for m in first.heard if m.kind is Heard.PROMPT)
    await first.hang_up()
    await town.over(one, "abandoned")
    await second.hang_up()
    await town.over(two, "abandoned")


async def test_the_caller_leaves_while_an_operator_is_asked(town: Town) -> None:
    ana = await town.on_shift("ana")
    async with ana.live() as live:
        caller, contact = await town.waiting(CALLER)
        offer = await live.wait("call.offer")
        await caller.hang_up()
        gone = await live.wait("offer.gone", lambda one: one["id"] == offer["id"])
    assert gone["reason"] == "withdrawn"
    await town.over(contact, "abandoned")
    status, said = await ana.refused("POST", f"/api/offers/{offer['id']}/accept")
    assert (status, said["error"]) == (409, "offer-gone")


@dialects.on()
async def test_two_callers_share_one_operator_in_turn(town: Town) -> None:
    ana = await town.on_shift("ana")
    first, one = await town.waiting(CALLER)
    second, two = await town.waiting(OTHER)
    for caller, contact in ((first, one), (second, two)):
        card = await town.talking(ana, caller)
        assert card["id"] == str(contact)
        assert not (await ana.get("/api/desk/snapshot"))["offers"]
        await ana.post(f"/api/calls/{contact}/hangup")
        await caller.wait_ended()
        await town.written_up(ana, contact)


async def test_who_called_before_is_not_asked_for_the_language_again(town: Town) -> None:
    caller = await town.caller(CALLER, "4")
    contact = await town.contact_of(caller, "intake")
    await caller.wait_for("en/ivr-topic")
    await caller.hang_up()
    await town.over(contact, "left_in_intake")

    await caller.dial()
    await caller.wait_for("en/ivr-notice")
    again = await town.contact_of(caller, "intake")
    assert not [m for m in caller.heard if "ivr-welcome" in m.what]
    await caller.hang_up()
    await town.over(again, "left_in_intake")


async def test_who_presses_nothing_still_reaches_a_person(town: Town) -> None:
    town.world.clock.factor *= 10  # all menus are heard to their end
    caller = town.world.phone(CALLER)
    await caller.dial()
    contact = await town.contact_of(caller, "waiting")
    ana = await town.on_shift("ana")
    card = await town.talking(ana, caller)
    assert (card["id"], card["language"], card["topic"]) == (str(contact), None, None)
    await caller.hang_up()
    await town.written_up(ana, contact, "silent")


async def test_a_call_nobody_knows_is_ended_politely(town: Town, wire: Wire) -> None:
    for door in ("step?n=1", "hold?n=3", "hold-key?n=3", "bridge", "after"):
        said = await wire.carrier(f"/voice/{door}", {**CALL, "CallStatus": "in-progress"})
        document = ET.fromstring(said.body)  # noqa: S314 - our own document
        plays = [str(verb.text) for verb in document if verb.tag == "Play"]
        assert said.status == 200, door
        assert [verb.tag for verb in document] == ["Play", "Play", "Hangup"], door
        assert all("ivr-sorry" in url for url in plays), door
    assert not await town.rows("select 1 from contact")


async def test_a_call_that_is_over_hears_goodbye(town: Town, wire: Wire) -> None:
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await caller.hang_up()
    await caller.wait_ended()
    await town.written_up(ana, card["id"])
    form = {**CALL, "CallSid": caller.call.sid, "CallStatus": "in-progress"}
    said = await wire.carrier("/voice/hold?n=1", form)
    assert "ivr-goodbye" in said.body
    assert "<Hangup" in said.body


@dialects.on(HOTLINE__HOTLINE__HOURS_FILE=CLOSED)
async def test_out_of_hours_the_line_says_so(town: Town) -> None:
    caller = await town.caller(CALLER)
    await caller.wait_for("ru/ivr-closed")
    await caller.wait_for("ru/ivr-goodbye")
    await caller.wait_ended()
    rows = await town.until("select id from contact where state = 'closed'")
    await town.over(rows[0]["id"], "out_of_hours")


@dialects.on(HOTLINE__HOTLINE__HOURS_FILE=CLOSED)
async def test_out_of_hours_danger_still_reaches_a_person(town: Town) -> None:
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    await caller.wait_for("ru/ivr-closed")
    await caller.press("0")
    card = await town.talking(ana, caller)
    assert card["danger"] is True
    await caller.hang_up()
    await town.written_up(ana, card["id"], no_alarm="Ребёнок играл с телефоном")
