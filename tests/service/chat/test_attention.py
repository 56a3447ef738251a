"""Who waits for whom: shown, rung for, given to others, and known again."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.chat.model import Author
from hotline.contacts.model import Contact, ContactState
from hotline.kernel.errors import Forbidden, NotFound
from hotline.routing import operatorstore
from hotline.routing.shifts import ability
from tests.builders import ANA, BORIS
from tests.service.chat.house import PERSON, House


async def talking(house: House, address: str = PERSON) -> Contact:
    await house.comes("вопрос", address=address)
    contact = await house.taken_by(ANA)
    await house.work(now=True)
    return contact


async def waited(house: House, contact: Contact, seconds: float, column: str = "") -> None:
    async with house.db.uow() as uow:
        await uow.execute(
            f"update conversation set {column or 'unanswered_since'} = now() - $2::interval"  # noqa: S608
            " where contact_id = $1",
            contact.id,
            timedelta(seconds=seconds),
        )


async def state(house: House, contact: Contact) -> dict[str, Any]:
    async with house.db.uow() as uow:
        (found,) = (await house.attention.chat_states(uow, [contact.id])).values()
    return found


async def on_shift(house: House, actor: Actor) -> None:
    async with house.db.uow() as uow:
        await operatorstore.sign_on(
            uow,
            actor.staff_id,
            able=ability(actor),
            max_chats=3,
            phone_mode="fake",
        )


def rung(house: House) -> list[str]:
    return [e.kind for _, e in house.live._told if e.kind == "chat.unanswered"]


async def test_the_state_of_a_talk_follows_from_who_wrote_last(house: House) -> None:
    contact = await talking(house)
    assert (await state(house, contact))["state"] == "waiting_us"
    await house.chat.send(ANA, contact.id, "c1", "ответ")
    after = await state(house, contact)
    assert (after["state"], after["waiting_since"]) == ("waiting_caller", None)
    await house.comes("ещё")
    assert (await state(house, contact))["state"] == "waiting_us"
    await house.chat.note(ANA, contact.id, "n1", "думаю")
    assert (await state(house, contact))["state"] == "waiting_us"
    await house.chat.close(ANA, contact.id)
    assert (await state(house, contact))["state"] == "resolved"


async def test_what_the_bot_answers_leaves_the_talk_with_its_operator(house: House) -> None:
    contact = await talking(house)
    await house.chat.send(ANA, contact.id, "c1", "ответ")
    await house.comes("hours", "command")
    await house.presses("read.detained")
    await house.comes("delete", "command")
    await house.presses("erase.yes")
    after = await state(house, contact)
    assert (after["state"], after["waiting_since"]) == ("waiting_caller", None)
    await house.comes("спасибо, но вот ещё что")
    assert (await state(house, contact))["state"] == "waiting_us"
    owed = (await state(house, contact))["waiting_since"]
    await house.comes("hours", "command")
    assert (await state(house, contact))["waiting_since"] == owed


async def test_the_desk_rings_once_before_anything_else_happens(house: House) -> None:
    contact = await talking(house)
    await waited(house, contact, 200)
    assert [await house.attention.look(), await house.attention.look()] == [0, 0]
    await house.work(now=True)
    assert rung(house) == ["chat.unanswered"]
    assert (await house.contact()).operator_id == ANA.staff_id


async def test_whom_nobody_answers_goes_in_front_of_the_queue_and_is_told(house: House) -> None:
    contact = await talking(house)
    await waited(house, contact, 400)
    assert await house.attention.look() == 1
    assert await house.attention.look() == 0
    await house.work(now=True)
    given = await house.contact()
    assert (given.state, given.operator_id) == (ContactState.WAITING, None)
    said = [m.text for m in await house.all_messages(contact.id) if m.author is Author.BOT]
    assert said[-1] == house.catalogue.t("ru", "bot-requeued")
    with pytest.raises(Forbidden):
        await house.chat.send(ANA, contact.id, "late", "поздно")
    async with house.db.uow() as uow:
        entries = await house.contacts.timeline(uow, contact.id)
    assert [e.fields for e in entries if e.kind == "requeued"] == [{"why": "unattended"}]


async def test_who_deleted_the_chat_is_given_back_untold(house: House) -> None:
    contact = await talking(house)
    await house.comes("delete", "command")
    await house.presses("erase.yes")
    await waited(house, contact, 400)
    await house.attention.look()
    await house.work(now=True)
    assert (await house.contact()).state is ContactState.WAITING
    texts = [m.text for m in await house.all_messages(contact.id)]
    assert house.catalogue.t("ru", "bot-requeued") not in texts


async def test_others_are_asked_before_whoever_did_not_answer(house: House) -> None:
    await on_shift(house, ANA)
    await house.comes("вопрос")
    await house.routing.match()
    contact = await house.contact()
    async with house.db.uow() as uow:
        offer_id = await uow.fetchval("select id from offer where staff_id = $1", ANA.staff_id)
    await house.routing.accept(ANA, offer_id)
    await house.chat.join(contact.id, ANA.staff_id)
    await on_shift(house, BORIS)
    await waited(house, contact, 400)
    assert await house.attention.look() == 1
    async with house.db.uow() as uow:
        lost = await house.contacts.get(uow, contact.id, lock=True)
        await house.routing.again(uow, lost, "unattended")
    await house.routing.match()
    async with house.db.uow() as uow:
        asked = await uow.fetchval("select staff_id from offer where state = 'pending'")
    assert asked == BORIS.staff_id


async def test_whoever_is_writing_keeps_the_contact_but_not_for_ever(house: House) -> None:
    contact = await talking(house)
    await waited(house, contact, 400)
    await waited(house, contact, 5, "typing_at")
    assert await house.attention.look() == 0
    await waited(house, contact, 700)
    assert await house.attention.look() == 1


async def test_an_answer_at_the_last_moment_and_giving_back_are_never_both_true(
    house: House,
) -> None:
    for n in range(12):
        contact = await talking(house, address=f"9000000{n:02}")
        await waited(house, contact, 400)

        async def answer(contact: Contact = contact) -> bool:
            try:
                await house.chat.send(ANA, contact.id, "c1", "ответ")
            except Forbidden:
                return False
            return True

        answered, _ = await asyncio.gather(answer(), house.attention.look())
        after = await house.contact()
        kept = after.operator_id == ANA.staff_id
        assert answered is kept, n
        assert after.state is (ContactState.TALKING if kept else ContactState.WAITING)
        await house.work(now=True)


async def test_who_waits_in_the_queue_is_given_back_by_nobody(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.contact()
    await waited(house, contact, 4000)
    assert await house.attention.look() == 0
    assert (await house.contact()).state is ContactState.WAITING


async def ended(house: House) -> Contact:
    contact = await talking(house)
    await house.chat.close(ANA, contact.id)
    await house.work(now=True)
    return contact


async def wanted(house: House) -> object:
    async with house.db.uow() as uow:
        return await uow.fetchval("select wanted from queue_entry order by since desc limit 1")


async def test_who_comes_back_is_offered_to_the_same_operator_first(house: House) -> None:
    await on_shift(house, ANA)
    before = await ended(house)
    await house.comes("забыл спросить")
    again = await house.contact()
    assert (await state(house, again))["reopens"] == before.id
    assert await wanted(house) == ANA.staff_id
    async with house.db.uow() as uow:
        left = await uow.fetchval(
            "select wanted_until - now() from queue_entry where contact_id = $1", again.id
        )
    assert timedelta() < left <= timedelta(seconds=60)


async def test_who_is_in_danger_or_whose_operator_is_gone_waits_for_nobody(house: House) -> None:
    await ended(house)
    await house.comes("ещё раз")
    assert await wanted(house) is None
    await house.comes("stop", "command")
    await on_shift(house, ANA)
    await house.comes("меня избивают, помогите")
    assert (await house.contact()).danger
    assert await wanted(house) is None


async def test_coming_back_after_a_day_is_something_new(house: House) -> None:
    await on_shift(house, ANA)
    before = await ended(house)
    async with house.db.uow() as uow:
        await uow.execute(
            "update contact set caller_left_at = now() - interval '25 hours' where id = $1",
            before.id,
        )
    await house.comes("здравствуйте")
    assert (await state(house, await house.contact()))["reopens"] is None
    assert await wanted(house) is None


async def test_an_earlier_talk_of_the_person_in_hand_is_read_on_record(house: House) -> None:
    before = await ended(house)
    foreign = await talking(house, address="777")
    await house.comes("снова я")
    again = await house.taken_by(BORIS)
    page, more = await house.chat.earlier(BORIS, again.id, before.id, before=None, limit=60)
    assert page[0].text == "вопрос"
    assert not more
    with pytest.raises(NotFound):
        await house.chat.earlier(BORIS, again.id, foreign.id, before=None, limit=60)
    with pytest.raises(Forbidden):
        await house.chat.earlier(ANA, again.id, before.id, before=None, limit=60)
    async with house.db.uow() as uow:
        rows = await uow.fetch(
            "select actor_id, object_id from audit_row where tag = 'staff:message:read'"
        )
    assert [tuple(r) for r in rows] == [(BORIS.staff_id, str(before.id))]
