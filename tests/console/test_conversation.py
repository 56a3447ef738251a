"""A conversation in a real browser: who waits, what is answered, changed, noted and put in."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.world import CHAT, OPERATOR, SMS, Json, ago, busy_world, card, ident, message

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")

MINE = {"from": "operator", "staff": OPERATOR["name"]}


def waits(contact: str, channel: str, seconds: float | None, **more: str) -> Json:
    """A card whose caller has waited so long; None: the caller is to answer."""
    since = None if seconds is None else ago(seconds)
    state = "waiting_caller" if seconds is None else "waiting_us"
    chat = {"state": state, "waiting_since": since, "reopens": None}
    return card(contact, channel, chat=chat, **more)


async def test_who_waits_longest_stands_first_in_amber_and_red(chromium: Browser) -> None:
    world = busy_world()
    third = ident(105)
    world.mine = [
        waits(CHAT, "telegram", 70, masked="Telegram ··90"),
        waits(SMS, "sms", 400, masked="+996 770 ··· ·90"),
        waits(third, "telegram", None, masked="Telegram ··11"),
    ]
    world.records |= {third: world.records[CHAT] | {"contact_id": third}}
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        rows = desk.get("mine-item")
        await expect(rows.nth(0).locator("time.red")).to_have_count(1)
        await expect(rows.nth(1).locator("time.amber")).to_have_count(1)
        await expect(rows.nth(2).locator("time")).to_have_count(0)
        order = [await rows.nth(n).get_attribute("data-id") for n in range(3)]
        assert order == [SMS, CHAT, third]
        await desk.contact(CHAT).click()
        await expect(desk.get("chat-state")).to_contain_text("ждёт вас 1:")

        answered = waits(CHAT, "telegram", None, masked="Telegram ··90")
        await desk.world.push({"k": "contact.card", **answered})
        await expect(desk.get("chat-state")).to_have_attribute("data-state", "waiting_caller")
        await desk.world.push({"k": "chat.unanswered", "contact_id": SMS})
        await expect(desk.get("toast")).to_contain_text("+996 770 ··· ·90")
        assert desk.complaints == []


async def test_a_changed_message_shows_both_words(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    new = message(5, CHAT, "Жок, жалгыз эмесмин", edited_at=ago(0))
    await desk.world.push({"k": "chat.message", **new})
    bubble = desk.page.locator('[data-testid="message"][data-id="5"]')

    await expect(bubble).to_contain_text("Жок, жалгыз эмесмин")
    await expect(bubble.get_by_test_id("edited")).to_contain_text("изменено")
    await bubble.get_by_test_id("earlier-words").click()
    await expect(bubble.get_by_test_id("before")).to_contain_text("Мурунку сөздөр")
    await expect(desk.get("message")).to_have_count(9)


async def test_one_message_is_answered_and_leads_to_what_it_answers(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    first = desk.page.locator('[data-testid="message"][data-id="3"]')
    await first.get_by_test_id("answer-this").click()
    await expect(desk.get("aim")).to_contain_text("Паспортумду")
    await desk.get("reply").fill("Качан алды?")
    await desk.get("reply").press("Enter")
    await desk.get("message").filter(has_text="Качан алды?").get_by_test_id("quote").click()

    await expect(first).to_have_class(re.compile("found"))
    assert sent(desk.world, "messages$")[0]["reply_to"] == 3
    await expect(desk.get("aim")).to_have_count(0)


async def test_an_own_message_is_corrected_in_place(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("башка сөз")
    own = desk.page.locator('[data-testid="message"][data-id="7"]')
    await own.get_by_test_id("edit-this").click()
    await expect(desk.get("reply")).to_have_value("Кайсы шаардасыз?")
    await desk.get("reply").fill("Кайсы шаарда, кайсы көчөдө?")
    await desk.get("send").click()

    await expect(own).to_contain_text("Кайсы шаарда, кайсы көчөдө?")
    await expect(own).to_contain_text("изменение отправляется")
    await expect(desk.get("reply")).to_have_value("башка сөз")
    failed = {"state": "delivered", "edit": {"state": "failed", "error": "gone"}}
    await desk.world.push({"k": "chat.message_state", "id": 7, "contact_id": CHAT, **failed})
    await expect(own.get_by_test_id("edit-failed")).to_contain_text("сообщения там больше нет")
    assert sent(desk.world, "messages$") == []
    # What somebody else wrote, or the caller, is not ours to change.
    await expect(desk.get("edit-this")).to_have_count(2)


async def test_a_note_goes_to_its_own_address_and_keeps_its_own_draft(desk: Desk) -> None:
    """CHAT-7."""
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("адамга")
    await desk.get("note-write").click()
    await expect(desk.get("reply")).to_have_value("")
    await expect(desk.get("attach")).to_have_count(0)  # a file would go to the person
    await desk.get("reply").fill("үнү корккондой")
    await desk.get("aim-leave").click()
    await expect(desk.get("reply")).to_have_value("адамга")
    await desk.get("note-write").click()
    await desk.get("reply").press("Enter")

    await expect(desk.page.locator(".bubble.note")).to_contain_text("үнү корккондой")
    await expect(desk.get("reply")).to_have_value("адамга")
    assert sent(desk.world, "/messages$") == []
    assert [body["text"] for body in sent(desk.world, "/notes$")] == ["үнү корккондой"]


async def test_a_ready_answer_is_put_in_for_editing_and_never_sent(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("/")
    await expect(desk.get("reply-ready")).to_have_count(2)
    await desk.get("reply").press("ArrowDown")
    await desk.get("reply").press("Enter")

    await expect(desk.get("reply")).to_have_value("Коопсуз жердесизби?")
    await expect(desk.get("replies")).to_have_count(0)
    await desk.get("reply").fill("/бул да кат")
    await expect(desk.get("replies")).to_contain_text("Такого ответа нет")
    await desk.get("reply").press("Escape")
    await expect(desk.get("replies")).to_have_count(0)
    assert sent(desk.world, "/messages$") == []
    assert sent(desk.world, "/typing$") == []


async def test_writing_is_told_once_in_three_seconds(desk: Desk) -> None:
    """CHAT-10."""
    await desk.contact(CHAT).click()
    await desk.get("reply").press_sequentially("узун жооп жазып жатам")
    await desk.get("note-write").click()
    await desk.get("reply").press_sequentially("белги")

    assert len(sent(desk.world, "/typing$")) == 1


async def test_the_same_person_elsewhere_is_said_by_staff(chromium: Browser) -> None:
    world = busy_world()
    link = {"id": "l1", "state": "suggested", "channel": "sms", "at": ago(9), "mine": True}
    world.links = [link | {"masked": "+996 770 ··· ·90"}]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await desk.get("link-code-give").click()
        await expect(desk.get("link-code")).to_have_text("ACDE-F347")
        await desk.page.keyboard.press("Escape")
        await expect(desk.get("caller-link")).to_contain_text("Это тот же человек?")
        await desk.get("link-same").click()
        await expect(desk.get("caller-link")).to_have_attribute("data-state", "confirmed")
        await desk.get("link-undo").click()
        await expect(desk.get("caller-link")).to_have_count(0)
        assert desk.complaints == []


async def test_an_earlier_conversation_opens_from_the_card(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.page.route("**/api/contacts/*", _with_history)
        await desk.open()
        await desk.contact(CHAT).click()
        await desk.page.locator("details.strip summary").click()
        await desk.get("earlier-open").click()
        await expect(desk.get("earlier-message")).to_contain_text("Былтыр жазганмын")
        assert desk.complaints == []


async def _with_history(route: object) -> None:
    answer = await route.fetch()  # type: ignore[attr-defined]
    page = await answer.json()
    page["history"] = [page["history"][0] | {"channel": "telegram"}]
    await route.fulfill(response=answer, json=page)  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", ["blocked", "no-address"])
async def test_what_to_do_about_a_refusal_is_said(desk: Desk, error: str) -> None:
    await desk.contact(CHAT).click()
    await desk.world.say(message(40, CHAT, "Дарек", state="failed", error=error, **MINE))

    await expect(desk.get("what-now")).to_contain_text("чат")


async def test_five_hundred_messages_open_with_sixty_and_older_ones_come_in_place(
    chromium: Browser,
) -> None:
    """CHAT-1 and CHAT-2."""
    world = busy_world()
    world.messages[CHAT] = [message(n, CHAT, f"сөз {n}") for n in range(1, 501)]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await expect(desk.get("message")).to_have_count(60)
        thread = desk.get("thread")
        await thread.hover()
        await thread.evaluate("e => { e.scrollTop = 0; }")
        await desk.page.mouse.wheel(0, -100)
        await expect(desk.get("message")).to_have_count(120)
        where = "e => Math.round(e.querySelector('[data-id=\"441\"]').getBoundingClientRect().top)"
        await expect(desk.get("message").filter(has_text="сөз 441")).to_be_in_viewport()
        before = await thread.evaluate(where)
        await desk.world.say(message(501, CHAT, "жаңы сөз"))
        await expect(desk.get("new-below")).to_be_visible()
        assert await thread.evaluate(where) == before
        await desk.get("new-below").click()
        await expect(desk.get("message").filter(has_text="жаңы сөз")).to_be_in_viewport()
        assert desk.complaints == []

        # Whoever reads above and answers sees the answer.
        await thread.evaluate("e => { e.scrollTop = 0; }")
        await desk.get("reply").fill("Мына жооп")
        await desk.get("reply").press("Enter")
        await expect(desk.get("message").filter(has_text="Мына жооп")).to_be_in_viewport()
        await expect(desk.get("new-below")).to_be_hidden()
