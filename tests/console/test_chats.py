"""Chats in a real browser: drafts, sending, what did not arrive, a broken line."""

import asyncio

import pytest
from playwright.async_api import Browser, Route, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.world import CALL, CHAT, SMS, ago, busy_world, ident, message

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_contact_keeps_its_own_drafts(desk: Desk) -> None:
    """DESK-6 and CHAT-4."""
    texts = {CHAT: "Бул Телеграмга", SMS: "Bu SMS uchun"}
    for contact, text in texts.items():
        await desk.contact(contact).click()
        await desk.get("reply").fill(text)
        await desk.get("record-summary").fill(f"note {text}")
    for turn in range(50):
        contact = (CHAT, SMS)[turn % 2]
        await desk.contact(contact).click()
        await expect(desk.get("reply")).to_have_value(texts[contact])
        await expect(desk.get("record-summary")).to_have_value(f"note {texts[contact]}")
    await desk.contact(CALL).click()

    await expect(desk.get("record-summary")).to_have_value("")


async def test_peer_bug_drafts_lost_it_survives_a_reload_and_is_not_readable(desk: Desk) -> None:
    """FORM-4 and FORM-10 for the composer."""
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("купуя сөз")
    read = """() => new Promise((done) => {
      const opening = indexedDB.open('h189');
      opening.onsuccess = () => {
        const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => { opening.result.close(); done(JSON.stringify(
          all.result.map((r) => new TextDecoder().decode(r.sealed)))); };
      };
    })"""
    kept = "[]"
    while kept == "[]":
        kept = await desk.page.evaluate(read)
    await desk.page.reload()
    await desk.contact(CHAT).click()

    await expect(desk.get("reply")).to_have_value("купуя сөз")
    assert "купуя" not in kept


async def test_message_text_is_never_markup(desk: Desk) -> None:
    """CHAT-5."""
    await desk.contact(CHAT).click()
    bubble = desk.get("message").filter(has_text="onerror")

    await expect(bubble).to_contain_text("<img src=x onerror=alert(1)> javascript:alert(1)")
    assert await desk.page.locator(".thread img, .thread a").count() == 0
    await bubble.get_by_role("button", name="Открыть").click()
    await expect(desk.get("link-question")).to_contain_text("https://example.org/a")


async def test_sms_parts_are_counted(desk: Desk) -> None:
    """CHAT-6."""
    await desk.contact(SMS).click()
    await desk.get("reply").fill("ө" * 70)
    await expect(desk.get("sms-counter")).to_have_attribute("data-parts", "1")
    await desk.get("reply").fill("ө" * 71)
    await expect(desk.get("sms-counter")).to_have_attribute("data-parts", "2")


async def test_what_a_channel_cannot_do_is_not_offered_there(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await expect(desk.get("answer-this").first).to_be_visible()
    await desk.contact(SMS).click()
    await desk.get("reply").fill("келдиңизби")
    await desk.get("reply").press("Enter")
    await expect(desk.get("message").filter(has_text="келдиңизби")).to_be_visible()
    await expect(desk.get("answer-this")).to_have_count(0)
    await expect(desk.get("edit-this")).to_have_count(0)


async def test_enter_sends_and_shift_enter_adds_a_line(desk: Desk) -> None:
    """CHAT-9, and the composer is empty only for what was taken over."""
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("бир")
    await desk.get("reply").press("Shift+Enter")
    await desk.get("reply").press_sequentially("эки")
    await desk.get("reply").press("Enter")
    await expect(desk.get("message").filter(has_text="эки")).to_have_count(1)

    await expect(desk.get("reply")).to_have_value("")
    assert [body["text"] for body in sent(desk.world, "messages$")] == ["бир\nэки"]


async def test_refused_message_stays_and_is_not_doubled(chromium: Browser) -> None:
    """CHAT-3."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        desk.world.fail_sends = True
        await desk.get("reply").fill("дарек")
        await desk.get("send").click()
        await expect(desk.get("message-pending")).to_have_attribute("data-state", "failed")
        desk.world.fail_sends = False
        await desk.get("retry").click()
        await expect(desk.get("message").filter(has_text="дарек")).to_have_count(1)
        await expect(desk.get("message-pending")).to_have_count(0)

        assert len({body["client_id"] for body in sent(desk.world, "messages$")}) == 1


async def test_unsent_text_of_a_contact_that_went_away_is_told(chromium: Browser) -> None:
    """A refusal is an answer with 409, which the browser reports: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        desk.world.fail_sends = True
        await desk.get("reply").fill("дарек")
        await desk.get("send").click()
        await expect(desk.get("message-pending")).to_have_attribute("data-state", "failed")
        await desk.world.push({"k": "contact.gone", "id": CHAT, "why": "requeued"})

        await expect(desk.get("toast")).to_contain_text("Не отправлено сообщений: 1")
        await expect(desk.get("toast")).not_to_contain_text("дарек")
        assert [c for c in desk.complaints if "409" not in c] == []


async def test_unknown_fate_is_decided_by_a_person(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.get("resend").click()
    await expect(desk.get("resend")).to_have_count(0)

    assert sent(desk.world, "decide") == [{"action": "resend"}]


async def test_peer_bug_messages_missing_until_a_reload(chromium: Browser) -> None:
    """DESK-7 and CHAT-8: after the break both messages are there, in order, once."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await expect(desk.get("link-online")).to_be_visible()
        await desk.world.cut()
        await expect(desk.get("offline-bar")).to_be_visible()
        for number, text in ((40, "биринчи"), (41, "экинчи")):
            await desk.world.say(message(number, CHAT, text))
        desk.world.deaf = False
        await expect(desk.get("offline-bar")).to_have_count(0)
        await expect(desk.get("message").filter(has_text="экинчи")).to_have_count(1)
        texts = await desk.get("message").all_inner_texts()

        assert [t.split()[0] for t in texts[-2:]] == ["биринчи", "экинчи"]


async def test_what_was_on_the_screen_is_not_unread(desk: Desk) -> None:
    badge = desk.contact(CHAT).get_by_test_id("unread")
    await expect(badge).to_contain_text("2")
    await desk.contact(CHAT).click()
    await expect(desk.get("message")).to_have_count(9)
    await desk.contact(CALL).click()
    await expect(badge).to_have_count(0)
    await desk.world.say(message(40, CHAT, "Сиз барсызбы?"))

    await expect(badge).to_contain_text("1")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("blocked", "человек заблокировал бота"),
        ("carrier-30005", "отказ оператора связи, код 30005"),
    ],
)
async def test_why_a_message_did_not_arrive_is_said(desk: Desk, error: str, words: str) -> None:
    await desk.contact(CHAT).click()
    failed = {"from": "operator", "state": "failed", "error": error}
    await desk.world.say(message(40, CHAT, "Дарек: Киев көчөсү", **failed))
    bubble = desk.get("message").filter(has_text="Киев")

    await expect(bubble).to_contain_text(f"не доставлено: {words}")
    await expect(bubble.get_by_test_id("resend")).to_have_count(1)
    await expect(bubble.get_by_test_id("drop")).to_have_count(0)


async def test_what_came_instead_of_words_is_named(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    kinds = {"video": "Видео", "edited": "Сообщение исправлено", "press": "Нажата кнопка"}
    for number, (kind, words) in enumerate(kinds.items(), 40):
        await desk.world.say(message(number, CHAT, "", kind=kind))
        await expect(desk.get("message").last).to_contain_text(words)


async def test_who_asked_to_stop_is_answered_only_after_a_question(chromium: Browser) -> None:
    world = busy_world()
    world.asked_to_stop = True
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(SMS).click()
        await desk.get("reply").fill("Бул жакка жазсак болобу?")
        await desk.get("reply").press("Enter")
        await expect(desk.get("message-pending")).to_have_attribute("data-state", "failed")
        await desk.get("retry").click()
        await expect(desk.get("message").filter(has_text="жазсак болобу")).to_be_visible()
        await desk.get("reply").fill("Рахмат")
        await desk.get("reply").press("Enter")

        await expect(desk.get("message").filter(has_text="Рахмат")).to_be_visible()
        await expect(desk.get("message-pending")).to_have_count(0)
        assert [c for c in desk.complaints if "409" not in c] == []


async def test_a_number_opted_out_at_the_carrier_is_said_loudly(desk: Desk) -> None:
    await desk.contact(SMS).click()
    await expect(desk.get("sms-no-reply")).to_have_count(0)
    failed = message(700, SMS, "Жооп", state="failed", error="opted-out", **{"from": "operator"})
    await desk.world.say(failed)

    await expect(desk.get("sms-no-reply")).to_be_visible()


async def test_the_earlier_conversation_is_shown_to_who_asks(chromium: Browser) -> None:
    world = busy_world()
    world.wrote_before = True
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(SMS).click()
        await desk.get("earlier-chat").click()
        await expect(desk.get("earlier-messages")).to_have_count(0)
        await desk.get("earlier-show").click()

        await expect(desk.get("earlier-messages")).to_contain_text("Былтыр жазганмын")


async def test_an_article_goes_into_the_answer_and_is_not_sent_by_itself(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("Саламатсызбы!")
    await desk.get("articles").click()
    await desk.get("article").locator("summary").click()
    await desk.get("article-put").click()

    await expect(desk.get("reply")).to_have_value("Саламатсызбы!\n\nКарызды кайтарып алса болот.")
    assert sent(desk.world, "messages$") == []


async def test_a_conversation_is_deleted_after_a_question_and_shows_no_word(
    chromium: Browser,
) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await desk.world.push({"k": "chat.erased", "contact_id": ident(999)})
        await desk.world.say(message(900, CHAT, "мен келдим", at=ago(0)))
        await expect(desk.page.locator('[data-testid="message"][data-id="900"]')).to_be_visible()
        assert await desk.get("toast").count() == 0  # that one is in nobody's hands here
        before = await desk.get("message").count()
        await desk.get("answer-this").first.click()
        await expect(desk.get("aim")).to_have_count(1)
        await desk.get("chat-erase").click()
        await expect(desk.get("chat-erase-question")).to_be_visible()
        await desk.get("dialog-go").click()
        await expect(desk.page.locator(".bubble .bad-text", has_text="удалено")).to_have_count(
            before
        )
        assert await desk.page.locator(".bubble .text").count() == 0
        await expect(desk.get("aim")).to_have_count(0)
        await expect(desk.get("toast").filter(has_text="Переписка удалена")).to_be_visible()


async def test_what_was_asked_for_before_the_deletion_is_not_shown_after_it(
    chromium: Browser,
) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        asked, erased = asyncio.Event(), asyncio.Event()

        async def late(route: Route) -> None:
            answer = await route.fetch()
            asked.set()
            await erased.wait()
            await route.fulfill(response=answer)

        await desk.page.route(f"**/api/chats/{CHAT}/messages*", late, times=1)
        await desk.open()
        await desk.contact(CHAT).click()
        await asked.wait()
        for one in desk.world.messages[CHAT]:
            one |= {"text": None, "error": "erased"}
        await desk.world.push({"k": "chat.erased", "contact_id": CHAT})
        await expect(desk.page.locator(".bubble .bad-text").first).to_be_visible()
        async with desk.page.expect_request_finished(lambda one: "/messages" in one.url):
            erased.set()
        await desk.world.say(message(900, CHAT, "мен келдим", at=ago(0)))
        await expect(desk.page.locator(".bubble .text")).to_have_text(["мен келдим"])


async def test_what_was_told_meanwhile_is_newer_than_what_was_asked_for_before(
    chromium: Browser,
) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        asked, told = asyncio.Event(), asyncio.Event()

        async def late(route: Route) -> None:
            answer = await route.fetch()
            asked.set()
            await told.wait()
            await route.fulfill(response=answer)

        await desk.page.route(f"**/api/chats/{CHAT}/messages*", late, times=1)
        await desk.open()
        await desk.contact(CHAT).click()
        await asked.wait()
        new = message(5, CHAT, "Жок, жалгыз эмесмин", edited_at=ago(0))
        await desk.world.push({"k": "chat.message", **new})
        bubble = desk.page.locator('[data-testid="message"][data-id="5"]')
        await expect(bubble).to_contain_text("жалгыз эмесмин")
        async with desk.page.expect_request_finished(lambda one: "/messages" in one.url):
            told.set()
        await expect(desk.get("message")).to_have_count(9)
        await expect(bubble).to_contain_text("жалгыз эмесмин")


async def test_after_a_long_silence_the_operator_is_asked_to_ask_for_the_phrase(
    chromium: Browser,
) -> None:
    world = busy_world()
    for number, earlier in enumerate(world.messages[CHAT]):
        earlier["at"] = ago(3100 - number)
    # What we wrote or noted meanwhile says nothing about who holds the telephone.
    world.messages[CHAT] += [
        message(899, CHAT, "күтүп жатам", at=ago(1500), **{"from": "operator"}),
        message(900, CHAT, "мен келдим", at=ago(2)),
    ]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await expect(desk.get("verify")).to_be_visible()
        await desk.get("verified").click()
        await expect(desk.get("verify")).to_have_count(0)
