"""What callers send: kept once, in order, and answered by the intake."""

import asyncio
from datetime import UTC, datetime

import pytest

from hotline.chat.model import Author
from hotline.contacts.model import Channel, ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import ANA
from tests.service.chat.house import PERSON, SHUT, House


async def test_a_caller_goes_through_the_questions_into_the_queue(house: House) -> None:
    await house.comes("start", "command")
    await house.presses("language.ky")
    await house.presses("topic.wages")
    await house.work()

    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    assert (contact.language, contact.topic) == ("ky", "wages")
    assert await house.count("queue_entry") == 1
    asked, noticed, waiting = house.telegram.sent
    assert [b.id for b in asked.buttons][:4] == [
        "language.ky",
        "language.ru",
        "language.uz",
        "language.en",
    ]
    assert asked.buttons[0].text == house.catalogue.t("ky", "bot-language")
    assert house.catalogue.t("ky", "bot-topic") in noticed.text
    assert waiting.text == house.catalogue.t("ky", "bot-wait")
    assert {o.address for o in house.telegram.sent} == {PERSON}
    said = [m.text for m in await house.all_messages(contact.id) if m.author is Author.CALLER]
    assert said == ["/start", "Кыргызча", house.catalogue.t("ky", "bot-topic-wages")]


async def test_a_repeated_event_changes_nothing(house: House) -> None:
    assert await house.comes("Салам", event_id="t:77")
    before = [await house.count(t) for t in ("contact", "message", "job")]
    assert not await house.comes("Салам", event_id="t:77")
    assert [await house.count(t) for t in ("contact", "message", "job")] == before


async def test_two_first_messages_at_once_open_one_contact(house: House) -> None:
    await asyncio.gather(*(house.comes(f"сообщение {n}") for n in range(6)))
    assert await house.count("contact") == 1
    contact = await house.contact()
    texts = [m.text for m in await house.all_messages(contact.id) if m.author is Author.CALLER]
    assert sorted(map(str, texts)) == [f"сообщение {n}" for n in range(6)]


async def test_the_same_event_delivered_twice_at_once_is_taken_once(house: House) -> None:
    taken = await asyncio.gather(*(house.comes("раз", event_id="t:5") for _ in range(4)))
    assert sorted(taken) == [False, False, False, True]
    assert await house.count("contact") == 1


async def test_free_text_goes_to_a_person_and_is_kept(house: House) -> None:
    await house.comes("Мне не платят зарплату третий месяц")
    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    assert contact.language == "ru"
    messages = await house.all_messages(contact.id)
    assert messages[0].text == "Мне не платят зарплату третий месяц"
    assert house.catalogue.t("ru", "bot-got-text") in str(messages[1].text)


async def test_a_language_read_out_of_the_words_is_for_this_talk_a_chosen_one_for_the_next_too(
    house: House,
) -> None:
    await house.comes("Салам, суроо бар")
    guessed = await house.contact()
    await house.comes("stop", "command")
    await house.comes("start", "command")
    asked = await house.contact()
    await house.presses("language.uz")
    await house.comes("stop", "command")
    await house.comes("start", "command")

    assert (guessed.language, asked.language) == ("ky", None)
    assert (await house.contact()).language == "uz"


async def test_who_phones_and_writes_from_one_number_is_one_caller(house: House) -> None:
    number = "+996555123456"
    async with house.db.uow() as uow:
        call = await house.contacts.open(
            uow, Channel.VOICE, "189", address=number, source=number, masked="+996 555 ··· ·56"
        )
        await house.contacts.remember_language(uow, call, "uz")

    await house.comes("42", channel="sms", address=number)
    written = await house.contact()
    await house.comes("42", address=number)
    elsewhere = await house.contact()

    assert (written.caller_id, written.language) == (call.caller_id, "uz")
    async with house.db.uow() as uow:
        (earlier,) = await house.contacts.earlier(uow, written)
    assert earlier.id == call.id
    assert elsewhere.caller_id != call.caller_id


async def test_texts_and_addresses_are_sealed(house: House) -> None:
    await house.comes("секретные слова")
    async with house.db.uow() as uow:
        sealed = [
            *[bytes(r[0]) for r in await uow.fetch("select body_sealed from message")],
            *[bytes(r[0]) for r in await uow.fetch("select address_sealed from conversation")],
        ]
        jobs = str([dict(r) for r in await uow.fetch("select lane, payload, key from job")])
    assert len(sealed) == 3
    assert not any("секретные".encode() in s or PERSON.encode() in s for s in sealed)
    assert PERSON not in jobs
    assert "секретные" not in jobs


@pytest.mark.parametrize(
    "text", ["\x00ноль\x00", "\ud83d половина", "\u202eнаоборот", "x" * 20_000, "\x1b[31m"]
)
async def test_strange_words_are_kept_as_far_as_they_can_be(house: House, text: str) -> None:
    await house.comes(text)
    contact = await house.contact()
    kept = str((await house.all_messages(contact.id))[0].text)
    assert kept.strip("\ufffd")
    assert "\x00" not in kept
    assert len(kept) <= 16_000


async def test_the_longest_message_a_messenger_delivers_is_kept_to_its_end(house: House) -> None:
    text = "я" * 4090 + " адрес"
    await house.comes(text)
    contact = await house.contact()
    assert (await house.all_messages(contact.id))[0].text == text


async def test_other_kinds_are_kept_as_a_note_and_politely_answered_once(house: House) -> None:
    await house.comes("подпись", "photo")
    await house.comes(None, "voice")
    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    messages = await house.all_messages(contact.id)
    assert [(m.kind, m.text) for m in messages if m.author is Author.CALLER] == [
        ("photo", "подпись"),
        ("voice", None),
    ]
    polite = house.catalogue.t("ru", "bot-kept-photo")
    voice = house.catalogue.t("ru", "bot-kept-voice")
    said = [m.text for m in messages if m.author is Author.BOT]
    assert said.count(polite) == 1
    assert voice not in said


async def test_danger_words_while_waiting_move_the_caller_forward(house: House) -> None:
    await house.comes("у меня вопрос")
    before = await house.contact()
    await house.comes("нас заперли и забрали паспорт, помогите")
    after = await house.contact()
    assert not before.danger
    assert after.danger
    assert after.priority > before.priority
    async with house.db.uow() as uow:
        row = await uow.fetchrow("select danger, priority from queue_entry")
    assert row is not None
    assert (row["danger"], row["priority"]) == (True, after.priority)


async def test_out_of_hours_is_said_and_the_words_wait(db: Database, vault: Vault) -> None:
    house = House(db, vault, hours=SHUT)
    await house.comes("Здравствуйте, у меня вопрос по паспорту")
    contact = await house.contact()
    said = [m.text for m in await house.all_messages(contact.id) if m.author is Author.BOT]
    assert said == [house.catalogue.t("ru", "bot-closed", opens="…")]
    assert contact.state is ContactState.WAITING


async def test_no_bot_speaks_into_a_talk_but_to_say_once_that_only_words_can_be_read(
    house: House,
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    before = len(await house.all_messages(contact.id))
    await house.comes("а ещё меня бьют")
    await house.comes(None, "sticker")
    await house.presses("danger")
    await house.comes(None, "voice")
    messages = (await house.all_messages(contact.id))[before:]
    said = [m.text for m in messages if m.author is Author.BOT]
    assert said == [house.catalogue.t("ru", "bot-kept-sticker")]
    assert len(messages) == 5


async def test_stop_ends_it_and_is_confirmed(house: House) -> None:
    await house.comes("вопрос")
    await house.comes("stop", "command")
    contact = await house.contact()
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    last = (await house.all_messages(contact.id))[-1]
    assert last.text == house.catalogue.t("ru", "bot-stopped")


async def test_who_blocks_us_gets_nothing_more(house: House) -> None:
    await house.comes("вопрос")
    before = await house.count("message")
    await house.comes(None, "left")
    contact = await house.contact()
    assert contact.state is ContactState.CLOSED
    assert await house.count("message") == before


async def test_a_late_notice_of_leaving_ends_nothing_that_was_said_since(house: House) -> None:
    before, blocked, after = (datetime(2026, 3, 1, 12, minute, tzinfo=UTC) for minute in (0, 1, 2))
    await house.comes("вопрос", at=before)
    await house.comes("я снова здесь, помогите", at=after)
    await house.comes(None, "left", at=blocked)
    await house.comes("stop", "command", at=blocked)
    assert (await house.contact()).state is ContactState.WAITING
    await house.comes(None, "left", at=after)
    assert (await house.contact()).state is ContactState.CLOSED


async def test_leaving_without_having_been_here_opens_nothing(house: House) -> None:
    await house.comes(None, "left")
    await house.comes("stop", "command")
    assert await house.count("contact") == 0


async def test_a_message_after_the_end_opens_a_new_contact_in_the_same_language(
    house: House,
) -> None:
    await house.comes("start", "command")
    await house.presses("language.uz")
    await house.comes("salom")
    first = await house.taken_by(ANA)
    await house.chat.close(ANA, first.id)
    await house.comes("start", "command")
    second = await house.contact()
    assert second.id != first.id
    assert second.language == "uz"
    assert second.caller_id == first.caller_id
    notice = str((await house.all_messages(second.id))[-1].text)
    assert house.catalogue.t("uz", "bot-topic") in notice


async def test_the_urgent_button_of_an_old_message_still_works(house: House) -> None:
    await house.comes("вопрос")
    await house.comes("stop", "command")
    await house.presses("danger")
    contact = await house.contact()
    assert contact.danger
    assert contact.state is ContactState.WAITING


async def test_commands_show_again_what_was_asked_without_counting_as_a_try(house: House) -> None:
    for _ in range(6):
        await house.comes("start", "command")
    contact = await house.contact()
    assert contact.state is ContactState.INTAKE
    await house.comes("help", "command")
    messages = await house.all_messages(contact.id)
    assert messages[-1].text == house.catalogue.t("ru", "bot-help")


async def test_an_edited_message_is_kept_and_answers_nothing(house: House) -> None:
    await house.comes("start", "command")
    step = (await house.contact()).intake
    await house.comes("исправлено", "edited")
    contact = await house.contact()
    assert contact.intake == step
    assert (await house.all_messages(contact.id))[-1].kind == "edited"


async def test_an_unanswered_question_ends_after_a_day(house: House) -> None:
    await house.comes("start", "command")
    assert await house.work(now=True, idle=True) == ["Later"]
    async with house.db.uow() as uow:
        await uow.execute("update conversation set last_at = now() - interval '25 hours'")
    assert await house.work(now=True, idle=True) == []
    contact = await house.contact()
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.LEFT_IN_INTAKE)
    async with house.db.uow() as uow:
        assert not await uow.fetchval("select open from conversation")


async def test_the_timer_leaves_those_alone_who_went_on(house: House) -> None:
    await house.comes("вопрос")
    async with house.db.uow() as uow:
        await uow.execute("update conversation set last_at = now() - interval '25 hours'")
    await house.work(now=True, idle=True)
    assert (await house.contact()).state is ContactState.WAITING


async def test_a_pressed_button_is_acknowledged_in_the_background(house: House) -> None:
    await house.comes("start", "command")
    await house.presses("language.ru", token="4000000001", pressed_id="12")
    await house.work()
    assert house.telegram.acknowledged == [(PERSON, "4000000001", "12")]


async def test_sms_is_asked_by_number_and_a_bare_number_is_an_answer(house: House) -> None:
    await house.comes("Салам, жардам керек", channel="sms", address="+996555123456")
    await house.comes("3", channel="sms", address="+996555123456")
    await house.work(now=True)
    contact = await house.contact()
    assert contact.language == "uz"
    assert house.sms.sent[-1].text == house.catalogue.t("uz", "bot-sms-language-set")


async def test_what_nobody_acts_on_is_claimed_and_kept_sealed(house: House) -> None:
    assert await house.reception.keep("telegram", "t:9", '{"odd": 1}')
    assert not await house.reception.keep("telegram", "t:9", '{"odd": 1}')
    assert not await house.comes("слова", event_id="t:9")
    async with house.db.uow() as uow:
        sealed = await uow.fetchval("select sealed from inbox")
    assert house.vault.open(sealed, aad="inbox|telegram|t:9") == '{"odd": 1}'
