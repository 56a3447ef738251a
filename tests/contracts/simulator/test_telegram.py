"""The Bot API, asked by a well-known client, by webhook and by polling."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from hotline.simulator import Fault, World
from tests.contracts.simulator.customer import Customer

PERSON = 555000001
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Кыргызча", callback_data="lang:ky")]])


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    bot = Bot(
        world.config.bot_token, base_url=f"{world.url}/bot", base_file_url=f"{world.url}/file/bot"
    )
    async with bot:
        yield bot


def updates(customer: Customer) -> list[Update]:
    found = [Update.de_json(one.json) for one in customer.requests("/tg")]  # type: ignore[arg-type]
    return list(found)


async def test_a_conversation_over_the_webhook(world: World, customer: Customer, bot: Bot) -> None:
    await bot.set_webhook(f"{customer.url}/tg", secret_token="s3cret")
    person = world.telegram_person(PERSON, language_code="ky")

    await person.start("ad-7")
    await customer.wait("/tg")
    await bot.send_message(PERSON, "Тил?", reply_markup=KEYS)
    await person.wait_for("Тил?")
    assert person.buttons() == ["Кыргызча"]
    await person.press("lang:ky")
    await customer.wait("/tg", times=2)

    start, pressed = updates(customer)
    assert start.message is not None
    assert start.message.text == "/start ad-7"
    assert start.message.entities[0].type == "bot_command"
    assert start.message.from_user is not None
    assert start.message.from_user.language_code == "ky"
    assert pressed.callback_query is not None
    assert pressed.callback_query.data == "lang:ky"
    assert pressed.update_id > start.update_id
    assert {one.headers[SECRET_HEADER] for one in customer.requests("/tg")} == {"s3cret"}
    assert await bot.answer_callback_query(pressed.callback_query.id)
    assert world.telegram.open_queries == {}
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(pressed.callback_query.id)


async def test_updates_are_repeated_until_accepted_and_stay_in_order(
    world: World, customer: Customer, bot: Bot
) -> None:
    left = [2]

    def page(_form: dict[str, str]) -> web.Response:
        left[0] -= 1
        return web.Response(status=500 if left[0] >= 0 else 200)

    customer.pages["/tg"] = page
    await bot.set_webhook(f"{customer.url}/tg")
    person = world.telegram_person(PERSON)
    for text in ("one", "two", "three"):
        await person.text(text)
    await customer.wait("/tg", times=5)

    texts = [one.message.text for one in updates(customer) if one.message]
    assert texts == ["one", "one", "one", "two", "three"]
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 0
    assert info.last_error_message is not None
    assert "500" in info.last_error_message


async def test_duplicates_and_reordering_by_switch(
    world: World, customer: Customer, bot: Bot
) -> None:
    await bot.set_webhook(f"{customer.url}/tg")
    person = world.telegram_person(PERSON)
    world.faults.arm(Fault.TELEGRAM_REORDER)
    world.faults.arm(Fault.TELEGRAM_DUPLICATE)
    await person.text("one")
    await person.text("two")
    await customer.wait("/tg", times=3)

    found = updates(customer)
    assert [one.message.text for one in found if one.message] == ["two", "two", "one"]
    assert found[0].update_id == found[1].update_id


async def test_polling_confirms_by_offset(world: World, bot: Bot) -> None:
    person = world.telegram_person(PERSON)
    await person.text("one")
    await person.text("two")

    first = await bot.get_updates(timeout=0)
    again = await bot.get_updates(offset=first[1].update_id, timeout=0)
    none = await bot.get_updates(offset=first[1].update_id + 1, timeout=0)

    assert [one.message.text for one in first if one.message] == ["one", "two"]
    assert [one.update_id for one in again] == [first[1].update_id]
    assert none == ()


async def test_long_poll_wakes_up_and_a_second_poller_ends_the_first(
    world: World, customer: Customer, bot: Bot
) -> None:
    async with Bot(world.config.bot_token, base_url=f"{world.url}/bot") as other:
        async with asyncio.TaskGroup() as both:
            late = both.create_task(other.get_updates(timeout=900))
            await world.journal.wait_for("telegram.poll", poll=1)
            await world.telegram_person(PERSON).text("late")
        (update,) = late.result()

        async def first() -> None:
            with pytest.raises(Conflict, match="other getUpdates"):
                await other.get_updates(update.update_id + 1, timeout=900)

        async with asyncio.TaskGroup() as both:
            both.create_task(first())
            await world.journal.wait_for("telegram.poll", poll=2)
            await bot.get_updates(update.update_id + 1, timeout=0)
    await bot.set_webhook(f"{customer.url}/tg")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_refusals_are_those_of_telegram(world: World, bot: Bot) -> None:
    person = world.telegram_person(PERSON)
    with pytest.raises(Forbidden, match="initiate"):
        await bot.send_message(PERSON, "x")
    await person.start()
    long_data = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="ж" * 32)]])
    wrong: list[tuple[str, dict[str, object]]] = [
        ("chat not found", {"chat_id": 1, "text": "x"}),
        ("too long", {"chat_id": PERSON, "text": "x" * 4097}),
        ("text is empty", {"chat_id": PERSON, "text": " "}),
        ("Unmatched end tag", {"chat_id": PERSON, "text": "<b>x</i>", "parse_mode": "HTML"}),
        ("reserved", {"chat_id": PERSON, "text": "a.", "parse_mode": "MarkdownV2"}),
    ]
    for text, arguments in wrong:
        with pytest.raises(BadRequest, match=f"(?i){text}"):
            await bot.send_message(**arguments)  # type: ignore[arg-type]
    await bot.send_message(PERSON, "x", reply_markup=long_data)
    longer = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="ж" * 33)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(PERSON, "x", reply_markup=longer)
    await person.block()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(PERSON, "x")


async def test_429_says_when_to_come_back(world: World) -> None:
    await world.telegram_person(PERSON).start()
    world.faults.arm(Fault.TELEGRAM_429)
    url = f"{world.url}/bot{world.config.bot_token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        for status, ok in ((429, False), (200, True)):
            async with session.post(url, json={"chat_id": PERSON, "text": "x"}) as answer:
                body = await answer.json()
            assert (answer.status, body["ok"]) == (status, ok)
            if not ok:
                assert body["parameters"] == {"retry_after": 3}


async def test_wrong_token_is_refused(world: World) -> None:
    stranger = Bot("1:wrong", base_url=f"{world.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_html_becomes_entities_in_utf16_units(world: World, bot: Bot) -> None:
    await world.telegram_person(PERSON).start()
    sent = await bot.send_message(PERSON, "😀 <b>ң /a</b> &lt; /help", parse_mode="HTML")
    assert sent.text == "😀 ң /a < /help"
    found = [(one.type, one.offset, one.length) for one in sent.entities]
    assert found == [("bold", 3, 4), ("bot_command", 10, 5)]


async def test_messages_are_edited_and_deleted_within_48_hours(world: World, bot: Bot) -> None:
    person = world.telegram_person(PERSON)
    mine = await person.start()
    sent = await bot.send_message(PERSON, "one", reply_markup=KEYS)
    edited = await bot.edit_message_reply_markup(PERSON, sent.message_id, reply_markup=None)
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("one", PERSON, sent.message_id)
    old = await bot.send_message(PERSON, "old")
    person.age(old.message_id, hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(PERSON, old.message_id)
    assert await bot.delete_messages(PERSON, [mine.message_id, sent.message_id, 999_999])
    assert [one.message_id for one in person.messages] == [old.message_id]


async def test_files_are_fetched_by_path(world: World, customer: Customer, bot: Bot) -> None:
    await bot.set_webhook(f"{customer.url}/tg")
    await world.telegram_person(PERSON).voice(b"OggS-speech", duration_s=7)
    await customer.wait("/tg")
    (update,) = updates(customer)

    assert update.message is not None
    assert update.message.voice is not None
    file = await bot.get_file(update.message.voice.file_id)
    assert bytes(await file.download_as_bytearray()) == b"OggS-speech"
    world.faults.arm(Fault.TELEGRAM_FILE_404)
    with pytest.raises(InvalidToken):  # the library's word for 404
        await file.download_as_bytearray()


async def test_blocking_and_editing_are_told(world: World, customer: Customer, bot: Bot) -> None:
    await bot.set_webhook(
        f"{customer.url}/tg", allowed_updates=["my_chat_member", "edited_message"]
    )
    person = world.telegram_person(PERSON)
    message = await person.text("one")
    await person.edit(message.message_id, "two")
    await person.block()
    await customer.wait("/tg", times=2)

    edited, blocked = updates(customer)
    assert edited.edited_message is not None
    assert edited.edited_message.text == "two"
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
