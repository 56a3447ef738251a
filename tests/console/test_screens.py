"""The screens beside the desk, and what is true of every screen."""

import json
import re

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import LANGS, Desk, opened
from tests.console.world import CALL, ago, busy_world, case, ident, message

RAW_ID = re.compile(
    r"\b(nav|log|case|tl|rec|desk|call|msg|state|fmt|tag|object|job|why|kind|audit)-[a-z]+\b"
)
# Every place of the rail is seen, or can be scrolled to.
REACHED = """(rail) => rail.scrollWidth <= rail.clientWidth
  || getComputedStyle(rail).overflowX === 'auto'"""
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


async def test_a_long_chat_is_read_back_to_its_beginning(chromium: Browser) -> None:
    world = busy_world()
    row = world.log[0]["id"]
    world.messages[row] = [message(n, row, f"сөз {n}") for n in range(1, 131)]
    async with opened(chromium, world) as (_, desk):
        await desk.open(f"/log/{row}")
        await expect(desk.get("message")).to_have_count(100)
        await desk.get("older").click()
        await expect(desk.get("message")).to_have_count(130)

        await expect(desk.get("message").first).to_contain_text("сөз 1")
        await expect(desk.get("older")).to_have_count(0)
        assert desk.complaints == []


async def test_coming_back_from_a_contact_finds_the_log_as_it_was(desk: Desk) -> None:
    await desk.open("/log?risk=none&state=closed")
    await desk.get("older").click()
    await expect(desk.get("log-row")).to_have_count(180)
    screen = desk.page.locator(".screen")
    last = desk.get("log-row").last.get_by_role("link").first
    await last.scroll_into_view_if_needed()
    top = await screen.evaluate("(el) => el.scrollTop")
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    await last.click()
    await expect(desk.get("record-read")).to_be_visible()
    await desk.page.locator("a.back").click()
    await expect(desk.get("log-row")).to_have_count(180)

    await expect(desk.page).to_have_url(re.compile(r"/log\?risk=none&state=closed$"))
    assert top > 0
    assert await screen.evaluate("(el) => el.scrollTop") == top
    assert [url for url in asked if "/api/log?" in url] == []


async def break_the_line(desk: Desk) -> None:
    """The line is lost for so long that what happened meanwhile cannot be told any more."""
    await desk.world.push({"k": "queue.gone", "id": "none"})
    await desk.world.cut()
    desk.world.frames.clear()
    desk.world.deaf = False


async def test_after_a_break_lists_and_pages_do_not_pass_for_fresh(chromium: Browser) -> None:
    """The browser reports the sockets that were refused: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open("/log")
        await expect(desk.get("log-row")).to_have_count(100)
        await break_the_line(desk)
        await desk.get("log-new").click()
        await expect(desk.get("log-new")).to_have_count(0)

        await desk.get("log-row").first.get_by_role("link").first.click()
        await expect(desk.get("record-read")).to_be_visible()
        await break_the_line(desk)
        await desk.get("stale").click()
        await expect(desk.get("record-read")).to_be_visible()
        await expect(desk.get("stale")).to_have_count(0)

        await desk.get("nav-jobs").click()
        await expect(desk.get("job-row")).to_have_count(1)
        async with desk.page.expect_request("**/api/dead-letters"):
            await break_the_line(desk)


async def test_a_case_is_read_again_only_for_its_own_changes(chromium: Browser) -> None:
    world = busy_world()
    own, other = case(71), case(72)
    world.cases = [own, other]
    async with opened(chromium, world) as (_, desk):
        read: list[str] = []
        desk.page.on("request", lambda request: read.append(request.url))
        await desk.open(f"/cases/{ident(71)}")
        await expect(desk.get("case-reason")).to_be_visible()
        await desk.world.push({"k": "escalation.changed", **other, "overdue": True})
        await expect(desk.get("escalation-alert").filter(has_text=other["code"])).to_have_class(
            re.compile("late")
        )
        async with desk.page.expect_response(f"**/api/cases/{ident(71)}"):
            await desk.world.push({"k": "escalation.changed", **own, "overdue": True})

        assert len([url for url in read if f"/api/cases/{ident(71)}" in url]) == 2
        assert desk.complaints == []


async def test_the_person_of_a_sealed_case_is_named_until_somebody_has_them(
    chromium: Browser,
) -> None:
    world = busy_world()
    world.cases = [case(71, sealed=True, state="acknowledged")]
    async with opened(chromium, world) as (_, desk):
        await desk.open("/console")
        told = {"case_id": ident(71), "code": world.cases[0]["code"], "contact_id": ident(5)}
        await desk.world.push({"k": "case.back", "back": [told | {"since": ago(70)}]})
        await expect(desk.get("person-back")).to_contain_text("1:1")
        await desk.get("person-back").get_by_role("link", name=told["code"]).click()
        await expect(desk.get("case-sealed")).to_be_visible()
        await desk.world.push({"k": "queue.gone", "id": ident(5), "why": "taken"})
        await expect(desk.get("person-back")).to_have_count(0)


async def test_a_note_stays_with_its_case(chromium: Browser) -> None:
    world = busy_world()
    world.cases = [case(71), case(72)]
    async with opened(chromium, world) as (_, desk):
        await desk.open(f"/cases/{ident(71)}")
        await desk.get("case-note").fill("перезвонить в 18:00")
        await desk.get("escalation-alert").get_by_role("link", name=world.cases[1]["code"]).click()
        await expect(desk.page.locator(".page-title h2")).to_have_text(world.cases[1]["code"])
        await expect(desk.get("case-note")).to_have_value("")
        await desk.page.go_back()

        await expect(desk.page.locator(".page-title h2")).to_have_text(world.cases[0]["code"])
        await expect(desk.get("case-note")).to_have_value("перезвонить в 18:00")
        assert desk.complaints == []


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
        for screen in (
            "console",
            "log",
            "callbacks",
            "cases",
            "line",
            "roster",
            "staffing",
            "jobs",
            "audit",
        ):
            await desk.page.set_viewport_size({"width": 1366, "height": 768})
            await desk.get(f"nav-{screen}").click()
            await expect(desk.page.locator(".screen .skeleton")).to_have_count(0)
            for width in (1366, 1024, 720, 320):
                await desk.page.set_viewport_size({"width": width, "height": 768})
                wide = await desk.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (screen, lang, width)
                assert await desk.page.locator(".rail").evaluate(REACHED), (lang, width)
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
