"""One suite for every messenger in the registry, each against its simulated provider."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from structlog.testing import capture_logs

from bots.registry import BUILDERS
from hotline.chat import speech
from hotline.chat.model import ChatRules, MessageState
from hotline.chat.ports import DeliveryError, Outbound
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from hotline.kernel.languages import LANGS, Lang
from tests.builders import ANA
from tests.contracts.messengers import (
    CHAT_ID,
    OTHER_WIRES,
    PEERS,
    Line,
    a_carrier,
    open_line,
    outside,
    read_settings,
)
from tests.unit.intake.flowing import shipped_catalogue, shipped_flows


@pytest.fixture(params=sorted(PEERS))
async def line(request: pytest.FixtureRequest, db: Database, vault: Vault) -> AsyncIterator[Line]:
    async with open_line(request.param, db, vault) as opened:
        yield opened


async def test_every_registered_messenger_has_its_peer_here(line: Line) -> None:
    made = [build(outside(line.settings, a_carrier(line.settings))) for build in BUILDERS]
    assert {one.channel.name for one in made if one} == set(PEERS) - set(OTHER_WIRES)
    for one in made:
        if one is not None:
            await one.close()


async def test_a_person_writes_and_is_answered(line: Line) -> None:
    house = line.house
    await line.person.writes("Менде суроо бар, жардам керек")
    await house.work(now=True)
    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    assert contact.language == "ky"
    await line.person.hears("")  # the network takes a moment
    assert line.person.texts()
    await house.taken_by(ANA)
    sent = await house.chat.send(ANA, contact.id, "c1", "Саламатсызбы! Угуп жатам.")
    await house.work(now=True)
    await line.person.hears("Саламатсызбы! Угуп жатам.")
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.state in {MessageState.SENT, MessageState.DELIVERED}


async def test_a_repeated_event_is_one_message(line: Line) -> None:
    line.world.faults.arm(line.person.repeats, times=1)
    await line.person.writes("раз")
    await line.person.writes("два")
    contact = await line.house.contact()
    texts = [m.text for m in await line.house.all_messages(contact.id) if m.author == "caller"]
    assert texts == ["раз", "два"]


async def test_what_is_forged_leaves_no_trace(line: Line) -> None:
    body = {
        "telegram": b'{"update_id": 1, "message": {"text": "x", "message_id": 1,'
        b' "chat": {"id": 5, "type": "private"}}}',
        "sms": b"MessageSid=SM1&From=%2B996555123456&Body=x",
        "aggregator": b'{"id": "M1", "from": "+996555123456", "text": "x"}',
    }[line.wire]
    assert await line.knock(body, genuine=False) == 403
    assert await line.house.count("inbox") == 0
    assert await line.house.count("contact") == 0
    assert await line.knock(body) == 200
    assert await line.house.count("contact") == 1


async def test_a_final_refusal_is_a_permanent_error(line: Line) -> None:
    await line.person.writes("вопрос")
    line.person.refuses()
    outbound = Outbound(1, 0, line.person.address, "слова")
    with pytest.raises(DeliveryError) as refused:
        await line.messenger.channel.send(outbound)
    assert refused.value.permanent
    assert refused.value.code in {"blocked", "opted-out"}
    with pytest.raises(DeliveryError) as unknown:
        await line.messenger.channel.send(replace(outbound, address="000"))
    assert unknown.value.permanent


async def test_an_unreachable_provider_may_be_tried_again(line: Line) -> None:
    settings = read_settings(
        line.url,
        line.world,
        HOTLINE__CARRIER__API_BASE_URL="http://127.0.0.1:1",
        HOTLINE__TELEGRAM__API_BASE_URL="http://127.0.0.1:1",
        HOTLINE__AGGREGATOR__SEND_URL="http://127.0.0.1:1/messages",
        **OTHER_WIRES.get(line.wire, ("", {}))[1],
    )
    carrier = a_carrier(settings)
    built = [build(outside(settings, carrier)) for build in BUILDERS]
    messenger = next(one for one in built if one and one.channel.name == line.name)
    with pytest.raises(DeliveryError) as refused:
        await messenger.channel.send(Outbound(1, 0, line.person.address, "слова"))
    assert not refused.value.permanent
    for one in built:
        if one is not None:
            await one.close()
    await carrier.close()


@pytest.mark.parametrize("name", sorted(PEERS))
async def test_an_answer_that_never_comes_is_one_message_all_the_same(
    name: str, db: Database, vault: Vault
) -> None:
    rules = ChatRules(settle=timedelta(0), send_timeout_s=0.5)
    async with open_line(name, db, vault, rules=rules) as line:
        await line.person.writes("вопрос")
        await line.house.work(now=True)
        contact = await line.house.taken_by(ANA)
        await line.house.work(now=True)
        line.world.faults.arm(line.person.never_answers)
        sent = await line.house.chat.send(ANA, contact.id, "c1", "Один раз")
        await line.house.work(now=True)
        await line.house.work(now=True)
        await line.person.hears("Один раз")
        found = await line.house.chat.message(sent.id, ANA)
        assert line.person.texts().count("Один раз") == 1
        assert found is not None
        known = line.messenger.channel.can_lookup
        assert (found.state is MessageState.UNKNOWN) is not known


async def test_nothing_personal_is_logged(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as entries:
        await line.person.writes("тайные слова")
        line.person.refuses()
        await line.house.work(now=True)
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("hotline", "bots"))]
    logged = f"{entries} {ours}"
    for personal in ("тайные", line.person.address, line.person.address[-6:]):
        assert personal not in logged


@pytest.mark.parametrize("lang", LANGS)
async def test_every_prompt_reaches_the_person_in_every_language(line: Line, lang: Lang) -> None:
    catalogue, flow = shipped_catalogue(), shipped_flows()[line.name]
    await line.person.writes("/start")
    channel = line.messenger.channel
    for number, step in enumerate(flow.steps.values(), start=1):
        if not step.prompts:
            continue
        text = speech.text(catalogue, step.prompts, lang, opens="08:00", hours="24/7")
        offered = speech.options_of(step.choices, lang, danger_said=False)
        buttons = speech.buttons(catalogue, offered)
        for part, piece in enumerate(channel.parts(text, buttons)):
            outbound = Outbound(number, part, line.person.address, piece, buttons)
            assert (await channel.send(outbound)).provider_id
            await line.person.hears(piece.splitlines()[0][:40])


async def test_parts_are_the_same_every_time_and_lose_nothing(line: Line) -> None:
    text = "Первое предложение. Второе, подлиннее, предложение! Третье? " * 40
    first = line.messenger.channel.parts(text, ())
    assert first == line.messenger.channel.parts(text, ())
    assert "".join(" ".join(first).split()) == "".join(text.split())


async def test_lookup_finds_only_what_was_sent_and_nothing_where_it_cannot(line: Line) -> None:
    channel = line.messenger.channel
    await line.person.writes("вопрос")
    since = SystemClock().now()
    outbound = Outbound(1, 0, line.person.address, "слова")
    assert await channel.lookup(outbound, since) is None
    sent = await channel.send(outbound)
    assert await channel.lookup(outbound, since) == (sent if channel.can_lookup else None)
    assert await channel.lookup(replace(outbound, message_id=2, text="другие"), since) is None


async def test_without_the_database_the_provider_is_told_to_come_again(
    line: Line, vault: Vault
) -> None:
    line.house.reception._db = Database("postgresql://nobody@127.0.0.1:1/nowhere")
    body = {
        "telegram": b'{"update_id": 1, "message": {"text": "x", "message_id": 1,'
        b' "chat": {"id": 5, "type": "private"}}}',
        "sms": b"MessageSid=SM1&From=%2B996555123456&Body=x",
        "aggregator": b'{"id": "M1", "from": "+996555123456", "text": "x"}',
    }[line.wire]
    assert await line.knock(body) == 503
    await line.house.reception._db.close()


async def test_whatever_people_write_is_kept_and_never_breaks_us(line: Line) -> None:
    strange = [
        "\u200b\u202eзеро\u2069",
        "a\x00b",
        "",
        "  ",
        "я" * 1700,
        "👩\u200d👩\u200d👧" * 100,
        "<img src=x onerror=alert(1)>",
        "з\u0336а\u0336л\u0336г\u0336о\u0336",
    ]
    for number, text in enumerate(strange, start=1):
        if line.wire == "telegram":
            if not text.strip("\x00 "):
                continue  # Telegram has no such messages
            message = {"message_id": number, "chat": {"id": 5, "type": "private"}, "text": text}
            body = json.dumps({"update_id": number, "message": message}).encode()
        elif line.wire == "sms":
            words = quote_plus(text)
            body = f"MessageSid=SM{number}&From=%2B996555123456&Body={words}&New=1".encode()
        else:
            said = {"id": f"M{number}", "from": "+996555123456", "text": text, "new": [1]}
            body = json.dumps(said).encode()
        assert await line.knock(body) == 200, text
        assert await line.knock(body) == 200, text
    contact = await line.house.contact()
    heard = [m for m in await line.house.all_messages(contact.id) if m.author == "caller"]
    assert len(heard) == len(strange) - (2 if line.wire == "telegram" else 0)
    assert await line.house.count("contact") == 1


async def test_what_is_erased_is_gone_at_the_provider_on_both_sides(line: Line) -> None:
    house = line.house
    await line.person.writes("Меня обманули с работой")
    await house.work(now=True)
    contact = await house.taken_by(ANA)
    await house.chat.send(ANA, contact.id, "c1", "Расскажите, что случилось.")
    await house.work(now=True)
    await line.person.hears("Расскажите, что случилось.")
    await house.erasing.by_staff(ANA, contact.id)
    for _ in range(20):  # a carrier empties only what has arrived
        if not await house.work(now=True):
            break
    if line.wire == "aggregator":  # which has no way to do it, and that is what is written down
        async with house.db.uow() as uow:
            row = await uow.fetchrow("select deleted, remaining from erasure")
        assert row is not None
        assert (row["deleted"], row["remaining"] > 0) == (0, True)
        return
    kept = {
        "telegram": lambda: [
            m.text for m in line.world.telegram_person(CHAT_ID).chat.messages.values()
        ],
        "sms": lambda: [m.body for m in line.world.carrier.messages.by_sid.values()],
    }[line.name]()
    said = speech.LINES[line.name]["erased"]
    assert {words for words in kept if words} == {house.catalogue.t("ru", said)}
