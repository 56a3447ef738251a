"""Short messages: one question at most, pieces that fit, and every fate shown at the desk."""

import pytest

from hotline.simulator import Fault, SmsPerson
from tests.town import Town, eventually

CALLER = "+996555123456"
OTHER = "+996700987654"
WORDS = "Здравствуйте, мне не отдают трудовой договор"


async def answered(town: Town, person: SmsPerson) -> None:
    """Both parts of the first automatic answer are here."""
    await person.wait_for(town.ground.texts.t("ru", "bot-sms-received"))
    await person.wait_for(town.ground.texts.t("ru", "bot-sms-about", hours="24/7"))


async def test_a_number_sets_the_language_and_words_go_to_a_person(town: Town) -> None:
    texts = town.ground.texts
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    await person.wait_for(texts.t("ru", "bot-sms-received"))
    contact = (await town.until("select id from contact where state = 'waiting'"))[0]["id"]
    await person.send("1")
    await person.wait_for(texts.t("ky", "bot-sms-language-set"))
    queued = await town.rows("select language from queue_entry where contact_id = $1", contact)
    assert queued == [{"language": "ky"}]

    ana = await town.on_shift("ana")
    assert await town.chatting(ana) == str(contact)
    said = [m["text"] for m in await town.thread(ana, str(contact)) if m["from"] == "caller"]
    assert said == [WORDS, "1"]
    answer = "Салам, келишимди сүрөткө тартыңыз"
    sent = await town.write(ana, str(contact), answer)
    await person.wait_for(answer)
    await town.message(ana, sent, "delivered")
    await town.chat_over(ana, str(contact))
    await person.wait_for(texts.t("ky", "bot-sms-ended"))
    assert all(len(text) <= 70 for text in person.inbox)


async def test_a_long_answer_arrives_in_pieces_that_stand_on_their_own(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    contact = await town.chatting(ana)
    answer = (
        "Договор должен быть у вас на руках, это закон. Попросите копию письменно. "
        "Если откажут, запишите число, имя начальника и свидетелей, потом напишите нам."
    )
    sent = await town.write(ana, contact, answer)
    await town.message(ana, sent, "delivered")
    pieces = [text for text in person.inbox if text in answer]
    assert len(pieces) > 2
    assert all(len(piece) <= 70 for piece in pieces)
    assert " ".join(" ".join(pieces).split()) == answer
    await town.chat_over(ana, contact)


async def test_who_opted_out_at_the_carrier_is_shown_as_such(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    contact = await town.chatting(ana)
    await answered(town, person)
    await person.send("END")  # a word of the carrier's own, not of ours

    sent = await town.write(ana, contact, "Вы можете сейчас говорить по телефону")

    assert (await town.message(ana, sent, "failed"))["error"] == "opted-out"
    await town.chat_over(ana, contact)


async def test_what_the_network_did_not_deliver_is_shown_as_failed(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    contact = await town.chatting(ana)
    await answered(town, person)
    town.world.faults.arm(Fault.SMS_UNDELIVERED)
    lost = await town.write(ana, contact, "Этот ответ не дойдёт до вас")
    assert (await town.message(ana, lost, "failed"))["error"] == "phone-off"

    town.world.faults.arm(Fault.SMS_DELIVERED_FIRST)
    sent = await town.write(ana, contact, "А этот дойдёт, хотя отчёты перепутаны")
    await person.wait_for("А этот дойдёт")
    await town.message(ana, sent, "delivered")
    await town.chat_over(ana, contact)


async def test_a_message_lost_sight_of_is_not_sent_again(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    contact = await town.chatting(ana)
    await answered(town, person)
    town.world.faults.arm(Fault.REST_TIMEOUT_AFTER)
    town.unanswered = True

    sent = await town.write(ana, contact, "Отправлено, но ответа перевозчика нет")
    await person.wait_for("Отправлено, но ответа")
    await town.now_due("chat.deliver")

    await town.message(ana, sent, "delivered")
    assert len([text for text in person.inbox if text == sent["text"]]) == 1
    await town.chat_over(ana, contact)


async def test_a_word_of_danger_moves_the_writer_ahead(town: Town) -> None:
    calm, afraid = town.world.sms(CALLER), town.world.sms(OTHER)
    await calm.send(WORDS)
    await town.until("select 1 from contact where state = 'waiting'")
    await afraid.send("Меня заперли и не выпускают из дома")
    await afraid.wait_for(town.ground.texts.t("ru", "bot-sms-wait-danger"))

    ana = await town.on_shift("ana")
    offer = await town.offer(ana)
    assert offer["danger"] is True
    contact = await town.chatting(ana)
    said = [m["text"] for m in await town.thread(ana, contact) if m["from"] == "caller"]
    assert said == ["Меня заперли и не выпускают из дома"]
    await town.chat_over(ana, contact, no_alarm="Соседка уже открыла дверь")
    await town.chat_over(ana, await town.chatting(ana))


async def test_zero_says_that_it_is_urgent(town: Town) -> None:
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    await person.wait_for(town.ground.texts.t("ru", "bot-sms-received"))
    await person.send("0")
    await person.wait_for(town.ground.texts.t("ru", "bot-sms-wait-danger"))
    rows = await town.rows("select c.id, q.danger from contact c join queue_entry q on true")
    assert rows[0]["danger"] is True
    ana = await town.on_shift("ana")
    await town.chat_over(ana, await town.chatting(ana), no_alarm="Помощь уже пришла")


@pytest.mark.parametrize("environ", [{"HOTLINE__SMS__TRANSPORT": "aggregator"}])
async def test_who_asks_to_stop_still_reaches_a_person_and_hears_nothing_automatic(
    town: Town,
) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send("ТОКТОТ")
    await person.send("токтот дедим, бирок мага жардам керек")
    contact = await town.chatting(ana)
    body = {"client_id": "stop-1", "text": "Сизге бул жакка жазсак болобу?"}
    status, said = await ana.refused("POST", f"/api/chats/{contact}/messages", body)
    assert (status, said["error"]) == (409, "asked-to-stop")
    await ana.post(f"/api/chats/{contact}/messages", body | {"sure": True})
    await person.wait_for(body["text"])
    await town.chat_over(ana, contact)
    assert person.inbox == [body["text"]]

    await person.send("Башта")
    again = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-sms-received"))
    before = await ana.get(f"/api/chats/{again}/earlier/{contact}")
    assert [m["text"] for m in before["messages"] if m["from"] == "operator"] == [body["text"]]
    await town.audited(ana, "staff:message:read", contact)
    await town.chat_over(ana, again)


async def test_words_after_the_end_open_a_new_contact(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.sms(CALLER)
    await person.send(WORDS)
    first = await town.chatting(ana)
    await town.chat_over(ana, first)
    await person.send("Спасибо вам большое, всё получилось")
    second = await town.chatting(ana)
    assert second != first
    await town.chat_over(ana, second)


async def test_machines_are_not_answered(town: Town) -> None:
    await town.world.sms("MegaCom").send("Ваш баланс 12 сомов, пополните счёт")
    await town.world.sms("4567").send("Вы выиграли автомобиль, пришлите ответ")

    async def kept() -> bool:
        return len(await town.rows("select 1 from inbox where sealed is not null")) == 2

    await eventually(kept)
    assert not await town.rows("select 1 from contact")
    assert not town.world.journal.find("sms.created", direction="outbound-api")
