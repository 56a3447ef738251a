"""Who waits for seniors only: who is asked, who is not, and what comes before the seal."""

import asyncio
from uuid import UUID

import pytest

from hotline.access.roles import Role
from hotline.contacts.model import Contact
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.routing import matchstore
from hotline.routing.model import Presence
from hotline.routing.seals import Seals
from tests.builders import ANA, BORIS, VERA, an_actor
from tests.service.routing.floor import RULES, Floor

SENYA = an_actor("senya", Role.SENIOR)


async def entry(floor: Floor, contact_id: UUID) -> tuple[bool, bool, UUID | None]:
    async with floor.db.uow() as uow:
        row = await uow.fetchrow(
            "select senior, reserve, wanted from queue_entry where contact_id = $1", contact_id
        )
    assert row is not None
    return row["senior"], row["reserve"], row["wanted"]


async def seal(floor: Floor, contact: Contact, *, sealed: bool = True) -> None:
    async with floor.db.uow() as uow:
        await Seals(floor.routing).seal(uow, [contact.id], sealed=sealed)


async def again(floor: Floor, contact: Contact) -> None:
    """A key of the caller."""
    async with floor.db.uow() as uow:
        await floor.routing.enqueue(uow, contact)


@pytest.mark.parametrize("away", ["break", "closed", "asked", "talks"])
async def test_a_senior_who_cannot_be_asked_keeps_nobody_in_danger_waiting(
    db: Database, vault: Vault, away: str
) -> None:
    floor = Floor(db, vault)
    await floor.shifts.start(SENYA, "fake")
    if away == "break":
        await floor.shifts.set(SENYA, Presence.BREAK, "meal")
    elif away == "closed":
        await floor.shifts.unreachable([SENYA.staff_id])
    else:
        await floor.arrives("0")
        await floor.routing.match()
        if away == "talks":
            await floor.routing.accept(SENYA, (await floor.the_offer(SENYA)).id)
    await floor.shifts.start(ANA, "fake")
    sealed = await floor.arrives("1", senior=True, danger=True)
    calm = await floor.arrives("2", senior=True)
    assert await floor.routing.tend() == 1
    assert (await floor.the_offer(ANA)).contact_id == sealed.id
    assert (await entry(floor, calm.id))[0]


async def test_a_senior_who_is_free_or_being_asked_is_enough(floor: Floor) -> None:
    await floor.shifts.start(SENYA, "fake")
    await floor.shifts.start(ANA, "fake")
    sealed = await floor.arrives("1", senior=True, danger=True)
    await floor.routing.tend()
    await floor.routing.tend()
    assert (await floor.the_offer(SENYA)).contact_id == sealed.id
    assert await floor.offers(ANA) == []
    assert (await entry(floor, sealed.id))[0]


async def test_supervisors_are_asked_about_a_sealed_case_at_once(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(VERA, "fake")
    before = await floor.arrives("1")
    await seal(floor, before)
    await floor.routing.match()
    assert (await floor.the_offer(VERA)).contact_id == before.id

    await seal(floor, before, sealed=False)
    await floor.routing.match()
    assert (await entry(floor, before.id))[:2] == (False, False), "as if it had never been sealed"


async def test_only_who_may_not_have_it_is_asked_no_longer(floor: Floor) -> None:
    await floor.shifts.start(SENYA, "fake")
    first = await floor.arrives("1")
    await floor.routing.match()
    await seal(floor, first)
    await seal(floor, first, sealed=False)
    assert (await floor.the_offer(SENYA)).contact_id == first.id

    await floor.shifts.start(ANA, "fake")
    danger = await floor.arrives("2", danger=True)
    await floor.routing.match()
    await seal(floor, danger)
    offer = await floor.the_offer(ANA)
    assert offer.contact_id == danger.id, "a life comes before the seal"
    await floor.routing.pass_(ANA, offer.id, "paperwork")
    second = await floor.arrives("3")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == second.id
    await seal(floor, second)
    assert await floor.offers(ANA) == []


async def test_nobody_is_kept_for_whom_they_may_not_have(floor: Floor) -> None:
    for one in (ANA, SENYA):
        await floor.shifts.start(one, "fake")
        await floor.shifts.set(one, Presence.AVAILABLE, None)
    contact = await floor.arrives("1")

    async def kept() -> UUID | None:
        return (await entry(floor, contact.id))[2]

    async with floor.db.uow() as uow:
        await floor.routing.prefer(uow, contact.id, ANA.staff_id)
    assert await kept() == ANA.staff_id
    await seal(floor, contact)
    assert await kept() is None
    async with floor.db.uow() as uow:
        await floor.routing.prefer(uow, contact.id, ANA.staff_id)
        await floor.routing.wait_for(uow, contact, ANA.staff_id)
    assert await kept() is None
    async with floor.db.uow() as uow:
        await floor.routing.wait_for(uow, contact, SENYA.staff_id)
    assert await kept() == SENYA.staff_id


async def test_who_is_in_danger_is_kept_for_nobody(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives("1")
    async with floor.db.uow() as uow:
        await floor.routing.prefer(uow, contact.id, ANA.staff_id)
        contact = await floor.contacts.set_intake(uow, contact, {}, danger=True)
        await floor.routing.enqueue(uow, contact)
        await floor.routing.prefer(uow, contact.id, ANA.staff_id)
    assert (await entry(floor, contact.id))[2] is None


async def test_nobody_is_kept_for_whom_has_no_room_or_leaves_for_a_break(floor: Floor) -> None:
    await floor.writing_up(ANA)
    await floor.shifts.start(BORIS, "fake")
    await floor.arrives("1")
    await floor.in_hand(BORIS)
    await floor.shifts.set(BORIS, Presence.BREAK, "meal")
    contact = await floor.arrives("2")
    for one in (ANA, BORIS):
        async with floor.db.uow() as uow:
            await floor.routing.prefer(uow, contact.id, one.staff_id)
        assert (await entry(floor, contact.id))[2] is None


async def test_who_does_not_answer_cannot_hear_that_somebody_is_back(floor: Floor) -> None:
    for one in (ANA, BORIS, SENYA):
        await floor.shifts.start(one, "fake")
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.shifts.unreachable([BORIS.staff_id])
    async with floor.db.uow() as uow:
        assert set(await floor.shifts.hearing(uow)) == {ANA.staff_id, SENYA.staff_id}


async def test_who_asks_again_while_being_sealed_is_taken_by_no_other(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    first = await floor.arrives("1")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == first.id

    floor.seals.contacts.add(first.id)
    await again(floor, first)  # before anything followed from the seal
    assert (await entry(floor, first.id))[0]
    assert await floor.offers(ANA) == []


async def test_who_is_sealed_between_the_decision_and_the_offer_is_offered_to_no_junior(
    floor: Floor,
) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives("1")
    async with floor.db.uow() as uow:
        found = await matchstore.decide(uow, 1)
        assert found.pairs == [(contact.id, ANA.staff_id)]
        await seal(floor, contact)
        assert await matchstore.offer(uow, found.pairs, RULES.offer_for) == []


async def test_who_is_being_sealed_while_the_offer_is_made_is_offered_to_no_junior(
    floor: Floor,
) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives("1")
    writes = asyncio.Event()

    async def seals() -> None:
        async with floor.db.uow() as uow:
            await Seals(floor.routing).seal(uow, [contact.id], sealed=True)
            writes.set()
            await floor.somebody_waits()

    async def matches() -> None:
        await writes.wait()
        await floor.routing.match()

    await asyncio.gather(seals(), matches())
    assert await floor.offers(ANA) == []


async def test_a_seal_that_gave_way_to_danger_stays_so_whatever_key_is_pressed(
    floor: Floor,
) -> None:
    await floor.shifts.start(ANA, "fake")
    danger = await floor.arrives("1", senior=True, danger=True)
    await floor.routing.tend()
    await again(floor, danger)
    await seal(floor, danger)
    assert (await floor.the_offer(ANA)).contact_id == danger.id
