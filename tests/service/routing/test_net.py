"""What no event tells of is found all the same: pauses, offers of talks, lost wishes, a night."""

from datetime import timedelta

from hotline.contacts.model import Contact
from hotline.routing import sealstore, store
from hotline.routing.model import OfferState, Presence, Purpose
from tests.builders import ANA, BORIS, VERA
from tests.service.routing.floor import Floor


async def asked_in(floor: Floor) -> Contact:
    """Boris talks and asks Ana into the talk."""
    await floor.shifts.start(BORIS, "fake")
    await floor.arrives()
    contact = await floor.in_hand(BORIS)
    await floor.shifts.start(ANA, "fake")
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        contact = await floor.contacts.talk(uow, current)
        a_while = timedelta(seconds=20)
        assert await store.offer(uow, contact.id, ANA.staff_id, a_while, Purpose.TRANSFER)
    return contact


async def back_in_the_queue(floor: Floor, contact: Contact) -> None:
    """Boris is lost, and comes back for nobody."""
    await floor.lost(contact)
    await floor.shifts.set(BORIS, Presence.BREAK, "short")
    await floor.again(contact)


async def test_who_would_not_join_the_talk_is_asked_again_after_the_pause(floor: Floor) -> None:
    contact = await asked_in(floor)
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    await back_in_the_queue(floor, contact)
    assert await floor.routing.match() == 0

    async with floor.db.uow() as uow:
        ago = timedelta(seconds=16)
        await uow.execute("update offer set ended_at = ended_at - $1::interval", ago)
        await uow.execute("update routing_wish set due_at = due_at - $1::interval", ago)
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == contact.id


async def test_who_is_still_asked_into_a_talk_that_is_over_stops_no_match(floor: Floor) -> None:
    contact = await asked_in(floor)
    await back_in_the_queue(floor, contact)
    assert await floor.routing.match() == 0

    pending = await floor.the_offer(ANA)
    async with floor.db.uow() as uow:
        await store.end_offer(
            uow, pending.id, OfferState.WITHDRAWN, reason=None, staff_id=ANA.staff_id
        )
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).purpose is Purpose.QUEUE


async def test_a_wish_that_was_lost_is_made_good_by_the_sweep(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    async with floor.db.uow() as uow:
        await uow.execute("delete from routing_wish")
    assert await floor.routing.tend() == 0
    assert await floor.routing.look_again() == 1
    assert await floor.routing.tend() == 1


async def test_a_supervisor_is_asked_at_once_while_nobody_else_takes_contacts(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives("1")
    await floor.in_hand(ANA)
    await floor.shifts.start(VERA, "fake")
    await floor.arrives("2")
    assert await floor.routing.tend() == 0

    await floor.shifts.unreachable([ANA.staff_id])
    assert await floor.routing.tend() == 1
    assert await floor.offers(VERA)


async def test_who_is_kept_for_somebody_that_passes_is_everybodys_at_once(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    async with floor.db.uow() as uow:
        await sealstore.want(uow, contact.id, ANA.staff_id, timedelta(seconds=20))
    await floor.shifts.start(BORIS, "fake")
    await floor.routing.match()
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(BORIS)).contact_id == contact.id
