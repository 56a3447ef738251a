"""Shifts and forecast on the desk: planned without dragging, read without colour."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from playwright.async_api import Browser, Route, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.mock_roster import MockRoster
from tests.console.world import OPERATOR, OTHER, World, ago, busy_world

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")
MONDAY = MockRoster(World()).first


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@asynccontextmanager
async def refusing(desk: Desk, pattern: str, status: int) -> AsyncIterator[None]:
    """The server says no, for a while; the browser complains of nothing else."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=status, json={"error": "refused", "text": "…"})

    await desk.page.route(pattern, answer)
    yield
    await desk.page.unroute(pattern)
    desk.complaints[:] = [said for said in desk.complaints if f"{status}" not in said]


async def test_a_shift_is_added_and_moved_with_the_keyboard(desk: Desk) -> None:
    """SCH-1, SCH-2."""
    await desk.open("/roster")
    shifts = desk.get("shift")
    await expect(shifts).to_have_count(6)  # five, one of them on two days
    await desk.get("shift-add").nth(5).focus()
    await desk.page.keyboard.press("Enter")
    await expect(desk.get("shift-staff")).to_be_focused()
    await desk.get("shift-from").select_option("22:00")
    await desk.get("shift-to").select_option("06:30")
    await desk.get("shift-save").press("Enter")
    await expect(shifts).to_have_count(8)

    await desk.page.get_by_role("button", name="22:00–06:30").first.press("Enter")
    await desk.get("shift-day").fill(day(4).isoformat())
    await desk.get("shift-from").select_option("09:00")
    await desk.get("shift-to").select_option("17:00")
    await desk.get("shift-save").press("Enter")
    await expect(shifts).to_have_count(7)

    await shifts.filter(has_text="09:00–17:00").click()
    await desk.get("shift-day").fill(day(0).isoformat())
    await desk.get("shift-save").click()
    await expect(desk.get("toast").last).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(shifts).to_have_count(7)
    desk.complaints[:] = [said for said in desk.complaints if "409" not in said]
    added, moved, refused = sent(desk.world, "/api/roster/shifts")
    assert added == {
        "staff": OPERATOR["id"],
        "day": day(5).isoformat(),
        "from": "22:00",
        "to": "06:30",
    }
    assert (moved["rev"], moved["day"], refused["rev"]) == (1, day(4).isoformat(), 2)


async def test_what_is_not_covered_is_named_and_wishes_are_decided(desk: Desk) -> None:
    """SCH-3."""
    await desk.open("/roster")
    await expect(desk.get("gap").first).to_contain_text("08:00–")
    await expect(desk.get("gap").filter(has_text="Никого").last).to_contain_text("10:00–15:00")
    wishes = desk.get("wish")
    await expect(wishes).to_have_count(3)
    await expect(wishes.last.get_by_test_id("wish-approve")).to_be_disabled()
    await wishes.first.get_by_test_id("wish-approve").click()
    await expect(desk.get("away")).to_have_text("нет на месте")
    odd = wishes.first.get_by_test_id("wish-odd")
    await expect(odd).to_contain_text(f"{OPERATOR['name']}: ")
    await expect(odd).to_contain_text("сотрудника в это время нет")
    await wishes.first.get_by_test_id("wish-approve").click()
    await wishes.first.get_by_test_id("wish-refuse").click()
    await expect(wishes).to_have_count(0)

    absence, given, refused = sent(desk.world, "/decide$")
    assert absence == {"approve": True}
    assert given == {"approve": True, "taken_by": OPERATOR["id"]}, "who was seen to have it"
    assert refused == {"approve": False, "taken_by": None}
    async with desk.page.expect_response(re.compile(r"/api/roster\?")):
        await desk.world.push({"k": "roster.changed"})


async def test_operators_give_shifts_away_and_ask_for_days(chromium: Browser) -> None:
    world = busy_world()
    world.permissions = ["console:desk:use", "shift:own:manage", "roster:own:manage"]
    async with opened(chromium, world) as (_, desk):
        await desk.open("/roster")
        await expect(desk.get("own-shift")).to_have_count(4)
        await expect(desk.get("roster-week")).to_have_count(0)
        await expect(desk.get("nav-staffing")).to_have_count(0)
        await desk.get("swap-give").last.click()
        await desk.get("swap-to").select_option(OTHER["id"])
        await desk.get("swap-go").click()
        await expect(desk.get("own-offer")).to_have_count(2)
        await desk.get("swap-keep").last.click()
        await expect(desk.get("own-offer")).to_have_count(1)
        await desk.get("swap-leave").click()
        await desk.get("swap-accept").click()
        await expect(desk.get("swap-leave")).to_be_visible()
        assert [(how, at.split("/")[-1]) for how, at, _ in world.calls if "accept" in at] == [
            ("DELETE", "accept"),
            ("POST", "accept"),
        ]
        await expect(desk.get("absence-ask")).to_be_disabled()
        await desk.get("absence-first").fill(day(14).isoformat())
        await desk.get("absence-last").fill(day(15).isoformat())
        await desk.get("absence-ask").click()
        await expect(desk.get("absence")).to_have_count(2)

        (offer,) = sent(world, "/api/roster/swaps$")
        assert offer["to"] == OTHER["id"]
        assert sent(world, "/api/roster/absences$") == [
            {"first": day(14).isoformat(), "last": day(15).isoformat()}
        ]
        assert desk.complaints == []


async def test_a_shift_that_has_begun_is_not_given_away(chromium: Browser) -> None:
    world = busy_world()
    world.permissions = ["console:desk:use", "shift:own:manage", "roster:own:manage"]
    async with opened(chromium, world) as (_, desk):

        async def begun(route: Route) -> None:
            answer = await route.fetch()
            told = await answer.json()
            first, *rest = told["shifts"]
            told |= {"offers": [], "shifts": [{**one, "begins_at": ago(-3600)} for one in rest]}
            told["shifts"].insert(0, {**first, "begins_at": ago(3600)})
            await route.fulfill(response=answer, json=told)

        await desk.page.route("**/api/roster/mine", begun)
        await desk.open("/roster")
        shifts = desk.get("own-shift")
        await expect(shifts).to_have_count(4)
        await expect(shifts.last.get_by_test_id("swap-give")).to_be_visible()
        await expect(shifts.first.get_by_test_id("swap-give")).to_have_count(0)
        await expect(desk.get("swap-give")).to_have_count(3)


async def test_what_is_not_known_of_chats_is_said_where_people_would_stand(desk: Desk) -> None:
    """FC-4."""

    async def chats_are_new(route: Route) -> None:
        told = await (await route.fetch()).json()
        for name in ("chats", "erlang_c", "erlang_a", "needed", "level"):
            values = told["languages"]["all"][name]
            told["languages"]["all"][name] = [None] * len(values)
        await route.fulfill(json=told)

    await desk.page.route("**/api/forecast", chats_are_new)
    await desk.open("/staffing")
    monday = desk.get("week-table").locator("tbody tr").nth(4).locator("td").first
    await expect(monday).to_have_text("?/2нужно ?, в плане 2: мало данных")
    await expect(desk.get("day-summary")).to_contain_text("О чатах данных мало")
    await expect(desk.get("chart-calls")).to_be_visible()
    await expect(desk.get("chart-people")).to_have_count(0)


async def test_the_forecast_is_read_in_words_and_answers_what_if(desk: Desk) -> None:
    """FC-2, FC-3, FC-4."""
    await desk.open("/staffing")
    monday = desk.get("week-table").locator("tbody tr").nth(4).locator("td").first
    await expect(monday).to_have_text("5/2 ▲3нужно 5, в плане 2: не хватает 3")
    await expect(desk.get("day-table").locator("tbody tr")).to_have_count(24)
    await expect(desk.get("day-summary")).to_contain_text("нужно до 5 чел.")
    assert await desk.get("chart-people").get_attribute("aria-label")

    await desk.get("whatif-load_factor").fill("2")
    await expect(monday).to_contain_text("8/2")
    await desk.get("whatif-impatient").click()
    await expect(monday).to_contain_text("9/2")
    await desk.get("whatif-reset").click()
    await expect(monday).to_contain_text("5/2")

    await expect(desk.get("based-chat")).to_have_attribute("data-enough", "true")
    await desk.get("language-en").click()
    await expect(desk.get("based-call")).to_have_attribute("data-enough", "true")
    await expect(desk.get("based-chat")).to_have_attribute("data-enough", "false")
    await expect(monday).to_have_text("0/0нужно 0, в плане 0: хватает")
    await expect(desk.get("chart-calls")).to_be_visible()
    await desk.get("language-uz").click()
    await expect(desk.get("based-call")).to_have_attribute("data-enough", "false")
    await expect(monday).to_contain_text("?/1")
    await expect(desk.get("chart-people")).to_have_count(0)
    await desk.get(f"day-{day(6)}").click()
    await expect(desk.get("day-table").locator("tbody tr")).to_have_count(10)
    asked = sent(desk.world, "/api/forecast/scenario")
    assert [(one["load_factor"], one["patience_s"]) for one in asked] == [(2, 150), (2, None)]


async def test_a_forecast_that_does_not_come_leaves_the_last_one_and_can_be_asked_again(
    desk: Desk,
) -> None:
    await desk.open("/staffing")
    monday = desk.get("week-table").locator("tbody tr").nth(4).locator("td").first
    await expect(monday).to_contain_text("5/2")

    async with refusing(desk, "**/api/forecast/scenario", 400):
        await desk.get("whatif-load_factor").fill("2")
        await expect(desk.get("state-error")).to_be_visible()
        await expect(monday).to_contain_text("5/2")
    await desk.get("state-error").get_by_role("button").click()
    await expect(monday).to_contain_text("8/2")
    await expect(desk.get("state-error")).to_have_count(0)

    async with refusing(desk, "**/api/forecast/scenario", 400):
        await desk.get("whatif-load_factor").fill("3")
        await expect(desk.get("state-error")).to_be_visible()
        await desk.get("whatif-reset").click()
        await expect(desk.get("state-error")).to_have_count(0)
    await expect(monday).to_contain_text("5/2")
    async with refusing(desk, "**/api/forecast?*", 503):
        await desk.get("week-next").click()
        await expect(desk.get("state-error")).to_be_visible()
        await expect(monday).to_contain_text("5/2")

    async with refusing(desk, "**/api/forecast", 503):
        await desk.open("/staffing")
        await expect(desk.get("state-error")).to_be_visible()
    await desk.get("state-error").get_by_role("button").click()
    await expect(monday).to_contain_text("5/2")


async def test_the_forecast_follows_the_plan_of_colleagues(desk: Desk) -> None:
    await desk.open("/staffing")
    monday = desk.get("week-table").locator("tbody tr").nth(4).locator("td").first
    await expect(monday).to_contain_text("5/2")
    planned = {"staff": OPERATOR["id"], "day": day(7).isoformat(), "from": "08:00", "to": "16:00"}
    await desk.get("week-next").click()
    await expect(monday).to_contain_text("5/0")

    made = await desk.page.request.post(
        f"{desk.url}/api/roster/shifts", data=planned, headers={"X-CSRF": "mock"}
    )
    assert made.ok
    await desk.world.push({"k": "roster.changed"})

    await expect(monday).to_contain_text("5/1")


async def test_a_week_that_cannot_be_shown_leaves_the_last_one(desk: Desk) -> None:
    await desk.open("/roster")
    await expect(desk.get("shift")).to_have_count(6)
    async with refusing(desk, f"**/api/roster?week={day(7)}", 400):
        await desk.get("week-next").click()
        await expect(desk.get("state-error")).to_be_visible()
        await expect(desk.get("shift")).to_have_count(6)
        await desk.world.push({"k": "roster.changed"})
        await expect(desk.get("state-error")).to_have_count(0)

    await desk.get("week-next").click()
    await expect(desk.get("shift")).to_have_count(1)
