"""The desk in a real browser: the checks of the specification by their numbers."""

import json
import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, watch
from tests.console.world import CALL, CHAT, SMS, World, busy_world, message, offer, quiet_world

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")
LANGS = {"ky": "Жазуу", "ru": "Запись", "uz": "Qayd", "en": "Record"}
Json = dict[str, Any]


def sent(world: World, path: str) -> list[Json]:
    """Bodies of the actions on an address."""
    return [body for _, at, body in world.calls if re.search(path, at)]


async def until_ringing(desk: Desk, what: str) -> None:
    await expect(desk.page.locator(f'html[data-ringing="{what}"]')).to_be_attached()


async def press(desk: Desk, **event: object) -> None:
    """A key event as a keyboard layout would make it."""
    await desk.page.evaluate(
        """(init) => {
             const e = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
             (document.activeElement ?? document.body).dispatchEvent(e);
           }""",
        event,
    )


async def test_shift_starts_with_one_click(chromium: Browser) -> None:
    """SHELL-1, and then the walking skeleton: offer, answer, close without data."""
    async with opened(chromium, quiet_world()) as (_, desk):
        await desk.open()
        await desk.get("start-shift").click()
        await expect(desk.get("presence-state")).to_have_attribute("data-state", "available")
        await desk.world.make_offer(offer(700))
        await desk.get("accept").click()
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


async def test_each_contact_keeps_its_own_drafts(desk: Desk) -> None:
    """DESK-6 and CHAT-4."""
    texts = {CHAT: "Бул Телеграмга", SMS: "Bu SMS uchun"}
    for ident, text in texts.items():
        await desk.contact(ident).click()
        await desk.get("reply").fill(text)
        await desk.get("record-summary").fill(f"note {text}")
    for turn in range(10):
        ident = (CHAT, SMS)[turn % 2]
        await desk.contact(ident).click()
        await expect(desk.get("reply")).to_have_value(texts[ident])
        await expect(desk.get("record-summary")).to_have_value(f"note {texts[ident]}")
    await desk.contact(CALL).click()

    await expect(desk.get("record-summary")).to_have_value("")


async def test_draft_survives_a_reload_and_is_not_readable(desk: Desk) -> None:
    """FORM-4 and FORM-10 for the composer."""
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("купуя сөз")
    read = """() => new Promise((done) => {
      const opening = indexedDB.open('h189');
      opening.onsuccess = () => {
        const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => { opening.result.close(); done(JSON.stringify(
          all.result.map((r) => new TextDecoder().decode(r.sealed)))); };
      };
    })"""
    kept = "[]"
    while kept == "[]":
        kept = await desk.page.evaluate(read)
    await desk.page.reload()
    await desk.contact(CHAT).click()

    await expect(desk.get("reply")).to_have_value("купуя сөз")
    assert "купуя" not in kept


async def test_message_text_is_never_markup(desk: Desk) -> None:
    """CHAT-5."""
    await desk.contact(CHAT).click()
    bubble = desk.get("message").filter(has_text="onerror")

    await expect(bubble).to_contain_text("<img src=x onerror=alert(1)> javascript:alert(1)")
    assert await desk.page.locator(".thread img, .thread a").count() == 0
    await bubble.get_by_role("button").click()
    await expect(desk.get("link-question")).to_contain_text("https://example.org/a")


async def test_sms_parts_are_counted(desk: Desk) -> None:
    """CHAT-6."""
    await desk.contact(SMS).click()
    await desk.get("reply").fill("ө" * 70)
    await expect(desk.get("sms-counter")).to_have_attribute("data-parts", "1")
    await desk.get("reply").fill("ө" * 71)
    await expect(desk.get("sms-counter")).to_have_attribute("data-parts", "2")


async def test_enter_sends_and_shift_enter_adds_a_line(desk: Desk) -> None:
    """CHAT-9, and the composer is empty only for what was taken over."""
    await desk.contact(CHAT).click()
    await desk.get("reply").fill("бир")
    await desk.get("reply").press("Shift+Enter")
    await desk.get("reply").press_sequentially("эки")
    await desk.get("reply").press("Enter")
    await expect(desk.get("message").filter(has_text="эки")).to_have_count(1)

    await expect(desk.get("reply")).to_have_value("")
    assert [body["text"] for body in sent(desk.world, "messages$")] == ["бир\nэки"]


async def test_refused_message_stays_and_is_not_doubled(chromium: Browser) -> None:
    """CHAT-3."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        desk.world.fail_sends = True
        await desk.get("reply").fill("дарек")
        await desk.get("send").click()
        await expect(desk.get("message-pending")).to_have_attribute("data-state", "failed")
        desk.world.fail_sends = False
        await desk.get("retry").click()
        await expect(desk.get("message").filter(has_text="дарек")).to_have_count(1)
        await expect(desk.get("message-pending")).to_have_count(0)

        assert len({body["client_id"] for body in sent(desk.world, "messages$")}) == 1


async def test_unknown_fate_is_decided_by_a_person(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    await desk.get("resend").click()
    await expect(desk.get("resend")).to_have_count(0)

    assert sent(desk.world, "decide") == [{"action": "resend"}]


async def test_nothing_is_lost_while_the_line_is_down(chromium: Browser) -> None:
    """DESK-7 and CHAT-8: after the break both messages are there, in order, once."""
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(CHAT).click()
        await expect(desk.get("link-online")).to_be_visible()
        await desk.world.cut()
        await expect(desk.get("offline-bar")).to_be_visible()
        for number, text in ((40, "биринчи"), (41, "экинчи")):
            await desk.world.say(message(number, CHAT, text))
        desk.world.deaf = False
        await expect(desk.get("offline-bar")).to_have_count(0)
        await expect(desk.get("message").filter(has_text="экинчи")).to_have_count(1)
        texts = await desk.get("message").all_inner_texts()

        assert [t.split()[0] for t in texts[-2:]] == ["биринчи", "экинчи"]


async def test_no_key_ends_a_call(desk: Desk) -> None:
    """CALL-9."""
    await desk.get("reconnect").click()
    await expect(desk.get("mute")).to_be_enabled()
    keys = [f"F{n}" for n in range(1, 13)]
    for code in [*keys, "Escape", "Delete", "Space", "Enter"]:
        await press(desk, code=code, key=code)
    await expect(desk.get("reload-question")).to_be_visible()

    assert sent(desk.world, "hangup") == []
    assert desk.world.own(CALL)["call"] == {"state": "live"}


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
        await desk.get("record-clash").get_by_role("button").first.click()
        await expect(desk.get("record-state")).to_have_attribute("data-state", "saved")
        await expect(desk.get("record-country")).to_have_value("Россия")

        assert desk.world.records[CALL]["summary"] == "меники"
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


async def test_log_keeps_its_filter_in_the_address(desk: Desk) -> None:
    """LOG-4, and older rows on request."""
    await desk.get("nav-log").click()
    await expect(desk.get("log-row")).to_have_count(100)
    await desk.get("older").click()
    await expect(desk.get("log-row")).to_have_count(180)
    await desk.get("filter-channel").select_option("sms")
    await expect(desk.page).to_have_url(re.compile(r"/log\?channel=sms$"))
    await expect(desk.get("log-row")).to_have_count(60)
    await desk.page.go_back()

    await expect(desk.get("log-row")).to_have_count(100)
    await expect(desk.get("filter-channel")).to_have_value("")


async def test_contact_page_shows_what_was_written(desk: Desk) -> None:
    await desk.get("nav-log").click()
    await desk.get("log-row").first.get_by_role("link").first.click()

    await expect(desk.get("record-read")).to_contain_text("Айлык үч ай берилген эмес")
    await expect(desk.get("contact-page").get_by_test_id("timeline")).to_be_visible()


async def test_screens_without_the_right_are_not_offered(chromium: Browser) -> None:
    """G-2: no permission is said in words."""
    world = busy_world()
    world.permissions = ["console:desk:use", "shift:own:manage"]
    async with opened(chromium, world) as (_, desk):
        await desk.open("/audit")
        await expect(desk.get("state-denied")).to_be_visible()
        await expect(desk.get("nav-console")).to_be_visible()

        assert await desk.get("nav-audit").count() == 0
        assert await desk.get("escalation-alert").count() == 0
        assert desk.complaints == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["/console", "/log", "/cases", "/jobs", "/audit"])
async def test_screens_in_every_language_and_width(chromium: Browser, lang: str, path: str) -> None:
    """G-1, G-3, G-4: no complaint, no sideways scrolling, no raw id of the catalogue."""
    async with opened(chromium, busy_world(lang)) as (_, desk):
        await desk.open(path)
        await expect(desk.page.locator(".screen .skeleton")).to_have_count(0)
        for width in (1366, 1024, 720, 320):
            await desk.page.set_viewport_size({"width": width, "height": 768})
            wide = await desk.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, lang, width)
        text = await desk.page.locator("body").inner_text()

        assert not re.search(r"\b(nav|log|case|tl|rec|desk|call|msg|state|fmt)-[a-z]+\b", text)
        assert desk.complaints == []


async def test_login_works_without_scripts(chromium: Browser) -> None:
    """LOGIN-1, LOGIN-4, LOGIN-5."""
    async with opened(chromium, busy_world()) as (_, desk):
        context = await chromium.new_context(java_script_enabled=False)
        page = await context.new_page()
        sizes: list[int] = []
        page.on("response", lambda r: sizes.append(int(r.headers.get("content-length", 0))))
        await page.goto(f"{desk.url}/login")
        await page.fill("#login", "aigul")
        await page.click('button[value="ky"]')
        await expect(page.locator("h1")).to_have_text("Кирүү")
        await expect(page.locator("#login")).to_have_value("aigul")
        first_view = sum(sizes[:4])
        await page.fill("#password", "wrong")
        await page.press("#password", "Enter")
        await expect(page.get_by_role("alert")).to_be_visible()
        await page.fill("#password", "right")
        await page.press("#password", "Enter")
        await expect(page).to_have_url(re.compile("/console$"))
        await context.close()

        assert 0 < first_view <= 15_000


async def test_boot_block_cannot_close_itself(chromium: Browser) -> None:
    world = busy_world()
    world.mine[0]["masked"] = "</script><b>x"
    async with opened(chromium, world) as (_, desk):
        await desk.open()
        await expect(desk.contact(CALL)).to_contain_text("</script><b>x")
        boot = await desk.page.locator("#boot").text_content()

        assert json.loads(boot or "")["snapshot"]["mine"][0]["masked"] == "</script><b>x"
        assert desk.complaints == []
