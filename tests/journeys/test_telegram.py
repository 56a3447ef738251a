"""Chats in Telegram: from the first button or word to the last answer, in order and never mixed."""

import asyncio
from uuid import UUID

from hotline.kernel.languages import LANGS, Lang
from hotline.simulator import Fault, TelegramPerson
from tests.desk import Desk
from tests.town import Json, Town, eventually

ASKER = 612345789
OTHERS = (623456790, 634567801)
WORDS = "Здравствуйте, мне третий месяц не платят"


async def test_buttons_lead_to_the_queue_in_every_language(town: Town) -> None:
    people = {lang: town.world.telegram_person(ASKER + n) for n, lang in enumerate(LANGS)}
    for person in people.values():
        await person.start()
    await asyncio.gather(*(_chooses(town, person, lang) for lang, person in people.items()))
    for contact in await town.rows("select id from contact"):
        await town.over(contact["id"], "abandoned")


async def _chooses(town: Town, person: TelegramPerson, lang: Lang) -> None:
    texts = town.ground.texts
    name = texts.t(lang, "bot-language")
    greeting = await person.wait_for(texts.t(lang, "bot-choose-language"))
    assert name in person.buttons()
    await person.press(name)
    await person.wait_for(texts.t(lang, "bot-topic"))
    assert texts.t(lang, "bot-topic-abroad") in person.buttons()
    assert texts.t(lang, "bot-notice") in person.inbox[-1]
    await person.press(texts.t(lang, "bot-topic-wages"))
    await person.wait_for(texts.t(lang, "bot-wait"))
    waits = "select 1 from contact where language = $1 and topic = 'wages' and state = 'waiting'"
    assert await town.rows(waits, lang)

    async def used_up() -> bool:
        return "reply_markup" not in greeting.content

    await eventually(used_up)
    await person.text("/stop")
    await person.wait_for(texts.t(lang, "bot-stopped"))


async def test_free_words_go_to_a_person_at_once(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-got-text"))
    card = await town.card(ana, contact, "talking")
    assert (card["channel"], card["language"], card["unread"]) == ("telegram", "ru", 1)
    assert (await town.thread(ana, contact))[0]["text"] == WORDS
    assert (await town.card(ana, contact, "talking"))["unread"] == 0

    answer = "Расскажите, пожалуйста, кто ваш работодатель"
    sent = await town.write(ana, contact, answer)
    await person.wait_for(answer)
    await town.message(ana, sent, "sent")
    await town.chat_over(ana, contact)
    await person.wait_for(town.ground.texts.t("ru", "bot-ended"))
    assert await town.timeline(contact) == [
        "opened",
        "answered",
        "waiting",
        "offered",
        "reserved",
        "talking",
        "talk_ended",
        "closed",
    ]


async def test_words_keep_their_order_in_both_directions(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    town.world.faults.arm(Fault.TELEGRAM_DUPLICATE, times=5, every=2)
    written = [f"Это {n} сообщение подряд" for n in range(12)]
    for words in written:
        await person.text(words)
    contact = await town.chatting(ana)
    await _count(town, contact, ana, len(written))
    assert await _said(town, contact, ana) == written
    answers = [f"Это {n} ответ оператора" for n in range(3)]
    for words in answers:
        await town.write(ana, contact, words)
    await person.wait_for(answers[-1])
    assert [text for text in person.inbox if text in answers] == answers
    await town.chat_over(ana, contact)


async def test_chats_of_one_operator_never_mix(town: Town) -> None:
    ana = await town.on_shift("ana")
    people = [town.world.telegram_person(user) for user in (ASKER, *OTHERS)]
    contacts: dict[str, TelegramPerson] = {}
    for n, person in enumerate(people):
        await person.text(f"Я пишу впервые под номером {n}")
    for _ in people:
        contact = await town.chatting(ana)
        said = (await _said(town, contact, ana))[0]
        contacts[contact] = people[int(said[-1])]
    assert len(set(contacts.values())) == len(people)
    for contact, person in contacts.items():
        await town.write(ana, contact, f"Ответ для {people.index(person)} номера")
    for contact, person in contacts.items():
        number = people.index(person)
        await person.wait_for(f"Ответ для {number} номера")
        await person.text(f"Спасибо вам от {number} номера")
        await _count(town, contact, ana, 2)
    for contact, person in contacts.items():
        number = people.index(person)
        assert await _said(town, contact, ana) == [
            f"Я пишу впервые под номером {number}",
            f"Спасибо вам от {number} номера",
        ]
        answers = [text for text in person.inbox if text.startswith("Ответ для")]
        assert answers == [f"Ответ для {number} номера"]
    for contact in contacts:
        await town.chat_over(ana, contact)


async def test_what_is_not_words_is_kept_as_its_kind_and_acknowledged_once(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.photo(b"\xff\xd8 not really a photo", caption="Вот мой паспорт и виза")
    await person.voice(b"OggS not really a voice")
    await person.sticker("🙏")
    await person.contact("+996555123456")
    await person.document(b"%PDF", "договор о работе.pdf")
    contact = await town.chatting(ana)
    await _count(town, contact, ana, 5)
    thread = [m for m in await town.thread(ana, contact) if m["from"] == "caller"]
    assert [m["kind"] for m in thread] == ["photo", "voice", "sticker", "contact", "document"]
    assert thread[0]["text"] == "Вот мой паспорт и виза"
    texts = town.ground.texts
    await person.wait_for(texts.t("ru", "bot-kept-photo"))
    await town.write(ana, contact, "Вижу, что вы прислали фото")
    await person.wait_for("Вижу, что вы прислали фото")
    kinds = ("photo", "voice", "sticker", "contact", "document", "other")
    kept = {texts.t("ru", f"bot-kept-{kind}") for kind in kinds}
    assert [text for text in person.inbox if text in kept] == [texts.t("ru", "bot-kept-photo")]
    await town.chat_over(ana, contact)


async def test_an_edit_on_either_side_changes_the_message_and_keeps_its_words(
    town: Town,
) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    first = await person.text(WORDS)
    contact = await town.chatting(ana)
    changed = "Нет, уже четвёртый месяц не платят"
    await person.edit(first.message_id, changed)

    async def edited() -> Json | None:
        thread = await town.thread(ana, contact)
        return next((m for m in thread if m["text"] == changed), None)

    heard = await eventually(edited)
    before = (await ana.get(f"/api/messages/{heard['id']}/revisions"))["revisions"]
    assert [one["text"] for one in before] == [WORDS]
    assert (await _said(town, contact, ana)) == [changed]

    answer = {"client_id": "r", "text": "Кто ваш работодатель", "reply_to": heard["id"]}
    asked = (await ana.post(f"/api/chats/{contact}/messages", answer))["message"]
    assert asked["reply"]["text"] == changed
    await person.wait_for("Кто ваш работодатель")

    sent = await town.write(ana, contact, "Запишите телефон: 0312 000 189")
    await town.message(ana, sent, "sent")
    await ana.post(f"/api/chats/{contact}/notes", {"client_id": "n", "text": "Говорит шёпотом"})
    correct = "Запишите телефон: 0312 000 190"
    await ana.post(f"/api/messages/{sent['id']}/edit", {"text": correct})

    async def corrected() -> bool:
        return correct in person.inbox

    await eventually(corrected)
    await ana.post(f"/api/chats/{contact}/typing", {})
    action = await town.world.journal.wait_for("telegram.action", chat=ASKER)
    assert action["action"] == "typing"
    assert [text for text in person.inbox if "шёпотом" in text or "189" in text] == []
    await town.chat_over(ana, contact)


async def test_a_person_who_cannot_be_written_to_is_shown_at_the_desk(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-operator-joined"))
    person.chat.blocked = True  # and Telegram has not told us

    sent = await town.write(ana, contact, "Скажите, вы в безопасности сейчас")

    failed = await town.message(ana, sent, "failed")
    assert failed["error"] == "blocked"
    await town.chat_over(ana, contact)


async def test_a_person_who_blocks_the_bot_has_left(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-operator-joined"))
    seen = len(person.inbox)

    await person.block()

    await town.card(ana, contact, "wrap_up")
    body = {"client_id": "late", "text": "Вы ещё здесь или ушли"}
    status, said = await ana.refused("POST", f"/api/chats/{contact}/messages", body)
    assert (status, said["error"]) == (409, "chat-not-open")
    await town.written_up(ana, contact)
    assert len(person.inbox) == seen


async def test_too_many_requests_hold_up_one_chat_only(town: Town) -> None:
    ana = await town.on_shift("ana")
    slow, quick = town.world.telegram_person(ASKER), town.world.telegram_person(OTHERS[0])
    contacts = []
    for person in (slow, quick):
        await person.text(WORDS)
        contacts.append(await town.chatting(ana))
        await person.wait_for(town.ground.texts.t("ru", "bot-operator-joined"))
    town.world.faults.retry_after_s = 2
    town.world.faults.arm(Fault.TELEGRAM_429)

    held = await town.write(ana, contacts[0], "Этот ответ задержится ненадолго")
    await town.until("select 1 from job where kind = 'chat.deliver' and last_error = 'later'")
    await town.until("select 1 from message where id = $1 and state = 'queued'", held["id"])
    went = await town.write(ana, contacts[1], "Этот ответ пойдёт сразу же")

    await quick.wait_for("Этот ответ пойдёт сразу же")
    assert not [text for text in slow.inbox if text.startswith("Этот ответ")]
    await slow.wait_for("Этот ответ задержится ненадолго")
    for sent in (held, went):
        await town.message(ana, sent, "sent")
    assert [t for t in slow.inbox if t.startswith("Этот ответ")] == [held["text"]]
    for contact in contacts:
        await town.chat_over(ana, contact)


async def test_a_message_whose_fate_is_unknown_is_decided_by_a_person(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-operator-joined"))
    town.world.faults.arm(Fault.TELEGRAM_500, times=2)

    again = await town.write(ana, contact, "Позвоните в полицию, номер ниже")
    given_up = await town.write(ana, contact, "Это уже не нужно отправлять")
    for sent in (again, given_up):
        unknown = await town.message(ana, sent, "unknown")
        assert unknown["error"] == "outcome-unknown"
    assert not [text for text in person.inbox if "полицию" in text]

    await ana.post(f"/api/messages/{given_up['id']}/decide", {"action": "drop"})
    await ana.post(f"/api/messages/{again['id']}/decide", {"action": "resend"})
    await person.wait_for("Позвоните в полицию")
    await town.message(ana, again, "sent")
    assert (await town.message(ana, given_up, "failed"))["error"] == "dropped"
    status, said = await ana.refused(
        "POST", f"/api/messages/{given_up['id']}/decide", {"action": "drop"}
    )
    assert (status, said["error"]) == (409, "message-decided")
    assert not [text for text in person.inbox if text == given_up["text"]]
    await town.chat_over(ana, contact)


async def test_a_message_sent_twice_from_the_desk_is_one(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    body = {"client_id": "the-same", "text": "Один ответ на два нажатия"}
    sent = [(await ana.post(f"/api/chats/{contact}/messages", body))["message"] for _ in range(2)]
    assert sent[0]["id"] == sent[1]["id"]
    await person.wait_for(body["text"])
    await town.message(ana, sent[0], "sent")
    await town.chat_over(ana, contact)
    await person.wait_for(town.ground.texts.t("ru", "bot-ended"))
    assert [text for text in person.inbox if text == body["text"]] == [body["text"]]


async def test_words_after_the_end_open_a_new_contact(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    first = await town.chatting(ana)
    await town.chat_over(ana, first)
    await person.wait_for(town.ground.texts.t("ru", "bot-ended"))

    await person.text("Забыл спросить ещё об одном")

    offer = await town.offer(ana)
    assert offer["contact_id"] != first
    assert offer["history_count"] == 1
    second = await town.chatting(ana)
    assert await _said(town, second, ana) == ["Забыл спросить ещё об одном"]
    page = await ana.get(f"/api/contacts/{second}")
    assert [one["id"] for one in page["history"]] == [first]
    await town.chat_over(ana, second)


async def test_who_is_answered_by_nobody_goes_to_somebody_else(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    contact = await town.chatting(ana)
    boris = await town.on_shift("boris")
    await town.rows(
        "update conversation set unanswered_since = now() - interval '10 minutes'"
        " where contact_id = $1 returning 1",
        UUID(contact),
    )
    await person.wait_for(town.ground.texts.t("ru", "bot-requeued"))
    assert await town.chatting(boris) == contact
    body = {"client_id": "late", "text": "Извините, отходил"}
    status, _ = await ana.refused("POST", f"/api/chats/{contact}/messages", body)
    assert status == 404
    card = await town.card(boris, contact, "talking")
    assert card["chat"]["state"] == "waiting_us"
    await town.write(boris, contact, "Здравствуйте, теперь с вами я")
    await person.wait_for("Здравствуйте, теперь с вами я")
    assert (await town.card(boris, contact, "talking"))["chat"]["state"] == "waiting_caller"
    await town.chat_over(boris, contact)


async def test_one_person_on_two_channels_is_linked_by_staff_alone(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text(WORDS)
    first = await town.chatting(ana)
    code = (await ana.post(f"/api/contacts/{first}/link-code", {}))["code"]
    elsewhere = town.world.sms("+996555123456")
    async with ana.live() as socket:
        await elsewhere.send(code.lower())
        await elsewhere.wait_for(town.ground.texts.t("ru", "bot-sms-code-kept"))
        await socket.wait("contact.links", lambda event: event["contact_id"] == first)

    path = f"/api/contacts/{first}/links"
    (link,) = (await ana.get(path))["links"]
    assert (link["state"], link["channel"]) == ("suggested", "sms")
    assert (await ana.get(f"/api/contacts/{first}"))["history"] == []
    await ana.post(f"/api/links/{link['id']}/decide", {"answer": "same"})
    (other,) = (await ana.get(f"/api/contacts/{first}"))["history"]
    page = await ana.get(f"/api/chats/{first}/earlier/{other['id']}")
    assert page["messages"][0]["text"] == code.lower()
    await town.audited(ana, "staff:message:read", other["id"])
    await ana.post(f"/api/links/{link['id']}/decide", {"answer": "undo"})
    assert (await ana.get(f"/api/contacts/{first}"))["history"] == []
    said = " ".join([*person.inbox, *elsewhere.inbox])
    assert code not in said
    assert WORDS not in " ".join(elsewhere.inbox)
    await elsewhere.send("Это я, пишу с другого телефона")
    assert await town.chatting(ana) == other["id"]
    for contact in (first, other["id"]):
        await town.chat_over(ana, contact)


async def _said(town: Town, contact: str, desk: Desk) -> list[str]:
    """What the caller wrote, as the desk shows it."""
    thread = await town.thread(desk, contact)
    return [message["text"] for message in thread if message["from"] == "caller"]


async def _count(town: Town, contact: str, desk: Desk, number: int) -> None:
    """Wait until the desk has so many messages of the caller."""

    async def there() -> bool:
        return len(await _said(town, contact, desk)) >= number

    await eventually(there)
