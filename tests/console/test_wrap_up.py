"""The time for the record, the pause after a hard call, and who is on shift, on the desk."""

import re

import pytest
from playwright.async_api import expect

from tests.console.conftest import Desk, sent
from tests.console.world import CALL, Json, ago, presence

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def told(desk: Desk, wrap_up: Json, state: str, **more: object) -> None:
    """The call is over, and so is its time or not."""
    desk.world.own(CALL).update(state="wrap_up", left_at=ago(30), wrap_up=wrap_up, call=None)
    desk.world.presence = presence(state) | more
    await desk.world.push(
        {"k": "contact.card", **desk.world.own(CALL)},
        {"k": "presence.self", "presence": desk.world.presence},
    )


async def test_the_time_for_the_record_is_shown_extended_once_and_ends_without_blame(
    desk: Desk,
) -> None:
    await desk.contact(CALL).click()
    await desk.get("record-summary").fill("Паспорту жок")
    until = ago(-100)
    now = {"until": until, "extended": False, "over": False}
    await told(desk, now, "wrap_up", until=until)
    await expect(desk.get("wrap-time").locator("time")).to_have_text(re.compile(r"^1:\d\d$"))
    await desk.get("wrap-more").click()
    await desk.get("wrap-why-colleague").click()
    await expect(desk.get("wrap-more")).to_have_count(0)
    await expect(desk.get("wrap-time").locator("time")).to_have_text(re.compile(r"^3:\d\d$"))

    await told(desk, {"until": ago(2), "extended": True, "over": False}, "wrap_up")
    await expect(desk.get("wrap-time").locator("time")).to_have_text("0:00")
    await told(desk, {"until": None, "extended": False, "over": True}, "available")
    await expect(desk.get("wrap-over")).to_be_visible()
    await expect(desk.contact(CALL)).to_contain_text("Запись не завершена")
    await expect(desk.get("record-summary")).to_have_value("Паспорту жок")
    (body,) = sent(desk.world, "/wrapup/extend")
    assert body == {"contact_id": CALL, "reason": "colleague"}


async def test_a_pause_after_a_hard_call_is_one_press_and_so_is_the_way_back(desk: Desk) -> None:
    await desk.contact(CALL).click()
    until = ago(-100)
    await told(desk, {"until": until, "extended": False, "over": False}, "wrap_up", until=until)
    await desk.get("hard-call").click()
    await expect(desk.get("break-planned")).to_be_visible()
    await expect(desk.get("hard-call")).to_have_count(0)
    await desk.get("break-take-back").click()
    await expect(desk.get("break-planned")).to_have_count(0)

    paused = presence("break") | {"reason": "hard_call", "until": ago(-290)}
    await desk.world.push({"k": "presence.self", "presence": paused})
    await expect(desk.get("paused").locator("time")).to_have_text(re.compile(r"^4:\d\d$"))
    await desk.get("pause-end").click()
    await expect(desk.get("paused")).to_have_count(0)
    assert sent(desk.world, "/pause-after-hard-call") == [{}]
    assert sent(desk.world, "/api/presence") == [{"state": "available", "reason": None}] * 2


async def test_whoever_sets_the_line_sees_who_does_not_answer(desk: Desk) -> None:
    dina = presence("busy") | {"name": "Дина", "reason": "meal", "calls": 1}
    desk.world.staff = [dina]
    await desk.open("/line")
    await expect(desk.get("on-shift")).to_contain_text(["после обращения: еда"])
    away = presence("not_answering") | {"name": "Азиз", "reason": "unreachable"}
    desk.world.staff = [away, dina]
    await desk.world.push({"k": "presence.staff"})
    await expect(desk.get("on-shift")).to_contain_text(["нет связи", "Дина"])
