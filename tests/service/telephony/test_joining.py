"""Operator first, caller second; and everything that can happen on the way."""

import asyncio

import pytest

from hotline.carrier.ports import CarrierError, OutcomeUnknown
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import NotFound
from hotline.routing import operatorstore
from hotline.routing import store as routing_store
from hotline.routing.model import Presence
from hotline.staff.directory import sealed_identity
from hotline.telephony.errands import GRACE, NO_JOIN
from hotline.telephony.model import Role, identity
from tests.builders import ANA, BORIS, MALLORY
from tests.service.telephony.exchange import SIMULATOR, Exchange

GONE = CarrierError("21220", permanent=True)
BUSY = CarrierError("too-many", permanent=False)


async def test_an_accepted_offer_rings_the_fake_telephone_of_the_operator(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted()

    leg = await exchange.operator_leg(caller)
    call = exchange.carrier.calls[leg.sid]
    assert call.to == f"client:{identity(ANA.staff_id)}"
    assert "/voice/op" in call.url
    assert room.contact_id.hex not in call.url
    assert (await exchange.hold(caller)).holds
    assert await exchange.call_state(caller) == "connecting"


async def test_a_browser_telephone_is_not_rung_but_dials_in(exchange: Exchange) -> None:
    caller, room = await exchange.accepted(phone="browser")
    assert [call.url for call in exchange.carrier.calls.values()] == [""]

    document = await exchange.operator("CAop")

    assert document.room == room.name
    assert 'participantLabel="operator"' in document.text
    assert 'endConferenceOnExit="false"' in document.text
    assert (await exchange.contact(caller)).state is ContactState.RESERVED


async def test_the_caller_is_pulled_when_the_operator_is_there_and_then_they_talk(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)

    await exchange.joins(operator, room)
    await exchange.work()
    assert "/voice/bridge" in exchange.carrier.calls[caller].url
    document = await exchange.bridge(caller)
    assert document.room == room.name
    assert 'endConferenceOnExit="true"' in document.text
    assert (await exchange.contact(caller)).state is ContactState.RESERVED

    await exchange.joins(caller, room)
    contact = await exchange.contact(caller)
    assert contact.state is ContactState.TALKING
    assert await exchange.call_state(caller) == "live"
    assert await exchange.work(NO_JOIN, GRACE) == []
    assert (await exchange.contact(caller)).state is ContactState.TALKING


async def test_the_desk_is_told_when_the_call_is_live(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)

    told = [e for _, e in exchange.live._told if e.kind == "contact.card"]

    assert told[-1].audience == f"staff:{ANA.staff_id}"
    assert told[-1].body == {"contact_id": str(contact.id)}


async def test_a_hold_turn_after_the_operator_came_is_a_bridge(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)
    await exchange.joins(operator, room)

    assert (await exchange.hold(caller)).room == room.name
    assert await exchange.work() == []

    assert exchange.carrier.calls[caller].url == "", "pulled too, the caller would be torn out"


async def test_events_of_a_room_in_any_order_and_twice_end_the_same(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)

    assert await exchange.leaves(operator, room, sequence="2")
    assert await exchange.joins(caller, room, sequence="4")
    assert await exchange.joins(operator, room, sequence="1")
    assert (await exchange.contact(caller)).state is ContactState.RESERVED
    assert await exchange.joins(operator, room, sequence="3")
    assert not await exchange.joins(operator, room, sequence="1")
    assert not await exchange.leaves(operator, room, sequence="2")

    assert (await exchange.contact(caller)).state is ContactState.TALKING


async def test_events_at_the_same_moment_lose_nobody(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)

    await asyncio.gather(exchange.joins(operator, room), exchange.joins(caller, room))

    assert (await exchange.contact(caller)).state is ContactState.TALKING


async def test_an_event_of_an_unknown_room_is_only_counted(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    stranger = type(room)("c-x", room.contact_id, room.staff_id, room.opened_at)

    assert not await exchange.joins(caller, stranger)


async def test_a_caller_who_left_while_being_pulled_is_abandoned_and_the_room_ended(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)
    exchange.carrier.calls[caller].status = "completed"
    exchange.carrier.rooms[room.name] = {}

    await exchange.joins(operator, room)
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    assert exchange.carrier.calls[operator].status == "completed"
    assert room.name not in exchange.carrier.rooms
    assert await exchange.call_state(caller) == "ended"


async def test_a_carrier_that_is_busy_is_asked_again(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)
    exchange.carrier.failures.append(BUSY)

    await exchange.joins(operator, room)
    assert await exchange.work() == ["CarrierError"]
    assert await exchange.again() == []

    assert "/voice/bridge" in exchange.carrier.calls[caller].url


async def test_an_operator_is_rung_once_even_when_the_answer_was_lost(exchange: Exchange) -> None:
    exchange.carrier.failures.append(OutcomeUnknown())
    caller = await exchange.waiting()
    await exchange.on_shift()
    async with exchange.db.uow() as uow:
        offer = await uow.fetchval("select id from offer where state = 'pending'")
    await exchange.routing.accept(ANA, offer)

    assert await exchange.work() == ["OutcomeUnknown"]
    assert await exchange.again() == []

    made = [call for call in exchange.carrier.calls.values() if call.to.startswith("client:")]
    assert len(made) == 1
    assert (await exchange.operator_leg(caller)).sid == made[0].sid


async def test_a_refused_ring_gives_the_caller_back_at_once(exchange: Exchange) -> None:
    exchange.carrier.failures.append(CarrierError("13224", permanent=True))
    caller = await exchange.waiting()
    await exchange.on_shift()

    await exchange.accept()

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_an_operator_who_never_joins_loses_the_caller_to_the_front(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted()
    operator = await exchange.operator_leg(caller)
    later = await exchange.waiting()
    await exchange.hold_key(later, "0")

    await exchange.work(NO_JOIN)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WAITING, None)
    assert exchange.carrier.calls[operator.sid].status == "completed"
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1
    assert (await exchange.operator("CAlate")).verbs[-1] == "Hangup"
    assert room.name not in {leg.room for leg in await exchange.legs(caller) if leg.in_room}


async def test_an_operator_who_does_not_answer_is_noticed_before_the_timer(
    exchange: Exchange,
) -> None:
    caller, _ = await exchange.accepted()
    operator = await exchange.operator_leg(caller)

    await exchange.status(operator.sid, "no-answer")

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_an_operator_who_is_there_is_not_blamed_for_a_slow_pull(exchange: Exchange) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)
    await exchange.joins(operator, room)
    await exchange.work()
    exchange.carrier.calls[caller].url = ""
    async with exchange.db.uow() as uow:
        await uow.execute("update job set run_at = now() where kind = $1", NO_JOIN)

    await exchange.work()

    assert (await exchange.contact(caller)).state is ContactState.RESERVED
    assert "/voice/bridge" in exchange.carrier.calls[caller].url
    await exchange.work(NO_JOIN)
    assert (await exchange.contact(caller)).state is ContactState.WAITING
    reason = "select count(*) from operator_state where presence = 'available'"
    assert await exchange.count(reason) == 1


async def test_a_second_leg_of_the_same_operator_ends_the_first(exchange: Exchange) -> None:
    caller, room = await exchange.accepted(phone="browser")
    await exchange.operator("CAold")
    exchange.carrier.calls["CAold"] = exchange.carrier.incoming()

    document = await exchange.operator("CAnew")
    await exchange.work()

    assert document.room == room.name
    assert exchange.carrier.calls["CAold"].status == "completed"
    await exchange.status("CAold", "completed")
    assert (await exchange.contact(caller)).state is ContactState.RESERVED


async def test_nobody_gets_into_a_room_that_is_not_theirs(exchange: Exchange) -> None:
    await exchange.accepted(phone="browser")

    assert (await exchange.operator("CAx", BORIS)).room is None
    assert (await exchange.operator("CAy", BORIS)).plays == ["ru/ivr-op-none"]
    ana = f"client:{identity(ANA.staff_id)}"
    for claim in ({"From": "client:op_1"}, {"From": "+996555000009", "To": ana}):
        document = await exchange.entrance.operator(exchange.form("CAz", **claim))
        assert "Conference" not in document


async def test_a_browser_faster_than_our_own_job_finds_its_room(exchange: Exchange) -> None:
    caller = await exchange.waiting()
    await exchange.on_shift(phone="browser")
    async with exchange.db.uow() as uow:
        offer = await uow.fetchval("select id from offer where state = 'pending'")
    await exchange.routing.accept(ANA, offer)

    document = await exchange.operator("CAop")
    await exchange.work()

    assert document.room == (await exchange.room(caller)).name


async def test_a_caller_who_hangs_up_during_the_ringing_is_abandoned(exchange: Exchange) -> None:
    caller, _ = await exchange.accepted()
    operator = await exchange.operator_leg(caller)

    await exchange.status(caller, "completed")
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    assert exchange.carrier.calls[operator.sid].status == "completed"
    assert (await exchange.operator("CAlate")).plays == ["ru/ivr-op-none"]
    assert (await exchange.after(operator.sid)).plays == ["ru/ivr-op-gone"]


async def test_only_the_operator_of_a_call_can_end_it(exchange: Exchange) -> None:
    caller, operator, _ = await exchange.talking()
    contact = await exchange.contact(caller)
    for stranger in (BORIS, MALLORY):
        with pytest.raises(NotFound):
            await exchange.calls.hang_up(stranger, contact.id)

    await exchange.calls.hang_up(ANA, contact.id)
    await exchange.calls.hang_up(ANA, contact.id)
    await exchange.work()

    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP
    assert exchange.carrier.calls[caller].status == "completed"
    assert exchange.carrier.calls[operator].status == "completed"
    assert await exchange.call_state(caller) == "ended"


async def test_a_browser_token_is_only_for_who_may_talk(exchange: Exchange) -> None:
    assert exchange.desk_phones.token(ANA).identity == identity(ANA.staff_id)
    with pytest.raises(NotFound):
        exchange.desk_phones.token(MALLORY)


async def test_a_training_telephone_is_only_for_who_may_talk(exchange: Exchange) -> None:
    assert exchange.desk_phones.training(ANA) == (SIMULATOR, identity(ANA.staff_id))
    with pytest.raises(NotFound):
        exchange.desk_phones.training(MALLORY)


async def test_without_rooms_the_operator_is_dialled_from_the_callers_turn(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, "somleng")
    caller, room = await exchange.accepted()

    document = await exchange.hold(caller)

    assert f"<Sip>sip:{identity(ANA.staff_id)}@line.example</Sip>" in document.text
    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert await exchange.call_state(caller) == "live"
    assert room.staff_id == ANA.staff_id
    put_down = await exchange.after(caller, dialled="completed")
    assert put_down.plays[0] == "ru/ivr-operator-lost"
    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert not (await exchange.legs(caller))[0].in_room
    exchange.carrier.calls[caller].status = "in-progress"
    assert await exchange.work() == []
    assert exchange.carrier.calls[caller].url == ""  # a redirect would be lost without a word


async def test_without_rooms_an_unanswered_dial_brings_the_music_back(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, "somleng")
    caller, _ = await exchange.accepted()
    await exchange.hold(caller)

    document = await exchange.after(caller, dialled="no-answer")

    assert document.holds
    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_our_record_of_a_ringing_leg_and_its_first_webhook_do_not_block_each_other(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted(phone="browser")
    for n in range(20):
        sid = f"CA{n}"
        ours = exchange.entrance.rung(exchange.form(sid, "queued"), room.name)
        await asyncio.gather(ours, exchange.operator(sid, rung=True))

    assert len([leg for leg in await exchange.legs(caller) if leg.role is Role.OPERATOR]) == 20


async def test_who_hangs_up_at_the_desk_before_the_caller_is_there_stays_in_the_rotation(
    exchange: Exchange,
) -> None:
    caller, _ = await exchange.accepted()

    await exchange.calls.hang_up(ANA, (await exchange.contact(caller)).id)
    await exchange.work()

    assert (await exchange.contact(caller)).state is ContactState.WAITING
    async with exchange.db.uow() as uow:
        state = (await operatorstore.operators(uow, [ANA.staff_id]))[ANA.staff_id]
        (offer,) = await routing_store.pending_offers(uow, staff_id=ANA.staff_id)
    assert state.presence is Presence.AVAILABLE
    assert offer.contact_id == (await exchange.contact(caller)).id


async def test_operators_are_told_in_the_language_of_their_screens(
    exchange: Exchange, db: Database, vault: Vault
) -> None:
    async with db.uow() as uow:
        await uow.execute(
            """
            insert into staff (id, login_index, identity, roles, languages, skills, max_chats,
                               phone_mode, lang, password_hash)
            values ($1, $2, $3, '{operator}', '{ky}', '{}', 2, 'fake', 'ky', '')
            """,
            ANA.staff_id,
            vault.index("login", "ana"),
            sealed_identity(vault, ANA.staff_id, {"login": "ana", "name": "Ana"}),
        )

    assert (await exchange.operator("CAop")).plays == ["ky/ivr-op-none"]
    assert (await exchange.operator("CAop", BORIS)).plays == ["ru/ivr-op-none"]
    caller, operator, _ = await exchange.talking()
    await exchange.status(caller, "completed")
    assert (await exchange.after(operator)).plays == ["ky/ivr-op-gone"]
