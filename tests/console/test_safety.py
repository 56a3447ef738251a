"""Promised calls and safe contact on the desk: read first, then rung; checks by their numbers."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.mock_safety import WE_SAY, promised
from tests.console.world import CALL, CHAT, ago, busy_world, record, talk

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_protects_the_person_is_read_before_they_are_rung(chromium: Browser) -> None:
    """CB-5."""
    world = busy_world()
    world.own(CALL).update(state="reserved", call=talk(state="connecting", callback=promised()))
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("promise-reason")).to_contain_text("Копия паспорта")
        await expect(desk.get("card-we_say")).to_have_text(WE_SAY)
        await expect(desk.get("may-name")).to_contain_text("Не говорите")
        await expect(desk.get("wrong-before")).to_be_visible()
        assert sent(world, "call-back") == []
        await desk.get("dial").click()
        await expect(desk.get("dial")).to_have_count(0)

        assert sent(world, "/call-back$") == [{}]
        assert desk.complaints == []


async def test_a_wrong_answer_ends_the_call_after_one_question(chromium: Browser) -> None:
    world = busy_world()
    world.own(CALL)["call"] = talk(callback=promised(asks_first=False))
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.get("wrong-answer").click()
        await desk.get("dialog-go").click()
        await expect(desk.get("wrap-up")).to_be_visible()

        assert len(sent(world, "/wrong-answer$")) == 1


async def test_a_time_that_is_not_safe_names_the_next_one_and_asks_a_supervisor_why(
    chromium: Browser,
) -> None:
    """CB-3."""
    world = busy_world()
    world.safe_from = ago(-86400 * 2)
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.get("agree").click()
        await desk.get("agree-reason").fill("Копия паспорта")
        await desk.get("agree-go").click()
        await expect(desk.get("not-safe")).to_be_visible()
        await expect(desk.get("agree-go")).to_be_disabled()
        await desk.get("outside-why").fill("Сегодня она одна")
        await expect(desk.get("agree-go")).to_be_enabled()
        await desk.get("take-safe").click()
        await desk.get("agree-go").click()
        await expect(desk.get("agree-dialog")).to_have_count(0)

        first, second = sent(world, "/callback$")
        assert first["outside"] == second["outside"] == ""
        assert second["at"] == world.safe_from
        assert second["reason"] == "Копия паспорта"


async def test_who_may_not_override_gets_the_safe_time_only(chromium: Browser) -> None:
    world = busy_world()
    world.safe_from = ago(-86400)
    world.permissions = [p for p in world.permissions if p != "callback:window:override"]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.get("agree").click()
        await desk.get("agree-go").click()
        await expect(desk.get("take-safe")).to_be_visible()

        await expect(desk.get("outside-why")).to_have_count(0)


async def test_the_safe_contact_record_is_written_over_what_was_read(desk: Desk) -> None:
    await desk.get("safety").click()
    await expect(desk.get("safety-we_say")).to_have_value(WE_SAY)
    await desk.get("window-add").click()
    await expect(desk.get("window")).to_have_count(2)
    await desk.get("window-to").last.fill("02:00")
    await desk.get("safety-zone").select_option("Asia/Bishkek")
    await desk.get("safety-save").click()
    await expect(desk.get("safety-dialog")).to_have_count(0)

    (body,) = sent(desk.world, "/safety$")
    assert (body["rev"], body["zone"], body["may_name"]) == (1, "Asia/Bishkek", False)
    assert body["windows"][1] == {"days": list(range(7)), "from": "10:00", "to": "02:00"}


async def test_a_channel_that_is_not_safe_is_said_and_holds_nothing_back(
    chromium: Browser,
) -> None:
    world = busy_world()
    world.unsafe_channels = True
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await expect(desk.get("reply-not-safe")).to_be_visible()
        await desk.get("reply").fill("Салам")
        await expect(desk.get("send")).to_be_enabled()


async def test_closing_as_no_consultation_says_that_words_are_dropped(desk: Desk) -> None:
    await desk.get("kind-wrong_number").click()
    await expect(desk.get("close-drops")).to_have_count(0)
    await desk.get("kind-consultation").click()
    await desk.get("record-summary").fill("Айлык берилген жок")
    await desk.get("kind-wrong_number").click()

    await expect(desk.get("close-drops")).to_be_visible()


async def test_a_record_that_nobody_finished_is_written_up_on_its_page(chromium: Browser) -> None:
    world = busy_world()
    row = world.log[0]
    row |= {"outcome": "unfinished", "state": "closed"}
    world.records[row["id"]] = record(row["id"])
    async with opened(chromium, world) as (_, desk):
        await desk.open(f"/log/{row['id']}")
        await desk.get("write-up").click()
        side = desk.get("record-side")
        await expect(side.get_by_test_id("record-summary")).to_be_visible()
        await side.get_by_test_id("record-summary").fill("Үч айдан бери айлык жок")
        await desk.page.locator('[name="f-danger_now"][data-key="no"]').check()
        await desk.page.locator('[name="f-outcome"]').first.check()
        await side.get_by_test_id("finish").click()
        await expect(side.get_by_test_id("finish")).to_have_count(0)

        assert len(sent(world, "/finish$")) == 1
        assert desk.complaints == []
