"""PostgreSQL's clock is put back by an hour: nothing and nobody waits an hour for that."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.rehearsal.virtual import VirtualDatabase, virtual
from hotline.routing import sealstore
from hotline.routing.events import QueueChanged
from hotline.routing.model import Presence
from hotline.routing.waits import FEWEST
from tests.builders import ANA, BORIS, a_contact
from tests.service.routing.floor import RULES, Floor

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
async def place(servers: Servers) -> AsyncIterator[VirtualDatabase]:
    async with virtual(servers.database_url, "put_back") as db:
        async with db.uow() as uow:
            await uow.execute("select now()")
        yield db


@pytest.fixture
def floor(place: VirtualDatabase, vault: Vault) -> Floor:
    return Floor(place, vault)


async def put_back(floor: Floor, place: VirtualDatabase) -> None:
    """The clock, and what the sweep makes of it."""
    place.now -= HOUR
    assert await floor.shifts.count_anew() > 0
    assert await floor.shifts.count_anew() == 0, "it is right now"


async def order(floor: Floor) -> list[UUID]:
    async with floor.db.uow() as uow:
        rows = await uow.fetch("select contact_id from queue_entry order by effective_at")
    return [row["contact_id"] for row in rows]


async def test_a_wish_is_granted(floor: Floor, place: VirtualDatabase) -> None:
    await floor.arrives()
    place.now += 2 * HOUR
    await floor.shifts.start(ANA, "fake")
    await put_back(floor, place)
    assert await floor.routing.match() == 1


async def test_who_passed_is_asked_again(floor: Floor, place: VirtualDatabase) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    assert await floor.routing.match() == 0
    await put_back(floor, place)
    assert await floor.routing.match() == 1


async def test_nobody_is_kept_longer_for_one_person(floor: Floor, place: VirtualDatabase) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    async with floor.db.uow() as uow:
        await sealstore.want(uow, contact.id, BORIS.staff_id, RULES.offer_for)
    await put_back(floor, place)
    assert await floor.routing.match() == 0
    place.now += RULES.offer_for
    assert await floor.routing.match() == 1


async def test_no_pause_and_no_writing_up_lasts_longer(
    floor: Floor, place: VirtualDatabase
) -> None:
    contact = await floor.writing_up(ANA)
    await put_back(floor, place)
    place.now += RULES.write_up + RULES.more
    assert await floor.shifts.end_wrap_ups() == 1

    await floor.shifts.pause(ANA)
    assert (await floor.operator(ANA)).presence is Presence.BREAK
    await put_back(floor, place)
    place.now += RULES.pause_for
    assert await floor.shifts.end_pauses() == 1
    assert (await floor.contact(contact.id)).operator_id == ANA.staff_id


async def test_who_waits_keeps_the_order_and_asks_for_less_in_time(
    floor: Floor, place: VirtualDatabase
) -> None:
    first = await floor.arrives("1", language="uz")
    place.now += timedelta(minutes=70)
    second = await floor.arrives("2", language="uz")
    place.now += 90 * SECOND
    third = await floor.arrives("3", language="uz")
    await put_back(floor, place)
    place.now += SECOND
    fourth = await floor.arrives("4", language="uz")
    assert await order(floor) == [first.id, second.id, third.id, fourth.id]

    await floor.shifts.start(ANA, "fake")
    await floor.in_hand(ANA)
    place.now += 29 * SECOND
    await floor.shifts.start(BORIS, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(BORIS)).contact_id == second.id, "after 120 s in all"


async def test_processes_that_look_at_once_move_who_waits_once(db: Database, vault: Vault) -> None:
    floor = Floor(db, vault)
    contact = await floor.arrives()
    async with db.uow() as uow:
        since = await uow.fetchval("select since from queue_entry")
        await uow.execute("update queue_entry set since = since + interval '1 hour'")
    await asyncio.gather(*(floor.shifts.count_anew() for _ in range(4)))
    async with db.uow() as uow:
        again = await uow.fetchval("select since from queue_entry")
        jobs = await uow.fetch("select payload from job where kind = 'event'")
    row = QueueChanged(contact_id=contact.id).to_row()
    told = [job["payload"]["row"] for job in jobs if job["payload"]["name"] == QueueChanged.name]
    assert again - since < timedelta(minutes=1)
    assert again >= since
    assert told == [row, row], "desks, when they came and when they were moved"


async def test_who_came_before_waits_again_from_now(floor: Floor, place: VirtualDatabase) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.in_hand(ANA)
    await floor.lost(contact)
    place.now -= HOUR
    await floor.again(contact)
    async with floor.db.uow() as uow:
        times = await uow.fetchrow("select since, effective_at from queue_entry")
    assert times is not None
    assert set(times) == {place.now}


async def test_how_long_it_takes_is_read_anew(floor: Floor, place: VirtualDatabase) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives("1")
    await floor.in_hand(ANA)
    contact = await floor.arrives("2")
    async with floor.db.uow() as uow:
        before = await floor.routing.outlook(uow, contact)
    assert before is not None
    assert before.wait is None, "too little is known"
    await put_back(floor, place)
    async with floor.db.uow() as uow:
        for number in range(FEWEST):
            await a_contact(uow, floor.contacts, caller=f"before {number}", language="ru")
        await uow.execute(
            """
            update contact set state = 'closed', closed_at = now() - interval '1 day',
              talking_since = now() - interval '1 day 5 minutes'
            where state = 'intake'
            """
        )
        after = await floor.routing.outlook(uow, contact)
    assert after is not None
    assert after.wait is not None
