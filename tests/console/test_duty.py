"""What keeps a desk trustworthy: its session, its line, its sound, its telephone, two tabs."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.console.conftest import Desk, opened, press, sent, watch
from tests.console.world import CALL, CHAT, ago, busy_world, message, offer, quiet_world, waiting

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAYED = """
window.played = [];
HTMLMediaElement.prototype.play = function () {
  window.played.push(this.src.split('/').pop());
  return Promise.resolve();
};
"""


async def until_played(page: Page, name: str) -> None:
    await page.wait_for_function("(name) => window.played.includes(name)", arg=name)


async def test_the_end_of_a_session_is_announced_and_put_off_with_one_press(
    chromium: Browser,
) -> None:
    async with opened(chromium, busy_world()) as (context, desk):
        await context.add_init_script(PLAYED)
        await desk.open("/log")
        await expect(desk.get("link-online")).to_be_visible()
        await desk.page.keyboard.press("Shift")
        await desk.world.aside({"k": "hb", "expiring": {"at": ago(-110), "renewable": True}})
        await expect(desk.get("expiring")).to_be_visible()
        await until_played(desk.page, "chime.wav")
        await desk.get("stay").click()
        await expect(desk.get("expiring")).to_have_count(0)

        assert sent(desk.world, "session/extend") == [{}]
        assert desk.complaints == []


async def test_a_session_that_cannot_be_prolonged_offers_no_button(desk: Desk) -> None:
    await expect(desk.get("link-online")).to_be_visible()
    await desk.world.aside({"k": "hb", "expiring": {"at": ago(-110), "renewable": False}})
    await expect(desk.get("expiring")).to_be_visible()

    await expect(desk.get("stay")).to_have_count(0)


async def test_a_call_outlives_the_session_and_can_be_ended(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (context, desk):
        await context.add_init_script(PLAYED)
        await desk.open()
        await desk.get("reconnect").click()
        await expect(desk.get("mute")).to_be_enabled()
        await desk.world.push({"k": "session.revoked"})
        await expect(desk.get("session-ended")).to_be_visible()
        await until_played(desk.page, "low.wav")
        await desk.get("ended-hangup").click()

        await expect(desk.get("ended-hangup")).to_have_count(0)


async def test_unsent_words_outlive_the_session(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await desk.get("reply").fill("Мен сизге азыр жооп")
        await desk.get("record-summary").fill("Паспорту жок")
        desk.world.signed_out = True  # before it is saved: that is done when typing pauses
        await expect(desk.get("session-ended")).to_be_visible()
        desk.world.signed_out = False
        await desk.open()
        await desk.contact(CHAT).click()

        await expect(desk.get("reply")).to_have_value("Мен сизге азыр жооп")
        await expect(desk.get("record-summary")).to_have_value("Паспорту жок")


async def test_an_escalation_is_heard_by_who_takes_it_also_off_shift(chromium: Browser) -> None:
    async with opened(chromium, quiet_world()) as (context, desk):
        await context.add_init_script(PLAYED)
        await desk.open("/log")
        await expect(desk.get("sound-off")).to_be_visible()
        await desk.page.keyboard.press("Shift")
        await expect(desk.get("sound-off")).to_have_count(0)
        await desk.world.push({"k": "escalation.alert", **busy_world().cases[0]})

        await until_played(desk.page, "chime.wav")


async def test_who_takes_escalations_is_asked_for_notices_on_any_screen(chromium: Browser) -> None:
    async with opened(chromium, quiet_world()) as (context, desk):
        await context.add_init_script(
            """Object.defineProperty(Notification, 'permission', { get: () => 'default' });
               Notification.requestPermission = async () => 'granted';"""
        )
        await desk.open("/log")
        await desk.get("notices-off").get_by_role("button").click()

        await expect(desk.get("notices-off")).to_have_count(0)


async def test_a_newer_server_offers_to_reload(chromium: Browser) -> None:
    world = quiet_world()
    world.build = "newer"
    async with opened(chromium, world) as (_, desk):
        await desk.open()

        await expect(desk.get("new-build")).to_be_visible()


@pytest.mark.parametrize("how", ["screen", "key"])
async def test_a_part_that_is_gone_asks_to_reload(chromium: Browser, how: str) -> None:
    async with opened(chromium, quiet_world()) as (context, desk):
        await desk.open()
        await context.route("**/super/log-screen.js", lambda route: route.abort())
        await context.route("**/desk/palette.js", lambda route: route.abort())
        if how == "screen":
            await desk.get("nav-log").click()
            await expect(desk.get("state-outdated")).to_be_visible()
        else:
            await desk.page.keyboard.press("Control+KeyK")
            await expect(desk.get("toast")).to_be_visible()


async def test_a_telephone_that_fails_says_so_and_can_be_tried_again(chromium: Browser) -> None:
    """There is no microphone in the machine of the tests."""
    world = busy_world()
    world.phones = ["browser"]
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        world.mine.clear()
        await desk.world.push({"k": "contact.gone", "id": CALL, "why": "closed"})
        await desk.world.make_offer(offer(700))
        await desk.get("accept").click()

        await expect(desk.get("phone-error")).to_be_visible()
        await expect(desk.get("reconnect")).to_be_visible()


async def test_the_other_tab_takes_the_call_and_leaves_silence_behind(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (context, desk):
        await desk.open()
        await desk.get("reconnect").click()
        await expect(desk.get("mute")).to_be_enabled()
        await desk.world.make_offer(offer(700))
        await expect(desk.page.locator('html[data-ringing="call"]')).to_be_attached()
        second = Desk(await context.new_page(), desk.world, desk.url)
        watch(second.page, desk.complaints)
        await second.open()
        await second.get("use-here").click()

        await expect(second.get("mute")).to_be_enabled()
        await expect(second.get("offer-card")).to_be_visible()
        await expect(desk.page.locator('html[data-ringing=""]')).to_be_attached()
        await expect(desk.page.get_by_test_id("mute")).to_be_disabled()
        await press(desk, code="KeyK", ctrlKey=True)
        await press(desk, code="F9")
        await press(second, code="KeyK", ctrlKey=True)
        await expect(second.get("palette-input")).to_be_visible()
        await expect(desk.get("palette-input")).to_have_count(0)
        assert desk.complaints == []


async def test_an_offer_goes_with_its_time_also_without_the_server(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.world.make_offer({**offer(700), "until": ago(-4)})
        await expect(desk.get("offer-card")).to_be_visible()
        await desk.world.cut()

        await expect(desk.get("link-offline")).to_be_visible()
        await expect(desk.get("offer-card")).to_have_count(0, timeout=30_000)


async def test_a_message_counts_as_unread_while_another_screen_is_open(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await expect(desk.get("nav-console").locator(".badge")).to_have_count(0)
    await desk.get("nav-log").click()
    await expect(desk.get("log-row").first).to_be_visible()
    await desk.world.say(message(50, CHAT, "Бул жактасызбы?"))
    await expect(desk.get("nav-console").locator(".badge")).to_have_text("1")
    await desk.get("nav-console").click()

    await expect(desk.get("nav-console").locator(".badge")).to_have_count(0)


async def test_a_contact_that_is_taken_away_says_why(desk: Desk) -> None:
    await desk.world.push({"k": "contact.gone", "id": CHAT, "why": "operator_lost"})

    await expect(desk.get("toast")).to_contain_text("связь с оператором прервалась")


async def test_the_queue_is_not_called_empty_while_people_wait(desk: Desk) -> None:
    kept = list(waiting(3))
    desk.world.queue.clear()
    for item in busy_world().queue:
        await desk.world.push({"k": "queue.gone", "id": item["id"], "why": "left"})
    stats = {"waiting": 3, "longest_since": ago(300), "by_channel": {"voice": 3}}
    desk.world.queue.extend(kept)
    await desk.world.push({"k": "queue.stats", **stats})
    await expect(desk.get("queue-empty")).to_have_count(0)

    await expect(desk.get("queue-item")).to_have_count(3)


async def test_hanging_up_leaves_the_line_without_the_server(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (context, desk):
        await desk.open()
        await desk.get("reconnect").click()
        await expect(desk.get("mute")).to_be_enabled()
        await context.set_offline(offline=True)
        await desk.get("hangup").click()

        await expect(desk.get("toast")).to_contain_text("Вы отключились")
        await expect(desk.get("mute")).to_be_disabled()


@pytest.mark.parametrize("width", [700, 800])
async def test_narrow_screens_keep_the_names_for_who_cannot_see(desk: Desk, width: int) -> None:
    await desk.page.set_viewport_size({"width": width, "height": 800})

    await expect(desk.get("nav-log")).to_have_accessible_name("Журнал")
    await expect(desk.get("me-menu")).to_have_accessible_name("Айгүл Токтогулова")


async def test_a_menu_gives_the_keyboard_back_to_its_button(desk: Desk) -> None:
    menu = desk.get("lang-menu")
    for leave in ("Escape", "Enter"):
        await menu.focus()
        await desk.page.keyboard.press("Enter")
        await desk.page.keyboard.press("ArrowDown")
        await expect(desk.get("lang-ky")).to_be_focused()
        await desk.page.keyboard.press(leave)
        await expect(desk.get("lang-ky")).to_have_count(0)
        await expect(menu).to_be_focused()
