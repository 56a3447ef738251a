"""Real voices between browsers: who is heard by whom, and silence where silence must be."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

import hotline
from hotline.app.ground import Urls
from hotline.cli.ports import free_port
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.simulator import World, WorldConfig
from tests import browser as finder
from tests.console import ears
from tests.console.conftest import WATCH, watch
from tests.founding import town_in
from tests.town import PASSWORD, eventually

pytestmark = pytest.mark.timeout(180)
SOUNDS = Path(hotline.__file__).parent / "console" / "static" / "sounds"
ROOM = "<Response><Dial><Conference>talk</Conference></Dial></Response>"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=finder.provide(), args=ears.flags()
        )
        yield started
        await started.close()


@asynccontextmanager
async def conference() -> AsyncIterator[World]:
    """A number where everybody who calls meets in one room."""
    port = free_port()
    room = f"http://127.0.0.1:{port}/bins/room"
    config = WorldConfig(port=port, voice_url=room, bins={"room": ROOM})
    async with World(config).running() as world:
        yield world
        assert world.failures == []


@asynccontextmanager
async def jukebox() -> AsyncIterator[World]:
    """A number that plays a sound once and then waits for a key."""
    app = web.Application()
    app.router.add_static("/", SOUNDS)
    port = free_port()
    async with TestServer(app, host="127.0.0.1") as shop:
        sound = shop.make_url("/ring.wav")
        bins = {"play": f"<Response><Play>{sound}</Play><Gather timeout='60'/></Response>"}
        play = f"http://127.0.0.1:{port}/bins/play"
        async with World(WorldConfig(port=port, voice_url=play, bins=bins)).running() as world:
            yield world
            assert world.failures == []


@asynccontextmanager
async def callers(chromium: Browser, world: World, count: int) -> AsyncIterator[list[Page]]:
    """So many people on the line, each with a page of their own; no page complains."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:
        pages = []
        for _ in range(count):
            context = await chromium.new_context()
            stack.push_async_callback(context.close)
            await context.add_init_script(ears.PROBE)
            page = await context.new_page()
            watch(page, complaints)
            await page.goto(world.url)
            await page.locator("[data-key=dial]").click()
            await expect(page.locator("#phone")).to_have_attribute("data-mode", "talk")
            pages.append(page)
        yield pages
    assert complaints == []


@asynccontextmanager
async def at_the_desk(chromium: Browser, url: str) -> AsyncIterator[Page]:
    """Ana, signed in; her page keeps to the strict policy."""
    complaints: list[str] = []
    context = await chromium.new_context(viewport={"width": 1366, "height": 768})
    await context.add_init_script(WATCH)
    await context.add_init_script(ears.PROBE)
    page = await context.new_page()
    watch(page, complaints)
    await page.goto(url)
    await page.fill("#login", "ana")
    await page.fill("#password", PASSWORD)
    await page.press("#password", "Enter")
    await expect(page.get_by_test_id("link-online")).to_be_visible()
    yield page
    await context.close()
    assert complaints == []


class Carrier:
    """The telephone company's API, as a customer uses it."""

    def __init__(self, world: World, http: aiohttp.ClientSession) -> None:
        self._world = world
        self._http = http

    async def sid(self, page: Page) -> str:
        found: str = await page.evaluate("JSON.parse(sessionStorage.getItem('hand.call'))")
        return found

    async def change(self, page: Page, **fields: str) -> None:
        """Mute, hold or coach somebody."""
        sid = await self.sid(page)
        room = await eventually(self._room)
        config = self._world.config
        path = f"/2010-04-01/Accounts/{config.account_sid}/Conferences/{room}/Participants/{sid}"
        auth = aiohttp.encode_basic_auth(config.account_sid, config.auth_token)
        async with self._http.post(
            f"{self._world.url}{path}.json", data=fields, headers={"Authorization": auth}
        ) as answer:
            assert answer.status == 200, await answer.text()

    async def _room(self) -> str:
        room = self._world.carrier.rooms.open_named("talk")
        return room.sid if room is not None and room.status == "in-progress" else ""


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_who_is_muted_or_held_is_not_heard_and_who_is_held_hears_nobody(
    chromium: Browser, http: aiohttp.ClientSession
) -> None:
    async with conference() as world, callers(chromium, world, 2) as (one, two):
        carrier = Carrier(world, http)
        await ears.hears(one)
        await ears.hears(two)

        await carrier.change(one, Muted="true")
        await ears.hears_nobody(two)
        await ears.hears(one)
        await carrier.change(one, Muted="false")
        await ears.hears(two)

        await carrier.change(one, Hold="true")
        await ears.hears_nobody(one)
        await ears.hears_nobody(two)
        await carrier.change(one, Hold="false")
        await ears.hears(one)
        await ears.hears(two)


async def test_a_whisper_is_heard_only_by_whom_it_is_for(
    chromium: Browser, http: aiohttp.ClientSession
) -> None:
    async with conference() as world, callers(chromium, world, 3) as (caller, operator, boss):
        carrier = Carrier(world, http)
        await carrier.change(boss, Coaching="true", CallSidToCoach=await carrier.sid(operator))
        for page in (caller, operator, boss):
            await ears.hears(page)

        # With the operator silent, the caller would hear the whisper if it could be heard.
        await carrier.change(operator, Muted="true")
        await ears.hears_nobody(caller)
        await carrier.change(caller, Muted="true")
        await ears.hears(operator)
        await ears.hears_nobody(boss)

        await carrier.change(boss, Coaching="false")
        await ears.hears(caller)


async def test_a_caller_hears_the_prompts_and_the_own_keys(chromium: Browser) -> None:
    async with jukebox() as world, callers(chromium, world, 1) as (page,):
        await ears.plays(page)
        await expect(page.locator("#phone .heard")).to_contain_text("ring.wav")
        await eventually(lambda: page.evaluate("performance.now() - window.sounded > 2000"))
        await page.locator('[data-key="5"]').click()
        await ears.plays(page)


async def test_an_operator_and_a_caller_talk_from_browser_to_browser(
    chromium: Browser, db: Database, servers: Servers, tmp_path: Path
) -> None:
    urls = Urls(db.url, servers.redis_url)
    environ = {"HOTLINE__PHONE__MODES": "sim,fake"}
    async with (
        town_in(tmp_path, urls, db, environ, factor=4) as town,
        callers(chromium, town.world, 1) as (caller,),
        at_the_desk(chromium, town.url) as desk,
    ):
        await expect(desk.get_by_test_id("phone-sim")).to_be_checked()
        await desk.get_by_test_id("start-shift").click()
        heard = caller.locator("#phone .heard")
        await expect(heard).to_contain_text("ky/ivr-welcome")
        await caller.locator('[data-key="2"]').click()
        await expect(heard).to_contain_text("ru/ivr-topic")
        await caller.locator('[data-key="1"]').click()
        await expect(desk.get_by_test_id("offer-card")).to_be_visible()
        await desk.keyboard.press("F2")
        await expect(desk.get_by_test_id("call-panel")).to_have_attribute("data-state", "live")
        await ears.hears(desk)
        await ears.hears(caller)

        await desk.keyboard.press("F4")
        await ears.hears_nobody(caller)
        await ears.hears(desk)
        await desk.keyboard.press("F4")
        await ears.hears(caller)

        await desk.get_by_test_id("hangup").click()
        await expect(caller.locator("#phone")).to_have_attribute("data-mode", "over")
        await expect(desk.get_by_test_id("wrap-up")).to_be_visible()
