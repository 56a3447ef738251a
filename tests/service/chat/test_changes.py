"""What was said, changed and answered afterwards: nothing that somebody wrote is ever lost."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.chat.model import Author, Message, MessageState
from hotline.chat.ports import Attached, DeliveryError, OutcomeUnknown
from hotline.kernel.errors import Conflict, Forbidden, NotFound
from tests.builders import ANA, BORIS, VERA
from tests.service.chat.house import House


async def talking(house: House) -> None:
    await house.comes("вопрос", name="10")
    await house.taken_by(ANA)
    await house.work(now=True)
    house.telegram.sent.clear()


async def said(house: House, author: Author = Author.CALLER) -> list[Message]:
    contact = await house.contact()
    return [m for m in await house.all_messages(contact.id) if m.author is author]


async def earlier(house: House, message: Message) -> list[str | None]:
    return [one.text for one in await house.editing.earlier(ANA, message.id)]


async def sent(house: House, text: str = "Позвоните по номеру 103") -> Message:
    contact = await house.contact()
    message = await house.chat.send(ANA, contact.id, "c1", text)
    await house.work(now=True)
    return message


async def seen(house: House, message: Message) -> Message:
    found = await house.chat.message(message.id, ANA)
    assert found is not None
    return found


async def test_peer_bug_text_wiped_when_an_edited_message_has_a_picture(house: House) -> None:
    await talking(house)
    await house.comes("Вот паспорт", "photo", name="11")
    await house.comes("Вот мой паспорт", "edited", name="11")
    await house.comes(None, "edited", name="11")
    photo = (await said(house))[-1]
    assert (photo.kind, photo.text) == ("photo", "Вот мой паспорт")
    assert photo.edited_at is not None
    assert await earlier(house, photo) == ["Вот паспорт"]


async def test_earlier_words_stay_for_whoever_has_the_contact_or_may_read_content(
    house: House,
) -> None:
    await talking(house)
    for words in ("раз", "два", "два"):
        await house.comes(words, "edited", name="10")
    first = (await said(house))[0]
    assert first.text == "два"
    assert await earlier(house, first) == ["вопрос", "раз"]
    await house.editing.earlier(VERA, first.id)
    with pytest.raises(Forbidden):
        await house.editing.earlier(BORIS, first.id)
    async with house.db.uow() as uow:
        reads = await uow.fetch("select actor_id from audit_row where tag = 'staff:message:read'")
    assert [r["actor_id"] for r in reads] == [VERA.staff_id]


async def test_danger_that_is_said_only_in_the_correction_counts(house: House) -> None:
    await house.comes("вопрос", name="10")
    before = await house.count("message")
    await house.comes("другой вопрос", "edited", name="10")
    assert await house.count("message") == before
    assert not (await house.contact()).danger
    await house.comes("меня избивают, помогите", "edited", name="10")
    assert (await house.contact()).danger


async def test_an_edit_of_what_we_do_not_know_is_a_message(house: House) -> None:
    await talking(house)
    await house.comes("исправлено", "edited", name="999")
    assert [(m.kind, m.text) for m in await said(house)][-1] == ("edited", "исправлено")
    await house.brings("edited", Attached("photo", "паспорт"), text="вот паспорт")
    assert [file["kind"] for file in (await said(house))[-1].files] == ["photo"]


async def test_an_edit_that_was_faster_than_its_message_stays_the_newest_word(
    house: House,
) -> None:
    await talking(house)
    wrote, corrected = (datetime(2026, 3, 1, 12, minute, tzinfo=UTC) for minute in (0, 1))
    await house.comes("адрес: дом 7", "edited", name="50", at=corrected)
    await house.comes("адрес: дом 1", name="50", at=wrote)
    await house.comes("второй этаж", name="51", at=corrected)
    _, address, floor = await said(house)
    assert (address.text, floor.text) == ("адрес: дом 7", "второй этаж")
    assert await earlier(house, address) == ["адрес: дом 1"]
    assert (await seen(house, address)).edited_at is not None


async def test_a_place_that_moves_is_followed_and_opens_nothing(house: House) -> None:
    await house.comes("42.8, 74.6", "moved", name="1")
    assert await house.count("contact") == 0
    await talking(house)
    await house.comes("42.8, 74.6", "location", name="11")
    await house.comes("42.9, 74.7", "moved", name="11")
    await house.comes("42.9, 74.7", "moved", name="12")
    assert [m.text for m in await said(house)] == ["вопрос", "42.9, 74.7"]


async def test_an_answer_to_one_message_is_shown_with_it_and_sent_with_it(house: House) -> None:
    await talking(house)
    contact = await house.contact()
    question = (await said(house))[0]
    asked = await house.chat.send(ANA, contact.id, "c1", "Где вы?", reply_to=question.id)
    await house.work(now=True)
    await house.comes("В Москве", name="11", reply_to=f"{asked.id}.0")
    await house.comes("и ещё", name="12", reply_to="никто")
    assert house.telegram.sent[-1].reply_to == "10"
    assert asked.reply is not None
    assert (asked.reply.id, asked.reply.text) == (question.id, "вопрос")
    answer, other = (await said(house))[-2:]
    assert answer.reply is not None
    assert answer.reply.text == "Где вы?"
    assert other.reply is None


async def test_nobody_answers_a_message_of_another_conversation(house: House) -> None:
    await talking(house)
    mine = await house.contact()
    await house.comes("чужое", address="777", name="10")
    foreign = (await house.all_messages((await house.contact()).id))[0]
    with pytest.raises(NotFound):
        await house.chat.send(ANA, mine.id, "c1", "слова", reply_to=foreign.id)


async def test_an_operator_corrects_what_they_sent(house: House) -> None:
    await talking(house)
    message = await sent(house)
    await house.editing.edit(ANA, message.id, "Позвоните по номеру 102")
    waiting = await seen(house, message)
    assert (waiting.text, waiting.edit_state) == ("Позвоните по номеру 102", "queued")
    await house.work(now=True)
    assert house.telegram.edits == [("555000156", f"{message.id}.0", "Позвоните по номеру 102")]
    assert (await seen(house, message)).edit_state is None
    assert await earlier(house, message) == ["Позвоните по номеру 103"]
    assert len(house.telegram.sent) == 1


async def test_a_correction_may_be_repeated_and_the_newest_one_arrives(house: House) -> None:
    await talking(house)
    message = await sent(house)
    house.telegram.failures = [OutcomeUnknown()]
    await house.editing.edit(ANA, message.id, "раз")
    await house.work(now=False)
    await house.editing.edit(ANA, message.id, "два")
    await house.work(now=True)
    assert house.telegram.edits[-1][2] == "два"
    assert (await seen(house, message)).edit_state is None


async def test_a_correction_that_cannot_arrive_is_said(house: House) -> None:
    await talking(house)
    message = await sent(house)
    house.telegram.failures = [DeliveryError("gone", permanent=True)]
    await house.editing.edit(ANA, message.id, "иначе")
    await house.work(now=True)
    found = await seen(house, message)
    assert (found.edit_state, found.edit_error) == ("failed", "gone")
    assert found.state is MessageState.SENT


async def test_only_ones_own_message_that_they_have_can_be_changed(house: House) -> None:
    await talking(house)
    contact = await house.contact()
    message = await house.chat.send(ANA, contact.id, "c1", "слова")
    with pytest.raises(Conflict, match="message-not-sent"):
        await house.editing.edit(ANA, message.id, "другие")
    await house.work(now=True)
    for actor, number in ((BORIS, message.id), (VERA, message.id), (ANA, message.id - 1)):
        with pytest.raises(NotFound):
            await house.editing.edit(actor, number, "другие")
    async with house.db.uow() as uow:
        await uow.execute("update message_part set total = 2 where message_id = $1", message.id)
    with pytest.raises(Conflict, match="message-fixed"):
        await house.editing.edit(ANA, message.id, "другие")
    await house.chat.close(ANA, contact.id)
    with pytest.raises(Conflict, match="chat-not-open"):
        await house.editing.edit(ANA, message.id, "другие")


async def test_a_note_is_for_colleagues_and_never_delivered(house: House) -> None:
    """CHAT-7."""
    await talking(house)
    contact = await house.contact()
    note = await house.chat.note(ANA, contact.id, "n1", "Голос в трубке был мужской")
    again = await house.chat.note(ANA, contact.id, "n1", "Голос в трубке был мужской")
    stored = (await house.all_messages(contact.id))[-1]
    assert (note.id, note.kind, stored.text) == (again.id, "note", "Голос в трубке был мужской")
    # Even a job that names it sends nothing.
    async with house.db.uow() as uow:
        uow.enqueue("chat.deliver", {"message_id": note.id}, lane="x")
    await house.work(now=True)
    assert house.telegram.sent == []
    with pytest.raises(Conflict):
        await house.chat.decide(ANA, note.id, "resend")
    for other in (BORIS, VERA):
        with pytest.raises(Forbidden):
            await house.chat.note(other, contact.id, "n2", "слова")
    assert await house.count("message_part") == 2


async def test_writing_is_shown_seldom_and_stands_in_nobodys_way(house: House) -> None:
    """CHAT-10, on our side."""
    await talking(house)
    contact = await house.contact()
    house.telegram.failures = [DeliveryError("slow-down", permanent=False, retry_after_s=60)]
    for _ in range(5):
        await house.attention.typing(ANA, contact.id)
    assert await house.count("job where kind = 'chat.typing'") == 1
    await house.chat.send(ANA, contact.id, "c1", "слова")
    assert await house.work() == []
    assert [o.text for o in house.telegram.sent] == ["слова"]
    await house.attention.typing(ANA, contact.id)
    async with house.db.uow() as uow:
        await uow.execute(
            "update job set payload = jsonb_set(payload, '{until}', '0') where kind = 'chat.typing'"
        )
    await house.work()
    assert house.telegram.typed == []
    async with house.db.uow() as uow:
        await uow.execute("update conversation set typing_at = now() - $1::interval", _LONG_AGO)
    await house.attention.typing(ANA, contact.id)
    await house.work()
    assert house.telegram.typed == ["555000156"]
    with pytest.raises(Forbidden):
        await house.attention.typing(BORIS, contact.id)


_LONG_AGO = timedelta(seconds=10)
