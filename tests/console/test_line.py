"""The line's settings and the supervisor's way into a talk, on the desk."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.world import World, ago, busy_world, ident

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")
CSRF = {"X-CSRF": "mock"}
BY_HAND = {
    "queue": None,
    "name": None,
    "door": "closed",
    "until": None,
    "by": "Вера",
    "at": ago(9),
}


async def test_the_line_is_closed_and_opened_again_with_one_press(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("line-state")).to_have_attribute("data-open", "true")
    await desk.get("line-close").click()
    await expect(desk.get("line-state")).to_have_attribute("data-open", "false")
    await desk.get("line-open").click()
    await expect(desk.get("line-state")).to_have_attribute("data-open", "true")

    assert sent(desk.world, "/line/close") == [
        {"until": None, "reason": "Технические работы", "version": 0}
    ]


async def test_a_line_that_a_colleague_closes_is_seen_where_it_is_closed(desk: Desk) -> None:
    """There no bar stands; and what is pressed must have been seen."""
    await desk.open("/line")
    await expect(desk.get("line-state")).to_have_attribute("data-open", "true")
    colleague = {"until": None, "reason": "Пожарная тревога", "version": 0}
    await desk.page.request.post(f"{desk.url}/api/line/close", data=colleague, headers=CSRF)
    await desk.get("line-close").click()
    await expect(desk.get("line-state")).to_have_attribute("data-open", "false")
    await desk.world.push({"k": "line.shut", "shut": [BY_HAND]})
    await expect(desk.page.get_by_text("Пожарная тревога · Вера")).to_be_visible()
    await desk.page.request.post(f"{desk.url}/api/line/open", data={}, headers=CSRF)
    await desk.world.push({"k": "line.shut", "shut": []})
    await expect(desk.get("line-state")).to_have_attribute("data-open", "true")
    desk.complaints.clear()  # Chromium names every answer that is a refusal


async def test_what_was_set_for_a_queue_that_is_gone_can_be_forgotten(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("queues-gone")).to_contain_text("nights")
    await desk.get("queue-forget").click()
    await expect(desk.get("queues-gone")).to_have_count(0)
    assert sent(desk.world, "/line/queues") == [{"door": None, "until": None}]


async def test_hours_are_typed_as_people_write_them(desk: Desk) -> None:
    await desk.open("/line")
    await desk.get("hours-monday").fill("8-12")
    await expect(desk.get("hours-save")).to_be_disabled()
    await desk.get("hours-monday").fill("08:00 – 12:00, 13:00-24:00")
    await desk.get("hours-saturday").fill("")
    await desk.get("day-new").fill("2027-03-08")
    await desk.get("day-add").click()
    await desk.get("hours-save").click()
    await expect(desk.get("hours-save")).to_have_count(0)

    (body,) = sent(desk.world, "/line/hours")
    assert body["version"] == 3
    assert body["week"]["monday"] == ["08:00-12:00", "13:00-24:00"]
    assert body["week"]["saturday"] == []
    assert body["days"] == {"2027-01-01": [], "2027-03-08": []}


async def test_hours_that_a_colleague_changed_meanwhile_are_not_taken_back_unseen(
    desk: Desk,
) -> None:
    await desk.open("/line")
    await desk.get("hours-monday").fill("09:00-12:00")
    hours = await (await desk.page.request.get(f"{desk.url}/api/line/hours")).json()
    theirs = {name: hours[name] for name in ("version", "timezone", "week", "days")}
    theirs["week"]["tuesday"] = ["10:00-11:00"]
    await desk.page.request.put(f"{desk.url}/api/line/hours", data=theirs, headers=CSRF)
    async with desk.page.expect_response("**/api/line/hours"):
        await desk.world.push({"k": "line.shut", "shut": []})
    await expect(desk.get("hours-monday")).to_have_value("09:00-12:00")

    async with desk.page.expect_response("**/api/line/hours") as answer:
        await desk.get("hours-save").click()
    assert (await answer.value).status == 409
    await desk.get("hours-drop").click()
    await expect(desk.get("hours-tuesday")).to_have_value("10:00-11:00")
    desk.complaints.clear()  # Chromium names every answer that is a refusal


async def test_an_announcement_has_an_end_and_can_be_taken_away(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("announce")).to_be_disabled()
    await desk.get("announce-topic").select_option("wages")
    await desk.get("announce").click()
    await expect(desk.get("announced")).to_be_visible()
    await desk.get("announce-off").click()
    await expect(desk.get("announced")).to_have_count(0)

    first, second = sent(desk.world, "/line/announcement")
    assert first["topic"] == "wages"
    assert first["until"].endswith("T18:00:00.000Z"), "midnight in Bishkek"
    assert second == {"topic": None, "until": None}


async def test_a_queue_is_closed_at_one_press_after_reading_what_callers_hear(desk: Desk) -> None:
    await desk.open("/line")
    calls = desk.get("queue").first
    await expect(calls).to_have_attribute("data-door", "overflow")
    await expect(calls.get_by_test_id("queue-staff")).to_contain_text("Айгүл")
    await calls.get_by_test_id("queue-says").locator("summary").click()
    await expect(calls.get_by_test_id("queue-text")).to_have_count(8)  # two states, four languages
    await expect(calls.get_by_test_id("queue-text").first).to_be_visible()
    await calls.get_by_test_id("queue-closed").click()
    await expect(calls).to_have_attribute("data-door", "closed")
    await expect(calls.get_by_test_id("queue-why")).to_contain_text("Вера")
    await calls.get_by_test_id("queue-rule").click()
    await expect(calls).to_have_attribute("data-door", "open")
    await expect(desk.get("queues-gone")).to_contain_text("nights")

    closed, by_rule = sent(desk.world, "/line/queues/calls")
    assert closed["door"] == "closed"
    assert closed["until"].endswith("T18:00:00.000Z"), "midnight in Bishkek"
    assert by_rule == {"door": None, "until": None}


async def test_what_is_shut_by_hand_stands_over_every_page(desk: Desk) -> None:
    await desk.open("/console")
    bar = desk.get("shut-bar")
    calls = BY_HAND | {"queue": "calls", "name": {"ru": "Звонки"}, "until": ago(-7200)}
    await desk.world.push({"k": "line.shut", "shut": [BY_HAND, calls]})
    await expect(bar).to_contain_text("Вера")
    await expect(bar).to_contain_text("«Звонки»")
    await expect(bar).to_contain_text("пока не откроют")

    await desk.get("shut-see").click()
    await expect(desk.get("line-state")).to_be_visible()
    await expect(bar).to_have_count(0)
    await desk.get("nav-console").click()
    await expect(bar).to_be_visible()
    await desk.world.push({"k": "line.shut", "shut": []})
    await expect(bar).to_have_count(0)


async def test_a_block_has_a_reason_and_can_be_lifted(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("block")).to_have_count(1)
    await desk.get("block-number").fill("+996 555 00 00 11")
    await expect(desk.get("block-add")).to_be_disabled()
    await desk.get("block-reason").fill("Молчание, 30 раз")
    await desk.get("block-add").click()
    await expect(desk.get("block")).to_have_count(2)
    await expect(desk.get("block-number")).to_have_value("")
    await desk.get("block").first.get_by_test_id("block-lift").click()
    await expect(desk.get("block")).to_have_count(1)


async def test_a_flood_is_seen_at_once_and_overruled_with_one_press(desk: Desk) -> None:
    await desk.open("/line")
    await expect(desk.get("flood-banner")).to_be_visible()
    await expect(desk.get("flood")).to_have_count(2)
    await desk.get("flood-let-in").click()
    await expect(desk.get("flood-banner")).to_have_count(0)
    await desk.get("flood-end").first.click()
    await expect(desk.get("flood")).to_have_count(1)
    await desk.get("flood-prefix").fill("+996 700 12 34 56")
    await desk.get("flood-reason").fill("Автонабор")
    await desk.get("flood-add").click()
    await expect(desk.get("flood-banner")).to_be_visible()
    await expect(desk.get("flood-prefix")).to_have_value("")

    opened_up, by_hand = sent(desk.world, "/line/floods$")
    assert (opened_up["prefix"], opened_up["mode"]) == ("+9965551", "open")
    assert opened_up["reason"] == "Решение старшего смены"
    assert (by_hand["prefix"], by_hand["mode"]) == ("+996 700 12 34 56", "flood")
    assert by_hand["reason"] == "Автонабор"
    assert sent(desk.world, "/floods/end") == [{"prefix": "+9965551"}]


def world_with_a_talk() -> World:
    world = busy_world()
    world.log[0] |= {"state": "talking", "channel": "voice"}
    return world


async def test_a_supervisor_listens_whispers_and_leaves(chromium: Browser) -> None:
    """WALL-5, the supervisor's side."""
    world = world_with_a_talk()
    async with opened(chromium, world) as (_, desk):
        await desk.open("/log")
        await desk.get("watch-listen").click()
        await expect(desk.get("watching")).to_have_attribute("data-mode", "listen")
        await desk.get("watch-whisper").click()
        await expect(desk.get("watching")).to_have_attribute("data-mode", "whisper")
        await desk.get("nav-cases").click()
        await desk.get("watch-off").click()
        await expect(desk.get("watching")).to_have_count(0)

        assert sent(world, "/watch$") == [
            {"mode": "listen"},
            {"mode": "whisper"},
            {"mode": "off"},
        ]
        assert {at for _, at, _ in world.calls if at.endswith("/watch")} == {
            f"/api/calls/{ident(5001)}/watch"
        }
        assert desk.complaints == []


async def test_whoever_may_not_come_in_has_no_way_in(chromium: Browser) -> None:
    world = world_with_a_talk()
    world.permissions.remove("call:line:watch")
    async with opened(chromium, world) as (_, desk):
        await desk.open("/log")
        await expect(desk.get("log-row").first).to_be_visible()

        await expect(desk.get("watch-listen")).to_have_count(0)
        assert desk.complaints == []
