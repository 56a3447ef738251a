"""Files in Telegram both ways, from the caller's telephone to the desk and back."""

from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.params import Upload
from tests.desk import Desk
from tests.service.chat import evil
from tests.town import Json, Town, eventually

WRITER = 645678912
STRANGE = {"other": evil.SVG, "pdf": evil.PDF, "damaged": evil.picture()[:3000]}


async def settled(town: Town, desk: Desk, contact: str, count: int) -> list[Json]:
    """The files of the caller once none is awaited any more."""

    async def found() -> list[Json] | None:
        messages = [m for m in await town.thread(desk, contact) if m["from"] == "caller"]
        files = [file for m in messages for file in m["files"]]
        done = len(files) == count and all(f["state"] != "awaited" for f in files)
        return files if done else None

    return await eventually(found)


async def test_peer_bug_voice_and_photo_errors_they_and_papers_go_both_ways(town: Town) -> None:
    ana = await town.on_shift("ana")
    person = town.world.telegram_person(WRITER)
    await person.text("Здравствуйте, посылаю договор")
    contact = await town.chatting(ana)
    await person.album([(Kind.PHOTO, Upload(evil.picture()))] * 2, "страницы договора")
    await person.voice(evil.voice(2))
    for name, body in STRANGE.items():
        await person.document(body, f"{name}.jpg", mime="image/jpeg")
    files = await settled(town, ana, contact, 6)

    kinds = [(f["kind"], f["state"], f["type"], f["error"]) for f in files]
    assert kinds == [
        ("photo", "kept", "jpeg", None),
        ("photo", "kept", "jpeg", None),
        ("voice", "kept", "opus", None),
        ("document", "kept", "other", None),
        ("document", "kept", "pdf", None),
        ("document", "refused", None, "damaged"),
    ]
    assert files[0]["album"] == files[1]["album"] is not None
    assert files[2]["duration_s"] == 2.0
    ticket = await ana.post(f"/api/files/{files[0]['id']}/ticket")
    status, photo = await ana.bytes(ticket["url"])
    assert (status, photo[:3]) == (200, b"\xff\xd8\xff")
    assert evil.PLACE.encode() not in photo
    await town.audited(ana, "staff:file:read", contact)
    boris = await town.desk("boris")
    assert (await boris.refused("POST", f"/api/files/{files[0]['id']}/ticket"))[0] == 404
    vera = await town.desk("vera")
    page = await vera.get(f"/api/log/{contact}")
    voice = next(f for m in page["messages"] for f in m["files"] if f["kind"] == "voice")
    ticket = await vera.post(f"/api/files/{voice['id']}/ticket")
    assert await vera.bytes(ticket["url"]) == (200, evil.voice(2))

    sent = await ana.upload(f"/api/chats/{contact}/files?client_id=f1", evil.picture())
    await town.message(ana, sent["message"], "sent")
    shown = [m for m in person.messages if m.from_bot and "photo" in m.content]
    assert len(shown) == 1
    assert shown[0].content["has_protected_content"] is True
    await town.chat_over(ana, contact)
