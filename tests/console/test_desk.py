"""The desk in a real browser: shift, offers, keys, calls, two tabs; checks by their numbers."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import LANGS, Desk, opened, press, sent, watch
from tests.console.world import CALL, busy_world, offer, quiet_world

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def until_ringing(desk: Desk, what: str) -> None:
    await expect(desk.page.locator(f'html[data-ringing="{what}"]')).to_be_attached()


async def test_shift_starts_with_one_click(chromium: Browser) -> None:
    """SHELL-1, and then the walking skeleton: offer, answer, close without data."""
    async with opened(chromium, quiet_world()) as (_, desk):
        await desk.open()
        await expect(desk.get("phone-fake")).to_be_checked()
        await expect(desk.get("phone-browser")).to_have_count(0)
        await desk.get("start-shift").click()
        await expect(desk.get("presence-state")).to_have_attribute("data-state", "available")
        await desk.world.make_offer(offer(700))
        await desk.get("accept").click()
        await expect(desk.get("contact-head")).to_contain_text("Разговор")
        await desk.get("kind-silent").click()
        await desk.get("close-as").click()
        await expect(desk.get("mine-empty")).to_be_visible()

        assert sent(desk.world, "shift/start") == [{"phone_mode": "fake"}]
        assert sent(desk.world, "non-data") == [{"kind": "silent"}]
        assert desk.complaints == []


async def test_offer_appears_without_taking_the_focus(desk: Desk) -> None:
    """DESK-1."""
    summary = desk.get("record-summary")
    await summary.click()
    await summary.press_sequentially("Айлык ")
    await desk.world.make_offer(offer(700))
    await expect(desk.get("offer-card")).to_be_visible()
    await desk.page.keyboard.type("жок")

    await expect(summary).to_be_focused()
    await expect(summary).to_have_value("Айлык жок")


async def test_keys_go_by_place_not_by_letter(desk: Desk) -> None:
    """DESK-2 and DESK-4."""
    await desk.world.make_offer(offer(700))
    await expect(desk.get("offer-card")).to_be_visible()
    await press(desk, code="KeyJ", key="о")
    await press(desk, code="F2", key="F2", altKey=True, ctrlKey=True)
    await press(desk, code="F2", key="F2", modifierAltGraph=True)
    await expect(desk.get("offer-card")).to_be_visible()
    assert sent(desk.world, "accept") == []

    await press(desk, code="F2", key="F2")
    await expect(desk.get("offer-card")).to_have_count(0)
    assert sent(desk.world, "accept") == [{}]


async def test_language_changes_in_place(desk: Desk) -> None:
    """DESK-5 and SHELL-4: nothing typed is lost, nothing is loaded again."""
    summary = desk.get("record-summary")
    await summary.fill("Паспорт жумуш берүүчүдө")
    await desk.page.locator('[data-key="documents_taken"]').check()
    for lang, title in LANGS.items():
        await desk.get("lang-menu").click()
        await desk.get(f"lang-{lang}").click()
        await expect(desk.page.locator(".record-head h2")).to_have_text(title)
        await expect(summary).to_have_value("Паспорт жумуш берүүчүдө")
        await expect(desk.page.locator('[data-key="documents_taken"]')).to_be_checked()

    assert await desk.page.locator("html").get_attribute("lang") == "en"
    assert len(desk.world.sockets) == 1
    assert desk.world.frames == []


async def test_no_key_ends_a_call(desk: Desk) -> None:
    """CALL-9."""
    await desk.get("reconnect").click()
    await expect(desk.get("mute")).to_be_enabled()
    keys = [f"F{n}" for n in range(1, 13)]
    for code in [*keys, "Escape", "Delete", "Space", "Enter"]:
        await press(desk, code=code, key=code)
    await expect(desk.get("reload-question")).to_be_visible()

    assert sent(desk.world, "hangup") == []
    assert desk.world.own(CALL)["call"]["state"] == "live"


async def test_mute_works_without_the_server(chromium: Browser) -> None:
    """CALL-6."""
    async with opened(chromium, busy_world()) as (context, desk):
        await desk.open()
        await desk.get("reconnect").click()
        await context.set_offline(offline=True)
        await desk.get("mute").click()
        await expect(desk.get("mute")).to_have_attribute("aria-pressed", "true")
        await expect(desk.get("muted-bar")).to_be_visible()
        await press(desk, code="F4", key="F4")
        await expect(desk.get("mute")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("end", ["accept", "pass", "taken"])
async def test_ring_stops_with_the_offer(desk: Desk, end: str) -> None:
    """CALL-2, by the page's own mark of what rings."""
    one = offer(700)
    await desk.world.make_offer(one)
    await until_ringing(desk, "call")
    if end == "accept":
        await desk.get("accept").click()
    elif end == "pass":
        await desk.get("pass").click()
        await desk.get("pass-other").click()
    else:
        gone = {"id": one["id"], "contact_id": one["contact_id"], "reason": "taken"}
        await desk.world.push({"k": "offer.gone", **gone})

    await until_ringing(desk, "")


async def test_hidden_title_says_nothing_of_the_person(desk: Desk) -> None:
    """G-8."""
    one = offer(700)
    await desk.world.make_offer(one)
    await until_ringing(desk, "call")

    assert one["masked"][-2:] not in await desk.page.title()


async def test_escalation_is_taken_with_one_click(desk: Desk) -> None:
    await desk.get("ack").click()
    await expect(desk.get("escalation-alert")).to_have_count(0)
    assert len(sent(desk.world, "ack")) == 1


async def test_second_tab_asks_before_it_works(chromium: Browser) -> None:
    """SHELL-2."""
    async with opened(chromium, busy_world()) as (context, desk):
        await desk.open()
        second = Desk(await context.new_page(), desk.world, desk.url)
        watch(second.page, desk.complaints)
        await second.open()
        await expect(second.get("other-tab")).to_be_visible()
        await expect(desk.get("other-tab")).to_have_count(0)
        await second.get("use-here").click()
        await expect(second.get("other-tab")).to_have_count(0)
        await expect(desk.get("other-tab")).to_be_visible()
        await expect(second.get("link-online")).to_be_visible()

        assert len(desk.world.sockets) == 1
        assert desk.complaints == []


async def test_reasons_to_pass_are_seen_whole(desk: Desk) -> None:
    await desk.world.make_offer(offer(700))
    await desk.get("pass").click()

    for reason in ("paperwork", "language", "topic", "know_caller", "technical", "other"):
        await expect(desk.get(f"pass-{reason}")).to_be_in_viewport(ratio=1)


async def test_palette_is_for_typing(desk: Desk) -> None:
    await desk.page.keyboard.press("Control+KeyK")
    await expect(desk.get("palette-input")).to_be_focused()
    await desk.page.keyboard.type("журнал")
    await desk.page.keyboard.press("Enter")

    await expect(desk.get("log-row")).to_have_count(100)


async def test_whoever_has_no_shift_begins_elsewhere(chromium: Browser) -> None:
    """An auditor is not asked to start a shift."""
    world = quiet_world()
    world.permissions = ["audit:log:read", "console:desk:use"]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("audit-row").first).to_be_visible()

        assert await desk.get("nav-console").count() == 0
        assert await desk.get("start-shift").count() == 0
        assert desk.complaints == []
