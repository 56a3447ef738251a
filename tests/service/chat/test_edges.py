"""The doors themselves: evil bodies, both ways of getting updates, reports in any order."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import quote_plus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs
from typing_extensions import override

from bots.telegram.door import Door
from bots.telegram.polling import Polling
from bots.telegram.registration import Registration
from bots.telegram.updates import Update
from bots.telegram.webhook import HEADER, PATH, Webhook
from bots.telegram.wire import Wire, make_bot
from bots.telegram.wiring import TelegramMessenger
from hotline.chat.model import MessageState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import Drop
from hotline.kernel.errors import Unavailable
from hotline.simulator.faults import Fault
from tests.builders import ANA
from tests.contracts.messengers import CHAT_ID, NUMBER, Line, open_line, read_settings
from tests.unit.intake.flowing import shipped_catalogue


class Enough(Exception):  # noqa: N818 - read as in "raise Enough"
    """Ends an endless loop from the place where it would rest."""


def rests(times: int) -> tuple[list[float], Callable[[float], Awaitable[None]]]:
    """A sleep that takes no time and ends the loop at last."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) >= times:
            raise Enough

    return pauses, sleep


@pytest.fixture
async def telegram(db: Database, vault: Vault) -> AsyncIterator[Line]:
    async with open_line("telegram", db, vault) as line:
        yield line


@pytest.fixture
async def sms(db: Database, vault: Vault) -> AsyncIterator[Line]:
    async with open_line("sms", db, vault) as line:
        yield line


def update(number: int, **content: object) -> bytes:
    chat = {"id": CHAT_ID, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, **content}
    return json.dumps({"update_id": number, "message": message}).encode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
        (b"null", 200),
        (b'{"update_id": 1e400}', 200),
        (b'{"update_id": NaN, "message": []}', 200),
        (b'{"update_id": 3, "message": {"text": "\xff\xfe", "chat": null}}', 200),
        (b'{"update_id": 4, "poll": {"id": "1"}}', 200),
    ],
)
async def test_no_body_makes_the_webhook_fall(telegram: Line, body: bytes, status: int) -> None:
    assert await telegram.knock(body) == status
    assert await telegram.house.count("contact") == 0


async def test_broken_text_is_kept_as_far_as_it_can_be(telegram: Line) -> None:
    evil = ["a\x00b", "\ud800", "\U0010ffff", "{\\u0000}", "'; drop table message; --"]
    for number, text in enumerate(evil, start=1):
        assert await telegram.knock(update(number, text=text)) == 200
    contact = await telegram.house.contact()
    messages = await telegram.house.all_messages(contact.id)
    kept = [m.text for m in messages if m.author == "caller"]
    assert kept == ["ab", "", "\U0010ffff", "{\\u0000}", "'; drop table message; --"]


async def test_groups_are_claimed_and_ignored(telegram: Line) -> None:
    body = update(5, text="x", chat={"id": -100500, "type": "supergroup"})
    assert await telegram.knock(body) == 200
    assert await telegram.knock(body) == 200
    assert await telegram.house.count("inbox") == 1
    assert await telegram.house.count("contact") == 0


async def test_updates_out_of_order_are_all_kept(telegram: Line) -> None:
    for number in (900, 5, 901, 4):
        assert await telegram.knock(update(number, text=f"{number}")) == 200
    contact = await telegram.house.contact()
    messages = await telegram.house.all_messages(contact.id)
    assert [m.text for m in messages if m.author == "caller"] == ["900", "5", "901", "4"]


async def test_a_press_takes_the_keyboard_away_and_stops_the_spinning(telegram: Line) -> None:
    person = telegram.world.telegram_person(CHAT_ID)
    await telegram.person.writes("/start")
    await telegram.house.work(now=True)
    await person.wait_for("язык")
    await person.press("language.en")
    await telegram.world.journal.wait_for(
        "telegram.delivered", where=lambda e: e["update"] == 700_000_002, status=200
    )
    await telegram.house.work(now=True)
    assert telegram.world.telegram.open_queries == {}
    keyboards = [m for m in person.messages if "reply_markup" in m.content]
    assert len(keyboards) == 1
    assert shipped_catalogue().t("en", "bot-topic") in keyboards[0].text


class Fragile(Door):
    """Breaks at some texts."""

    @override
    async def _take(self, update: Update) -> None:
        if update.inbound is not None and update.inbound.text == "ломает":
            raise ValueError
        await super()._take(update)


def polling(
    line: Line, sleep: Callable[[float], Awaitable[None]], kind: type[Door] = Door
) -> Polling:
    assert isinstance(line.messenger, TelegramMessenger)
    door = kind(line.house.reception, line.house.metrics, "189")
    return Polling(line.messenger._bot, door, sleep=sleep, wait_s=0)


async def test_polling_takes_what_came_and_confirms_only_what_is_kept(telegram: Line) -> None:
    assert isinstance(telegram.messenger, TelegramMessenger)
    await telegram.messenger._bot.delete_webhook()
    person = telegram.world.telegram_person(CHAT_ID)
    await person.text("раз")
    await person.text("два")
    pauses, sleep = rests(1)
    poll = polling(telegram, sleep)
    await poll._take(await poll._ask())
    assert len(telegram.world.telegram.courier.pending) == 2
    assert await poll._ask() == []
    assert telegram.world.telegram.courier.pending == {}
    contact = await telegram.house.contact()
    messages = await telegram.house.all_messages(contact.id)
    assert [m.text for m in messages if m.author == "caller"] == ["раз", "два"]
    assert pauses == []


async def test_polling_beside_a_webhook_is_explained_in_words(telegram: Line) -> None:
    pauses, sleep = rests(3)
    with capture_logs() as logs, pytest.raises(Enough):
        await polling(telegram, sleep).run()
    assert {entry["event"] for entry in logs} == {"telegram.polled_twice_or_webhook_set"}
    assert pauses == [1.0, 2.0, 4.0]


async def test_one_update_that_breaks_us_does_not_stop_those_behind_it(telegram: Line) -> None:
    assert isinstance(telegram.messenger, TelegramMessenger)
    await telegram.messenger._bot.delete_webhook()
    person = telegram.world.telegram_person(CHAT_ID)
    await person.text("ломает")
    await person.text("следующее")
    _, sleep = rests(20)
    poll = polling(telegram, sleep, Fragile)
    updates = await poll._ask()
    with capture_logs():
        for _ in range(4):
            with pytest.raises(Unavailable):
                await poll._take(updates)
        await poll._take(updates)
    contact = await telegram.house.contact()
    assert (await telegram.house.all_messages(contact.id))[0].text == "следующее"
    async with telegram.house.db.uow() as uow:
        sealed = await uow.fetchval("select sealed from inbox where sealed is not null")
    kept = telegram.house.vault.open(sealed, aad="inbox|telegram|189:700000001")
    assert json.loads(kept)["message"]["text"] == "ломает"


async def test_an_update_that_breaks_the_webhook_ends_before_a_supervisor(
    telegram: Line,
) -> None:
    house = telegram.house
    secret = telegram.settings.telegram.webhook_secret
    webhook = Webhook(Fragile(house.reception, house.metrics, "189"), secret, house.metrics)
    app = web.Application()
    app.router.add_post(PATH, webhook.update)
    async with TestClient(TestServer(app)) as client:

        async def knock(body: bytes) -> int:
            headers = {HEADER: secret.reveal()}
            async with client.post(PATH, data=body, headers=headers) as answer:
                return answer.status

        bad = update(7, text="ломает")
        with capture_logs() as logs:
            statuses = [await knock(bad) for _ in range(5)]
        assert await knock(update(8, text="следующее")) == 200
    assert statuses == [503, 503, 503, 503, 200]
    assert [entry["event"] for entry in logs] == ["telegram.update_failed"] * 5
    async with house.db.uow() as uow:
        (job,) = await uow.fetch("select payload from job where kind = 'chat.set_aside'")
    assert job["payload"] == {"channel": "telegram", "event_id": "189:7"}
    assert repr(Drop("set-aside")) in await house.work()


async def test_the_webhook_is_set_when_telegram_comes_back(telegram: Line) -> None:
    away = read_settings(
        telegram.url, telegram.world, HOTLINE__TELEGRAM__API_BASE_URL="http://127.0.0.1:1"
    )
    wire = Wire()
    secret = away.telegram.webhook_secret
    catalogue = shipped_catalogue()
    pauses, sleep = rests(4)
    bot = make_bot(away.telegram, wire)
    with pytest.raises(Enough):
        await Registration(bot, telegram.url, secret, catalogue, sleep=sleep).run()
    assert pauses == [1.0, 2.0, 4.0, 8.0]

    await asyncio.sleep(0)
    back = make_bot(telegram.settings.telegram, wire)
    await back.delete_webhook()
    pauses, sleep = rests(1)
    with pytest.raises(Enough):
        await Registration(back, telegram.url, secret, catalogue, sleep=sleep).run()
    assert telegram.world.telegram.courier.webhook.url == f"{telegram.url}/telegram/webhook"
    assert pauses == [600.0]
    await wire.shutdown()


async def test_reports_of_the_carrier_before_their_time_are_no_trouble(sms: Line) -> None:
    house = sms.house
    await sms.person.writes("вопрос")
    await house.work(now=True)
    contact = await house.taken_by(ANA)
    sms.world.faults.arm(Fault.SMS_DELIVERED_FIRST)
    sent = await house.chat.send(ANA, contact.id, "c", "Ответ")
    await house.work(now=True)
    await sms.person.hears("Ответ")
    for status in ("delivered", "sent"):  # in this order, or in any other
        said = f"'MessageStatus': '{status}'"
        async with asyncio.timeout(10):
            async for entry in sms.world.journal.stream(0):
                if f"m={sent.id}.0" in str(entry.get("url")) and said in str(entry):
                    break
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.state is MessageState.DELIVERED


@pytest.mark.parametrize("source", ["Beeline", "4500", "", "anonymous"])
async def test_machines_are_kept_and_not_answered(sms: Line, source: str) -> None:
    body = f"MessageSid=SM7&From={quote_plus(source)}&To=%2B996312000189&Body=реклама".encode()
    assert await sms.knock(body) == 200
    assert await sms.house.count("contact") == 0
    assert await sms.house.count("inbox") == 1


async def test_a_picture_by_sms_is_kept_as_a_note_and_neutrally_answered_once(sms: Line) -> None:
    for number in (1, 2):
        body = (
            f"MessageSid=MM{number}&From={quote_plus(NUMBER)}&To=189&Body=&NumMedia=1"
            "&MediaContentType0=image%2Fjpeg"
        )
        assert await sms.knock(body.encode()) == 200
    messages = await sms.house.all_messages((await sms.house.contact()).id)
    assert [m.kind for m in messages if m.author == "caller"] == ["photo", "photo"]
    polite = shipped_catalogue().t("ru", "bot-sms-kept")
    assert [m.text for m in messages].count(polite) == 1


async def test_broken_bytes_cost_no_message(sms: Line) -> None:
    body = b"MessageSid=SM8&From=" + quote_plus(NUMBER).encode() + b"&Body=%FF%00help%C3%28"
    assert await sms.knock(body) == 200
    contact = await sms.house.contact()
    assert (await sms.house.all_messages(contact.id))[0].text == "\ufffdhelp\ufffd("


@pytest.mark.parametrize("word", ["СТОП", "stop", "Токтот!", "to‘xta"])
async def test_a_stop_word_alone_reaches_a_person_and_nothing_is_sent(sms: Line, word: str) -> None:
    await sms.person.writes("вопрос")
    body = f"MessageSid=SM9&From={quote_plus(NUMBER)}&To=%2B996312000189&Body={quote_plus(word)}"
    assert await sms.knock(body.encode()) == 200
    await sms.house.work(now=True)
    contact = await sms.house.contact()
    assert contact.live
    said = await sms.house.all_messages(contact.id)
    assert [m.kind for m in said if m.author == "caller"] == ["text", "stop"]
    assert sms.person.texts() == []


async def test_a_report_about_nothing_is_taken_politely(sms: Line) -> None:
    for query in ("", "?m=1.0", "?m=x", "?m=999999999999999999.0"):
        path = f"/sms/status{query}"
        assert await sms.knock(b"MessageSid=SM1&MessageStatus=delivered", path=path) == 200
    assert await sms.knock(b"MessageSid=SM1", genuine=False, path="/sms/status") == 403
