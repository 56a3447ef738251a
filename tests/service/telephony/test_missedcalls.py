"""Called only to be called back: the engaged tone, one promise, and the same gate."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from hotline.telephony.errands import NO_JOIN
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import SHUT, Exchange
from tests.service.telephony.promised import MISSED_LINE

ENGAGED = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject reason="busy"/></Response>'
PROMISES = "select count(*) from callback"


async def beep(exchange: Exchange, sid: str = "CAbeep", **more: str) -> Document:
    return await exchange.incoming(sid, To=MISSED_LINE, **more)


async def test_a_missed_call_is_not_answered_and_waits_for_an_operator(exchange: Exchange) -> None:
    assert (await beep(exchange)).text == ENGAGED
    await exchange.work()

    assert await exchange.count("select count(*) from contact where state = 'waiting'") == 1
    assert await exchange.count("select count(*) from queue_entry") == 1
    assert await exchange.count("select count(*) from call_leg") == 0


async def test_the_operator_comes_first_and_the_person_through_the_gate(exchange: Exchange) -> None:
    await beep(exchange)
    await exchange.on_shift()
    await exchange.accept()
    operator = next(c for c in exchange.carrier.calls.values() if "/voice/op" in c.url)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(operator.sid))
    await exchange.work()

    (call,) = [c for c in exchange.carrier.calls.values() if "/voice/gate" in c.url]
    assert call.to == "+996555123456"
    await exchange.gate(call)
    await exchange.gate_key(call.sid, "1")
    await exchange.joins(call.sid, await exchange.room(call.sid))
    assert await exchange.work(NO_JOIN) == []
    assert (await exchange.contact(call.sid)).state is ContactState.TALKING


async def test_repeated_and_renewed_calls_are_one_promise(exchange: Exchange) -> None:
    await beep(exchange, key="token:1")
    await beep(exchange, key="token:1")
    for sid in ("CA2", "CA3"):
        assert (await beep(exchange, sid)).text == ENGAGED

    assert await exchange.count(PROMISES) == 1


async def test_calls_of_the_same_moment_are_one_promise(exchange: Exchange) -> None:
    await asyncio.gather(*(beep(exchange, f"CA{n}") for n in range(4)))

    assert await exchange.count(PROMISES) == 1


async def test_who_was_called_a_few_times_today_is_called_no_more(exchange: Exchange) -> None:
    for n in range(8):
        await beep(exchange, f"CA{n}")
        async with exchange.db.uow() as uow:
            await uow.execute(
                "update callback set state = 'done', asked_at = asked_at - interval '11 minutes'"
            )

    assert await exchange.count(PROMISES) == exchange.callback_rules.calls_per_number


@pytest.mark.parametrize("number", ["anonymous", "189", "+79161234567", "sip:a@b.example", ""])
async def test_whom_we_may_not_ring_hears_the_same_and_nothing_follows(
    exchange: Exchange, number: str
) -> None:
    assert (await beep(exchange, From=number)).text == ENGAGED

    assert await exchange.count(PROMISES) == 0
    assert await exchange.count("select count(*) from contact") == 0


async def test_a_missed_call_outside_the_hours_waits_for_the_opening(
    db: Database, vault: Vault
) -> None:
    in_three_days = SystemClock().now() + timedelta(days=3)
    days = {in_three_days.date(): ((9 * 60, 17 * 60),)}
    exchange = Exchange(db, vault, hours=replace(SHUT, days=days))

    await beep(exchange)

    late = "select count(*) from callback where expires_at > now() + interval '2 days'"
    assert await exchange.count(late) == 1
