"""A call promised for an agreed time: at a safe hour, read about first, then through the gate."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hotline.access.roles import Role
from hotline.callbacks.agreeing import Wish
from hotline.callbacks.model import CallbackState
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.safety import Safety, Window
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.routing import store as routing_store
from tests.builders import ANA, MALLORY
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.test_callbacks import calls_out

BOSS = replace(ANA, roles=frozenset({Role.SUPERVISOR}))
EVERY_DAY = frozenset(range(7))
PHRASE = "It is the bank about your card"


async def now(exchange: Exchange) -> datetime:
    async with exchange.db.uow() as uow:
        return await uow.time()


async def wrapping_up(exchange: Exchange) -> Contact:
    """A contact of Ana's whose caller has hung up."""
    caller, _, _ = await exchange.talking()
    await exchange.status(caller, "completed")
    await exchange.work()
    return await exchange.contact(caller)


async def agreed(
    exchange: Exchange, contact: Contact, *, reason: str = "", number: str = ""
) -> Mapping[str, UUID]:
    """Ana promises a call in an hour."""
    wish = Wish(await now(exchange) + timedelta(hours=1), reason=reason, number=number)
    made: Mapping[str, UUID] = await exchange.agreements.promise(ANA, contact.id, wish)
    await exchange.work()
    return made


async def due(exchange: Exchange) -> None:
    """The hour has come, and Ana has written up what she had."""
    async with exchange.db.uow() as uow:
        await uow.execute(
            """
            update callback set next_at = now(), from_at = now() - interval '1 second'
            where next_at is not null
            """
        )
        contact = (await exchange.contacts.of_operator(uow, ANA.staff_id))[0]
        await exchange.contacts.finish(uow, contact, "consultation")
    await exchange.work()
    assert await exchange.callbacks.sweep(exchange.calls) == 1
    await exchange.work()


async def taken(exchange: Exchange, contact_id: UUID) -> None:
    """Ana takes it and is in the room."""
    await exchange.accept()
    async with exchange.db.uow() as uow:
        sid = await uow.fetchval(
            "select sid from call_leg where contact_id = $1 and role = 'operator'", contact_id
        )
    await exchange.operator(sid, rung=True)
    await exchange.joins(sid, await exchange.room(sid))
    await exchange.work()


async def protected(exchange: Exchange, contact: Contact, wanted: Safety) -> None:
    await exchange.safe.write(ANA, contact.id, 0, wanted)


def hours_in(at: datetime, begin: int, end: int) -> Safety:
    """Safe hours by UTC, so many hours from a time."""
    window = Window(EVERY_DAY, *(((at.hour + ahead) % 24) * 60 for ahead in (begin, end)))
    return Safety(zone="Europe/London", windows=(window,))


async def test_at_the_agreed_time_it_is_offered_first_to_who_promised(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    made = await agreed(exchange, contact, reason="Ask for the copy of the passport")
    assert await exchange.count("select count(*) from queue_entry") == 0
    assert await exchange.callbacks.sweep(exchange.calls) == 0

    await due(exchange)

    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=ANA.staff_id)
        new = await exchange.contacts.get(uow, made["contact_id"])
        card = (await exchange.calls.call_states(uow, [new.id], ANA))[new.id]
    assert offer.contact_id == new.id
    assert new.caller_id == contact.caller_id
    assert new.waiting_since is not None
    assert new.waiting_since > new.opened_at
    assert card["callback"]["reason"] == "Ask for the copy of the passport"
    assert (card["callback"]["attempt"], card["callback"]["of"]) == (1, 3)
    sealed = "select count(*) from callback where encode(reason_sealed, 'escape') like '%passport%'"
    assert await exchange.count(sealed) == 0


async def test_nobody_is_rung_before_the_operator_has_read_and_then_once(
    exchange: Exchange,
) -> None:
    made = await agreed(exchange, await wrapping_up(exchange))
    await due(exchange)
    with pytest.raises(NotFound):
        await exchange.calls.call_back(MALLORY, made["contact_id"])
    await taken(exchange, made["contact_id"])
    assert calls_out(exchange) == []

    for _ in range(2):
        await exchange.calls.call_back(ANA, made["contact_id"])
        await exchange.work()

    (call,) = calls_out(exchange)
    await exchange.gate(call)
    await exchange.gate_key(call.sid, "1")
    await exchange.joins(call.sid, await exchange.room(call.sid))
    await exchange.work()
    contact = await exchange.contact(call.sid)
    assert contact.state is ContactState.TALKING
    assert contact.intake["keyed"], "who presses the key of the gate is not silent"
    assert await exchange.count("select count(*) from callback where state = 'done'") == 1


async def test_a_wrong_answer_ends_the_call_and_stands_on_the_record(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    await protected(exchange, contact, Safety(they_say="Then it is the right card"))
    made = await agreed(exchange, contact)
    await due(exchange)
    await taken(exchange, made["contact_id"])
    await exchange.calls.call_back(ANA, made["contact_id"])
    await exchange.work()
    (call,) = calls_out(exchange)
    await exchange.gate(call)
    await exchange.gate_key(call.sid, "1")
    await exchange.joins(call.sid, await exchange.room(call.sid))
    await exchange.work()

    await exchange.calls.wrong_answer(ANA, made["contact_id"])
    await exchange.work()

    assert (await exchange.contact(call.sid)).state is ContactState.WRAP_UP
    assert exchange.carrier.calls[call.sid].status == "completed"
    shown = await exchange.safe.read(ANA, made["contact_id"])
    assert shown["wrong_at"] is not None
    assert shown["safety"]["they_say"] == "Then it is the right card"
    assert await exchange.count("select count(*) from audit_row where tag = 'staff:answer:wrong'")
    (row,) = await exchange.promises.shown(ANA, CallbackState.UNDECIDED)
    assert row["id"] == made["id"], "she was not reached"


async def test_outside_the_safe_hours_the_next_safe_time_is_named(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    at = await now(exchange)
    await protected(exchange, contact, hours_in(at, 4, 6))

    with pytest.raises(Conflict, match="outside-safe-window") as refused:
        await exchange.agreements.promise(ANA, contact.id, Wish(at, outside="they asked"))
    safe = datetime.fromisoformat(refused.value.fields["next"])
    made = await exchange.agreements.promise(ANA, contact.id, Wish(safe, safe + timedelta(hours=9)))

    assert made["until"] - safe == timedelta(hours=2), "not longer than it is safe"
    assert await exchange.count("select count(*) from contact") == 2, (
        "what was refused left nothing"
    )


async def test_a_supervisor_may_say_otherwise_and_it_is_on_record(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    at = await now(exchange)
    await protected(exchange, contact, hours_in(at, 4, 6))
    wish = Wish(at + timedelta(hours=1), outside="She wrote that she is alone today")

    with pytest.raises(Conflict):
        await exchange.agreements.promise(BOSS, contact.id, replace(wish, outside=""))
    await exchange.agreements.promise(BOSS, contact.id, wish)

    tag = "select count(*) from audit_row where tag = 'staff:callback:overridden'"
    assert await exchange.count(tag) == 1
    (promised,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    with pytest.raises(Conflict, match="outside-safe-window"):
        await exchange.promises.hurry(ANA, UUID(str(promised["id"])))
    await due(exchange)
    assert await exchange.count("select count(*) from queue_entry") == 1


async def test_a_record_that_changed_meanwhile_stops_the_call_at_the_last_moment(
    exchange: Exchange,
) -> None:
    contact = await wrapping_up(exchange)
    made = await agreed(exchange, contact)
    await due(exchange)
    await taken(exchange, made["contact_id"])
    await protected(exchange, contact, Safety(never=True))

    await exchange.calls.call_back(ANA, made["contact_id"])
    await exchange.work()

    assert calls_out(exchange) == []
    assert await exchange.count("select count(*) from callback where state = 'given_up'") == 1


async def test_an_agreed_time_that_passed_is_in_front_of_the_list_and_calls_nobody(
    exchange: Exchange,
) -> None:
    made = await agreed(exchange, await wrapping_up(exchange))
    await due(exchange)
    async with exchange.db.uow() as uow:
        await uow.execute("update callback set until_at = now()")

    assert await exchange.callbacks.sweep(exchange.calls) == 1
    assert await exchange.callbacks.sweep(exchange.calls) == 0

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["overdue"], row["safe_now"]) == (True, False)
    assert await exchange.count("select count(*) from queue_entry") == 0
    with pytest.raises(Conflict, match="outside-safe-window"):
        await exchange.promises.hurry(ANA, made["id"])
    later = await now(exchange) + timedelta(days=2)
    await exchange.promises.put_off(ANA, made["id"], later)
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert (row["overdue"], row["agreed"]["from"]) == (False, later)


async def test_another_number_is_checked_and_the_record_goes_along(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    await protected(exchange, contact, Safety(we_say=PHRASE))
    for number in ("+996900000", "+8811234567", "+15005550006", "189"):
        with pytest.raises(Invalid, match="number-not-allowed"):
            await agreed(exchange, contact, number=number)

    made = await agreed(exchange, contact, number="+996555999888")

    async with exchange.db.uow() as uow:
        new = await exchange.contacts.get(uow, made["contact_id"])
        known = await exchange.safe.of(uow, new.caller_id)
    assert new.caller_id != contact.caller_id
    assert known is not None
    assert known.we_say == PHRASE
    with pytest.raises(Conflict, match="callback-promised"):
        await agreed(exchange, contact, number="+996555999888")


@pytest.mark.parametrize("days", [-1, 31])
async def test_what_has_passed_or_is_too_far_away_cannot_be_agreed(
    exchange: Exchange, days: int
) -> None:
    contact = await wrapping_up(exchange)
    at = await now(exchange) + timedelta(days=days)

    with pytest.raises(Conflict, match="callback-wrong-time"):
        await exchange.agreements.promise(ANA, contact.id, Wish(at))


async def test_the_end_of_time_cannot_be_agreed(exchange: Exchange) -> None:
    contact = await wrapping_up(exchange)
    never = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    with pytest.raises(Conflict, match="callback-wrong-time"):
        await exchange.agreements.promise(ANA, contact.id, Wish(never))

    made = await agreed(exchange, contact)
    with pytest.raises(Conflict, match="callback-too-late"):
        await exchange.promises.put_off(ANA, made["id"], never)


async def test_who_asks_when_it_is_not_safe_is_kept_until_it_is(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    at = await now(exchange)
    contact = await exchange.contact(sid)
    await exchange.safe.write(BOSS, contact.id, 0, hours_in(at, 10, 12))
    await exchange.hold_key(sid, "9")

    kept = "select count(*) from callback where expires_at > now() + interval '10 hours'"
    assert await exchange.count(kept) == 1


async def test_the_record_is_sealed_its_reading_noted_and_not_for_others(
    exchange: Exchange,
) -> None:
    contact = await wrapping_up(exchange)
    await protected(exchange, contact, Safety(we_say=PHRASE, others="Her cousin"))

    shown = await exchange.safe.read(ANA, contact.id)

    assert shown["safety"]["others"] == "Her cousin"
    assert not shown["safety"]["may_name"]
    with pytest.raises(Conflict):
        await exchange.safe.write(ANA, contact.id, 0, Safety())
    with pytest.raises(NotFound):
        await exchange.safe.read(MALLORY, contact.id)
    tags = "select count(*) from audit_row where tag like 'staff:safety:%'"
    assert await exchange.count(tags) == 2
    hidden = "select count(*) from caller_safety where encode(sealed, 'escape') like '%cousin%'"
    assert await exchange.count(hidden) == 0
