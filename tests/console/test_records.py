"""Records in a real browser: gaps, saving, two hands in one record, risk and escalation."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, press, sent
from tests.console.world import CALL, CHAT, busy_world

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_contact_without_data_closes_in_two_clicks(desk: Desk) -> None:
    """FORM-7."""
    await desk.get("kind-wrong_number").click()
    await desk.get("close-as").click()
    await expect(desk.contact(CALL)).to_have_count(0)

    assert sent(desk.world, "non-data") == [{"kind": "wrong_number"}]
    assert sent(desk.world, "record$") == []


async def test_finish_names_the_gaps(desk: Desk) -> None:
    """FORM-3."""
    await press(desk, code="F9", key="F9")
    await expect(desk.get("record-errors")).to_be_visible()
    summary = desk.get("record-summary")

    await expect(summary).to_have_attribute("aria-invalid", "true")
    await expect(desk.page.locator('[name="f-danger_now"]').first).to_be_focused()
    assert sent(desk.world, "finish") == []


async def test_record_saves_itself_and_finishes(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.page.locator('[name="f-danger_now"][data-key="no"]').check()
    await desk.page.locator('[name="f-outcome"][data-key="advice_given"]').check()
    await desk.get("record-summary").fill("Айлык берилген эмес")
    await expect(desk.get("record-state")).to_have_attribute("data-state", "saved")
    await desk.get("finish").click()
    await desk.get("dialog-go").click()
    await expect(desk.contact(CHAT)).to_have_count(0)

    assert desk.world.records[CHAT]["summary"] == "Айлык берилген эмес"
    assert desk.world.records[CHAT]["kind"] == "consultation"
    assert len(sent(desk.world, "finish")) == 1


async def test_two_people_in_one_record_are_merged(chromium: Browser) -> None:
    """FORM-6. A conflict is an answer with 409, which the browser reports: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await expect(desk.get("record-form")).to_be_visible()
        desk.world.records[CALL] |= {"rev": 5, "country": "RU", "summary": "башканыкы"}
        await desk.page.locator('[name="f-danger_now"][data-key="no"]').check()
        await desk.get("record-summary").fill("меники")
        await expect(desk.get("record-clash")).to_contain_text("башканыкы")
        await desk.page.locator('[name="f-outcome"][data-key="advice_given"]').check()
        await press(desk, code="F9", key="F9")
        await expect(desk.get("toast")).to_be_visible()
        await expect(desk.get("record-clash").get_by_role("button").first).to_be_focused()
        assert desk.world.records[CALL]["summary"] == "башканыкы"
        assert await desk.get("finish-question").count() == 0
        await desk.get("record-clash").get_by_role("button").first.click()
        await expect(desk.get("record-state")).to_have_attribute("data-state", "saved")
        await expect(desk.get("record-country")).to_have_value("Россия")

        assert desk.world.records[CALL]["summary"] == "меники"
        assert [c for c in desk.complaints if "409" not in c] == []


async def test_a_conflict_shows_words_and_no_codes(chromium: Browser) -> None:
    """A conflict is an answer with 409, which the browser reports: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await expect(desk.get("record-form")).to_be_visible()
        desk.world.records[CALL] |= {"rev": 5, "danger_now": "not_known"}
        await desk.page.locator('[name="f-danger_now"][data-key="no"]').check()

        await expect(desk.get("record-clash")).to_contain_text("Ваш вариант: Нет")
        await expect(desk.get("record-clash")).to_contain_text("Сохранённый вариант: Не известно")
        assert [c for c in desk.complaints if "409" not in c] == []


async def test_finishing_what_cannot_be_saved_says_why(chromium: Browser) -> None:
    """A refusal is an answer with 409, which the browser reports: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        desk.world.records[CALL]["state"] = "finished"
        await desk.page.locator('[name="f-danger_now"][data-key="no"]').check()
        await desk.page.locator('[name="f-outcome"][data-key="advice_given"]').check()
        await desk.get("record-summary").fill("меники")
        await expect(desk.get("record-state")).to_have_attribute("data-state", "shut")
        await press(desk, code="F9", key="F9")
        await desk.get("dialog-go").click()
        await expect(desk.get("toast")).to_be_visible()

        assert sent(desk.world, "finish") == []
        assert [c for c in desk.complaints if "409" not in c] == []


async def test_two_signs_make_a_high_risk_and_three_clicks_escalate(desk: Desk) -> None:
    """FORM-2 and CASE-1."""
    for sign in ("documents_taken", "wages_withheld"):
        await desk.page.locator(f'[data-key="{sign}"]').check()
    await expect(desk.get("risk")).to_have_attribute("data-level", "high")
    await expect(desk.get("risk-reasons")).to_contain_text("Отобрали паспорт")
    await desk.get("risk-escalate").click()
    await desk.get("escalate-send").click()
    await expect(desk.get("toast")).to_be_visible()

    assert sent(desk.world, "escalate")[0]["kind"] == "trafficking"


async def test_a_single_sign_offers_to_escalate(desk: Desk) -> None:
    await expect(desk.get("risk-escalate")).to_have_count(0)
    await desk.page.locator('[data-key="documents_taken"]').check()

    await expect(desk.get("risk")).to_have_attribute("data-level", "raised")
    await expect(desk.get("risk-escalate")).to_be_visible()


async def test_danger_nobody_was_told_of_needs_a_reason(chromium: Browser) -> None:
    """A refusal is an answer with 400, which the browser reports: nothing else may be."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.page.locator('[name="f-danger_now"][data-key="yes"]').check()
        await expect(desk.get("record-state")).to_have_attribute("data-state", "saved")
        await desk.get("kind-prank").click()
        await desk.get("close-as").click()
        await expect(desk.get("untold-go")).to_be_disabled()
        await desk.get("untold-reason").fill("шутка, сам признался")
        await desk.get("untold-go").click()
        await expect(desk.contact(CALL)).to_have_count(0)

        assert sent(desk.world, "non-data")[-1]["no_escalation_reason"] == "шутка, сам признался"
        assert [c for c in desk.complaints if "400" not in c] == []
