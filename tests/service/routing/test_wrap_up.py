"""The time for writing up, and the pause after a hard call: when they end, and who wins a race."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.access.model import Actor
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.routing import hands, operatorstore
from hotline.routing.hands import WrapUp
from hotline.routing.jobs import LOOKS_UNSEEN, Sweeps
from hotline.routing.model import HARD_CALL, Presence
from hotline.routing.shifts import HAD_CONTACT_WITHIN
from tests.builders import ANA, BORIS
from tests.service.routing.floor import RULES, Desks, Floor


async def finish(floor: Floor, contact: Contact) -> None:
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        await floor.contacts.finish(uow, current, "consultation")
        await floor.routing.written_up(uow, contact.id)


async def ends_talk(floor: Floor, contact: Contact, actor: Actor) -> None:
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        current = await floor.contacts.end_talk(uow, current, actor.staff_id)
        await floor.routing.caller_gone(uow, current)


async def wrap_up(floor: Floor, contact_id: UUID) -> WrapUp | None:
    async with floor.db.uow() as uow:
        return next(iter((await hands.wrap_ups(uow, [contact_id])).values()), None)


async def state(floor: Floor, actor: Actor = ANA) -> tuple[str, str | None]:
    one = await floor.operator(actor)
    return one.presence, one.reason


async def test_who_does_not_write_up_in_time_is_free_and_keeps_the_contact(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.arrives("2")
    assert (await floor.operator(ANA)).until is not None
    await floor.time_over()
    assert await floor.shifts.end_wrap_ups() == 1
    assert await floor.routing.match() == 1
    kept = await floor.contact(contact.id)
    assert (kept.state, kept.operator_id) == (ContactState.WRAP_UP, ANA.staff_id)
    assert await wrap_up(floor, contact.id) is None
    with pytest.raises(Conflict, match="contacts-in-hand"):
        await floor.shifts.end(ANA)
    await finish(floor, contact)
    assert (await floor.contact(contact.id)).state is ContactState.CLOSED


async def test_asterisk_1006_the_time_never_ends_early(floor: Floor) -> None:
    """Whatever is told again, ends or waits meanwhile: until the deadline nobody is asked."""
    contact = await floor.writing_up(ANA)
    for language in ("ky", "ru"):
        await floor.arrives(language, language=language)
        await floor.arrives(f"{language} chat", Channel.TELEGRAM, language=language)
    began = await wrap_up(floor, contact.id)
    async with floor.db.uow() as uow:  # told twice: the first time holds
        await floor.routing.caller_gone(uow, await floor.contacts.get(uow, contact.id))
    assert await wrap_up(floor, contact.id) == began
    async with floor.db.uow() as uow:  # all but a little of it has gone by
        await uow.execute("update assignment set wrap_until = now() + interval '30 seconds'")
    assert await floor.shifts.end_wrap_ups() == 0
    assert await floor.routing.match() == 0


async def test_a_chat_that_is_written_up_is_load_until_its_time_is_over(floor: Floor) -> None:
    talking = await floor.talking()
    await floor.arrives("2", Channel.TELEGRAM)
    await floor.routing.match()
    second = await floor.routing.accept(ANA, (await floor.the_offer(ANA)).id)
    async with floor.db.uow() as uow:
        await floor.contacts.talk(uow, await floor.contacts.get(uow, second.id, lock=True))
    await ends_talk(floor, second, ANA)
    before = await floor.operator(ANA)
    await floor.time_over()
    await floor.shifts.end_wrap_ups()
    after = await floor.operator(ANA)
    assert (before.chats, before.until, after.chats, after.talking) == (2, None, 1, 1)
    assert (await floor.contact(talking.id)).state is ContactState.TALKING


async def test_finishing_and_the_end_of_the_time_are_one_outcome(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.time_over()
    await asyncio.gather(finish(floor, contact), *(floor.shifts.end_wrap_ups() for _ in range(3)))
    assert await floor.shifts.end_wrap_ups() == 0
    assert (await floor.contact(contact.id)).state is ContactState.CLOSED
    assert (await floor.operator(ANA)).calls == 0


async def test_the_sweep_leaves_out_what_somebody_finishes_just_now(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.time_over()
    async with floor.db.uow() as uow:
        await floor.routing.written_up(uow, contact.id)
        assert await floor.shifts.end_wrap_ups() == 0
    assert (await floor.operator(ANA)).calls == 0


async def test_more_time_is_given_once_and_only_while_there_is_some(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    began = await wrap_up(floor, contact.id)
    now = await floor.shifts.extend(ANA, contact.id, "record")
    assert began is not None
    assert began.until is not None
    assert now == WrapUp(began.until + RULES.more, extended=True)
    with pytest.raises(Conflict, match="wrap-up-extended"):
        await floor.shifts.extend(ANA, contact.id, "other")
    with pytest.raises(NotFound):
        await floor.shifts.extend(BORIS, contact.id, "other")
    with pytest.raises(Invalid):
        await floor.shifts.extend(ANA, contact.id, "tired")
    await floor.time_over()
    await floor.shifts.end_wrap_ups()
    with pytest.raises(Conflict, match="wrap-up-over"):
        await floor.shifts.extend(ANA, contact.id, "record")


async def test_more_time_beside_the_end_of_it_is_one_outcome(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.time_over()
    results = await asyncio.gather(
        floor.shifts.extend(ANA, contact.id, "record"),
        floor.shifts.end_wrap_ups(),
        return_exceptions=True,
    )
    assert isinstance(results[0], Conflict)
    assert (await floor.operator(ANA)).calls == 0


async def test_no_more_time_while_the_talk_goes_on(floor: Floor) -> None:
    contact = await floor.talking()
    with pytest.raises(Conflict, match="wrap-up-not-begun"):
        await floor.shifts.extend(ANA, contact.id, "record")


async def test_a_break_asked_for_begins_when_the_time_is_over(floor: Floor) -> None:
    await floor.writing_up(ANA)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    assert await state(floor) == (Presence.AVAILABLE, None)
    await floor.time_over()
    await floor.shifts.end_wrap_ups()
    assert await state(floor) == (Presence.BREAK, "meal")


async def test_a_break_asked_for_is_taken_back_with_one_press(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.shifts.set(ANA, Presence.AVAILABLE, None)
    await finish(floor, contact)
    await floor.arrives("2")
    assert await floor.routing.match() == 1


async def test_an_offer_goes_on_at_once_when_a_break_is_asked_for(floor: Floor) -> None:
    """Also with a chat in hand, where the break begins later."""
    chat = await floor.talking()
    await floor.arrives("2", Channel.TELEGRAM)
    await floor.routing.match()
    offered = await floor.the_offer(ANA)
    await floor.shifts.start(BORIS, "fake")
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await floor.routing.match()
    assert await floor.offers(ANA) == []
    assert (await floor.the_offer(BORIS)).contact_id == offered.contact_id
    await ends_talk(floor, chat, ANA)
    await finish(floor, chat)
    assert await state(floor) == (Presence.BREAK, "meal")


async def test_a_pause_after_a_hard_call_ends_by_itself(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await floor.shifts.pause(ANA)
    again = await floor.shifts.pause(ANA)
    assert (again.presence, again.pending_break) == (Presence.AVAILABLE, HARD_CALL)
    await finish(floor, contact)
    await floor.arrives("2")
    assert await floor.routing.match() == 0
    began = (await floor.operator(ANA)).until
    assert (await floor.shifts.pause(ANA)).until == began
    async with floor.db.uow() as uow:
        assert await operatorstore.presences(uow) == {HARD_CALL: 1}
    assert await floor.shifts.end_pauses() == 0
    await floor.time_over()
    assert await floor.shifts.end_pauses() == 1
    assert await state(floor) == (Presence.AVAILABLE, None)
    assert await floor.routing.match() == 1


async def test_one_contact_gives_one_pause_and_only_for_a_while(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    with pytest.raises(Conflict, match="no-contact-before"):
        await floor.shifts.pause(ANA)
    await floor.writing_up(ANA)
    await floor.time_over()
    await floor.shifts.end_wrap_ups()
    async with floor.db.uow() as uow:
        await uow.execute(
            "update operator_state set freed_at = freed_at - $1::interval", HAD_CONTACT_WITHIN
        )
    with pytest.raises(Conflict, match="no-contact-before"):
        await floor.shifts.pause(ANA)
    async with floor.db.uow() as uow:
        await uow.execute("update operator_state set freed_at = now()")
    await floor.shifts.pause(ANA)
    assert await state(floor) == (Presence.BREAK, HARD_CALL)
    await floor.shifts.set(ANA, Presence.AVAILABLE, None)  # back earlier, with one press
    assert (await floor.operator(ANA)).until is None
    with pytest.raises(Conflict, match="no-contact-before"):
        await floor.shifts.pause(ANA)


async def test_a_pause_beside_a_match_leaves_no_offer(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await finish(floor, contact)
    await floor.arrives("2")
    await asyncio.gather(floor.shifts.pause(ANA), floor.routing.match())
    await floor.routing.match()
    assert await state(floor) == (Presence.BREAK, HARD_CALL)
    assert await floor.offers(ANA) == []


async def test_nobody_comes_back_from_a_pause_to_a_dead_desk(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await finish(floor, contact)
    await floor.shifts.pause(ANA)
    await floor.arrives("2")
    desks = Desks()
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_UNSEEN):
        await sweeps.look()
    await floor.time_over()
    await floor.shifts.end_pauses()
    assert await floor.routing.match() == 0
    assert (await state(floor))[0] is Presence.NOT_ANSWERING
    await desks.beat(ANA.staff_id)
    await sweeps.look()
    assert await floor.routing.match() == 1


async def test_a_silence_costs_nobody_the_rest_of_a_pause(floor: Floor) -> None:
    contact = await floor.writing_up(ANA)
    await finish(floor, contact)
    until = (await floor.shifts.pause(ANA)).pause_until
    await floor.shifts.unreachable([ANA.staff_id])
    assert (await floor.shifts.pause(ANA)).presence is Presence.NOT_ANSWERING
    await floor.shifts.reachable([ANA.staff_id])
    assert await state(floor) == (Presence.BREAK, HARD_CALL)
    assert (await floor.operator(ANA)).pause_until == until
    await floor.time_over()
    assert await floor.shifts.end_pauses() == 1


async def test_the_offer_to_a_desk_that_died_goes_to_somebody_else(floor: Floor) -> None:
    """At the latest with its deadline; a silence that is noticed earlier hands it on earlier."""
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    assert await floor.offers(ANA)
    await floor.shifts.start(BORIS, "fake")
    desks = Desks()
    await desks.beat(BORIS.staff_id)
    sweeps = Sweeps(floor.routing, floor.shifts, desks)
    for _ in range(LOOKS_UNSEEN):
        await sweeps.look()
    await floor.routing.match()
    assert (await floor.the_offer(BORIS)).contact_id == contact.id
    assert (await state(floor))[0] is Presence.NOT_ANSWERING


async def test_a_record_that_is_finished_late_makes_no_talk_longer(floor: Floor) -> None:
    """The operator was free again long before: who waits is told so much less."""
    contact = await floor.writing_up(ANA)
    await finish(floor, contact)
    async with floor.db.uow() as uow:
        await uow.execute(
            """
            update contact set talking_since = now() - interval '80 minutes',
                caller_left_at = now() - interval '70 minutes', closed_at = now()
            """
        )
        talks = await floor.contacts.talks(
            uow,
            contact,
            newest=9,
            within=timedelta(days=1),
            writing=timedelta(minutes=4),
        )
    assert talks == [pytest.approx(14 * 60)]
