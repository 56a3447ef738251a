"""The signalling of real voices: who is told of whom, and whose page may speak to whose."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from hotline.simulator import World
from tests.contracts.simulator.customer import Customer, Rest
from tests.contracts.simulator.test_rooms import room

CALLER = "+996555000001"
Json = dict[str, Any]


class Page:
    """A browser's page on the line, and everything it was told."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.told: list[Json] = []

    async def until(self, fits: Callable[[Json], bool]) -> Json:
        """The first message that fits, past or future."""
        seen = 0
        async with asyncio.timeout(20):
            while True:
                for message in self.told[seen:]:
                    if fits(message):
                        return message
                seen = len(self.told)
                self.told.append(await self.socket.receive_json())

    async def me(self) -> Json:
        return await self.until(lambda m: m["k"] == "leg")

    async def sees(self, *others: tuple[int, bool, bool]) -> None:
        """Wait until exactly these are here: number, whether heard, whether they hear."""
        now = [{"id": n, "heard": heard, "hears": hears} for n, heard, hears in others]
        await self.until(lambda m: m["k"] == "others" and m["others"] == now)


@pytest.fixture
def talk(customer: Customer) -> Customer:
    customer.pages |= {
        "/voice/in": room("caller", end=True),
        "/voice/op": room("operator"),
        "/voice/after": "<Response><Hangup/></Response>",
    }
    return customer


class Line:
    """Opens pages on a world."""

    def __init__(self, world: World, http: aiohttp.ClientSession) -> None:
        self._world = world
        self._http = http

    async def page(self, **query: str) -> tuple[Page, int]:
        """A page on the line, and its number."""
        address = f"{self._world.url}/_sim/voice"
        page = Page(await self._http.ws_connect(address, params=query))
        return page, int((await page.me())["me"])


@pytest.fixture
async def line(world: World) -> AsyncIterator[Line]:
    async with aiohttp.ClientSession() as http:
        yield Line(world, http)


async def test_pages_in_one_room_are_told_of_each_other_and_may_signal(
    world: World, talk: Customer, line: Line
) -> None:
    del talk
    operator, his = await line.page(identity="op_7")
    caller = world.phone(CALLER)
    await caller.dial()
    hand, hers = await line.page(leg=caller.call.sid)
    await hand.sees((his, True, True))
    await operator.sees((hers, True, True))
    await operator.until(lambda m: m["k"] == "heard" and m["moment"] == "talking")

    await hand.socket.send_json({"k": "signal", "to": his, "data": {"candidate": "x"}})
    said = await operator.until(lambda m: m["k"] == "signal")
    assert said == {"k": "signal", "from": hers, "data": {"candidate": "x"}}

    await operator.socket.send_json({"k": "bye"})
    await caller.wait_alone()
    await hand.sees()


async def test_a_page_outside_the_room_reaches_nobody_in_it(
    world: World, talk: Customer, line: Line
) -> None:
    operator, his = await line.page(identity="op_7")
    caller = world.phone(CALLER)
    await caller.dial()
    hand, hers = await line.page(leg=caller.call.sid)
    await hand.sees((his, True, True))
    talk.pages["/voice/op"] = "<Response><Gather numDigits='1' action='/voice/after'/></Response>"
    stranger, its = await line.page(identity="op_8")
    await stranger.until(lambda m: m["k"] == "heard" and m["moment"] == "gather")

    await stranger.socket.send_json({"k": "signal", "to": his, "data": "from outside"})
    await stranger.socket.send_json({"k": "press", "keys": "7"})
    # The key comes after the signal, so the signal has been refused by then.
    await stranger.until(lambda m: m["k"] == "heard" and m["moment"] == "ended")
    await hand.socket.send_json({"k": "signal", "to": his, "data": "from inside"})
    assert await operator.until(lambda m: m["k"] == "signal") == {
        "k": "signal",
        "from": hers,
        "data": "from inside",
    }
    assert all(one["id"] != its for m in operator.told for one in m.get("others", ()))


async def test_a_coach_is_heard_by_the_coached_alone_and_the_held_by_nobody(
    world: World, talk: Customer, line: Line, rest: Rest
) -> None:
    operator, his = await line.page(identity="op_7")
    caller = world.phone(CALLER)
    await caller.dial()
    hand, hers = await line.page(leg=caller.call.sid)
    await hand.sees((his, True, True))
    sid = (await operator.me())["sid"]
    talk.pages["/voice/op"] = room("boss", extra=f'coach="{sid}"')
    boss, its = await line.page(identity="op_8")

    await hand.sees((his, True, True), (its, False, True))
    await operator.sees((hers, True, True), (its, True, True))
    await boss.sees((his, True, True), (hers, True, False))

    here = world.carrier.rooms.open_named("c-1")
    assert here is not None
    path = f"/Conferences/{here.sid}/Participants/caller.json"
    await rest.ask("POST", path, Hold="true")
    await hand.sees((his, False, False), (its, False, False))
    await boss.sees((his, True, True), (hers, False, False))


async def test_a_softphone_whose_page_is_gone_leaves_unless_it_comes_back(
    world: World, talk: Customer, line: Line
) -> None:
    del talk
    operator, _ = await line.page(identity="op_7")
    sid = (await operator.me())["sid"]
    await operator.socket.close()
    again, _ = await line.page(leg=sid)
    assert (await again.me())["sid"] == sid

    await again.socket.close()
    await world.journal.wait_for("call.status", call=sid, status="completed")


async def test_a_page_from_another_host_is_refused(world: World) -> None:
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(
                f"{world.url}/_sim/voice?identity=op_7", origin="https://elsewhere.example"
            )
    assert refused.value.status == 403
    assert not world.carrier.legs.by_sid
