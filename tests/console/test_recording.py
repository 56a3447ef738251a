"""Recording on the desk: what is said of it, the switch of the line, and the player."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.mock_recordings import KEPT
from tests.console.world import CALL, busy_world, talk

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_recorded_is_said_and_can_be_paused_ended_and_refused(desk: Desk) -> None:
    """CALL-8."""
    await desk.get("reconnect").click()
    await expect(desk.get("not-recorded")).to_be_visible()
    await expect(desk.get("record-pause")).to_have_count(0)
    card = desk.world.own(CALL)
    card["call"] = talk(recording={"state": "on", "why": None})
    await desk.world.push({"k": "contact.card", **card})

    await expect(desk.get("recorded")).to_have_attribute("data-state", "on")
    await desk.get("record-pause").click()
    await expect(desk.get("recorded")).to_have_attribute("data-state", "paused")
    await desk.get("record-pause").click()
    await expect(desk.get("recorded")).to_have_attribute("data-state", "on")
    await desk.get("record-refuse").click()
    await expect(desk.get("not-recorded")).to_be_visible()
    await expect(desk.get("record-pause")).to_be_disabled()
    await expect(desk.get("record-refuse")).to_have_count(0)

    asked = [one["state"] for one in sent(desk.world, "/recording$")]
    assert asked == ["paused", "on", "refused"]


async def test_the_line_records_only_after_a_question_and_stops_at_once(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("line-recording")).to_have_attribute("data-on", "false")
    await desk.get("recording-start").click()
    await desk.get("recording-question").get_by_test_id("dialog-go").click()
    await expect(desk.get("line-recording")).to_have_attribute("data-on", "true")
    await desk.get("recording-stop").click()
    await expect(desk.get("line-recording")).to_have_attribute("data-on", "false")

    assert sent(desk.world, "/line/recording") == [{"on": True}, {"on": False}]


async def test_a_recording_is_heard_on_request_and_moved_in_by_keyboard(desk: Desk) -> None:
    """REV-3, REV-5, REV-7: the fixture fails on any violation of the policy."""
    row = next(one for one in desk.world.log if one["channel"] == "voice")
    await desk.open(f"/log/{row['id']}")
    await expect(desk.get("recording").first).to_have_attribute("data-state", "destroyed")
    await expect(desk.get("wave")).to_have_count(0)
    await desk.get("recording-open").click()
    await desk.get("wave").focus()
    await expect(desk.get("wave")).to_have_attribute("aria-valuemax", "20")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        await desk.page.keyboard.press(key)
    await expect(desk.get("wave")).to_have_attribute("aria-valuenow", "5")
    painted = await desk.page.evaluate(
        "() => { const c = document.querySelector('.wave canvas');"
        " const d = c.getContext('2d').getImageData(0, 28, c.width, 1).data;"
        " return [c.width, d[4 * 10], d[4 * 390]]; }"
    )
    assert painted[0] == 400
    assert painted[1] != painted[2], "what was heard has another colour"

    assert len(sent(desk.world, f"/recordings/{KEPT}/ticket")) == 1


async def test_who_may_not_hear_recordings_sees_only_that_there_is_one(chromium: Browser) -> None:
    world = busy_world()
    world.permissions.remove("call:recording:play")
    async with opened(chromium, world) as (_, desk):
        row = next(one for one in world.log if one["channel"] == "voice")
        await desk.open(f"/log/{row['id']}")
        await expect(desk.get("recording")).to_have_count(2)
        await expect(desk.get("recording-open")).to_have_count(0)
