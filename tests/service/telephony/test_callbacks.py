"""Asked to be called back: the place is kept, and only who presses the key hears of the line."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.carrier.memory import MemoryCall
from hotline.carrier.ports import CarrierError, OutcomeUnknown
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.routing import store as routing_store
from hotline.telephony.errands import NO_JOIN
from tests.builders import ANA
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.promised import CALLBACK_RULES

ASKS = "9"
NEUTRAL = {"ru/ivr-gate", "ru/ivr-press-1"}


async def asked(exchange: Exchange) -> str:
    """Somebody waits, asks to be called back and hangs up."""
    caller = await exchange.waiting()
    document = await exchange.hold_key(caller, ASKS)
    assert "ru/ivr-called-back" in document.plays
    await exchange.status(caller, "completed")
    await exchange.work()
    return caller


async def called(exchange: Exchange, caller: str) -> MemoryCall:
    """The operator took it and is in the room: the call that was made for it."""
    await exchange.on_shift()
    await exchange.accept()
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    assert await exchange.work() == []
    return calls_out(exchange)[-1]


def calls_out(exchange: Exchange) -> list[MemoryCall]:
    return [call for call in exchange.carrier.calls.values() if "/voice/gate" in call.url]


async def ready_again(exchange: Exchange) -> None:
    """The pause between two calls is over."""
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set next_at = now() where next_at is not null")
    assert await exchange.callbacks.sweep(exchange.calls) == 1
    await exchange.work()


async def test_who_asked_for_a_call_and_hung_up_keeps_their_place(exchange: Exchange) -> None:
    caller = await asked(exchange)

    contact = await exchange.contact(caller)
    assert contact.state is ContactState.WAITING
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1
    assert calls_out(exchange) == []


async def test_the_caller_is_rung_only_when_the_operator_is_there(exchange: Exchange) -> None:
    caller = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    assert calls_out(exchange) == []
    assert await exchange.call_state(caller) == "connecting"

    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    await exchange.work()

    (call,) = calls_out(exchange)
    assert call.to.startswith("+99655500")
    wish = [wish for what, wish in exchange.carrier.asked if what == "call"][-1]
    assert wish["caller_id"] == "+996312000500", "the number of the line gives it away"


async def test_the_gate_says_nothing_but_a_key_and_the_key_joins_the_two(
    exchange: Exchange,
) -> None:
    caller = await asked(exchange)
    call = await called(exchange, caller)

    heard = await exchange.gate(call)
    assert set(heard.plays) == NEUTRAL
    room = await exchange.room(caller)
    document = await exchange.gate_key(call.sid, "1")
    assert document.room == room.name
    await exchange.joins(call.sid, room)
    assert await exchange.work() == []

    contact = await exchange.contact(caller)
    assert contact.state is ContactState.TALKING
    assert await exchange.count("select count(*) from callback where state = 'done'") == 1
    await exchange.status(call.sid, "completed")
    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP


@pytest.mark.parametrize("digit", ["", "2", "0", "9", "#"])
async def test_any_other_key_hears_the_gate_again_and_then_a_neutral_goodbye(
    exchange: Exchange, digit: str
) -> None:
    call = await called(exchange, await asked(exchange))
    await exchange.gate(call)

    again = await exchange.gate_key(call.sid, digit, turn=1)
    assert set(again.plays) == NEUTRAL
    end = await exchange.gate_key(call.sid, digit, turn=2)

    assert end.plays == ["ru/ivr-gate-end"]
    assert end.verbs[-1] == "Hangup"


async def test_no_request_of_a_leg_before_the_gate_gets_past_it(exchange: Exchange) -> None:
    call = await called(exchange, await asked(exchange))
    await exchange.gate(call)

    for document in (
        await exchange.bridge(call.sid),
        await exchange.hold(call.sid),
        await exchange.hold_key(call.sid, "0"),
        await exchange.step(call.sid, "1", 1),
        await exchange.after(call.sid),
    ):
        assert set(document.plays) <= NEUTRAL | {"ru/ivr-gate-end"}, document.text
        assert document.plays, document.text


async def test_who_is_not_reached_is_called_again_later_and_the_operator_is_free(
    exchange: Exchange,
) -> None:
    caller = await asked(exchange)
    call = await called(exchange, caller)

    await exchange.status(call.sid, "no-answer")
    assert await exchange.work() == []

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WAITING, None)
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) is None
        timeline = [line.kind for line in await exchange.contacts.timeline(uow, contact.id)]
    assert "callback_missed" in timeline
    assert await exchange.count("select count(*) from assignment where until is null") == 0
    assert await exchange.count("select count(*) from operator_state where presence = 'available'")

    await ready_again(exchange)
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1


async def test_after_the_last_call_in_vain_nobody_calls_any_more(exchange: Exchange) -> None:
    caller = await asked(exchange)
    call = await called(exchange, caller)
    for _ in range(2):
        await exchange.status(call.sid, "busy")
        await exchange.work()
        await ready_again(exchange)
        await exchange.accept()
        operator = await exchange.operator_leg(caller)
        await exchange.operator(operator.sid, rung=True)
        await exchange.joins(operator.sid, await exchange.room(caller))
        await exchange.work()
        call = calls_out(exchange)[-1]
    await exchange.status(call.sid, "busy")
    assert await exchange.work() == []

    contact = await exchange.contact(caller)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.NOT_REACHED)
    assert len(calls_out(exchange)) == 3
    assert await exchange.count("select count(*) from callback where state = 'open'") == 0


async def test_a_call_whose_outcome_is_unknown_is_looked_up_and_never_made_twice(
    exchange: Exchange,
) -> None:
    caller = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    exchange.carrier.failures.append(OutcomeUnknown())
    await exchange.work()

    (call,) = calls_out(exchange)
    assert (await exchange.legs(call.sid))[-1].gated


async def test_a_carrier_that_is_busy_is_asked_again(exchange: Exchange) -> None:
    caller = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    exchange.carrier.failures.append(CarrierError("too-many", permanent=False))
    assert await exchange.work() == ["CarrierError"]
    assert calls_out(exchange) == []

    assert await exchange.again() == []

    assert len(calls_out(exchange)) == 1
    assert await exchange.count("select attempts from callback") == 1


async def test_who_stays_on_the_line_is_answered_there(exchange: Exchange) -> None:
    caller = await exchange.waiting()
    await exchange.hold_key(caller, ASKS)
    await exchange.on_shift()
    await exchange.accept()
    room = await exchange.room(caller)
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, room)
    await exchange.work()
    assert (await exchange.bridge(caller)).room == room.name
    await exchange.joins(caller, room)
    await exchange.work()

    assert calls_out(exchange) == []
    assert await exchange.count("select count(*) from callback where state = 'done'") == 1


@pytest.mark.parametrize("number", ["anonymous", "+79161234567", "+996900123456", "189"])
async def test_a_number_that_must_not_be_rung_is_told_so_and_keeps_waiting(
    exchange: Exchange, number: str
) -> None:
    sid = exchange.carrier.incoming().sid
    document = await exchange.incoming(sid, From=number)
    for digit in "21":
        document = await exchange.step(sid, digit, document.turn)

    document = await exchange.hold_key(sid, ASKS)

    assert document.plays == ["ru/ivr-callback-cannot"]
    assert document.holds
    assert await exchange.count("select count(*) from callback") == 0


@pytest.mark.parametrize(
    "limit", [{"calls_per_day": 0}, {"minutes_per_day": 0}, {"calls_per_number": 0}]
)
async def test_no_call_is_made_over_the_budget(
    db: Database, vault: Vault, limit: dict[str, int]
) -> None:
    class Poor(Exchange):
        callback_rules = replace(CALLBACK_RULES, **limit)  # type: ignore[arg-type] # numbers all

    exchange = Poor(db, vault)
    caller = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    await exchange.work()

    assert calls_out(exchange) == []
    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_a_promise_that_is_too_old_ends_and_nobody_is_called(exchange: Exchange) -> None:
    caller = await asked(exchange)
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set expires_at = now()")

    await exchange.callbacks.sweep(exchange.calls)
    await exchange.work()

    assert (await exchange.contact(caller)).outcome is Outcome.NOT_REACHED


async def test_a_key_pressed_after_the_operator_went_waits_in_front(exchange: Exchange) -> None:
    caller = await asked(exchange)
    call = await called(exchange, caller)
    await exchange.gate(call)
    await exchange.calls.hang_up(ANA, (await exchange.contact(caller)).id)
    await exchange.work()

    document: Document = await exchange.gate_key(call.sid, "1")

    assert document.holds
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, (await exchange.contact(caller)).id) == 1


async def test_only_who_is_rung_is_given_time_to_answer(exchange: Exchange) -> None:
    caller = await asked(exchange)
    late = (
        "select count(*) from job where kind = $1 and run_at > now() + $2::interval",
        NO_JOIN,
        timedelta(seconds=60),
    )
    await exchange.on_shift()
    await exchange.accept()
    assert await exchange.count(*late) == 0, "nobody waits longer for an operator"

    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(caller))
    assert await exchange.count(*late) == 1


async def test_where_there_are_no_rooms_the_key_dials_the_operator(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, "somleng")
    caller = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    (call,) = calls_out(exchange)
    assert set((await exchange.gate(call)).plays) == NEUTRAL

    document = await exchange.gate_key(call.sid, "1")

    assert document.verbs[-1] == "Dial"
    assert (await exchange.contact(caller)).state is ContactState.TALKING


async def test_an_engaged_tone_that_is_faster_than_the_carriers_answer_is_not_lost(
    exchange: Exchange,
) -> None:
    caller = await asked(exchange)
    call = await called(exchange, caller)
    async with exchange.db.uow() as uow:
        await uow.execute("delete from call_leg where sid = $1", call.sid)
        await uow.execute("update callback_attempt set sid = null")

    attempt = UUID(call.url.partition("?a=")[2].partition("#")[0])
    assert await exchange.telephony.gate_status(exchange.form(call.sid, "busy"), attempt)

    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert await exchange.count("select count(*) from callback where next_at is not null") == 1
