"""Queue and offers on the real database: order, races, and nobody left waiting."""

import asyncio

import pytest

from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.memory import MemoryLive
from hotline.kernel.errors import Conflict, NotFound
from hotline.routing import operatorstore, waiting
from hotline.routing import store as routing_store
from hotline.routing.desk import queue_json
from hotline.routing.events import QueueChanged
from hotline.routing.model import Presence
from tests.builders import ANA, BORIS, MALLORY, an_actor
from tests.service.routing.floor import JOB, Floor, Wires


async def test_longest_idle_operator_is_asked_first(floor: Floor) -> None:
    await floor.shifts.start(BORIS, "fake")
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(BORIS)).contact_id == contact.id
    assert not await floor.offers(ANA)


async def test_danger_is_a_head_start_and_waiting_ages(floor: Floor) -> None:
    waits = await floor.arrives("1")
    await floor.age(100)
    urgent = await floor.arrives("2", priority=300)
    await floor.shifts.start(ANA, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == urgent.id
    async with floor.db.uow() as uow:
        assert await routing_store.position(uow, waits.id) == 2


async def test_language_and_topic_are_required_until_they_relax(floor: Floor) -> None:
    uzbek = await floor.arrives("1", language="uz", topic="wages")
    await floor.shifts.start(ANA, "fake")
    assert await floor.routing.match() == 0
    await floor.age(61)
    assert await floor.routing.match() == 0
    await floor.age(60)
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == uzbek.id


async def test_danger_goes_to_whoever_is_free_and_best_to_whoever_fits(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    able = an_actor("dina", Role.OPERATOR, languages=("uz",), skills=("danger",))
    await floor.shifts.start(able, "fake")
    first, second = [
        await floor.arrives(caller, language="uz", topic="danger", danger=True) for caller in "12"
    ]
    assert await floor.routing.match() == 2
    assert (await floor.the_offer(able)).contact_id == first.id
    assert (await floor.the_offer(ANA)).contact_id == second.id


async def test_one_call_or_up_to_three_chats(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    for n in range(4):
        await floor.arrives(str(n), Channel.TELEGRAM)
    for _ in range(3):
        await floor.routing.match()
        await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    assert await floor.routing.match() == 0
    await floor.arrives("call")
    assert await floor.routing.match() == 0


async def test_second_accept_loses(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    results = await asyncio.gather(
        *(floor.routing.accept(ANA, offer.id) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(r, Contact) for r in results) == 1
    assert all(isinstance(r, Contact | Conflict) for r in results)
    assert (await floor.contact(contact.id)).operator_id == ANA.staff_id


@pytest.mark.parametrize("gap", [5, 0])
async def test_ahead_is_behind_danger_and_who_stands_before_it(floor: Floor, gap: int) -> None:
    lost = await floor.arrives("lost")
    danger = await floor.arrives("danger", priority=3600, danger=True)
    calm = await floor.arrives("calm", priority=3600 - gap)
    called = await floor.arrives("called")
    async with floor.db.uow() as uow:
        await floor.routing.enqueue(uow, lost, front=True)
        await floor.routing.enqueue(uow, called, ahead=True)
        rows = await uow.fetch("select contact_id from queue_entry order by effective_at")
    ids = [row["contact_id"] for row in rows]
    assert ids == [lost.id, danger.id, called.id, calm.id]
    worse = await floor.arrives("worse", danger=True)
    async with floor.db.uow() as uow:
        await floor.routing.enqueue(uow, worse, ahead=True)
        first = "select contact_id from queue_entry order by effective_at limit 1"
        assert await uow.fetchval(first) == worse.id


async def test_accept_after_the_deadline_loses(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    await floor.overdue()
    with pytest.raises(Conflict):
        await floor.routing.accept(ANA, offer.id)


async def test_accept_after_the_caller_left_loses(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    async with floor.db.uow() as uow:
        await floor.contacts.caller_left(uow, await floor.contacts.get(uow, contact.id, lock=True))
    with pytest.raises(Conflict):
        await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    async with floor.db.uow() as uow:
        await floor.routing.caller_gone(uow, await floor.contacts.get(uow, contact.id))
    assert not await floor.offers(ANA)


async def test_missed_offer_goes_to_the_next_and_the_first_is_out_of_rotation(
    floor: Floor,
) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    await floor.overdue()
    assert await floor.routing.expire_due() == 1
    await floor.routing.match()
    assert (await floor.the_offer(BORIS)).contact_id == contact.id
    async with floor.db.uow() as uow:
        ana = (await operatorstore.operators(uow, [ANA.staff_id]))[ANA.staff_id]
    assert ana.presence is Presence.NOT_ANSWERING


async def test_passed_offer_goes_to_somebody_else(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "paperwork")
    await floor.routing.match()
    assert (await floor.the_offer(BORIS)).contact_id == contact.id


async def test_nobody_else_can_answer_my_offer(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    with pytest.raises(Conflict):
        await floor.routing.accept(BORIS, offer.id)
    with pytest.raises(NotFound):
        await floor.routing.accept(MALLORY, offer.id)


async def test_lost_operator_puts_the_caller_in_front(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    lost = await floor.arrives("1")
    await floor.routing.match()
    await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    await floor.arrives("2", priority=600)
    async with floor.db.uow() as uow:
        contact = await floor.contacts.get(uow, lost.id, lock=True)
        contact = await floor.contacts.requeue(uow, contact, "operator_lost")
        await floor.routing.again(uow, contact, "operator_lost")
    async with floor.db.uow() as uow:
        assert await routing_store.position(uow, lost.id) == 1
    assert (await floor.contact(lost.id)).state is ContactState.WAITING


async def test_break_asked_for_while_busy_begins_after_the_contact(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives("1")
    await floor.arrives("2")
    await floor.routing.match()
    contact = await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        current = await floor.contacts.end_talk(uow, current, ANA.staff_id)
        await floor.routing.caller_gone(uow, current)
        await floor.contacts.finish(uow, current, "consultation")
        await floor.routing.written_up(uow, contact.id)
        ana = (await operatorstore.operators(uow, [ANA.staff_id]))[ANA.staff_id]
    assert ana.presence is Presence.BREAK
    assert await floor.routing.match() == 0


async def test_shift_cannot_end_with_a_contact_in_hand(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    with pytest.raises(Conflict):
        await floor.shifts.end(ANA)


async def test_concurrent_matchers_assign_everybody_once_and_strand_nobody(floor: Floor) -> None:
    operators = [an_actor(f"op{n}", Role.OPERATOR) for n in range(8)]
    for operator in operators:
        await floor.shifts.start(operator, "fake")
    arrivals = [floor.arrives(str(n)) for n in range(12)]
    await asyncio.gather(*arrivals, *(floor.routing.match() for _ in range(6)))
    await floor.routing.match()
    taken = [await floor.offers(operator) for operator in operators]
    assert all(len(offers) == 1 for offers in taken)
    assert len({offers[0].contact_id for offers in taken}) == len(operators)


async def test_chats_never_keep_a_call_waiting_for_ever(floor: Floor) -> None:
    await floor.talking()
    call = await floor.arrives("call")
    for n in range(3):
        await floor.arrives(f"later {n}", Channel.SMS)
    assert await floor.routing.match() == 0  # her hands must become empty first
    async with floor.db.uow() as uow:
        (held,) = await floor.contacts.of_operator(uow, ANA.staff_id)
        ended = await floor.contacts.end_talk(uow, held, ANA.staff_id)
        await floor.contacts.finish(uow, ended, "consultation")
        await floor.routing.written_up(uow, held.id)
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == call.id


async def test_desks_sort_who_waits_as_the_queue_does(floor: Floor) -> None:
    back, waits, front = [await floor.arrives(caller) for caller in "123"]
    async with floor.db.uow() as uow:
        await floor.routing.set_back(uow, [back.id], behind=True)
        await floor.routing.enqueue(uow, await floor.contacts.get(uow, front.id), front=True)
        shown = [queue_json(one) for one in await waiting.queue(uow, limit=9)]
    assert [one["id"] for one in shown] == [front.id, waits.id, back.id]
    assert sorted(shown, key=lambda one: (one["effective_at"], one["id"])) == shown


async def test_what_desks_are_told_of_the_queue_counts_nobody_in_it(
    vault: Vault, schema: str
) -> None:
    narrow = Database(schema, pool_size=1)
    floor, live, asked = Floor(narrow, vault), MemoryLive(), list[str]()
    first, second = await floor.arrives("1"), await floor.arrives("2")
    async with narrow.uow() as uow:
        await floor.routing.withdraw(uow, first.id)
    await floor.routing.match()
    async with narrow.reads() as uow:
        await uow.time()
        uow._raw.add_query_logger(lambda one: asked.append(one.query))

    for one in (first, second):
        await floor.handlers(live, Wires()).queue_changed(QueueChanged(contact_id=one.id), JOB)
    await narrow.close()

    told = [(e.kind, e.body["id"]) for _, e in live._told if e.kind != "queue.stats"]
    assert told == [("queue.gone", str(first.id)), ("queue.item", str(second.id))]
    assert not [sql for sql in asked if "count(" in sql]
