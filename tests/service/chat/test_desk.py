"""What staff may do with a chat, and who is refused."""

import pytest

from hotline.chat.model import Author
from hotline.contacts.model import Channel, ContactState
from hotline.contacts.safety import Safety
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hotline.kernel.ids import ContactId, new_id
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.chat.house import House


async def test_the_caller_is_told_once_that_an_operator_is_here(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    await house.chat.join(contact.id, ANA.staff_id)
    joined = house.catalogue.t("ru", "bot-operator-joined")
    said = [m.text for m in await house.all_messages(contact.id)]
    assert contact.state is ContactState.TALKING
    assert said.count(joined) == 1


async def test_nobody_but_the_operator_writes(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    for other in (BORIS, VERA, IGOR, MALLORY):
        with pytest.raises(Forbidden):
            await house.chat.send(other, contact.id, "x", "слова")
    with pytest.raises(NotFound):
        await house.chat.send(ANA, new_id(), "x", "слова")


async def test_an_answer_where_it_is_not_safe_is_sent_and_stands_in_the_timeline(
    house: House,
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    await house.chat.send(ANA, contact.id, "a", "слова")
    by_telephone = Safety(channels=frozenset({Channel.VOICE}))
    await house.safe.write(ANA, contact.id, 0, by_telephone)

    await house.chat.send(ANA, contact.id, "b", "слова")

    async with house.db.uow() as uow:
        kinds = [entry.kind for entry in await house.contacts.timeline(uow, contact.id)]
    assert kinds.count("sent_unsafe") == 1


async def test_nothing_is_written_before_or_after_the_talk(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    await house.chat.close(ANA, contact.id)
    with pytest.raises(Conflict, match="chat-not-open"):
        await house.chat.send(ANA, contact.id, "x", "слова")


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 4001])
async def test_empty_and_endless_texts_are_refused(house: House, text: str) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    with pytest.raises(Invalid):
        await house.chat.send(ANA, contact.id, "x", text)


async def test_closing_says_goodbye_once_whoever_hears_of_it(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    closed = await house.chat.close(ANA, contact.id)
    assert closed.state is ContactState.WRAP_UP
    await house.chat.close(ANA, contact.id)
    await house.work(now=True)
    await house.chat.ended(contact.id)
    goodbye = house.catalogue.t("ru", "bot-ended")
    said = [m.text for m in await house.all_messages(contact.id)]
    assert said.count(goodbye) == 1


async def test_a_talk_ended_elsewhere_closes_the_conversation_too(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    async with house.db.uow() as uow:
        held = await house.contacts.get(uow, contact.id, lock=True)
        await house.contacts.end_talk(uow, held, ANA.staff_id)
    await house.work(now=True)
    said = [m.text for m in await house.all_messages(contact.id)]
    assert said[-1] == house.catalogue.t("ru", "bot-ended")
    await house.comes("ещё вопрос")
    assert (await house.contact()).id != contact.id


async def test_pages_go_back_and_say_whether_there_is_more(house: House) -> None:
    for n in range(7):
        await house.comes(f"{n}")
    contact = await house.taken_by(ANA)
    whole = await house.all_messages(contact.id)
    page, more = await house.chat.messages(ANA, contact.id, limit=4)
    assert [m.id for m in page] == [m.id for m in whole][-4:]
    assert more
    rest, more = await house.chat.messages(ANA, contact.id, before=page[0].id, limit=100)
    assert [m.id for m in rest] == [m.id for m in whole][:-4]
    assert not more
    async with house.db.uow() as uow:
        newest, more = await house.chat.transcript(uow, contact.id, limit=4)
    assert [m.id for m in newest] == [m.id for m in page]
    assert more


async def test_what_the_operator_has_read_or_answered_is_not_unread(house: House) -> None:
    await house.comes("раз")
    await house.comes("два")
    contact = await house.taken_by(ANA)

    async def unread() -> int:
        async with house.db.uow() as uow:
            return (await house.chat.unread(uow, [contact.id])).get(ContactId(contact.id), 0)

    assert await unread() == 2
    await house.chat.messages(ANA, contact.id)
    assert await unread() == 0
    await house.comes("три")
    assert await unread() == 1
    await house.chat.send(ANA, contact.id, "c", "ответ")
    assert await unread() == 0


async def test_a_supervisor_reads_and_it_is_on_record(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    await house.chat.messages(ANA, contact.id)
    async with house.db.uow() as uow:
        tags = "select tag, actor_id from audit_row where tag = 'staff:message:read'"
        before = await uow.fetch(tags)
    await house.chat.messages(VERA, contact.id)
    async with house.db.uow() as uow:
        after = await uow.fetch(tags)
    assert len(before) == 0
    assert [r["actor_id"] for r in after] == [VERA.staff_id]
    for other in (BORIS, IGOR, MALLORY):
        with pytest.raises(Forbidden):
            await house.chat.messages(other, contact.id)


async def test_a_lost_operator_is_explained_once(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    async with house.db.uow() as uow:
        held = await house.contacts.get(uow, contact.id, lock=True)
        await house.contacts.requeue(uow, held, "operator_lost")
    await house.work(now=True)
    await house.chat.requeued(contact.id, "requeued:0")
    await house.chat.requeued(contact.id, "requeued:0")
    said = [m.text for m in await house.all_messages(contact.id) if m.author is Author.BOT]
    assert said.count(house.catalogue.t("ru", "bot-requeued")) == 2  # the event's, and one by hand


async def test_a_damaged_row_does_not_hide_the_rest(house: House) -> None:
    await house.comes("раз")
    await house.comes("два")
    contact = await house.taken_by(ANA)
    async with house.db.uow() as uow:
        await uow.execute(
            "update message set body_sealed = '\\x00' where id = (select min(id) from message)"
        )
    texts = [(m.text, m.error) for m in await house.all_messages(contact.id)]
    assert texts[0] == (None, "unreadable")
    assert "два" in [text for text, _ in texts]
