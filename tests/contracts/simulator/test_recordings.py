"""Recordings, by the verb and by the vendor's own SDK: reported, heard, and gone once deleted."""

import asyncio
import io
import wave

import aiohttp
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from hotline.simulator import Behaviour, DialectName, World, WorldConfig
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"
TALKS = "<Response><Say>x</Say>" + 9 * "<Pause length='600'/>" + "</Response>"
MESSAGE = (
    "<Response><Record action='/voice/message' timeout='30' recordingStatusCallback='/rec'"
    " recordingStatusCallbackEvent='in-progress completed absent'/><Say>Nothing</Say></Response>"
)


@pytest.fixture
def sdk(world: World) -> Client:
    client = Client(world.config.account_sid, world.config.auth_token)
    client.api.base_url = world.url
    return client


async def test_a_message_is_told_and_can_be_heard(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages["/voice/in"] = MESSAGE
    caller = world.phone(CALLER)
    call = await caller.dial()
    await call.ear.wait(lambda moment: moment.kind is Heard.RECORDING)
    await caller.speak(10)

    (action,) = await customer.wait("/voice/message")
    begun, done = await customer.wait("/rec", times=2)

    assert [one.form["RecordingStatus"] for one in (begun, done)] == ["in-progress", "completed"]
    assert done.form["RecordingSource"] == "RecordVerb"
    assert action.form["RecordingSid"] == done.form["RecordingSid"]
    assert action.form["Digits"] == ""
    # The silence in which it ended is cut off.
    assert 10 <= int(action.form["RecordingDuration"]) < 30
    kinds = [moment.kind for moment in caller.heard]
    assert kinds.index(Heard.BEEP) + 1 == kinds.index(Heard.RECORDING)
    token = aiohttp.encode_basic_auth(world.config.account_sid, world.config.auth_token)
    url = action.form["RecordingUrl"]
    async with (
        aiohttp.ClientSession(headers={"Authorization": token}) as session,
        session.get(url) as answer,
        session.get(f"{url}.wav") as named,
    ):
        sound, same = await answer.read(), await named.read()
    with wave.open(io.BytesIO(sound)) as heard:
        assert heard.getnframes() / heard.getframerate() == int(action.form["RecordingDuration"])
    assert sound == same
    async with aiohttp.ClientSession() as stranger, stranger.get(url) as answer:
        assert answer.status == 401


async def test_a_message_in_which_nothing_is_said_is_none(
    world: World, customer: Customer, sdk: Client
) -> None:
    customer.pages["/voice/in"] = MESSAGE
    caller = world.phone(CALLER)
    await caller.dial()

    await caller.wait_for("Nothing")

    report = await customer.wait_form("/rec", RecordingStatus="absent")
    sid = report.form["RecordingSid"]
    fetched = await asyncio.to_thread(lambda: sdk.recordings(sid).fetch())
    assert (str(fetched.status), fetched.duration) == ("absent", None)
    assert customer.requests("/voice/message") == []


async def test_silence_stays_where_it_is_not_to_be_trimmed(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = MESSAGE.replace("timeout", "trim='do-not-trim' timeout")
    await world.phone(CALLER).dial()

    (action,) = await customer.wait("/voice/message")

    assert int(action.form["RecordingDuration"]) >= 30


async def test_who_hangs_up_ends_the_message(world: World, customer: Customer) -> None:
    customer.pages["/voice/in"] = MESSAGE.replace("timeout='3'", "timeout='600'")
    caller = world.phone(CALLER)
    call = await caller.dial()
    await customer.wait("/rec")

    await caller.hang_up()

    (action,) = await customer.wait("/voice/message")
    assert (action.form["Digits"], action.form["CallStatus"]) == ("hangup", "completed")
    assert call.final


async def test_vendor_library_records_pauses_stops_and_deletes(
    world: World, customer: Customer, sdk: Client
) -> None:
    customer.pages["/voice/in"] = TALKS
    caller = world.phone(CALLER)
    call = await caller.dial()
    await caller.wait_for("x")
    recordings = sdk.calls(call.sid).recordings

    made = await asyncio.to_thread(
        lambda: recordings.create(
            recording_channels="dual", recording_status_callback=f"{customer.url}/rec"
        )
    )
    current = sdk.calls(call.sid).recordings("Twilio.CURRENT")
    statuses = [
        str((await asyncio.to_thread(current.update, status)).status)  # type: ignore[arg-type]
        for status in ("paused", "in-progress", "stopped")
    ]
    (report,) = await customer.wait("/rec")
    sid = made.sid or ""
    fetched = await asyncio.to_thread(lambda: sdk.recordings(sid).fetch())
    listed = await asyncio.to_thread(lambda: sdk.recordings.list(call_sid=call.sid))
    await asyncio.to_thread(lambda: sdk.recordings(sid).delete())

    assert [str(made.status), *statuses] == ["in-progress", "paused", "in-progress", "completed"]
    assert report.form["RecordingSource"] == "StartCallRecordingAPI"
    assert (fetched.channels, [one.sid for one in listed]) == (2, [sid])
    with pytest.raises(TwilioRestException) as gone:
        await asyncio.to_thread(lambda: sdk.recordings(sid).fetch())
    assert gone.value.status == 404


async def test_a_recording_ends_with_its_call(world: World, customer: Customer, rest: Rest) -> None:
    customer.pages["/voice/in"] = TALKS
    caller = world.phone(CALLER)
    call = await caller.dial()
    await caller.wait_for("x")
    status, made = await rest.ask("POST", f"/Calls/{call.sid}/Recordings.json")
    assert (status, made["status"]) == (201, "in-progress")
    assert (await rest.ask("GET", f"/Recordings/{made['sid']}"))[0] == 404
    assert (await rest.ask("DELETE", f"/Recordings/{made['sid']}.json"))[0] == 409

    await caller.hang_up()
    await world.journal.wait_for("recording", sid=made["sid"], status="completed")

    path = f"/Calls/{call.sid}/Recordings"
    assert (await rest.ask("POST", f"{path}/{made['sid']}.json", Status="paused"))[0] == 400
    assert (await rest.ask("POST", f"{path}.json"))[1]["code"] == 21220
    status, refused = await rest.ask("POST", f"{path}.json", RecordingChannel="dual")
    assert (status, refused["code"]) == (400, 20001)


async def test_a_room_is_recorded_while_it_lasts(
    world: World, customer: Customer, sdk: Client, rest: Rest
) -> None:
    room = '<Conference record="record-from-start" recordingStatusCallback="/rec">r</Conference>'
    customer.pages["/voice/in"] = f"<Response><Dial>{room}</Dial></Response>"
    first, second = world.phone(CALLER), world.phone("+996555000002")
    await first.dial()
    await second.dial()
    await first.wait_talking()
    (shown,) = await asyncio.to_thread(sdk.conferences.list)
    of_room = sdk.conferences(shown.sid or "").recordings
    (going,) = await asyncio.to_thread(of_room.list)
    current = f"/Conferences/{shown.sid}/Recordings/Twilio.CURRENT.json"
    status, paused = await rest.ask("POST", current, Status="paused")
    assert (status, paused["status"], paused["sid"]) == (200, "paused", going.sid)
    assert (going.conference_sid, str(going.source)) == (shown.sid, "Conference")

    await first.hang_up()
    await second.hang_up()

    (report,) = await customer.wait("/rec")
    assert report.form["ConferenceSid"] == shown.sid
    assert "CallSid" not in report.form
    assert await asyncio.to_thread(of_room(going.sid or "").delete)
    assert await asyncio.to_thread(of_room.list) == []


async def test_a_dial_is_recorded_and_a_star_ends_it(world: World, customer: Customer) -> None:
    dial = '<Dial hangupOnStar="true" record="record-from-answer" action="/after">'
    customer.pages |= {
        "/voice/in": f"<Response>{dial}<Number>+996312000001</Number></Dial></Response>",
        "/after": "<Response><Say>After</Say></Response>",
    }
    world.phone("+996312000001").expect(Behaviour.ANSWER)
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_talking()

    await caller.press("1*")

    await caller.wait_for("After")
    (after,) = customer.requests("/after")
    assert after.form["RecordingUrl"].endswith(after.form["RecordingSid"])


async def test_a_call_made_by_rest_is_recorded_from_the_answer_on(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages["/gate"] = "<Response><Pause length='5'/></Response>"
    world.phone(CALLER).expect(Behaviour.ANSWER)
    _, made = await rest.ask(
        "POST", "/Calls.json", To=CALLER, From="189", Url=f"{customer.url}/gate",
        Record="true", RecordingStatusCallback=f"{customer.url}/rec",
        StatusCallback=f"{customer.url}/last",
    )  # fmt: skip
    (report,) = await customer.wait("/rec")
    assert (report.form["CallSid"], report.form["RecordingSource"]) == (made["sid"], "OutboundAPI")
    last = await customer.wait_form("/last", CallStatus="completed")
    assert last.form["RecordingSid"] == report.form["RecordingSid"]


async def test_somleng_records_by_its_verb_only(customer: Customer) -> None:
    customer.pages["/voice/in"] = "<Response><Say>x</Say><Record timeout='600'/></Response>"
    config = WorldConfig(
        voice_url=f"{customer.url}/voice/in", dialect=DialectName.SOMLENG, factor=100
    )
    async with World(config).running() as world:
        caller = world.phone(CALLER)
        call = await caller.dial()
        await world.journal.wait_for("recording", status="in-progress")
        token = aiohttp.encode_basic_auth(config.account_sid, config.auth_token)
        async with aiohttp.ClientSession(headers={"Authorization": token}) as session:
            rest = Rest(session, f"{world.url}/2010-04-01/Accounts/{config.account_sid}")
            assert (await rest.ask("POST", f"/Calls/{call.sid}/Recordings.json"))[0] == 404
            (one,) = (await rest.ask("GET", "/Recordings.json", CallSid="another"))[1]["recordings"]
            assert (await rest.ask("DELETE", f"/Recordings/{one['sid']}.json"))[0] == 404
