"""The page on which one is a caller by hand, in a real browser."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiogram.types import Message, Update
from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

from hotline.app.ground import Urls
from hotline.cli.ports import free_port
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.simulator import World, WorldConfig
from hotline.simulator.telegram.looks import opus_seconds, picture_size
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.sounds import whole
from tests import browser as finder
from tests.console import ears
from tests.console.conftest import WATCH, watch
from tests.contracts.simulator.botapi import BotApi, Json, judged
from tests.founding import town_in

pytestmark = pytest.mark.timeout(150)
LONG_MS = 30_000
KEYS = {"inline_keyboard": [[{"text": "Русский", "callback_data": "lang:ru"}]]}

LOUDEST = """async (audio) => {
  const body = await (await fetch(audio.src)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(body);
  return sound.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
}"""


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=finder.provide(), args=ears.flags()
        )
        yield started
        await started.close()


@asynccontextmanager
async def hand(chromium: Browser, url: str) -> AsyncIterator[tuple[Page, list[str]]]:
    """The page, in Russian, and what the browser complained about."""
    page = await chromium.new_page()
    page.set_default_timeout(LONG_MS)
    complaints: list[str] = []
    watch(page, complaints)
    await page.add_init_script(WATCH)
    await page.goto(url)
    await expect(page.locator("[data-key=dial]")).to_be_visible()
    yield page, complaints
    await page.close()


async def test_a_caller_by_hand_on_three_channels(
    chromium: Browser, db: Database, servers: Servers, tmp_path: Path
) -> None:
    urls = Urls(db.url, servers.redis_url)
    async with (
        town_in(tmp_path, urls, db) as town,
        hand(chromium, town.world.url) as (page, complaints),
    ):
        await page.locator("[data-key=dial]").click()
        heard = page.locator("#phone .heard")
        await expect(heard).to_contain_text("ky/ivr-welcome", timeout=LONG_MS)
        await page.locator('[data-key="2"]').click()
        await expect(heard).to_contain_text("ru/ivr-notice", timeout=LONG_MS)
        await page.locator("[data-key=end]").click()
        await expect(page.locator("#phone")).to_have_attribute("data-mode", "over")

        await page.fill("#sms-text", "Здравствуйте")
        await page.press("#sms-text", "Enter")
        await expect(page.locator("#sms .them").first).to_be_visible(timeout=LONG_MS)

        await page.locator("#chat .go").click()
        await page.locator("#chat .key", has_text="Русский").click()
        await expect(page.locator("#chat .them")).to_have_count(2, timeout=LONG_MS)

        rows = await town.until("select channel from contact where language = 'ru'")
        assert {row["channel"] for row in rows} >= {"voice", "telegram"}
        assert await town.rows("select 1 from contact where channel = 'sms'")
        assert complaints == []


async def test_the_page_begins_anew_with_a_simulator_that_was_started_anew(
    chromium: Browser,
) -> None:
    config = WorldConfig(port=free_port())
    async with AsyncExitStack() as first:
        world = await first.enter_async_context(World(config).running())
        async with hand(chromium, world.url) as (page, _):
            await page.evaluate("document.body.dataset.old = 'yes'")
            await first.aclose()
            await page.locator("[data-key=dial]").click()
            await expect(page.get_by_role("alert")).to_contain_text("Симулятор не отвечает")

            async with World(config).running():
                await expect(page.locator("body[data-old]")).to_have_count(0, timeout=LONG_MS)
                await page.locator("[data-key=dial]").click()
                await expect(page.locator("#phone")).to_have_attribute("data-mode", "over")


@dataclass
class Talk:
    """The page of one person, and the bot."""

    page: Page
    bot: BotApi
    account: int = 0
    offset: int = 0

    async def begin(self) -> None:
        await self.page.locator("#chat .go").click()
        update = await self.told()
        assert update.message is not None
        assert update.message.text == "/start"
        self.account = update.message.chat.id

    async def told(self) -> Update:
        """The next thing the bot hears."""
        (raw,) = await self.bot.ask("getUpdates", timeout=20, limit=1, offset=self.offset)
        self.offset = raw["update_id"] + 1
        return judged(raw)

    async def message(self) -> Message:
        told = (await self.told()).message
        assert told is not None
        return told

    async def say(self, method: str = "sendMessage", **params: object) -> Json:
        """A method with the chat filled in, whose answer is an object."""
        answer: Json = await self.bot.ask(method, chat_id=self.account, **params)
        return answer

    def bubble(self, message_id: int) -> Locator:
        return self.page.locator(f'#chat [data-message="{message_id}"]')

    async def write(self, text: str) -> None:
        await self.page.fill("#chat-text", text)
        await self.page.press("#chat-text", "Enter")

    async def do(self, what: str, message_id: int) -> None:
        bubble = self.bubble(message_id)
        await bubble.hover()
        await bubble.locator(f"[data-act={what}]").click()

    async def fetch(self, file_id: str) -> bytes:
        link = await self.bot.ask("getFile", file_id=file_id)
        status, body = await self.bot.download(link["file_path"])
        assert status == 200
        return body


@pytest.fixture
async def talk(chromium: Browser) -> AsyncIterator[Talk]:
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(World(WorldConfig()).running())
        world.telegram.limits.on = False
        session = await stack.enter_async_context(aiohttp.ClientSession())
        page, complaints = await stack.enter_async_context(hand(chromium, world.url))
        talk = Talk(page, BotApi(world, session))
        await talk.begin()
        yield talk
        assert complaints == []
        assert world.failures == []


async def test_words_buttons_and_being_blocked(talk: Talk) -> None:
    page = talk.page
    await talk.say("sendChatAction", action="typing")
    await expect(page.locator("#chat .typing")).to_be_visible()
    asked = await talk.say(text="<b>Тил?</b> Язык?", parse_mode="HTML", reply_markup=KEYS)
    bubble = talk.bubble(asked["message_id"])
    await expect(bubble.locator("b")).to_have_text("Тил?")
    await expect(page.locator("#chat .typing")).to_be_hidden()
    await bubble.locator(".key").click()
    pressed = (await talk.told()).callback_query
    assert pressed is not None
    assert pressed.data == "lang:ru"
    await expect(bubble.locator(".key")).to_have_attribute("aria-busy", "true")
    await talk.bot.ask("answerCallbackQuery", callback_query_id=pressed.id)
    await expect(bubble.locator(".key")).to_have_attribute("aria-busy", "false")
    await talk.say("editMessageText", message_id=asked["message_id"], text="Язык: русский")
    await expect(bubble.locator("p")).to_have_text("Язык: русский")
    await expect(bubble.locator(".key")).to_have_count(0)

    for status in ("kicked", "member"):
        await page.locator("#chat [data-act=block]").click()
        change = (await talk.told()).my_chat_member
        assert change is not None
        assert change.new_chat_member.status == status
        await expect(page.locator("#chat-text")).to_have_count(int(status == "member"))


async def test_answers_changes_and_deletions(talk: Talk) -> None:
    page = talk.page
    asked = await talk.say(text="Язык: русский")
    await talk.do("reply", asked["message_id"])
    await expect(page.locator("#chat .about")).to_contain_text("Язык: русский")
    await talk.write("Спасибо")
    answer = await talk.message()
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == asked["message_id"]
    mine = talk.bubble(answer.message_id)
    await expect(mine.locator("blockquote")).to_have_text("Язык: русский")
    await talk.do("edit", answer.message_id)
    await expect(page.locator("#chat-text")).to_have_value("Спасибо")
    await talk.write("Спасибо вам")
    edited = (await talk.told()).edited_message
    assert edited is not None
    assert edited.text == "Спасибо вам"
    await expect(mine.locator("p")).to_have_text("Спасибо вам")
    await expect(mine).to_contain_text("изменено")

    await talk.say("deleteMessage", message_id=asked["message_id"])
    await expect(talk.bubble(asked["message_id"])).to_have_count(0)
    await expect(mine.locator("blockquote")).to_have_text("Сообщение удалено")
    await talk.do("remove", answer.message_id)
    await expect(mine).to_have_count(0)


async def test_photos_and_files_both_ways(talk: Talk) -> None:
    page = talk.page
    photo = FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=picture(1600, 1200))
    await page.fill("#chat-text", "Мой паспорт")
    await page.set_input_files("#chat-photo", files=[photo])
    sent = await talk.message()
    assert sent.caption == "Мой паспорт"
    assert sent.photo is not None
    assert picture_size(await talk.fetch(sent.photo[-1].file_id)) == (1280, 960)
    await page.set_input_files("#chat-photo", files=[photo, photo])
    album = [await talk.message() for _ in range(2)]
    assert album[0].media_group_id == album[1].media_group_id is not None

    contract = FilePayload(name="договор.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    await page.set_input_files("#chat-file", files=[contract])
    told = (await talk.message()).document
    assert told is not None
    assert (told.file_name, told.mime_type) == ("договор.pdf", "application/pdf")
    assert await talk.fetch(told.file_id) == b"%PDF-1.7"

    drawing = FilePayload(name="a.svg", mimeType="image/svg+xml", buffer=b"<svg onload='x()'/>")
    await page.set_input_files("#chat-photo", files=[drawing])
    told = (await talk.message()).document
    assert told is not None  # what is no photo goes as it is
    assert told.file_name == "a.svg"

    shown = await talk.say("sendPhoto", photo=picture(400, 300), caption="Карта")
    image = talk.bubble(shown["message_id"]).locator("img")
    await expect(image).to_have_js_property("naturalWidth", 400)


async def test_voices_both_ways(talk: Talk) -> None:
    page = talk.page
    await page.locator("#chat-voice").click()
    await expect(page.locator("#chat .red")).to_contain_text("0:02")
    await page.locator("#chat-voice-send").click()
    spoken = await talk.message()
    assert spoken.voice is not None
    assert spoken.voice.mime_type == "audio/ogg"
    body = await talk.fetch(spoken.voice.file_id)
    assert whole(body)
    assert spoken.voice.duration == opus_seconds(body)
    await _plays(talk.bubble(spoken.message_id))

    again = await talk.say("sendVoice", voice=spoken.voice.file_id, protect_content=True)
    await _plays(talk.bubble(again["message_id"]))
    kept = talk.bubble(again["message_id"]).locator(".kept")
    await expect(kept).to_have_attribute("title", "Нельзя переслать и сохранить")


async def _plays(bubble: Locator) -> None:
    """To its end; and it is the microphone's beep, not silence."""
    audio = bubble.locator("audio")
    await audio.evaluate("audio => { audio.playbackRate = 4; return audio.play(); }")
    await expect(audio).to_have_js_property("ended", value=True)
    assert await audio.evaluate("audio => audio.duration") >= 1
    assert await audio.evaluate(LOUDEST) > 0.05
