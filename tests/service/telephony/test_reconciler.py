"""The carrier's live calls and our legs are compared: neither side keeps what the other lost."""

from datetime import timedelta

import pytest

from hotline.carrier.capabilities import Dialect
from hotline.carrier.ports import CarrierError
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.telephony.reconciler import SETTLED
from tests.service.telephony.exchange import Exchange

OURS = "+996312000189"
SHOWN_WHEN_CALLING_BACK = "+996312000500"
LONG_AGO = SETTLED + timedelta(seconds=5)


@pytest.fixture(params=["twilio", "signalwire", "somleng"])
def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    return Exchange(db, vault, dialect)


async def compare(exchange: Exchange) -> int:
    return await exchange.jobs.reconciler.compare()


async def a_call_we_made(exchange: Exchange, *, ago: timedelta, caller_id: str = OURS) -> str:
    made = await exchange.carrier.call("client:op_1", "u", "s", caller_id=caller_id, timeout_s=20)
    call = exchange.carrier.calls[made.sid]
    call.status, call.at = "in-progress", call.at - ago
    return made.sid


async def some_time_passes(exchange: Exchange) -> None:
    async with exchange.db.uow() as uow:
        await uow.execute(
            """
            update call_leg set last_seen_at = last_seen_at - $1::interval,
              opened_at = opened_at - $1::interval, ended_at = ended_at - $1::interval
            """,
            LONG_AGO,
        )
        await uow.execute(
            "update contact set caller_left_at = caller_left_at - $1::interval", LONG_AGO
        )


async def test_a_call_of_ours_that_no_leg_knows_is_hung_up(exchange: Exchange) -> None:
    ghost = await a_call_we_made(exchange, ago=LONG_AGO)
    young = await a_call_we_made(exchange, ago=timedelta())
    back = await a_call_we_made(exchange, ago=LONG_AGO, caller_id=SHOWN_WHEN_CALLING_BACK)
    not_ours = await a_call_we_made(exchange, ago=LONG_AGO, caller_id="+996312999999")

    assert await compare(exchange) == 2
    assert await compare(exchange) == 0

    states = {sid: exchange.carrier.calls[sid].status for sid in (ghost, back, young, not_ours)}
    over, goes_on = "completed", "in-progress"
    assert states == {ghost: over, back: over, young: goes_on, not_ours: goes_on}


async def test_a_caller_we_never_heard_of_is_left_to_the_duty_telephone(
    exchange: Exchange,
) -> None:
    stranger = exchange.carrier.incoming()
    stranger.at -= LONG_AGO

    assert await compare(exchange) == 0
    assert stranger.status == "in-progress"


async def test_a_leg_that_ended_for_us_ends_at_the_carrier(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    await exchange.status(sid, "completed")
    assert await compare(exchange) == 0
    await some_time_passes(exchange)

    assert await compare(exchange) == 1
    assert exchange.carrier.calls[sid].status == "completed"


async def test_a_leg_whose_contact_is_over_ends_at_the_carrier(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    async with exchange.db.uow() as uow:
        contact = await exchange.contacts.get(uow, (await exchange.contact(sid)).id, lock=True)
        await exchange.contacts.caller_left(uow, contact)
    await some_time_passes(exchange)

    assert await compare(exchange) == 1
    assert exchange.carrier.calls[sid].status == "completed"


async def test_a_leg_the_carrier_does_not_list_is_asked_about_and_then_closed(
    exchange: Exchange,
) -> None:
    gone, ringing = await exchange.waiting(), await exchange.waiting()
    exchange.carrier.calls[gone].status = "failed"
    exchange.carrier.calls[ringing].status = "ringing"
    await some_time_passes(exchange)

    assert await compare(exchange) == 1

    contact = await exchange.contact(gone)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    assert (await exchange.contact(ringing)).state is ContactState.WAITING


async def test_people_who_are_where_both_say_are_left_alone(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    await some_time_passes(exchange)

    assert await compare(exchange) == 0
    assert exchange.carrier.calls[sid].status == "in-progress"
    assert (await exchange.contact(sid)).state is ContactState.WAITING


async def test_a_carrier_that_cannot_be_asked_ends_nothing(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    await some_time_passes(exchange)
    exchange.carrier.failures.append(CarrierError("too-many", permanent=False))

    with pytest.raises(CarrierError):
        await compare(exchange)

    assert (await exchange.contact(sid)).state is ContactState.WAITING


async def test_who_keeps_their_place_and_who_is_called_back_are_left_alone(
    exchange: Exchange,
) -> None:
    sid = await exchange.waiting()
    await exchange.hold_key(sid, "9")
    exchange.carrier.calls[sid].status = "completed"
    await exchange.status(sid, "completed")
    await some_time_passes(exchange)
    await compare(exchange)
    await exchange.lines.reconcile()
    assert (await exchange.contact(sid)).state is ContactState.WAITING

    await exchange.on_shift()
    await exchange.accept()
    for made in [c for c in exchange.carrier.calls.values() if "/voice/op" in c.url]:
        made.status = "in-progress"
        await exchange.operator(made.sid, rung=True)
        await exchange.joins(made.sid, await exchange.room(sid))
        await exchange.work()
    (back,) = [c for c in exchange.carrier.calls.values() if "/voice/gate" in c.url]
    back.status, back.at = "in-progress", back.at - LONG_AGO
    await exchange.gate(back)
    await some_time_passes(exchange)

    assert await compare(exchange) == 0
    assert back.status == "in-progress"
    assert (await exchange.contact(sid)).state is ContactState.RESERVED
