"""PostgreSQL or Redis goes away in mid-work: nobody is lost, and it comes back by itself."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import aiohttp
import pytest

from hotline.app.ground import Urls
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from tests.afterwards import all_is_well
from tests.cable import Cable
from tests.founding import town_in
from tests.town import Town, eventually
from tests.wire import ASKER, CALL, CALLER, TEXT, Wire

OTHER = "+996700987654"
PORT = ".s.PGSQL.5432"


@dataclass
class Cables:
    """The ways from the house to its servers."""

    postgresql: Cable
    redis: Cable
    urls: Urls


@pytest.fixture
async def cables(servers: Servers) -> AsyncIterator[Cables]:
    with tempfile.TemporaryDirectory(prefix="h189c-") as folder:
        sockets = Path(parse_qs(urlsplit(servers.database_url).query)["host"][0])
        postgresql = Cable(Path(folder) / PORT, str(sockets / PORT))
        redis = Cable(Path(folder) / "r", unquote(urlsplit(servers.redis_url).path))
        for cable in (postgresql, redis):
            await cable.mend()
        url = f"postgresql://hotline@/hotline?host={quote(folder)}"
        yield Cables(postgresql, redis, Urls(url, redis.url))
        for cable in (postgresql, redis):
            await cable.close()


@pytest.fixture
async def town(db: Database, cables: Cables, tmp_path: Path) -> AsyncIterator[Town]:
    async with town_in(tmp_path, cables.urls, db) as made:
        yield made
        await all_is_well(made)


async def test_without_postgresql_webhooks_are_to_be_repeated(
    town: Town, cables: Cables, wire: Wire
) -> None:
    await _is_ready(town, ready=True)
    await _cut(town, cables)

    health = await _is_ready(town, ready=False)
    assert health["parts"]["postgresql"]["ok"] is False
    assert health["parts"]["redis"]["ok"] is True
    for path, form in (
        ("/voice/in", CALL),
        ("/voice/status", CALL),
        ("/voice/conf", {"StatusCallbackEvent": "participant-join"}),
        ("/sms/in", TEXT),
        ("/sms/status?m=1.0", {**TEXT, "MessageStatus": "sent"}),
    ):
        assert (await wire.carrier(path, form)).status == 503, path
    assert (await wire.telegram({"update_id": 1, "poll": {"id": "1"}})).status == 503
    # Who is on the line already is kept there with music, and asked again.
    held = await wire.carrier("/voice/hold?n=4", CALL)
    assert held.status == 200
    assert "hold-" in held.body
    assert "/voice/hold?" in held.body

    await _mend(town, cables)
    assert (await wire.carrier("/voice/in", CALL)).status == 200
    assert (await wire.carrier("/voice/status", {**CALL, "CallStatus": "busy"})).status == 200
    contacts = await town.rows("select id from contact")
    assert len(contacts) == 1
    await town.over(contacts[0]["id"], "left_in_intake")


async def test_who_comes_while_postgresql_is_away_gets_through(town: Town, cables: Cables) -> None:
    ana = await town.on_shift("ana")
    person, caller = town.world.telegram_person(ASKER), town.world.phone(CALLER)
    await _cut(town, cables)

    await person.text("Здравствуйте, нужна помощь с документами")
    await caller.dial()
    for kind in ("webhook", "telegram.delivered"):
        await town.world.journal.wait_for(kind, status=503)
    await _mend(town, cables)

    for key in "21":
        await caller.wait_gather()
        await caller.press(key)
    kinds = set()
    for _ in range(2):
        card = await town.accepted(ana)
        kinds.add(card["kind"])
        await town.card(ana, card["id"], "talking")
        end = "calls/{}/hangup" if card["kind"] == "call" else "chats/{}/close"
        await ana.post(f"/api/{end.format(card['id'])}")
        await town.written_up(ana, card["id"])
    assert kinds == {"call", "chat"}


async def test_a_talk_outlives_postgresql(town: Town, cables: Cables) -> None:
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    waiting, other = await town.waiting(OTHER)

    await _cut(town, cables)
    status, said = await ana.refused("GET", "/api/desk/snapshot")
    assert (status, said["error"]) == (503, "database-away")
    await waiting.wait_for("hold-")
    assert caller.call.live
    assert waiting.call.live
    await _mend(town, cables)

    await ana.post(f"/api/calls/{card['id']}/hangup")
    await caller.wait_ended()
    await town.written_up(ana, card["id"])
    await town.talking(ana, waiting)
    await waiting.hang_up()
    await town.written_up(ana, other)


async def test_a_message_sent_while_postgresql_goes_is_left_to_a_person(
    town: Town, cables: Cables
) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(ASKER)
    await person.text("Здравствуйте, нужна помощь с документами")
    contact = await town.chatting(ana)
    await person.wait_for(town.ground.texts.t("ru", "bot-operator-joined"))
    sent = await town.write(ana, contact, "Это дошло, а записать не успели")

    await person.wait_for(sent["text"])  # Telegram has it; its answer is on the way to us
    await _cut(town, cables)
    await _mend(town, cables)

    await town.rows("update message_part set state_at = state_at - interval '1 minute'")
    await town.now_due("chat.deliver")
    await town.message(ana, sent, "unknown")
    await ana.post(f"/api/messages/{sent['id']}/decide", {"action": "drop"})
    await town.chat_over(ana, contact)
    assert [text for text in person.inbox if text == sent["text"]] == [sent["text"]]


async def test_without_redis_calls_and_chats_go_on(town: Town, cables: Cables) -> None:
    ana = await town.on_shift("ana")
    async with ana.live() as live:
        await cables.redis.cut()
        health = await _is_ready(town, ready=True)
        assert health["parts"]["redis"]["ok"] is False

        caller = await town.caller(CALLER)
        await live.wait("call.offer")  # one process: its desks hear without Redis too
        card = await town.talking(ana, caller)
        await caller.hang_up()
        await town.written_up(ana, card["id"])
        person = town.world.telegram_person(ASKER)
        await person.text("Здравствуйте, можно спросить про визу")
        contact = await town.chatting(ana)
        await town.write(ana, contact, "Да, конечно, спрашивайте")
        await person.wait_for("Да, конечно")
        await town.chat_over(ana, contact)
    boris = await town.desk("boris")  # signing in needs no Redis
    assert boris.me["name"] == "Boris"

    await cables.redis.mend()
    await eventually(lambda: _redis_is_back(town))


async def test_an_emptied_redis_costs_nobody_anything(town: Town) -> None:
    ana = await town.on_shift("ana")
    async with ana.live() as live:
        caller, contact = await town.waiting(CALLER)
        offer = await live.wait("call.offer")
        await town.ground.link.attempt(lambda redis: redis.flushall(), force=True)
        await ana.post(f"/api/offers/{offer['id']}/accept")
        await caller.wait_talking()
        await live.wait("contact.card", lambda card: card["state"] == "talking")
        await town.ground.link.attempt(lambda redis: redis.flushall(), force=True)
        await ana.post(f"/api/calls/{contact}/hangup")
        await live.wait("contact.card", lambda card: card["state"] == "wrap_up")
    await town.written_up(ana, contact)


async def _cut(town: Town, cables: Cables) -> None:
    """PostgreSQL goes: work in hand fails, and the world hears that it must come again."""
    town.errors.add("job.failed")
    town.refusals.add(503)
    await cables.postgresql.cut()


async def _mend(town: Town, cables: Cables) -> None:
    """PostgreSQL is back, and the leases of work whose outcome could not be written run out."""
    await cables.postgresql.mend()
    await _is_ready(town, ready=True)
    await town.lapse()


async def _is_ready(town: Town, *, ready: bool) -> dict[str, Any]:
    """Wait until the house says so."""

    async def said() -> dict[str, Any] | None:
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{town.url}/health/ready") as answer,
        ):
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ready"] else 503)
        return body if body["ready"] is ready else None

    return await eventually(said)


async def _redis_is_back(town: Town) -> bool:
    health = await _is_ready(town, ready=True)
    return bool(health["parts"]["redis"]["ok"])
