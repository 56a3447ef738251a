"""Operators who fall silent, and what becomes of what they held."""

import asyncio

from hotline.contacts.model import ContactState, Outcome
from hotline.routing import operatorstore
from hotline.routing import store as routing_store
from hotline.routing.events import QueueChanged
from hotline.routing.jobs import LOOKS_TO_HAND_OVER, LOOKS_UNSEEN, Sweeps
from hotline.routing.model import Presence
from tests.builders import ANA, BORIS, VERA
from tests.service.routing.floor import RULES, Desks, Floor


async def test_chats_of_a_desk_that_stays_silent_wait_again(floor: Floor) -> None:
    contact = await floor.talking()
    sweeps = Sweeps(floor.routing, floor.shifts, Desks())
    for _ in range(LOOKS_TO_HAND_OVER - 1):
        await sweeps.look()
    assert (await floor.contact(contact.id)).state is ContactState.TALKING
    await sweeps.look()
    assert (await floor.contact(contact.id)).state is ContactState.WAITING


async def test_a_desk_that_comes_back_in_time_keeps_its_chats(floor: Floor) -> None:
    contact = await floor.talking()
    desks = Desks()
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_TO_HAND_OVER - 1):
        await sweeps.look()
    await desks.beat(ANA.staff_id)
    for _ in range(LOOKS_TO_HAND_OVER):
        await sweeps.look()
    assert (await floor.contact(contact.id)).operator_id == ANA.staff_id


async def test_nobody_is_called_gone_while_redis_is_away(floor: Floor) -> None:
    contact = await floor.talking()
    desks = Desks()
    desks.away = True
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_TO_HAND_OVER + 1):
        assert await sweeps.look() == 0
    assert (await floor.contact(contact.id)).state is ContactState.TALKING


async def test_chats_of_a_closed_account_wait_again(floor: Floor) -> None:
    contact = await floor.talking()
    await floor.shifts.sign_off(ANA.staff_id)
    assert (await floor.contact(contact.id)).state is ContactState.WAITING
    assert await floor.routing.match() == 0


async def test_an_emptied_redis_takes_nobody_out_of_rotation(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    desks = Desks()
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_UNSEEN - 1):
        assert await sweeps.look() == 0
    await desks.beat(ANA.staff_id)
    assert await sweeps.look() == 0


async def test_a_desk_that_beats_again_is_back_in_rotation(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    desks = Desks()
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_UNSEEN):
        await sweeps.look()
    assert await floor.routing.match() == 0
    await desks.beat(ANA.staff_id)
    await sweeps.look()
    assert await floor.routing.match() == 1


async def test_a_loss_that_is_told_again_takes_nothing_from_the_next_operator(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.in_hand(ANA)
    await floor.lost(contact)
    await floor.again(contact)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.shifts.start(BORIS, "fake")
    await floor.in_hand(BORIS)
    await floor.again(contact)
    boris = await floor.operator(BORIS)
    assert (boris.calls, boris.talking) == (1, 1)
    assert (await floor.contact(contact.id)).operator_id == BORIS.staff_id


async def test_whoever_came_back_is_not_put_out_by_a_loss_that_is_told_again(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.in_hand(ANA)
    await floor.lost(contact, "no_join")
    await floor.again(contact, "no_join")
    assert (await floor.operator(ANA)).presence is Presence.NOT_ANSWERING
    await floor.shifts.set(ANA, Presence.AVAILABLE, None)
    await floor.again(contact, "no_join")
    assert (await floor.operator(ANA)).presence is Presence.AVAILABLE


async def test_a_break_asked_for_begins_when_the_call_is_lost(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.in_hand(ANA)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.lost(contact, "no_join")
    await floor.again(contact, "no_join")
    ana = await floor.operator(ANA)
    assert (ana.presence, ana.reason) == (Presence.BREAK, "meal")


async def test_who_did_not_join_does_not_come_back_by_the_end_of_a_pause(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.in_hand(ANA)
    async with floor.db.uow() as uow:
        await operatorstore.set_presence(
            uow, ANA.staff_id, Presence.AVAILABLE, pending_break="hard_call"
        )
    await floor.lost(contact, "no_join")
    await floor.again(contact, "no_join")
    assert (await floor.operator(ANA)).presence is Presence.NOT_ANSWERING


async def test_a_missed_offer_brings_nobody_back_on_shift(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    async with floor.db.uow() as uow:  # the offer was made while she left
        await operatorstore.set_presence(uow, ANA.staff_id, Presence.OFFLINE)
    await floor.overdue()
    assert await floor.routing.expire_due() == 1
    assert (await floor.operator(ANA)).presence is Presence.OFFLINE


async def test_a_silence_does_not_swallow_a_break_asked_for(floor: Floor) -> None:
    await floor.talking()
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.shifts.unreachable([ANA.staff_id])
    await floor.shifts.reachable([ANA.staff_id])
    ana = await floor.operator(ANA)
    assert (ana.presence, ana.pending_break) == (Presence.AVAILABLE, "meal")


async def test_an_offer_runs_out_only_when_nobody_is_answering_it(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    await floor.overdue()
    async with floor.db.uow() as uow:
        await operatorstore.lock_operator(uow, ANA.staff_id)  # she is pressing
        assert await floor.routing.expire_due() == 0
    assert await floor.routing.expire_due() == 1


async def test_the_lines_of_a_desk_that_stays_silent_are_cut(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.in_hand(ANA)
    sweeps = Sweeps(floor.routing, floor.shifts, Desks())
    for _ in range(LOOKS_TO_HAND_OVER - 1):
        await sweeps.look()
    assert await floor.cut() == []
    await sweeps.look()
    assert await floor.cut() == [ANA.staff_id]


async def test_the_lines_of_a_closed_account_are_cut(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.in_hand(ANA)
    await floor.shifts.sign_off(ANA.staff_id)
    assert await floor.cut() == [ANA.staff_id]


async def test_whoever_only_listens_is_cut_off_with_the_account(floor: Floor) -> None:
    await floor.shifts.sign_off(VERA.staff_id)
    assert await floor.cut() == [VERA.staff_id], "a supervisor who was never on shift"


async def test_what_a_closed_account_had_to_write_up_is_closed_as_it_is(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.shifts.hand_over([ANA.staff_id])
    assert (await floor.contact(contact.id)).state is ContactState.WRAP_UP
    await floor.shifts.sign_off(ANA.staff_id)
    closed = await floor.contact(contact.id)
    assert (closed.state, closed.outcome) == (ContactState.CLOSED, Outcome.UNFINISHED)
    assert closed.operator_id == ANA.staff_id


async def test_what_nobody_writes_up_is_closed_after_hours(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    assert await floor.shifts.give_up_forgotten() == 0
    async with floor.db.uow() as uow:
        await uow.execute(
            "update contact set caller_left_at = caller_left_at - $1::interval", RULES.wrap_up_for
        )
    assert await floor.shifts.give_up_forgotten() == 1
    assert await floor.shifts.give_up_forgotten() == 0
    assert (await floor.contact(contact.id)).outcome is Outcome.UNFINISHED
    async with floor.db.uow() as uow:
        await floor.routing.written_up(uow, contact.id)
    assert (await floor.operator(ANA)).calls == 0


async def test_a_caller_who_has_hung_up_is_offered_to_nobody(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    async with floor.db.uow() as uow:  # routing has not heard of it yet
        await floor.contacts.caller_left(uow, await floor.contacts.get(uow, contact.id, lock=True))
    waits = await floor.arrives("2")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == waits.id
    async with floor.db.uow() as uow:
        assert await routing_store.position(uow, waits.id) == 1
        rows = await uow.fetch("select payload from job where kind = 'event'")
    gone = {"name": QueueChanged.name, "row": QueueChanged(contact_id=contact.id).to_row()}
    told = [{key: row["payload"][key] for key in gone} for row in rows]
    assert told.count(gone) == 2  # came, and went


async def test_an_operator_who_is_just_leaving_is_not_asked(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    leaving = asyncio.Event()

    async def leaves() -> None:
        async with floor.db.uow() as uow:
            await operatorstore.set_presence(uow, ANA.staff_id, Presence.OFFLINE)
            leaving.set()
            await floor.somebody_waits()

    async def matches() -> int:
        await leaving.wait()
        return await floor.routing.match()

    assert (await asyncio.gather(leaves(), matches()))[1] == 0
    assert await floor.offers(ANA) == []
