"""Switches that strike by chance, and what the newer ones do on the wire."""

import asyncio
from email.utils import parsedate_to_datetime

import pytest

from hotline.simulator import Behaviour, Fault, World
from hotline.simulator.faults import Faults
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"
CHANCES = 2_000


def struck(seed: int, fault: Fault = Fault.STATUS_LOSE) -> list[bool]:
    faults = Faults()
    faults.arm_all(0.05, seed=seed)
    return [faults.strikes(fault) for _ in range(CHANCES)]


def test_a_share_of_all_chances_is_struck_and_a_seed_says_which() -> None:
    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert struck(1) != struck(1, Fault.STATUS_LATE)
    assert 50 < sum(struck(1)) < 150  # of 2 000 at 5 %: far beyond what chance allows


def test_chances_of_one_switch_do_not_shift_those_of_another() -> None:
    faults = Faults()
    faults.arm_all(0.05, seed=1)
    seen = []
    for _ in range(CHANCES):
        faults.strikes(Fault.REST_429)
        seen.append(faults.strikes(Fault.STATUS_LOSE))
    assert seen == struck(1)
    assert faults.struck[Fault.STATUS_LOSE] == sum(seen)


def test_what_was_armed_by_chance_can_be_switched_off() -> None:
    faults = Faults()
    faults.arm_all(1, seed=1)
    assert faults.armed() == dict.fromkeys(map(str, Fault), None)
    assert faults.strikes(Fault.STATUS_LOSE)
    faults.disarm_all()
    assert not faults.strikes(Fault.STATUS_LOSE)
    with pytest.raises(ValueError, match="2"):
        faults.arm_share(Fault.STATUS_LOSE, 2, seed=1)


async def test_a_request_comes_again_while_the_first_still_waits(
    world: World, customer: Customer
) -> None:
    both = asyncio.Event()
    arrived = 0

    async def first_waits_for_second(_form: dict[str, str]) -> str:
        nonlocal arrived
        arrived += 1
        if arrived == 2:
            both.set()
        await both.wait()
        return "<Response><Pause length='600'/></Response>"

    customer.pages["/voice/in"] = first_waits_for_second
    world.faults.arm(Fault.WEBHOOK_OVERLAP)
    await world.phone(CALLER).dial()

    first, second = await customer.wait("/voice/in", times=2)
    assert first.form == second.form
    header = "I-Twilio-Idempotency-Token"
    assert first.headers[header] == second.headers[header]


async def test_a_late_report_does_not_hold_up_the_next(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages["/gate"] = "<Response><Hangup/></Response>"
    world.phone(CALLER).expect(Behaviour.ANSWER)
    world.faults.arm(Fault.STATUS_LATE)
    await rest.ask(
        "POST", "/Calls.json", To=CALLER, From="189", Url=f"{customer.url}/gate",
        StatusCallback=f"{customer.url}/voice/status",
        StatusCallbackEvent=["ringing", "completed"],
    )  # fmt: skip

    seen = await customer.wait("/voice/status", times=2)
    assert [one.form["CallStatus"] for one in seen] == ["completed", "ringing"]


async def test_a_clock_that_is_wrong_is_told_by_the_timestamp(
    world: World, customer: Customer
) -> None:
    world.faults.arm(Fault.CLOCK_SKEW, times=2)
    off = []
    for times in (1, 2):
        call = await world.phone(CALLER).dial()
        report = (await customer.wait("/voice/status", times=times))[-1]
        assert call.ended_at is not None
        told = parsedate_to_datetime(report.form["Timestamp"])
        off.append(round((told - call.ended_at).total_seconds(), -1))
    assert off == [-120, 120]


async def test_who_is_to_be_held_in_a_room_may_just_have_left(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages["/voice/in"] = "<Response><Dial><Conference>r</Conference></Dial></Response>"
    call = await world.phone(CALLER).dial()
    room = (await world.journal.wait_for("room.join", call=call.sid))["room"]
    world.faults.arm(Fault.REST_JUST_ENDED)

    path = f"/Conferences/{room}/Participants/{call.sid}.json"
    status, body = await rest.ask("POST", path, Hold="true")

    assert (status, body["code"]) == (404, 20404)


async def test_a_person_hangs_up_in_the_moment_their_call_is_to_be_changed(
    world: World, customer: Customer, rest: Rest
) -> None:
    customer.pages["/voice/in"] = "<Response><Say>x</Say><Pause length='600'/></Response>"
    world.faults.arm(Fault.REST_JUST_ENDED)
    caller = world.phone(CALLER)
    call = await caller.dial()
    await caller.wait_for("x")

    status, body = await rest.ask("POST", f"/Calls/{call.sid}.json", Url=f"{customer.url}/x")

    assert (status, body["code"]) == (400, 21220)
    assert await caller.wait_ended() == "completed"
