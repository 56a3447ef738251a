"""What no rule can settle: calls in vain, and calls at a time that is not safe."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.access.model import Actor
from hotline.callbacks.agreeing import Wish
from hotline.callbacks.machine import OUTSIDE_FOR
from hotline.callbacks.model import NOT_ALLOWED, CallbackState
from hotline.contacts.model import ContactState, Outcome
from hotline.contacts.safety import Safety
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, NotFound
from tests.builders import ANA
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.test_agreed import (
    BOSS,
    agreed,
    due,
    hours_in,
    now,
    protected,
    taken,
    wrapping_up,
)
from tests.service.telephony.test_callbacks import asked, called, calls_out
from tests.service.telephony.test_gathering import Alone

WAITS = "select count(*) from queue_entry"


async def in_vain(exchange: Exchange) -> UUID:
    """An agreed call that has not been taken by anybody is too late; the callback."""
    made = await agreed(exchange, await wrapping_up(exchange), reason="Ask for the passport")
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set expires_at = now()")
    assert await exchange.callbacks.sweep(exchange.calls) == 1
    await exchange.work()
    return made["id"]


async def told(exchange: Exchange, kind: str) -> list[str]:
    """Who heard of it."""
    events = (await anext(exchange.live.read("0-0"))).events
    return [event.audience for event in events if event.kind == kind]


async def undecided(exchange: Exchange, actor: Actor = ANA) -> list[dict[str, object]]:
    return await exchange.promises.shown(actor, CallbackState.UNDECIDED)


async def test_a_promise_that_was_not_kept_waits_for_a_supervisor_who_is_told(
    exchange: Exchange,
) -> None:
    """CB-4."""
    callback = await in_vain(exchange)

    (row,) = await undecided(exchange)
    assert row["id"] == callback
    assert await told(exchange, "callbacks.undecided") == ["perm:callback:promise:decide"]
    async with exchange.db.uow() as uow:
        assert (await exchange.listening.snapshot(uow, BOSS))["undecided"] == 1
        assert "undecided" not in await exchange.listening.snapshot(uow, ANA)
        contact = await exchange.contacts.get(uow, UUID(str(row["contact_id"])))
    assert (await exchange.listening.live_undecided({}, BOSS) or {})["newest"] == contact.closed_at
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.NOT_REACHED)


async def test_three_calls_in_vain_are_decided_by_a_supervisor_too(
    db: Database, vault: Vault
) -> None:
    exchange = Alone(db, vault)
    caller = await asked(exchange)
    call = await called(exchange, caller)
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set attempts = 3")
    await exchange.status(call.sid, "busy")
    await exchange.work()

    assert len(await undecided(exchange)) == 1
    await asked(exchange)
    await exchange.gathering.sweep()
    assert await undecided(exchange) == [], "they asked again by themselves"
    assert (await exchange.promises.shown(ANA, CallbackState.OPEN))[0]["tries"] == 2


async def test_a_supervisor_has_it_tried_again_once(exchange: Exchange) -> None:
    callback = await in_vain(exchange)
    at = await now(exchange) + timedelta(hours=2)
    with pytest.raises(NotFound):
        await exchange.agreements.again(ANA, callback, Wish(at))

    made = await exchange.agreements.again(BOSS, callback, Wish(at))

    with pytest.raises(Conflict):
        await exchange.agreements.again(BOSS, callback, Wish(at))
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["id"], row["agreed"]["from"]) == (made["id"], at)
    async with exchange.db.uow() as uow:
        cards = await exchange.callbacks.shown(uow, [made["contact_id"]])
    assert cards[made["contact_id"]]["reason"] == "Ask for the passport"
    assert await undecided(exchange) == []
    assert await exchange.count(
        "select count(*) from audit_row where tag = 'staff:callback:decided'"
    )


async def test_what_cannot_be_promised_stays_to_be_decided(exchange: Exchange) -> None:
    callback = await in_vain(exchange)

    with pytest.raises(Conflict, match="callback-wrong-time"):
        await exchange.agreements.again(BOSS, callback, Wish(await now(exchange) - timedelta(9)))

    assert len(await undecided(exchange)) == 1


async def test_a_supervisor_gives_up_with_a_reason(exchange: Exchange) -> None:
    callback = await in_vain(exchange)
    with pytest.raises(NotFound):
        await exchange.agreements.give_up(ANA, callback, "no_answer")
    with pytest.raises(NotFound):
        await exchange.agreements.give_up(BOSS, UUID(int=1), "no_answer")

    await exchange.agreements.give_up(BOSS, callback, "no_answer")

    (row,) = await exchange.promises.shown(ANA, CallbackState.GIVEN_UP)
    assert row["id"] == callback
    async with exchange.db.uow() as uow:
        timeline = await exchange.contacts.timeline(uow, UUID(str(row["contact_id"])))
    assert timeline[-1].fields == {"decision": "give_up", "reason": "no_answer"}


async def test_a_call_allowed_outside_its_hours_that_nobody_takes_returns_to_them(
    exchange: Exchange,
) -> None:
    contact = await wrapping_up(exchange)
    made = await agreed(exchange, contact)
    reasoned = "She wrote that she is alone now"
    with pytest.raises(Conflict, match="outside-safe-window"):
        await exchange.promises.hurry(ANA, made["id"], reasoned)
    await exchange.promises.hurry(BOSS, made["id"], reasoned)
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["excepted"] > await now(exchange), row["safe_now"]) == (True, True)
    assert await exchange.count(WAITS) == 1
    assert await exchange.callbacks.sweep(exchange.calls) == 0

    await passes(exchange, OUTSIDE_FOR)
    assert await exchange.callbacks.sweep(exchange.calls) == 1
    await exchange.work()

    assert await exchange.callbacks.sweep(exchange.calls) == 0
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert row["exception_over"]
    assert row["due_at"] == row["agreed"]["from"]
    assert await exchange.count(WAITS) == 0
    assert await told(exchange, "callback.untaken") == [f"staff:{BOSS.staff_id}"]


async def test_who_allowed_a_call_that_was_not_made_is_told(exchange: Exchange) -> None:
    made = await agreed(exchange, await wrapping_up(exchange))
    await exchange.promises.hurry(BOSS, made["id"], "She wrote")
    async with exchange.db.uow() as uow:
        contact = await exchange.contacts.get(uow, made["contact_id"], lock=True)
        await exchange.callbacks.missed(uow, contact, "no room", NOT_ALLOWED)
    await exchange.work()

    assert await told(exchange, "callback.untaken") == [f"staff:{BOSS.staff_id}"]


async def passes(exchange: Exchange, span: timedelta) -> None:
    """So much time goes by for what was allowed."""
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set outside_until = outside_until - $1::interval", span)


async def test_after_the_agreed_hours_it_waits_in_front_for_a_person_again(
    exchange: Exchange,
) -> None:
    made = await agreed(exchange, await wrapping_up(exchange))
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set from_at = now() - interval '1h', until_at = now()")
    await exchange.promises.hurry(BOSS, made["id"], "She wrote")
    assert await exchange.callbacks.sweep(exchange.calls) == 0

    await passes(exchange, OUTSIDE_FOR)
    assert await exchange.callbacks.sweep(exchange.calls) == 1
    assert await exchange.callbacks.sweep(exchange.calls) == 0

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["overdue"], row["safe_now"], row["due_at"]) == (True, False, row["expires_at"])


async def test_one_word_is_for_one_call(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    await protected(exchange, contact, hours_in(await now(exchange), 4, 6))
    soon = await now(exchange) + timedelta(hours=1)
    wish = Wish(soon, outside="She is alone today")
    made = await exchange.agreements.promise(BOSS, contact.id, wish)
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["excepted"], row["exception_over"]) == (made["until"], False)
    assert (row["safe_now"], row["next_safe"]) == (False, made["from"]), "not before its hour"
    await due(exchange)
    await taken(exchange, made["contact_id"])
    await exchange.calls.call_back(ANA, made["contact_id"])
    await exchange.work()
    (call,) = calls_out(exchange)
    await exchange.status(call.sid, "no-answer")
    await exchange.work()

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["exception_over"], row["excepted"], row["safe_now"]) == (True, None, False)
    assert row["due_at"] == row["expires_at"], "it waits for a person to decide"


async def test_who_must_not_be_called_is_given_up_at_once(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    await agreed(exchange, contact)
    await protected(exchange, contact, replace(Safety(), never=True))
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set expires_at = now()")

    await exchange.callbacks.sweep(exchange.calls)

    assert await undecided(exchange) == []
    assert len(await exchange.promises.shown(ANA, CallbackState.GIVEN_UP)) == 1
