"""The screens beside the desk, and what is true of every screen."""

import json
import re

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import LANGS, Desk, opened
from tests.console.world import CALL, busy_world, case

RAW_ID = re.compile(
    r"\b(nav|log|case|tl|rec|desk|call|msg|state|fmt|tag|object|job|why|kind|audit)-[a-z]+\b"
)
# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_log_keeps_its_filter_in_the_address(desk: Desk) -> None:
    """LOG-4, and older rows on request."""
    await desk.get("nav-log").click()
    await expect(desk.get("log-row")).to_have_count(100)
    await desk.get("older").click()
    await expect(desk.get("log-row")).to_have_count(180)
    await desk.get("filter-channel").select_option("sms")
    await expect(desk.page).to_have_url(re.compile(r"/log\?channel=sms$"))
    await expect(desk.get("log-row")).to_have_count(60)
    await desk.page.go_back()

    await expect(desk.get("log-row")).to_have_count(100)
    await expect(desk.get("filter-channel")).to_have_value("")


async def test_contact_page_shows_what_was_written(desk: Desk) -> None:
    await desk.get("nav-log").click()
    await desk.get("log-row").first.get_by_role("link").first.click()

    await expect(desk.get("record-read")).to_contain_text("Айлык үч ай берилген эмес")
    await expect(desk.get("contact-page").get_by_test_id("timeline")).to_be_visible()


async def test_screens_without_the_right_are_not_offered(chromium: Browser) -> None:
    """G-2: no permission is said in words."""
    world = busy_world()
    world.permissions = ["console:desk:use", "shift:own:manage"]
    async with opened(chromium, world) as (_, desk):
        await desk.open("/audit")
        await expect(desk.get("state-denied")).to_be_visible()
        await expect(desk.get("nav-console")).to_be_visible()

        assert await desk.get("nav-audit").count() == 0
        assert await desk.get("escalation-alert").count() == 0
        assert desk.complaints == []


@pytest.mark.parametrize("lang", LANGS)
async def test_screens_in_every_language_and_width(chromium: Browser, lang: str) -> None:
    """G-1, G-3, G-4: no complaint, no sideways scrolling, no raw id of the catalogue."""
    async with opened(chromium, busy_world(lang)) as (_, desk):
        await desk.open()
        for screen in ("console", "log", "cases", "jobs", "audit"):
            await desk.page.set_viewport_size({"width": 1366, "height": 768})
            await desk.get(f"nav-{screen}").click()
            await expect(desk.page.locator(".screen .skeleton")).to_have_count(0)
            for width in (1366, 1024, 720, 320):
                await desk.page.set_viewport_size({"width": width, "height": 768})
                wide = await desk.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (screen, lang, width)
            text = await desk.page.locator("body").inner_text()
            assert not RAW_ID.search(text), (screen, lang)

        assert desk.complaints == []


async def test_login_works_without_scripts(chromium: Browser) -> None:
    """LOGIN-1, LOGIN-4, LOGIN-5."""
    async with opened(chromium, busy_world()) as (_, desk):
        context = await chromium.new_context(java_script_enabled=False)
        page = await context.new_page()
        sizes: list[int] = []
        page.on("response", lambda r: sizes.append(int(r.headers.get("content-length", 0))))
        await page.goto(f"{desk.url}/login")
        await page.fill("#login", "aigul")
        await page.click('button[value="ky"]')
        await expect(page.locator("h1")).to_have_text("Кирүү")
        await expect(page.locator("#login")).to_have_value("aigul")
        first_view = sum(sizes[:4])
        await page.fill("#password", "wrong")
        await page.press("#password", "Enter")
        await expect(page.get_by_role("alert")).to_be_visible()
        await page.fill("#password", "right")
        await page.press("#password", "Enter")
        await expect(page).to_have_url(re.compile("/console$"))
        await context.close()

        assert 0 < first_view <= 15_000


async def test_boot_block_cannot_close_itself(chromium: Browser) -> None:
    world = busy_world()
    world.mine[0]["masked"] = "</script><b>x"
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.contact(CALL)).to_contain_text("</script><b>x")
        boot = await desk.page.locator("#boot").text_content()

        assert json.loads(boot or "")["snapshot"]["mine"][0]["masked"] == "</script><b>x"
        assert desk.complaints == []


async def test_older_escalations_come_on_request(chromium: Browser) -> None:
    world = busy_world()
    world.cases = [case(1000 + n, state="closed") for n in range(130)]
    async with opened(chromium, world) as (_, desk):
        await desk.open("/cases?state=closed")
        await expect(desk.get("case-row")).to_have_count(100)
        await desk.get("older").click()

        await expect(desk.get("case-row")).to_have_count(130)
        assert desk.complaints == []
