"""A desk in a real browser against the mock server; every page must stay free of complaints."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from tests import browser as finder
from tests.console import ears
from tests.console.mock_server import Mock
from tests.console.world import Json, World, busy_world

expect.set_options(timeout=10_000)
LANGS = {"ky": "Жазуу", "ru": "Запись", "uz": "Qayd", "en": "Record"}
WATCH = """
document.addEventListener('securitypolicyviolation', (e) => {
  console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI);
});
"""


@dataclass
class Desk:
    """A page, the world behind it, and what the page complained about."""

    page: Page
    world: World
    url: str
    complaints: list[str] = field(default_factory=list)

    def get(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def contact(self, ident: str) -> Locator:
        return self.page.locator(f'[data-testid="mine-item"][data-id="{ident}"]')

    async def open(self, path: str = "/console") -> None:
        await self.page.goto(self.url + path)
        await expect(self.page.locator("html[data-ready=yes]")).to_be_attached()


def sent(world: World, path: str) -> list[Json]:
    """Bodies of the actions on an address."""
    return [body for _, at, body in world.calls if re.search(path, at)]


async def press(desk: Desk, **event: object) -> None:
    """A key event as a keyboard layout would make it."""
    await desk.page.evaluate(
        """(init) => {
             const e = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
             (document.activeElement ?? document.body).dispatchEvent(e);
           }""",
        event,
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = finder.provide()
        started = await playwright.chromium.launch(
            executable_path=path, args=ears.flags(), headless=True
        )
        yield started
        await started.close()


def watch(page: Page, complaints: list[str]) -> None:
    """Collects console errors, exceptions and policy violations of a page."""
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@asynccontextmanager
async def opened(chromium: Browser, world: World) -> AsyncIterator[tuple[BrowserContext, Desk]]:
    async with AsyncExitStack() as stack:
        server = TestServer(Mock(world).app(), host="127.0.0.1")
        await server.start_server()
        stack.push_async_callback(server.close)
        context = await chromium.new_context(viewport={"width": 1366, "height": 768})
        stack.push_async_callback(context.close)
        await context.add_init_script(WATCH)
        page = await context.new_page()
        desk = Desk(page, world, str(server.make_url("/")).rstrip("/"))
        watch(page, desk.complaints)
        yield context, desk


@pytest_asyncio.fixture(loop_scope="session")
async def desk(chromium: Browser) -> AsyncIterator[Desk]:
    """A busy operator's desk; the test fails if the page complained about anything."""
    async with opened(chromium, busy_world()) as (_, made):
        await made.open()
        yield made
        assert made.complaints == []
