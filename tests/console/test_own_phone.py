"""The desk of an operator whose telephone stands elsewhere."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import opened, sent
from tests.console.world import busy_world, quiet_world

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_shift_on_ones_own_telephone_once_it_is_known(chromium: Browser) -> None:
    world = quiet_world()
    world.phones = ["own", "fake"]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("phone-fake")).to_be_visible()
        await expect(desk.get("phone-own")).to_have_count(0)

        await desk.get("own-number").fill("0700 246 810")
        await desk.get("own-save").click()

        await expect(desk.get("phone-own")).to_be_checked()
        await expect(desk.get("start-panel")).to_contain_text("+996 700 ··· ·10")
        await expect(desk.get("own-number")).to_have_value("")
        await desk.get("start-shift").click()
        await expect(desk.get("presence-state")).to_have_attribute("data-state", "available")
        assert sent(world, "me/phone")[-1] == {"number": "0700 246 810"}
        assert sent(world, "shift/start") == [{"phone_mode": "own"}]
        assert desk.complaints == []


async def test_a_call_that_is_heard_elsewhere_has_nothing_to_mute_or_join(
    chromium: Browser,
) -> None:
    world = busy_world()
    world.phones = ["own"]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("own-phone")).to_be_visible()
        await expect(desk.get("hangup")).to_be_enabled()
        await expect(desk.get("mute")).to_have_count(0)
        await expect(desk.get("reconnect")).to_have_count(0)
        assert desk.complaints == []
