"""The queue on the desk: taking from it, assigning, and hearing who was first."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.mock_queue import NOT_YOU
from tests.console.world import OTHER, busy_world, offer, presence

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


def in_queue(desk: Desk, ident: str) -> Locator:
    return desk.page.locator(f'[data-testid="queue-item"][data-id="{ident}"]')


def row(desk: Desk, ident: str) -> Locator:
    return desk.page.locator(f'[data-testid="target"][data-id="{ident}"]')


async def test_a_contact_is_taken_or_assigned_and_the_loser_hears_who(chromium: Browser) -> None:
    """DESK-8: of two who press at once one has it, the other reads by whom it was taken."""
    world = busy_world()
    own, lost, given = [one["id"] for one in world.queue if one["channel"] != "voice"][:3]
    world.taken.add(lost)
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await in_queue(desk, own).get_by_test_id("queue-take").click()
        await expect(desk.contact(own)).to_have_attribute("aria-current", "true")
        await expect(in_queue(desk, own)).to_have_count(0)

        await in_queue(desk, lost).get_by_test_id("queue-take").click()
        await expect(desk.page.get_by_text(f"другой сотрудник: {OTHER['name']}")).to_be_visible()
        await expect(desk.contact(lost)).to_have_count(0)
        one, other = sent(world, "/take$")
        assert one["offer_id"] != other["offer_id"]

        await in_queue(desk, given).get_by_test_id("queue-assign").click()
        free = desk.get("assign-dialog").locator('button[data-testid="assign-go"]:enabled')
        await expect(free).to_have_count(3)  # whoever is there may have room
        await row(desk, NOT_YOU).get_by_test_id("assign-go").click()
        await expect(desk.page.get_by_text("другое обращение")).to_be_visible()
        await row(desk, OTHER["id"]).get_by_test_id("assign-go").click()
        await expect(desk.get("assign-dialog")).to_have_count(0)
        assert [one["staff_id"] for one in sent(world, "/assign$")] == [NOT_YOU, OTHER["id"]]
        assert [said for said in desk.complaints if "409" not in said] == []
        desk.complaints.clear()


async def test_only_who_has_the_right_may_press(chromium: Browser) -> None:
    world = busy_world()
    world.permissions = [one for one in world.permissions if not one.startswith("queue:")]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("queue-item").first).to_be_visible()
        assert await desk.get("queue-take").count() == await desk.get("queue-assign").count() == 0


async def test_whoever_is_asked_no_longer_reads_who_took_it(desk: Desk) -> None:
    asked = offer(700) | {"assigned": True}
    await desk.world.make_offer(asked)
    await expect(desk.get("offer-assigned")).to_be_visible()
    ended = {"how": "taken", "by": "Борис", "reason": "withdrawn"}
    await desk.world.push({"k": "offer.gone", "id": asked["id"], **ended})
    await expect(desk.get("offer-card")).to_have_count(0)
    await expect(desk.page.get_by_text("другой сотрудник: Борис")).to_be_visible()


async def test_a_contact_that_goes_while_it_is_being_assigned_is_missed_in_words(
    desk: Desk,
) -> None:
    going = desk.world.queue[0]["id"]
    await in_queue(desk, going).get_by_test_id("queue-assign").click()
    await expect(row(desk, NOT_YOU)).to_be_visible()
    await desk.world.push({"k": "queue.gone", "id": going, "why": "left"})
    await expect(desk.get("assign-gone")).to_be_visible()
    await desk.get("assign-close").click()
    await expect(desk.get("assign-dialog")).to_have_count(0)
    await expect(desk.page.locator('ul[aria-labelledby="queue-h"]')).to_be_focused()


async def test_what_ones_own_press_withdraws_is_no_news(desk: Desk) -> None:
    asked = offer(700)
    desk.world.presence = presence("available")
    await desk.world.push({"k": "presence.self", "presence": presence("available")})
    await desk.world.make_offer(asked)
    await expect(desk.get("offer-card")).to_be_visible()
    desk.world.asked = asked["id"]
    own = next(one["id"] for one in desk.world.queue if one["channel"] != "voice")
    await in_queue(desk, own).get_by_test_id("queue-take").click()
    await expect(desk.contact(own)).to_have_attribute("aria-current", "true")
    await expect(desk.get("offer-card")).to_have_count(0)
    assert await desk.page.get_by_text("больше не предлагается").count() == 0
