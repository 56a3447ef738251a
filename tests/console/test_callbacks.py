"""Calling back: one press, but nothing is said that may not be; checks by their numbers."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.console.conftest import Desk, sent
from tests.console.world import ident

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


def row(desk: Desk, number: int) -> Locator:
    return desk.page.locator(f'[data-testid="callback-row"][data-id="{ident(960 + number)}"]')


async def test_one_press_calls_back_and_leads_to_where_the_call_is_offered(desk: Desk) -> None:
    await desk.open("/callbacks")
    await expect(desk.get("callback-row")).to_have_count(6)
    await row(desk, 1).get_by_test_id("callback-call").click()
    await expect(desk.page).to_have_url(re.compile("/console$"))

    assert [at for _, at, _ in desk.world.calls if "callbacks" in at] == [
        f"/api/callbacks/{ident(961)}/call"
    ]


async def test_outside_the_safe_hours_calling_asks_first_and_wants_a_reason(desk: Desk) -> None:
    """CB-3."""
    await desk.open("/callbacks")
    await row(desk, 4).get_by_test_id("callback-call").click()
    await expect(desk.get("not-safe")).to_be_visible()
    await expect(desk.get("dial")).to_be_disabled()
    assert sent(desk.world, "/call$") == []
    await desk.get("outside-why").fill("Сегодня она одна")
    await desk.get("dial").click()
    await expect(desk.page).to_have_url(re.compile("/console$"))

    assert sent(desk.world, "/call$") == [{"outside": "Сегодня она одна"}]


async def test_an_agreed_time_that_passed_is_said(desk: Desk) -> None:
    await desk.open("/callbacks")

    await expect(row(desk, 6).get_by_test_id("overdue")).to_be_visible()
    await expect(row(desk, 4).get_by_test_id("overdue")).to_have_count(0)


async def test_what_somebody_has_in_hand_is_left_to_them(desk: Desk) -> None:
    await desk.open("/callbacks")

    for act in ("callback-call", "callback-put-off", "callback-close"):
        await expect(row(desk, 5).get_by_test_id(act)).to_be_disabled()
    await expect(row(desk, 1).get_by_test_id("callback-call")).to_be_enabled()


async def test_a_callback_is_put_off_or_closed_with_a_reason(desk: Desk) -> None:
    await desk.open("/callbacks")
    await row(desk, 1).get_by_test_id("callback-put-off").click()
    await desk.get("put-off-go").click()
    await expect(row(desk, 1)).to_have_count(0)
    await row(desk, 2).get_by_test_id("callback-close").click()
    await expect(desk.get("callback-close-go")).to_be_disabled()
    await desk.get("close-unsafe").check()
    await desk.get("callback-close-go").click()
    await expect(row(desk, 2)).to_have_count(0)

    (put_off,) = sent(desk.world, "/put-off$")
    assert set(put_off) == {"at", "outside"}
    assert sent(desk.world, "/close$") == [{"reason": "unsafe"}]


async def test_a_message_is_asked_for_only_to_be_heard(desk: Desk) -> None:
    """MISS-4."""
    await desk.open("/callbacks")
    await expect(row(desk, 3).get_by_test_id("play")).to_be_visible()
    await expect(row(desk, 3).get_by_test_id("callback-call")).to_be_disabled()
    await expect(row(desk, 3).get_by_test_id("callback-close")).to_be_enabled()
    assert sent(desk.world, "/ticket$") == []
    await row(desk, 3).get_by_test_id("play").focus()
    await desk.page.keyboard.press("Enter")
    sound = desk.get("message-player").locator("audio")
    await expect(sound).to_have_js_property("duration", 2)
    await expect(desk.get("wave")).to_be_focused()
    await desk.page.keyboard.press("End")
    await expect(desk.get("wave")).to_have_attribute("aria-valuenow", "2")
    await desk.page.keyboard.press("Home")
    await desk.page.keyboard.press("Space")
    painted = "() => document.querySelector('.wave canvas').width"
    assert await desk.page.evaluate(painted) == 3, "one bar per peak"

    assert sent(desk.world, "/ticket$") == [{}]


async def test_three_tries_of_one_person_are_one_row(desk: Desk) -> None:
    """MISS-2."""
    await desk.open("/callbacks")

    await expect(row(desk, 5).get_by_test_id("tries")).to_have_text("3 попытки")
    await expect(row(desk, 1).get_by_test_id("tries")).to_have_count(0)


async def test_a_callback_in_vain_alerts_and_a_supervisor_decides(desk: Desk) -> None:
    """CB-4."""
    await desk.open("/callbacks?state=undecided")
    await desk.world.push({"k": "callbacks.undecided", "n": 0, "newest": "2100-01-01T00:00:00Z"})
    await expect(desk.get("toast")).to_be_visible()  # as many as before: one came, one was decided
    await desk.world.push({"k": "callbacks.undecided", "n": 2})
    await expect(desk.get("nav-callbacks").locator(".badge")).to_have_text("3")
    await row(desk, 7).get_by_test_id("callback-again").click()
    await desk.get("again-go").click()
    await expect(row(desk, 7)).to_have_count(0)
    await row(desk, 8).get_by_test_id("callback-give-up").click()
    await expect(desk.get("callback-give-up-go")).to_be_disabled()
    await desk.get("close-no_answer").check()
    await desk.get("callback-give-up-go").click()
    await expect(row(desk, 8)).to_have_count(0)

    (again,) = sent(desk.world, "/again$")
    assert set(again) == {"at", "outside"}
    assert sent(desk.world, "/give-up$") == [{"reason": "no_answer"}]


async def test_messages_are_counted_in_the_rail_and_heard_on_the_page_of_the_contact(
    desk: Desk,
) -> None:
    """MISS-5."""
    badge = desk.get("nav-callbacks").locator(".badge")
    await expect(badge).to_have_text("1")
    await desk.world.push({"k": "messages.waiting", "n": 2})
    await expect(badge).to_have_text("2")
    await desk.get("nav-log").click()
    await desk.get("log-row").first.get_by_role("link").first.click()
    page = desk.get("contact-page")
    await expect(page.get_by_test_id("no-sound")).to_be_visible()
    await page.get_by_test_id("play").focus()
    await desk.page.keyboard.press("Enter")
    sound = page.get_by_test_id("message-player").locator("audio")
    await expect(sound).to_have_js_property("duration", 2)

    assert sent(desk.world, "/ticket$") == [{}]


async def test_nobody_to_call_is_said_in_words(desk: Desk) -> None:
    await desk.open("/callbacks?state=done")
    await expect(desk.get("state-empty")).to_be_visible()
