"""Where anybody may hold the telephone: words that stop, safe hours, silence, the thread before."""

from datetime import timedelta

import pytest

from hotline.audit.tags import Tag
from hotline.chat import store
from hotline.chat.model import ChatRules, Message, MessageState
from hotline.contacts.model import ContactState
from hotline.contacts.safety import Safety, Window
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from hotline.kernel.errors import Conflict, Forbidden
from tests.builders import ANA, BORIS
from tests.service.chat.house import House

NUMBER = "+996555123456"


async def texts(house: House, text: str | None, kind: str = "text") -> bool:
    return await house.comes(text, kind, channel="sms", address=NUMBER)  # type: ignore[arg-type]


async def timeline(house: House) -> list[str]:
    contact = await house.contact()
    async with house.db.uow() as uow:
        return [entry.kind for entry in await house.contacts.timeline(uow, contact.id)]


async def thread(house: House) -> list[Message]:
    return await house.all_messages((await house.contact()).id)


async def test_a_word_alone_is_enough_and_opens_nothing(house: House) -> None:
    await texts(house, "СТОП", "stop")
    assert await house.count("contact") == 0
    assert await house.count("caller_opt_out") == 1

    await texts(house, "стоп, меня заперли, помогите")
    await house.work()
    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    assert contact.danger
    assert house.sms.sent == []
    assert {m.error for m in await thread(house) if m.author == "bot"} == {"asked-to-stop"}


async def test_in_an_open_conversation_a_person_sees_it_and_is_asked_before_an_answer(
    house: House,
) -> None:
    await texts(house, "вопрос")
    await texts(house, "стоп", "stop")
    contact = await house.taken_by(ANA)
    assert contact.state is ContactState.TALKING
    assert [(m.kind, m.text) for m in await thread(house) if m.author == "caller"] == [
        ("text", "вопрос"),
        ("stop", "стоп"),
    ]
    with pytest.raises(Conflict, match="asked-to-stop"):
        await house.chat.send(ANA, contact.id, "a", "Можно вам писать?")
    sent = await house.chat.send(ANA, contact.id, "a", "Можно вам писать?", sure=True)
    async with house.db.uow() as uow:
        await uow.execute("update message set state = 'unknown' where id = $1", sent.id)
    with pytest.raises(Conflict, match="asked-to-stop"):
        await house.chat.decide(ANA, sent.id, "resend")
    async with house.db.uow() as uow:
        await uow.execute("update message set state = 'queued' where id = $1", sent.id)
    await house.chat.close(ANA, contact.id)
    await house.work()
    assert [one.text for one in house.sms.sent] == ["Можно вам писать?"]
    kinds = await timeline(house)
    assert "asked_to_stop" in kinds
    assert "sent_unsafe" in kinds


async def test_it_is_taken_back_by_a_word_that_reaches_a_person_too(house: House) -> None:
    await texts(house, "стоп", "stop")
    await texts(house, "старт", "resume")
    await house.work()
    assert (await house.contact()).state is ContactState.WAITING
    assert await house.count("caller_opt_out") == 0
    assert house.sms.sent
    assert "asked_to_resume" in await timeline(house)


async def shut_until(house: House, hours: int) -> None:
    """The caller's hours begin only then."""
    contact = await house.taken_by(ANA)
    begin = (SystemClock().now() + timedelta(hours=hours)).hour * 60
    daily = Window(frozenset(range(7)), begin, (begin + 60) % 1440)
    await house.safe.write(ANA, contact.id, 0, Safety(zone="Asia/Bishkek", windows=(daily,)))
    await house.chat.close(ANA, contact.id)
    await house.work(now=True)
    house.sms.sent.clear()


async def test_what_is_automatic_waits_for_the_safe_hours(house: House) -> None:
    await texts(house, "вопрос")
    await shut_until(house, 12)
    await texts(house, "ещё вопрос")
    await house.work()
    assert house.sms.sent == []
    async with house.db.uow() as uow:
        held = await uow.fetchrow(
            "select run_at > now() as later from job where kind = $1", "chat.release"
        )
        await uow.execute("delete from caller_safety")
        await uow.execute("update job set run_at = now() where kind = 'chat.release'")
    assert held is not None
    assert held["later"]
    await house.work()
    assert len(house.sms.sent) == 1


async def test_what_was_held_is_dropped_once_somebody_has_answered(house: House) -> None:
    await texts(house, "вопрос")
    await shut_until(house, 12)
    await texts(house, "ещё вопрос")
    await house.work()
    contact = await house.taken_by(ANA)
    await house.chat.send(ANA, contact.id, "a", "Ответ человека")
    await house.work()
    assert [one.text for one in house.sms.sent] == ["Ответ человека"]
    async with house.db.uow() as uow:
        await uow.execute("update job set run_at = now() where kind = 'chat.release'")
    await house.work()
    assert len(house.sms.sent) == 1
    assert {m.state for m in await thread(house) if m.author == "bot"} == {MessageState.FAILED}


async def test_after_a_day_of_silence_the_number_is_a_new_contact(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=ChatRules(session=timedelta(0), settle=timedelta(0)))
    await texts(house, "первый")
    await texts(house, "первый ещё ждёт")
    first = await house.taken_by(ANA)
    await texts(house, "совсем другое")
    await house.work()
    second = await house.contact()
    assert second.id != first.id
    async with house.db.uow() as uow:
        assert (await house.contacts.get(uow, first.id)).state is ContactState.WRAP_UP
        found = await store.get(uow, second.id)
    assert found is not None
    assert found.reopens is None  # perhaps somebody else: it does not go on from that talk
    assert [m.text for m in await house.all_messages(first.id) if m.author == "caller"] == [
        "первый",
        "первый ещё ждёт",
    ]


async def test_the_conversation_before_is_shown_to_who_asks_and_the_reading_is_on_record(
    house: House,
) -> None:
    await texts(house, "тайное прежнее")
    first = await house.taken_by(BORIS)
    await house.chat.close(BORIS, first.id)
    await texts(house, "новое")
    second = await house.taken_by(ANA)
    page, _ = await house.chat.messages(ANA, second.id)
    assert "тайное прежнее" not in {m.text for m in page}
    with pytest.raises(Forbidden):
        await house.chat.earlier(BORIS, second.id, first.id, before=None, limit=60)

    found, _ = await house.chat.earlier(ANA, second.id, first.id, before=None, limit=60)

    assert "тайное прежнее" in {m.text for m in found}
    async with house.db.uow() as uow:
        assert await uow.fetchval(
            "select count(*) from audit_row where actor_id = $1 and tag = $2 and object_id = $3",
            ANA.staff_id,
            Tag.MESSAGE_READ,
            str(first.id),
        )
