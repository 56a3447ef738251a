"""At night: a message is left, sealed, deleted at the carrier, heard, and answered with a call."""

from pathlib import Path

from hotline.simulator import PhoneCaller
from hotline.simulator.carrier.ear import Heard
from tests import dialects
from tests.desk import Desk
from tests.town import Json, Town
from tests.wire import CALLER

SHUT = str(Path(__file__).parent / "closed.toml")
OTHER = "+996700987654"
SPEAKS_S = 4.0


async def speaks(town: Town, number: str) -> PhoneCaller:
    """Somebody calls at night and speaks after the tone."""
    caller = await town.caller(number)
    await caller.wait_for("ru/ivr-closed")
    await caller.press("1")
    await caller.wait_for("ru/ivr-message")
    await caller.call.ear.wait(lambda moment: moment.kind is Heard.RECORDING)
    await caller.speak(SPEAKS_S)
    return caller


@dialects.on(HOTLINE__HOTLINE__HOURS_FILE=SHUT)
async def test_a_message_is_left_at_night_and_answered_with_a_call(town: Town) -> None:
    ana = await town.on_shift("ana")
    caller = await speaks(town, CALLER)
    await caller.press("#")
    await caller.wait_for("ru/ivr-message-kept")
    await caller.wait_ended()
    cut_off = await speaks(town, OTHER)
    await cut_off.hang_up()
    await cut_off.wait_ended()

    await town.until("select 1 from voice_message where state = 'kept' having count(*) = 2")
    if town.settings.carrier.dialect == "somleng":  # which has no way to delete one
        assert not await town.rows("select 1 from voice_message where deleted_at is not null")
    else:
        gone = "select 1 from voice_message where deleted_at is not null having count(*) = 2"
        await town.until(gone)
        assert town.world.carrier.recordings.by_sid == {}
    first, second = (await ana.get("/api/callbacks"))["callbacks"]
    assert [first["why"], second["why"]] == ["message", "message"]
    refused = await ana.refused("POST", f"/api/callbacks/{first['id']}/call")
    assert (refused[0], refused[1]["error"]) == (409, "message-unheard")

    await listened(town, ana, first)
    refused = await ana.refused("POST", f"/api/callbacks/{second['id']}/close", {"reason": "other"})
    assert refused[1]["error"] == "message-unheard"
    await ana.post(f"/api/messages/{second['message']['id']}/ticket")
    await ana.post(f"/api/callbacks/{second['id']}/close", {"reason": "other"})
    await town.over(second["contact_id"], "message")
    await called_back(town, ana, caller, first)


async def listened(town: Town, ana: Desk, promise: Json) -> None:
    """The sound comes in pieces, and listening is on record once."""
    message = promise["message"]["id"]
    url = (await ana.post(f"/api/messages/{message}/ticket"))["url"]
    whole, begin = await ana.bytes(url), await ana.bytes(url, "bytes=0-3")
    assert (whole[0], begin) == (200, (206, b"RIFF"))
    assert len(whole[1]) > SPEAKS_S * 8000
    assert (await ana.bytes(url.partition("?")[0]))[0] == 404
    await town.audited(ana, "staff:message:played", promise["contact_id"])


async def called_back(town: Town, ana: Desk, person: PhoneCaller, promise: Json) -> None:
    """One press, and the person is rung; the card has the message."""
    person.expect()
    await ana.post(f"/api/callbacks/{promise['id']}/call")
    card = await town.accepted(ana)
    assert card["call"]["message"]["id"] == promise["message"]["id"]
    await person.wait_ringing()
    person.pick_up()
    await person.wait_for("ru/ivr-gate")
    await person.wait_gather()
    await person.press("1")
    await person.wait_talking()
    await town.card(ana, card["id"], "talking")
    await person.hang_up()
    await town.written_up(ana, card["id"])
