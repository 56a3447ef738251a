"""The live socket: who may have one, what arrives, and that a reconnect loses nothing."""

import base64
import re
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from tests.desk import PROTOCOL, Desk, Json, LiveSocket
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


async def test_every_sign_of_life_is_answered(town: Town) -> None:
    ana = await town.desk("ana")
    async with ana.live() as live:
        assert await live.wait("hb") == {"k": "hb"}


async def test_a_desk_is_warned_before_its_session_ends_and_can_prolong_it(town: Town) -> None:
    ana = await town.desk("ana")
    async with ana.live() as live:
        await _age(town, ana.me["id"], seen="58 minutes 30 seconds")
        assert (await _warning(live))["renewable"] is True
        await ana.post("/api/session/extend")
        seen = len(list(live.events("hb")))

        async def calm() -> bool:
            await live.beat()
            return any("expiring" not in e for e in list(live.events("hb"))[seen:])

        await eventually(calm)


async def test_the_end_of_the_longest_session_cannot_be_put_off(town: Town) -> None:
    ana = await town.desk("ana")
    async with ana.live() as live:
        await _age(town, ana.me["id"], created="11 hours 59 minutes")
        assert (await _warning(live))["renewable"] is False


async def test_drafts_open_in_the_next_session_of_the_same_person_only(town: Town) -> None:
    keys = [await _draft_key(await town.desk(login)) for login in ("ana", "ana", "boris")]

    assert keys[0] == keys[1] != keys[2]
    assert len(base64.b64decode(keys[0], validate=True)) == 32


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
    """Numbers of frames with news; what is said aside carries the number of the last one."""
    return [int(f["s"]) for f in live.frames if f["ev"][0]["k"] not in {"hello", "hb"}]


async def _draft_key(desk: Desk) -> str:
    """The key that the person's page is given."""
    async with desk.http.get("/console") as answer:
        found = re.search(r'"draft_key":\s*"([^"]+)"', await answer.text())
    assert found is not None
    return found[1]


async def _warning(live: LiveSocket) -> Json:
    """Beat until the house says that the session will end."""

    async def warned() -> Json | None:
        await live.beat()
        return next((e["expiring"] for e in live.events("hb") if "expiring" in e), None)

    return await eventually(warned)


async def _age(town: Town, staff_id: str, *, seen: str = "0", created: str = "0") -> None:
    """As if the person had signed in, and had last done something, that long ago."""
    sql = """update session set created_at = created_at - $2::text::interval,
             seen_at = seen_at - $3::text::interval where staff_id = $1 returning id"""
    await town.rows(sql, UUID(staff_id), created, seen)


async def _told(town: Town, staff_id: str, kind: str) -> None:
    """Wait until the stream has the event, whoever reads it."""

    async def found() -> bool:
        stream: Any = await town.ground.link.attempt(lambda redis: redis.xrange("h189:live"))
        return any(one["k"] == kind and one["a"] == f"staff:{staff_id}" for _, one in stream)

    await eventually(found)
