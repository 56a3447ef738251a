"""Webhooks: retries, overrides in the fragment, duplicates and lost ones."""

import asyncio
import json

import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from hotline.simulator import DialectName, Fault, World, WorldConfig
from hotline.simulator.carrier.overrides import Failure, parse_target
from tests.contracts.simulator.customer import Customer, Page, Rest

CALLER = "+996555000001"
HEADER = "I-Twilio-Idempotency-Token"


def failing(times: int) -> Page:
    left = [times]

    def page(_form: dict[str, str]) -> web.Response:
        left[0] -= 1
        status = 503 if left[0] >= 0 else 200
        return web.Response(text="<Response/>", content_type="text/xml", status=status)

    return page


def test_overrides_are_read_from_the_fragment_and_cut_to_their_ranges() -> None:
    target = parse_target("https://h.kg/in?x=1#ct=50&rt=4000&rc=9&rp=ct,5xx&e=frankfurt")
    assert (target.url, target.connect_ms, target.read_ms) == ("https://h.kg/in?x=1", 100, 4000)
    assert (target.retries, target.retry_on) == (
        5,
        frozenset({Failure.CONNECT, Failure.SERVER}),
    )
    assert parse_target("https://h.kg/#rp=all").retry_on == frozenset(Failure)
    assert parse_target("https://h.kg/").retry_on == frozenset({Failure.CONNECT})


async def test_5xx_is_tried_again_with_the_same_token_when_the_url_says_so(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = failing(2)
    world.point_at(voice_url=f"{customer.url}/voice/in#rc=3&rp=5xx")

    await world.phone(CALLER).dial()

    seen = await customer.wait("/voice/in", times=3)
    assert len({one.headers[HEADER] for one in seen}) == 1
    assert customer.requests("/voice/fallback") == []


async def test_5xx_is_not_tried_again_by_default(world: World, customer: Customer) -> None:
    customer.pages["/voice/in"] = failing(1)
    await world.phone(CALLER).dial()

    (fallback,) = await customer.wait("/voice/fallback")
    assert fallback.form["ErrorCode"] == "11217"
    assert len(customer.requests("/voice/in")) == 1


async def test_failed_connects_are_tried_once_more(world: World) -> None:
    world.point_at(voice_url="http://127.0.0.1:9/voice/in", voice_fallback_url="")
    caller = world.phone(CALLER)
    call = await caller.dial()

    assert await caller.wait_ended() == "failed"
    attempts = world.journal.find("webhook", hook="voice", subject=call.sid)
    assert [one["failure"] for one in attempts] == ["ct", "ct"]


async def test_a_server_that_is_too_slow_is_a_read_failure(customer: Customer) -> None:
    config = WorldConfig(voice_url=f"{customer.url}/voice/in#rt=100", network_floor_s=0.05)

    async def slow(_form: dict[str, str]) -> str:
        await hangs.wait()
        return "<Response/>"

    hangs = asyncio.Event()
    customer.pages["/voice/in"] = slow
    async with World(config).running() as world:
        caller = world.phone(CALLER)
        call = await caller.dial()
        assert await caller.wait_ended() == "failed"
        hangs.set()
        (note,) = world.journal.find("notification", call=call.sid)
        assert note["code"] == 11200


async def test_duplicate_has_the_same_token(world: World, customer: Customer) -> None:
    world.faults.arm(Fault.WEBHOOK_DUPLICATE)
    await world.phone(CALLER).dial()

    first, second = await customer.wait("/voice/in", times=2)
    assert first.headers[HEADER] == second.headers[HEADER]
    assert first.form == second.form


async def test_lost_status_never_comes(world: World, customer: Customer) -> None:
    world.faults.arm(Fault.STATUS_NEVER_COMPLETED)
    caller = world.phone(CALLER)
    await caller.dial()

    assert await caller.wait_ended() == "completed"
    await world.journal.wait_for("webhook.lost")
    assert customer.requests("/voice/status") == []


async def test_messages_wait_for_a_server_that_comes_back(world: World, customer: Customer) -> None:
    customer.pages["/sms/in"] = failing(4)
    world.point_at(sms_url=f"{customer.url}/sms/in#rc=5&rp=all")

    await world.sms(CALLER).send("Салам")

    seen = customer.requests("/sms/in")
    assert len(seen) == 5
    assert len({one.headers[HEADER] for one in seen}) == 1


@pytest.mark.parametrize("fault", [Fault.REST_429, Fault.REST_500])
async def test_rest_can_refuse(world: World, rest: Rest, fault: Fault) -> None:
    world.faults.arm(fault)
    status, body = await rest.ask("GET", "/Calls.json")
    assert (status, body["code"]) == {
        Fault.REST_429: (429, 20429), Fault.REST_500: (500, 20500),
    }[fault]  # fmt: skip
    assert (await rest.ask("GET", "/Calls.json"))[0] == 200


async def test_json_is_signed_by_a_digest_of_the_body(customer: Customer) -> None:
    config = WorldConfig(
        voice_url=f"{customer.url}/voice/in",
        status_callback=f"{customer.url}/voice/status?line=1",
        json_hooks=frozenset({"status"}),
        factor=100,
    )
    async with World(config).running() as world:
        call = await world.phone(CALLER).dial()
        (status,) = await customer.wait("/voice/status")

    validator = RequestValidator(config.auth_token)
    given = status.headers["X-Twilio-Signature"]
    assert "&bodySHA256=" in status.url
    assert json.loads(status.body)["CallSid"] == call.sid
    assert validator.validate(status.url, status.body, given)
    assert not validator.validate(status.url, status.body + " ", given)


async def test_a_key_of_its_own_signs_where_the_vendor_has_one(customer: Customer) -> None:
    for dialect, header, key in (
        (DialectName.SIGNALWIRE, "X-SignalWire-Signature", "PSK_of_the_project"),
        (DialectName.TWILIO, "X-Twilio-Signature", "simulated-auth-token"),
    ):
        config = WorldConfig(
            voice_url=f"{customer.url}/{dialect}", signing_key="PSK_of_the_project",
            dialect=dialect, factor=100,
        )  # fmt: skip
        async with World(config).running() as world:
            await world.phone(CALLER).dial()
            (seen,) = await customer.wait(f"/{dialect}")
        assert RequestValidator(key).validate(seen.url, seen.form, seen.headers[header])
