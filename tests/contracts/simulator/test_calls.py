"""Calls: verbs, keys, redirects, signatures and the order of status events."""

from aiohttp import web
from twilio.request_validator import RequestValidator

from hotline.simulator import World, WorldConfig
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"
MENU = """<Response><Gather numDigits="1" timeout="5" actionOnEmptyResult="true" action="key">
<Play>/audio/menu.wav</Play></Gather><Redirect>/voice/never</Redirect></Response>"""
HOLD = """<Response><Gather numDigits="1" timeout="1" action="/voice/hold-key">
<Play>/audio/hold.wav</Play></Gather><Redirect>/voice/hold</Redirect></Response>"""


async def test_key_stops_the_prompt_and_reaches_the_action(
    world: World, customer: Customer
) -> None:
    customer.pages |= {"/voice/in": MENU, "/voice/key": "<Response><Hangup/></Response>"}
    caller = world.phone(CALLER)

    await caller.dial()
    prompt = await caller.wait_for("menu.wav")
    await caller.press("2")

    assert prompt.seconds == 10.0
    assert await caller.wait_ended() == "completed"
    (first,) = customer.requests("/voice/in")
    (key,) = customer.requests("/voice/key")
    assert (first.form["CallStatus"], first.form["To"]) == ("ringing", "189")
    assert (key.form["Digits"], key.form["CallStatus"]) == ("2", "in-progress")
    assert customer.requests("/voice/never") == []


async def test_every_request_carries_a_valid_signature(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": MENU}
    world.point_at(voice_url=f"{customer.url}/voice/in?line=1#rc=2&rp=all")
    caller = world.phone(CALLER)

    await caller.dial()
    await customer.wait("/voice/key")
    await caller.wait_ended()
    await customer.wait("/voice/status")

    validator = RequestValidator(world.config.auth_token)
    assert {one.path for one in customer.seen} == {"/voice/in", "/voice/key", "/voice/status"}
    for one in customer.seen:
        assert validator.validate(one.url, one.form, one.headers["X-Twilio-Signature"])
        assert not validator.validate(one.url + "x", one.form, one.headers["X-Twilio-Signature"])
    assert customer.seen[0].url.endswith("/voice/in?line=1")
    assert customer.seen[0].form["CallerCity"] == ""


async def test_a_shared_key_signs_with_another_digest(customer: Customer) -> None:
    customer.pages |= {"/voice/in": "<Response><Hangup/></Response>"}
    config = WorldConfig(voice_url=f"{customer.url}/voice/in", shared_key="k1", factor=100)
    async with World(config).running() as world:
        await world.phone(CALLER).dial()
        (seen,) = await customer.wait("/voice/in")

    settings = seen.headers["X-Twilio-Webhooks-Signature-Settings"]
    assert settings == "key=k1,algorithm=HMAC_SHA256"
    validator = RequestValidator(config.auth_token)
    given = seen.headers["X-Twilio-Signature"]
    assert validator.validate(seen.url, seen.form, given, algorithm="HMAC_SHA256")


async def test_empty_gather_asks_the_action_with_no_digits(
    world: World, customer: Customer
) -> None:
    customer.pages |= {"/voice/in": MENU}
    caller = world.phone(CALLER)

    await caller.dial()
    (key,) = await customer.wait("/voice/key")

    assert key.form["Digits"] == ""


async def test_keys_mean_nothing_where_words_are_listened_to(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = MENU.replace("numDigits", 'input="speech" numDigits')
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_gather()
    await caller.press("1")

    (key,) = await customer.wait("/voice/key")
    assert key.form["Digits"] == ""


async def test_live_call_is_pulled_out_of_the_hold_loop(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages |= {
        "/voice/in": "<Response><Redirect>/voice/hold</Redirect></Response>",
        "/voice/hold": HOLD,
        "/voice/bridge": "<Response><Play>/audio/bye.wav</Play></Response>",
    }
    caller = world.phone(CALLER)
    call = await caller.dial()
    await customer.wait("/voice/hold", times=3)

    status, body = await rest.ask(
        "POST", f"/Calls/{call.sid}.json", Url=f"{customer.url}/voice/bridge"
    )

    assert (status, body["status"]) == (200, "in-progress")
    await caller.wait_for("bye.wav")
    assert await caller.wait_ended() == "completed"
    status, body = await rest.ask(
        "POST", f"/Calls/{call.sid}.json", Url=f"{customer.url}/voice/bridge"
    )
    assert (status, body["code"]) == (400, 21220)


async def test_cookies_of_a_call_come_back(world: World, customer: Customer) -> None:
    def first(_form: dict[str, str]) -> web.Response:
        answer = web.Response(text=MENU, content_type="text/xml")
        answer.set_cookie("step", "one")
        return answer

    customer.pages |= {"/voice/in": first}
    await world.phone(CALLER).dial()

    (key,) = await customer.wait("/voice/key")
    assert key.headers["Cookie"] == "step=one"


async def test_broken_document_goes_to_the_fallback(world: World, customer: Customer) -> None:
    customer.pages |= {
        "/voice/in": "<Response><Dial><Play>/audio/bye.wav</Play></Dial></Response>",
        "/voice/fallback": "<Response><Play>/audio/bye.wav</Play></Response>",
    }
    caller = world.phone(CALLER)
    await caller.dial()

    (fallback,) = await customer.wait("/voice/fallback")
    assert fallback.form["ErrorCode"] == "12200"
    assert fallback.form["ErrorUrl"] == f"{customer.url}/voice/in"
    assert await caller.wait_ended() == "completed"


async def test_a_verb_nobody_knows_is_passed_over_and_put_on_record(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = "<Response><Sing/><Play digits='1ww#'/></Response>"
    caller = world.phone(CALLER)
    call = await caller.dial()

    assert await caller.wait_ended() == "completed"

    (note,) = world.journal.find("notification", call=call.sid)
    assert (note["code"], note["message"]) == (12200, "Not in the schema: Sing")
    (tones,) = [moment for moment in caller.heard if moment.kind is Heard.TONES]
    assert (tones.what, tones.seconds) == ("1ww#", 1.5)


async def test_no_xml_without_fallback_ends_the_call(world: World, customer: Customer) -> None:
    world.point_at(voice_fallback_url="")
    customer.pages |= {"/voice/in": "sorry"}
    caller = world.phone(CALLER)
    call = await caller.dial()

    assert await caller.wait_ended() == "failed"
    (note,) = world.journal.find("notification", call=call.sid)
    assert note["code"] == 12100


async def test_missing_audio_fails_the_document(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": "<Response><Play>/audio/none.wav</Play></Response>"}
    await world.phone(CALLER).dial()

    (fallback,) = await customer.wait("/voice/fallback")
    assert fallback.form["ErrorCode"] == "11200"
    assert fallback.form["ErrorUrl"].endswith("/audio/none.wav")


async def test_caller_without_patience_leaves(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": HOLD, "/voice/hold": HOLD}
    caller = world.phone("+996555000002")
    caller.patience_s = 40
    call = await caller.dial()

    assert await caller.wait_ended() == "completed"
    (status,) = await customer.wait("/voice/status")
    assert status.form["CallStatus"] == "completed"
    assert 40 <= int(status.form["CallDuration"]) == call.duration_s


async def test_reject_costs_nothing(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": '<Response><Reject reason="busy"/></Response>'}
    caller = world.phone(CALLER)
    call = await caller.dial()

    assert await caller.wait_ended() == "busy"
    assert call.answered_at is None


async def test_hanging_up_answers_first(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": "<Response><Hangup/></Response>"}
    caller = world.phone(CALLER)
    call = await caller.dial()

    assert await caller.wait_ended() == "completed"
    assert call.answered_at is not None


async def test_a_pause_at_the_start_is_waited_for_before_the_answer(
    world: World, customer: Customer
) -> None:
    customer.pages |= {
        "/voice/in": '<Response><Pause length="5"/><Play>/audio/bye.wav</Play></Response>'
    }
    caller = world.phone(CALLER)
    await caller.dial()

    assert await caller.wait_ended() == "completed"
    kinds = [moment.kind for moment in caller.heard]
    assert kinds == [Heard.RINGING, Heard.PAUSE, Heard.ANSWERED, Heard.PROMPT, Heard.ENDED]


async def test_the_carrier_reads_out_what_it_keeps_itself(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/in": lambda _form: web.Response(status=503)}
    world.point_at(voice_fallback_url=f"{world.url}/bins/away")
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_for("Call again")
    assert await caller.wait_ended() == "completed"


async def test_unknown_number_never_reaches_the_customer(world: World, customer: Customer) -> None:
    caller = world.phone(CALLER)
    await caller.dial("+996312999999")
    assert await caller.wait_ended() == "failed"
    assert customer.requests("/voice/in") == []


async def test_softphone_dials_in_with_its_parameters(world: World, customer: Customer) -> None:
    customer.pages |= {"/voice/op": "<Response><Play>/audio/bye.wav</Play></Response>"}
    operator = world.softphone("op_7")
    await operator.connect({"Offer": "o-1"})

    (seen,) = await customer.wait("/voice/op")
    assert seen.form["From"] == seen.form["Caller"] == "client:op_7"
    assert seen.form["ApplicationSid"] == world.config.app_sid
    assert (seen.form["Offer"], seen.form["Direction"]) == ("o-1", "inbound")
