"""The REST face, asked by the vendor's own SDK."""

import asyncio

import aiohttp
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from hotline.simulator import Behaviour, DialectName, Fault, Line, World, WorldConfig
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

PERSON = "+996555000001"


@pytest.fixture
def sdk(world: World) -> Client:
    client = Client(world.config.account_sid, world.config.auth_token)
    client.api.base_url = world.url
    return client


async def test_vendor_library_makes_follows_and_ends_a_call(
    world: World, customer: Customer, sdk: Client
) -> None:
    customer.pages["/gate"] = "<Response><Pause length='600'/></Response>"
    world.phone(PERSON).expect(Behaviour.ANSWER)
    steps = ["initiated", "ringing", "answered", "completed"]

    made = await asyncio.to_thread(
        lambda: sdk.calls.create(
            to=PERSON, from_="189", url=f"{customer.url}/gate",
            status_callback=f"{customer.url}/voice/status", status_callback_event=steps,
        )
    )  # fmt: skip
    await customer.wait_form("/voice/status", CallStatus="in-progress")
    sid = made.sid or ""
    fetched = await asyncio.to_thread(lambda: sdk.calls(sid).fetch())
    await asyncio.to_thread(lambda: sdk.calls(sid).update(status="completed"))
    end = await customer.wait_form("/voice/status", CallStatus="completed")

    shown = [str(one) for one in (made.status, fetched.status, fetched.direction)]
    assert shown == ["queued", "in-progress", "outbound-api"]
    forms = [one.form for one in customer.requests("/voice/status")]
    assert [one["CallStatus"] for one in forms] == [
        "initiated", "ringing", "in-progress", "completed",
    ]  # fmt: skip
    assert [one["SequenceNumber"] for one in forms] == ["0", "1", "2", "3"]
    assert end.form["CallbackSource"] == "call-progress-events"
    assert end.form["Timestamp"].endswith("+0000")


async def test_a_machine_is_detected_only_when_asked_for(
    world: World, customer: Customer, sdk: Client
) -> None:
    customer.pages["/gate"] = "<Response><Pause length='600'/></Response>"
    world.phone(PERSON).expect(Behaviour.VOICEMAIL)
    gate = f"{customer.url}/gate"

    def ring(**more: str) -> str:
        return sdk.calls.create(to=PERSON, from_="189", url=gate, **more).sid or ""

    sids = [await asyncio.to_thread(ring, **one) for one in ({}, {"machine_detection": "Enable"})]
    seen = await customer.wait("/gate", times=2)

    said = {one.form["CallSid"]: one.form.get("AnsweredBy") for one in seen}
    assert [said[sid] for sid in sids] == [None, "machine_start"]


async def test_carried_out_but_never_answered(world: World, sdk: Client, rest: Rest) -> None:
    world.faults.arm(Fault.REST_TIMEOUT_AFTER)
    lost = rest.ask(
        "POST", "/Messages.json", To=PERSON, From=world.config.sms_number, Body="Салам"
    )  # fmt: skip
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await lost
    found = await asyncio.to_thread(lambda: sdk.messages.list(to=PERSON))
    assert [one.body for one in found] == ["Салам"]


async def test_lists_are_paged_and_filtered(world: World, sdk: Client) -> None:
    for n in range(5):
        caller = world.phone(f"+99655500010{n}")
        await caller.dial()
        await caller.wait_ended()

    listed = await asyncio.to_thread(lambda: sdk.calls.list(status="completed", page_size=2))
    one = await asyncio.to_thread(lambda: sdk.calls.list(from_="+996555000103"))

    assert len(listed) == 5
    assert [call.to for call in one] == ["189"]
    assert (await asyncio.to_thread(lambda: sdk.calls.list(status="busy"))) == []


async def test_refusals_carry_the_vendors_codes(world: World, sdk: Client) -> None:
    world.carrier.book.set("+996312555555", Line(Behaviour.NO_ANSWER, textable=False))
    ours = world.config.sms_number
    wrong = [
        (404, 20404, lambda: sdk.calls("CA" + "0" * 32).fetch()),
        (400, 21205, lambda: sdk.calls.create(to=PERSON, from_="189")),
        (400, 21211, lambda: sdk.calls.create(to="nobody", from_="189", url="http://x.kg/")),
        (400, 21211, lambda: sdk.messages.create(to="123", from_=ours, body="x")),
        (400, 21606, lambda: sdk.messages.create(to=PERSON, from_="+15005550000", body="x")),
        (400, 21614, lambda: sdk.messages.create(to="+996312555555", from_=ours, body="x")),
        (400, 21617, lambda: sdk.messages.create(to=PERSON, from_=ours, body="x" * 1601)),
    ]
    for status, code, call in wrong:
        with pytest.raises(TwilioRestException) as caught:
            await asyncio.to_thread(call)
        assert (caught.value.status, caught.value.code) == (status, code)


async def test_unknown_fields_are_refused(rest: Rest) -> None:
    status, body = await rest.ask("POST", "/Calls.json", To=PERSON, Form="189", Url="http://x.kg/")
    assert (status, body["code"], body["status"]) == (400, 20001, 400)
    assert (await rest.ask("GET", "/Calls.json", Sttus="busy"))[0] == 400


async def test_wrong_key_is_refused(world: World) -> None:
    client = Client(world.config.account_sid, "wrong")
    client.api.base_url = world.url
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(lambda: client.api.accounts(world.config.account_sid).fetch())
    assert (caught.value.status, caught.value.code) == (401, 20003)


async def test_sms_is_sent_reported_found_and_forgotten(
    world: World, customer: Customer, sdk: Client
) -> None:
    person = world.sms(PERSON)
    made = await asyncio.to_thread(
        lambda: sdk.messages.create(
            to=PERSON, from_=world.config.sms_number, body="Саламатсызбы",
            status_callback=f"{customer.url}/sms/status", validity_period=600,
        )
    )  # fmt: skip
    await person.wait_for("Салам")
    await customer.wait_form("/sms/status", MessageStatus="delivered")

    sid = made.sid or ""
    statuses = [one.form["MessageStatus"] for one in customer.requests("/sms/status")]
    found = await asyncio.to_thread(lambda: sdk.messages.list(to=PERSON))
    redacted = await asyncio.to_thread(lambda: sdk.messages(sid).update(body=""))
    await asyncio.to_thread(lambda: sdk.messages(sid).delete())

    assert [str(made.status), *statuses] == ["queued", "sent", "delivered"]
    assert [one.sid for one in found] == [made.sid]
    assert redacted.body == ""
    assert await asyncio.to_thread(lambda: sdk.messages.list(to=PERSON)) == []


async def test_stop_word_blocks_replies_until_start(world: World, sdk: Client) -> None:
    def send() -> None:
        sdk.messages.create(to=PERSON, from_=world.config.sms_number, body="x")

    person = world.sms(PERSON)
    await person.send("stop")
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(send)
    assert caught.value.code == 21610
    await person.send("START")
    await asyncio.to_thread(send)


async def test_inbound_sms_is_signed_and_answered(world: World, customer: Customer) -> None:
    customer.pages["/sms/in"] = "<Response><Message>Кабыл алынды</Message></Response>"
    person = world.sms(PERSON)
    message = await person.send("Жардам керек")

    (seen,) = customer.requests("/sms/in")
    assert (seen.form["Body"], seen.form["From"]) == ("Жардам керек", PERSON)
    assert seen.form["MessageSid"] == message.sid
    assert await person.wait_for("Кабыл") == "Кабыл алынды"


async def test_numbers_are_listed_with_their_urls(
    world: World, customer: Customer, sdk: Client
) -> None:
    numbers = await asyncio.to_thread(sdk.incoming_phone_numbers.list)
    assert {one.phone_number for one in numbers} == {"189", world.config.sms_number}
    assert {str(one.voice_url) for one in numbers} == {f"{customer.url}/voice/in"}
    (one,) = await asyncio.to_thread(lambda: sdk.incoming_phone_numbers.list(phone_number="189"))
    again = await asyncio.to_thread(lambda: sdk.incoming_phone_numbers(one.sid or "").fetch())
    assert again.phone_number == "189"


async def test_somleng_has_uuids_its_own_verbs_and_one_status(customer: Customer) -> None:
    customer.pages |= {
        "/in": "<Response><Gather numDigits='1'><Play>/audio/menu.wav</Play></Gather></Response>",
        "/op": "<Response><Dial><Conference>x</Conference></Dial></Response>",
    }
    config = WorldConfig(
        voice_url=f"{customer.url}/in", status_callback=f"{customer.url}/status",
        app_voice_url=f"{customer.url}/op", dialect=DialectName.SOMLENG, factor=100,
    )  # fmt: skip
    async with World(config).running() as world:
        caller = world.phone(PERSON)
        call = await caller.dial()
        await caller.wait_ended()
        (status,) = await customer.wait("/status")
        operator = world.softphone("op_1")
        await operator.connect()
        assert await operator.wait_ended() == "failed"

    assert len(call.sid) == 36
    assert status.form["SequenceNumber"] == "0"
    (first,) = customer.requests("/in")
    assert "I-Twilio-Idempotency-Token" not in first.headers
    assert "X-Twilio-Signature" in first.headers
    assert sorted(first.form) == [
        "AccountSid", "ApiVersion", "CallSid", "CallStatus", "Called", "Caller", "Direction",
        "From", "To",
    ]  # fmt: skip


async def test_somleng_reads_few_attributes_and_has_no_queues(customer: Customer) -> None:
    number = "<Number url='/whisper' statusCallback='/child'>+996312000001</Number>"
    dial = f"<Dial answerOnBridge='true' record='record-from-answer'>{number}</Dial>"
    customer.pages |= {
        "/in": f"<Response>{dial}</Response>",
        "/op": "<Response><Enqueue>desk</Enqueue></Response>",
    }
    config = WorldConfig(
        voice_url=f"{customer.url}/in", app_voice_url=f"{customer.url}/op",
        dialect=DialectName.SOMLENG, factor=100,
    )  # fmt: skip
    async with World(config).running() as world:
        world.phone("+996312000001").expect(Behaviour.ANSWER)
        caller = world.phone(PERSON)
        await caller.dial()
        await caller.wait_talking()
        await caller.hang_up()
        await caller.wait_ended()
        operator = world.softphone("op_1")
        await operator.connect()
        assert await operator.wait_ended() == "failed"
        recorded = world.journal.find("recording")
        async with aiohttp.ClientSession() as session:
            token = aiohttp.encode_basic_auth(config.account_sid, config.auth_token)
            url = f"{world.url}/2010-04-01/Accounts/{config.account_sid}/Queues.json"
            async with session.get(url, headers={"Authorization": token}) as answer:
                assert answer.status == 404

    kinds = [moment.kind for moment in caller.heard]
    assert kinds.index(Heard.ANSWERED) < kinds.index(Heard.TALKING)
    assert (customer.requests("/whisper"), customer.requests("/child"), recorded) == ([], [], [])


async def test_signalwire_signs_under_its_own_name(customer: Customer) -> None:
    config = WorldConfig(voice_url=f"{customer.url}/in", dialect=DialectName.SIGNALWIRE, factor=100)
    async with World(config).running() as world:
        caller = world.phone(PERSON)
        call = await caller.dial()
        await caller.wait_ended()
    assert len(call.sid) == 36
    assert "X-SignalWire-Signature" in customer.requests("/in")[0].headers
