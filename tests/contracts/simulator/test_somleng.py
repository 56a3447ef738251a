"""What the small carrier does otherwise, as its source says."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from hotline.simulator import DialectName, Fault, World, WorldConfig
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"


@pytest.fixture
async def somleng(customer: Customer) -> AsyncIterator[World]:
    config = WorldConfig(
        voice_url=f"{customer.url}/voice/in#rc=5&rp=all",
        voice_fallback_url=f"{customer.url}/voice/fallback",
        status_callback=f"{customer.url}/voice/status",
        dialect=DialectName.SOMLENG,
        factor=1000,
    )
    async with World(config).running() as world:
        yield world
    assert world.failures == []


def token_of(world: World) -> dict[str, str]:
    config = world.config
    return {"Authorization": aiohttp.encode_basic_auth(config.account_sid, config.auth_token)}


async def test_the_one_report_is_made_from_the_bill(somleng: World, customer: Customer) -> None:
    customer.pages["/voice/in"] = "<Response><Play>/audio/bye.wav</Play></Response>"
    await somleng.phone(CALLER).dial()

    (status,) = await customer.wait("/voice/status")

    assert sorted(status.form) == [
        "AccountSid", "ApiVersion", "CallDuration", "CallSid", "CallStatus", "CallbackSource",
        "Direction", "From", "SequenceNumber", "SipResponseCode", "Timestamp", "To",
    ]  # fmt: skip


async def test_nothing_pressed_is_not_said(somleng: World, customer: Customer) -> None:
    gather = "<Gather action='/key' actionOnEmptyResult='true' finishOnKey='*#' timeout='1'/>"
    customer.pages["/voice/in"] = f"<Response>{gather}</Response>"
    await somleng.phone(CALLER).dial()

    (key,) = await customer.wait("/key")

    assert "Digits" not in key.form


async def test_what_comes_before_a_verb_it_does_not_know_is_done(
    somleng: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = "<Response><Play>/audio/bye.wav</Play><Pause/></Response>"
    caller = somleng.phone(CALLER)
    await caller.dial()

    assert await caller.wait_ended() == "completed"

    kinds = [moment.kind for moment in caller.heard]
    assert kinds == [Heard.RINGING, Heard.ANSWERED, Heard.PROMPT, Heard.ENDED]
    assert customer.requests("/voice/fallback") == []


async def test_a_webhook_is_sent_once_and_there_is_no_fallback(
    somleng: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = lambda _form: web.Response(status=503)
    caller = somleng.phone(CALLER)
    await caller.dial()

    assert await caller.wait_ended() == "failed"

    await customer.wait("/voice/status")
    assert [one.path for one in customer.seen] == ["/voice/in", "/voice/status"]


async def test_the_address_of_its_sound_is_all_that_names_a_message(
    somleng: World, customer: Customer
) -> None:
    verb = "<Record action='/message' timeout='600' recordingStatusCallback='/rec'/>"
    customer.pages["/voice/in"] = f"<Response>{verb}</Response>"
    caller = somleng.phone(CALLER)
    await caller.dial()
    await caller.call.ear.wait(lambda moment: moment.kind is Heard.RECORDING)
    await caller.press("5")

    (action,) = await customer.wait("/message")
    (report,) = await customer.wait("/rec")

    assert {"RecordingSid", "Digits", "RecordingTrack"} & action.form.keys() == set()
    url = action.form["RecordingUrl"]
    assert url.endswith(f"/Calls/{caller.call.sid}/Recordings/{report.form['RecordingSid']}")
    assert report.form["RecordingStatus"] == "completed"
    async with (
        aiohttp.ClientSession(headers=token_of(somleng)) as session,
        session.get(url) as answer,
    ):
        assert (answer.status, (await answer.read())[:4]) == (200, b"RIFF")


async def test_a_call_it_loses_sight_of_fails_in_the_end_and_nobody_is_told(
    somleng: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = "<Response><Play loop='0'>/audio/hold.wav</Play></Response>"
    somleng.faults.arm(Fault.SESSION_LOST)
    caller = somleng.phone(CALLER)
    call = await caller.dial()
    await caller.wait_for("hold.wav")
    async with aiohttp.ClientSession(headers=token_of(somleng)) as session:
        rest = Rest(session, f"{somleng.url}/2010-04-01/Accounts/{somleng.config.account_sid}")
        await caller.hang_up()
        await somleng.journal.wait_for("call.lost", call=call.sid)
        assert (await rest.ask("GET", f"/Calls/{call.sid}.json"))[1]["status"] == "in-progress"
        await somleng.journal.wait_for("call.status", call=call.sid, status="failed")
        assert (await rest.ask("GET", f"/Calls/{call.sid}.json"))[1]["status"] == "failed"
    assert customer.requests("/voice/status") == []
