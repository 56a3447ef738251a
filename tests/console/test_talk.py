"""The talk on the desk: hold, keys, somebody else, handing on; checks by their numbers."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import LANGS, Desk, opened, press, sent
from tests.console.mock_talk import ON_ITS_WAY, PARTNER, MockTalk
from tests.console.world import CALL, OTHER, busy_world, offer, talk

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def connected(desk: Desk) -> None:
    await desk.get("reconnect").click()
    await expect(desk.get("mute")).to_be_enabled()


async def test_a_caller_on_hold_is_said_in_words_and_comes_back(desk: Desk) -> None:
    await connected(desk)
    await desk.get("hold").click()
    await expect(desk.get("held-bar")).to_be_visible()
    await expect(desk.get("hold")).to_have_attribute("aria-pressed", "true")
    caller = desk.page.locator('[data-testid="party"][data-role="caller"]')
    await expect(caller).to_have_attribute("data-state", "held")
    await press(desk, code="F8", key="F8")
    await expect(desk.get("held-bar")).to_have_count(0)

    assert sent(desk.world, "/hold") == [{"on": True}, {"on": False}]


async def test_a_warm_transfer_takes_three_presses(desk: Desk) -> None:
    """CALL-7, the asker's side: ask, talk, hand over."""
    await connected(desk)
    await desk.get("hand-on").click()
    row = desk.page.locator(f'[data-testid="target"][data-id="{OTHER["id"]}"]')
    await row.get_by_test_id("warm").click()
    await expect(desk.get("hand-on-dialog")).to_have_count(0)
    await expect(desk.get("transfer")).to_contain_text(OTHER["name"])
    await expect(desk.get("hand-over")).to_have_count(0)
    await MockTalk(desk.world).joined(CALL)
    await desk.get("hand-over").click()
    await expect(desk.contact(CALL)).to_have_count(0)

    to = {"kind": "staff", "id": OTHER["id"], "topic": None, "language": None}
    assert sent(desk.world, "/transfer$") == [{"to": to, "warm": True}]
    assert len(sent(desk.world, "/transfer/finish$")) == 1


async def test_a_transfer_is_taken_back(desk: Desk) -> None:
    await connected(desk)
    await desk.get("hand-on").click()
    await desk.get("target-partner").click()
    await desk.get("cold").click()
    await expect(desk.get("transfer")).to_contain_text(PARTNER["name"])
    await expect(desk.get("hold")).to_be_disabled()
    await desk.get("take-back").click()
    await expect(desk.get("transfer")).to_have_count(0)
    await expect(desk.get("hold")).to_be_enabled()


async def test_a_transfer_nobody_took_is_said_and_ones_own_change_of_mind_is_not(
    desk: Desk,
) -> None:
    await connected(desk)
    asked = {"to_name": OTHER["name"], "warm": True, "state": "asked", "mine": "from"}
    card = desk.world.own(CALL)
    await desk.world.push({"k": "contact.card", **card, "call": talk(transfer=asked, held=True)})
    await desk.get("take-back").click()
    await expect(desk.get("transfer")).to_have_count(0)
    await expect(desk.get("toast")).to_have_count(0)
    await desk.world.push({"k": "contact.card", **card, "call": talk(transfer=asked, held=True)})
    await expect(desk.get("transfer")).to_be_visible()
    await desk.world.push({"k": "contact.card", **card, "call": talk()})

    await expect(desk.get("toast")).to_have_count(1)
    await expect(desk.get("transfer")).to_have_count(0)


async def test_only_who_is_free_can_be_asked(desk: Desk) -> None:
    await connected(desk)
    await desk.get("hand-on").click()
    rows = desk.get("target")
    await expect(rows).to_have_count(2)

    await expect(rows.first).to_contain_text(OTHER["name"])
    await expect(rows.first.get_by_test_id("cold")).to_be_enabled()
    await expect(rows.last.get_by_test_id("warm")).to_be_disabled()


async def test_a_call_goes_back_to_the_queue_in_another_language(desk: Desk) -> None:
    await connected(desk)
    await desk.get("hand-on").click()
    await desk.get("target-queue").click()
    await desk.get("queue-language").select_option("uz")
    await desk.get("to-queue").click()
    await expect(desk.contact(CALL)).to_have_count(0)

    to = {"kind": "queue", "id": None, "topic": None, "language": "uz"}
    assert sent(desk.world, "/transfer$") == [{"to": to, "warm": False}]


async def test_somebody_else_joins_and_is_asked_about_at_the_end(desk: Desk) -> None:
    await connected(desk)
    await desk.get("third").click()
    await desk.get("target-number").click()
    await desk.get("caller-held").check()
    await desk.get("target-number-input").fill("+996 312 00 00 02")
    await desk.get("call-number").click()
    third = desk.page.locator('[data-testid="party"][data-role="third"]')
    await expect(third).to_have_attribute("data-state", "ringing")
    await desk.get("hangup").click()
    await expect(desk.get("end-question")).to_be_visible()
    assert sent(desk.world, "/hangup") == []
    await desk.page.keyboard.press("Escape")
    await third.get_by_test_id("party-out").click()
    await expect(third).to_have_count(0)
    await desk.get("hangup").click()
    await expect(desk.get("wrap-up")).to_be_visible()

    body = {"number": "+996 312 00 00 02", "partner": None, "caller_held": True}
    assert sent(desk.world, "/third$") == [body]
    assert [at for method, at, _ in desk.world.calls if method == "DELETE"] == [
        f"/api/calls/{CALL}/third/{ON_ITS_WAY}"
    ]


async def test_keys_are_pressed_by_hand_and_by_keyboard(desk: Desk) -> None:
    await connected(desk)
    await desk.get("keypad").click()
    await desk.get("key-1").click()
    await desk.page.keyboard.press("Digit5")
    await desk.page.keyboard.press("Shift+Digit3")

    await expect(desk.get("keypad-sent")).to_have_text("15#")


async def test_who_is_handed_a_call_can_decline_but_not_end_it(chromium: Browser) -> None:
    world = busy_world()
    transfer = {"to_name": None, "warm": True, "state": "talking", "mine": "to"}
    world.own(CALL)["call"] = talk(transfer=transfer, held=True)
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("take-back")).to_be_visible()

        await expect(desk.get("hangup")).to_have_count(0)
        await expect(desk.get("hand-over")).to_have_count(0)
        assert desk.complaints == []


async def test_the_record_of_a_call_opens_when_the_call_is_ones_own(chromium: Browser) -> None:
    world = busy_world()
    transfer = {"to_name": None, "warm": True, "state": "talking", "mine": "to"}
    world.own(CALL)["call"] = talk(transfer=transfer, held=True)
    world.records_refused.add(CALL)
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.contact(CALL).click()
        await expect(desk.get("take-back")).to_be_visible()
        await expect(desk.get("record-form")).to_have_count(0)
        await expect(desk.get("escalate")).to_have_count(0)
        await desk.page.keyboard.press("F9")

        world.records_refused.clear()
        world.own(CALL)["call"] = talk()
        await world.push({"k": "contact.card", **world.own(CALL)})
        await expect(desk.get("record-form")).to_be_visible()
        await expect(desk.get("earlier")).to_be_visible()
        assert desk.complaints == []


async def test_a_listening_supervisor_is_seen(desk: Desk) -> None:
    """WALL-5, the operator's side."""
    await expect(desk.get("watched")).to_have_count(0)
    await desk.world.push({"k": "contact.card", **desk.world.own(CALL), "call": talk(watched=True)})
    await expect(desk.get("watched")).to_be_visible()


async def test_what_the_carrier_cannot_do_is_not_offered(chromium: Browser) -> None:
    world = busy_world()
    world.own(CALL)["call"] = talk(can=dict.fromkeys(("hold", "third", "transfer"), False))
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.get("hangup")).to_be_visible()

        for verb in ("hold", "third", "hand-on"):
            await expect(desk.get(verb)).to_have_count(0)
        assert desk.complaints == []


async def test_without_rooms_a_call_moves_on_when_the_telephone_is_put_down(
    chromium: Browser,
) -> None:
    world = busy_world()
    none = dict.fromkeys(("hold", "third", "warm", "listen"), False)
    world.own(CALL)["call"] = talk(can=none | {"transfer": True})
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await desk.get("hand-on").click()

        await expect(desk.get("put-down")).to_be_visible()
        for goal, shown in (("staff", 1), ("queue", 1), ("partner", 0), ("number", 0)):
            await expect(desk.get(f"target-{goal}")).to_have_count(shown)
        assert desk.complaints == []


async def test_a_call_from_a_colleague_says_so(desk: Desk) -> None:
    await desk.world.make_offer({**offer(700), "purpose": "transfer"})
    await expect(desk.get("offer-card")).to_contain_text("Коллега")


@pytest.mark.parametrize("lang", LANGS)
async def test_the_talk_fits_in_every_language_and_width(chromium: Browser, lang: str) -> None:
    world = busy_world(lang)
    transfer = {"to_name": OTHER["name"], "warm": True, "state": "talking", "mine": "from"}
    world.own(CALL)["call"] = talk(transfer=transfer, held=True, watched=True)
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await connected(desk)
        for width in (1366, 1024, 720, 320):
            await desk.page.set_viewport_size({"width": width, "height": 768})
            panel = desk.get("call-panel")
            assert await panel.evaluate("(el) => el.scrollWidth <= el.clientWidth"), width
            wide = await desk.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (lang, width)
        text = await desk.get("call-panel").inner_text()

        assert not re.search(r"\b(call|party|transfer|target)-[a-z]+\b", text)
        assert desk.complaints == []
