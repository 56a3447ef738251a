"""The live socket: who may have one, what arrives, and that a reconnect loses nothing."""

from typing import Any

import aiohttp
import pytest

from tests.desk import PROTOCOL, LiveSocket
from tests.town import Town, eventually

CALLER = "+996555123456"
ASKER = 612345789


async def test_it_greets_by_name_and_tells_of_an_offer(town: Town) -> None:
    ana = await town.on_shift("ana")
    async with ana.live() as live:
        hello = next(live.events("hello"))
        assert hello["user"] == {"id": ana.me["id"], "name": "Ana"}
        assert hello["resumed"] is False

        caller, contact = await town.waiting(CALLER)

        offer = await live.wait("call.offer")
        assert offer["contact_id"] == str(contact)
        assert (offer["language"], offer["topic"], offer["danger"]) == ("ru", "abroad", False)
        assert CALLER[-6:] not in offer["masked"]
        await caller.hang_up()
        await town.over(contact, "abandoned")
        await live.wait("offer.gone", lambda one: one["id"] == offer["id"])
        await live.wait("queue.gone", lambda one: one["id"] == str(contact))


async def test_only_the_one_who_is_asked_hears_the_offer(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    async with ana.live() as asked, boris.live() as other:
        caller, contact = await town.waiting(CALLER)
        await asked.wait("call.offer")
        await other.wait("queue.item", lambda one: one["id"] == str(contact))
        assert not list(other.events("call.offer"))
        await caller.hang_up()
        await town.over(contact, "abandoned")


async def test_a_message_arrives_with_its_words_for_its_operator_alone(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    person = town.world.telegram_person(ASKER)
    await person.text("Здравствуйте, мне не платят зарплату")
    async with ana.live() as live, boris.live() as other:
        card = await town.accepted(ana)
        await town.card(ana, card["id"], "talking")
        await person.text("Уже третий месяц подряд")
        words = "Уже третий месяц подряд"
        message = await live.wait("chat.message", lambda one: one["text"] == words)
        assert (message["from"], message["contact_id"]) == ("caller", card["id"])
        assert not list(other.events("chat.message"))
    await ana.post(f"/api/chats/{card['id']}/close")
    await town.written_up(ana, card["id"])


async def test_a_reconnect_loses_nothing_and_doubles_nothing(town: Town) -> None:
    ana = await town.on_shift("ana")
    seen: list[int] = []
    async with ana.live() as first:
        caller, contact = await town.waiting(CALLER)
        await first.wait("call.offer")
        seen += _numbers(first)
        where = first.last

    await caller.hang_up()
    await town.over(contact, "abandoned")
    await _told(town, ana.me["id"], "offer.gone")

    async with ana.live(where) as second:
        await second.wait("offer.gone")
        await second.wait("queue.gone")
        assert next(second.events("hello"))["resumed"] is True
        seen += _numbers(second)
    assert seen == list(range(1, len(seen) + 1))


async def test_a_number_of_another_run_is_not_resumed(town: Town) -> None:
    ana = await town.desk("ana")
    for resume in ("AAAAAA.1", "x", "..", "AAAAAA.99999999999999999999"):
        async with ana.live(resume) as live:
            assert next(live.events("hello"))["resumed"] is False


async def test_a_foreign_page_gets_no_socket(town: Town) -> None:
    ana = await town.desk("ana")
    foreign: list[dict[str, str]] = [{"Origin": "http://evil.example"}, {"Origin": "null"}, {}]
    async with aiohttp.ClientSession(cookie_jar=ana.http.cookie_jar) as page:
        for headers in foreign:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await page.ws_connect(f"{town.url}/ws/desk", protocols=(PROTOCOL,), headers=headers)
            assert refused.value.status == 404


async def test_without_a_session_there_is_no_socket(town: Town) -> None:
    async with aiohttp.ClientSession() as mallory:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await mallory.ws_connect(
                f"{town.url}/ws/desk", protocols=(PROTOCOL,), headers={"Origin": town.url}
            )
    assert refused.value.status == 401


async def test_two_desks_of_one_person_hear_the_same(town: Town) -> None:
    ana, again = await town.on_shift("ana"), await town.desk("ana")
    async with ana.live() as one, again.live() as two:
        caller, contact = await town.waiting(CALLER)
        offers = [await live.wait("call.offer") for live in (one, two)]
        assert offers[0] == offers[1]
        await ana.post(f"/api/offers/{offers[0]['id']}/accept")
        gone = await two.wait("offer.gone")
        assert gone["reason"] == "accepted"
        await two.wait("contact.card", lambda card: card["state"] == "talking")
        await caller.hang_up()
        await two.wait("contact.card", lambda card: card["state"] == "wrap_up")
    await town.written_up(ana, contact)


async def test_signing_out_closes_the_socket(town: Town) -> None:
    ana = await town.desk("ana")
    async with ana.live() as live:
        async with ana.http.post("/logout", data={"csrf": ana.csrf}) as answer:
            assert answer.status == 200

        async def closed() -> bool:
            await live.beat()
            return live.closed

        await eventually(closed)
    assert live.code == 4001


def _numbers(live: LiveSocket) -> list[int]:
    """Numbers of frames with news; a greeting carries the number of the last one."""
    return [int(frame["s"]) for frame in live.frames if frame["ev"][0]["k"] != "hello"]


async def _told(town: Town, staff_id: str, kind: str) -> None:
    """Wait until the stream has the event, whoever reads it."""

    async def found() -> bool:
        stream: Any = await town.ground.link.attempt(lambda redis: redis.xrange("h189:live"))
        return any(one["k"] == kind and one["a"] == f"staff:{staff_id}" for _, one in stream)

    await eventually(found)
