"""Files on the desk: shown when somebody wants them, sent once, refused in words."""

import pytest
from playwright.async_api import Browser, expect

from tests.console.conftest import Desk, opened, sent
from tests.console.mock_files import PAPER, PHOTO, VOICE, file
from tests.console.world import CHAT, SMS, busy_world, message
from tests.service.chat import evil

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")
PHOTO_FILE = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": evil.picture(size=(64, 48))}


async def test_a_photo_is_loaded_by_one_press_and_hidden_again(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    awaited = message(40, CHAT, "договор", kind="photo", files=[file(PHOTO, "photo")])
    await desk.world.say(awaited)
    await expect(desk.get("file-awaited")).to_contain_text("240 кБ")
    kept = file(PHOTO, "photo", state="kept", type="jpeg", show="picture", width=480, height=640)
    await desk.world.push({"k": "chat.file", **awaited, "files": [kept]})
    await expect(desk.get("file-show")).to_contain_text("240 кБ")
    assert await desk.page.locator(".thread img").count() == 0

    await desk.get("file-show").click()
    photo = desk.get("file-photo")
    await expect(photo).to_be_visible()
    await expect(photo).to_have_js_property("naturalWidth", 480)
    await desk.get("file-hide").click()
    await expect(photo).to_have_count(0)
    assert len(sent(desk.world, f"{PHOTO}/ticket")) == 1


async def test_a_voice_note_has_a_waveform_and_is_moved_in_by_keyboard(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    note = file(VOICE, "voice", state="kept", type="opus", show="voice", duration_s=4.0)
    await desk.world.say(message(40, CHAT, "", kind="voice", files=[note]))
    await desk.get("file-listen").click()
    await desk.get("wave").focus()
    await expect(desk.get("wave")).to_have_attribute("aria-valuemax", "4")
    await desk.page.keyboard.press("End")
    await expect(desk.get("wave")).to_have_attribute("aria-valuenow", "4")


async def test_anything_else_is_a_download_under_a_neutral_name(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    paper = file(PAPER, "document", state="kept", type="pdf", name="<b>тайна</b>.pdf")
    await desk.world.say(message(40, CHAT, "", kind="document", files=[paper]))
    await expect(desk.get("file-name")).to_have_text("<b>тайна</b>.pdf")
    async with desk.page.expect_download() as waiting:
        await desk.get("file-download").click()
    assert (await waiting.value).suggested_filename == "file-1.bin"
    await expect(desk.get("thread")).to_be_visible()


async def test_why_a_file_was_not_taken_is_said(desk: Desk) -> None:
    await desk.contact(CHAT).click()
    for number, (code, words) in enumerate(
        {"too-large": "больше 20 МБ", "gone": "файла больше нет", "": "не удалось"}.items(), 40
    ):
        refused = file(f"{PAPER[:-1]}{number % 10}", "video", state="refused", error=code)
        await desk.world.say(message(number, CHAT, "", kind="video", files=[refused]))
        await expect(desk.get("message").last).to_contain_text(f"Видео: {words}"[:7])
        await expect(desk.get("file-refused").last).to_contain_text(words)


async def test_a_file_is_sent_once_and_only_where_files_are_carried(chromium: Browser) -> None:
    async with opened(chromium, busy_world()) as (_, desk):
        await desk.open()
        await desk.contact(SMS).click()
        await expect(desk.get("reply")).to_be_visible()
        await expect(desk.get("attach")).to_have_count(0)
        await desk.contact(CHAT).click()
        desk.world.fail_sends = True
        await desk.get("attach").set_input_files(PHOTO_FILE)  # type: ignore[arg-type] # a payload
        await expect(desk.get("file-pending")).to_contain_text("Файл повреждён")
        desk.world.fail_sends = False
        await desk.get("file-retry").click()
        await expect(desk.get("file-show")).to_have_count(1)
        await expect(desk.get("file-pending")).to_have_count(0)

        assert len({body["id"] for body in sent(desk.world, "/files$")}) == 1
        assert [c for c in desk.complaints if "400" not in c] == []
