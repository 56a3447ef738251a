"""The page on which one is a caller by hand, in a real browser."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from hotline.app.ground import Urls
from hotline.cli.ports import free_port
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.simulator import World, WorldConfig
from tests import browser as finder
from tests.console.conftest import watch
from tests.founding import town_in

pytestmark = pytest.mark.timeout(150)
LONG_MS = 30_000


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=finder.provide(), args=finder.flags()
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
