"""Files both ways: awaited, looked at apart, kept sealed, read by ticket, refused with a reason."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from hotline.chat.model import ChatRules, MessageState
from hotline.chat.ports import LONGEST, Attached, DeliveryError, FetchError, Outbound
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, Invalid, NotFound
from tests.builders import ANA, BORIS, MALLORY, VERA
from tests.service.chat import evil
from tests.service.chat.house import RULES, House

Json = dict[str, Any]


async def pieces(whole: bytes) -> Any:  # noqa: ANN401 - an asynchronous generator
    for at in range(0, len(whole), 100_000):
        yield whole[at : at + 100_000]


async def sends(house: House, content: bytes, **more: Any) -> None:  # noqa: ANN401 - as declared
    """The caller sends a file, and it is fetched."""
    house.files.held["file-1"] = content
    attached = Attached(**{"kind": "document", "handle": "file-1"} | more)
    kind = {"audio": "voice"}.get(attached.kind, attached.kind)
    await house.brings(kind, attached, text="подпись")  # type: ignore[arg-type] # some kind
    await house.work(now=True)


async def only_file(house: House) -> Json:
    contact = await house.contact()
    files = [f for m in await house.all_messages(contact.id) for f in m.files]
    assert len(files) == 1
    return dict(files[0])


async def opened(house: House, file: Json, actor: Any = ANA) -> tuple[bytes, str, str]:  # noqa: ANN401 - anybody
    url = (await house.reading.ticket(actor, file["id"]))["url"]
    found = await house.reading.content(actor, file["id"], url.partition("?t=")[2])
    whole = b"".join([piece async for piece in house.reading.read(found, 0, found.blob.length)])
    return whole, found.media_type, found.name


async def test_a_photo_is_made_anew_and_shown_to_its_operator_on_record(house: House) -> None:
    raw = evil.picture()
    house.files.held["big"] = raw
    photo = Attached("photo", "big", length=len(raw), width=640, height=480)
    await house.brings("photo", photo, text="вот договор")
    awaited = await only_file(house)
    assert (awaited["state"], awaited["type"], awaited["length"]) == ("awaited", None, len(raw))
    await house.work(now=True)
    await house.taken_by(ANA)

    file = await only_file(house)
    assert (file["state"], file["type"], file["show"]) == ("kept", "jpeg", "picture")
    assert (file["width"], file["height"]) == (480, 640)  # upright now
    content, media_type, name = await opened(house, file)
    assert media_type == "image/jpeg"
    assert name.startswith("file-")
    assert name.endswith(".jpg")
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
    assert evil.PLACE.encode() in raw
    assert evil.PLACE.encode() not in content

    await opened(house, file, VERA)
    for nosy in (BORIS, MALLORY):
        with pytest.raises(NotFound):
            await house.reading.ticket(nosy, file["id"])
    ticket = (await house.reading.ticket(ANA, file["id"]))["url"].partition("?t=")[2]
    for actor, wrong in ((VERA, ticket), (ANA, ""), (ANA, f"9{ticket}"), (ANA, ticket[:-1] + "x")):
        with pytest.raises(NotFound):
            await house.reading.content(actor, file["id"], wrong)
    async with house.db.uow() as uow:
        reads = await uow.fetchval("select count(*) from audit_row where tag = 'staff:file:read'")
    assert reads == 3


async def test_the_files_of_an_earlier_talk_are_read_with_it_and_only_then(house: House) -> None:
    await sends(house, evil.PDF)
    file, before = await only_file(house), await house.taken_by(ANA)
    await house.chat.close(ANA, before.id)
    await house.comes("чужой", address="777")
    foreign = await house.taken_by(BORIS)
    with pytest.raises(NotFound):
        await house.reading.ticket(BORIS, file["id"])

    await house.chat.close(BORIS, foreign.id)
    await house.comes("снова я")
    again = await house.taken_by(BORIS)
    content, _, _ = await opened(house, file, BORIS)
    assert content == evil.PDF
    async with house.db.uow() as uow:
        read = await uow.fetch(
            "select actor_id, object_id from audit_row where tag = 'staff:file:read'"
        )
        assert [tuple(row) for row in read] == [(BORIS.staff_id, str(before.id))]
        contact = await house.contacts.get(uow, again.id, lock=True)
        contact = await house.contacts.end_talk(uow, contact, BORIS.staff_id)
        await house.contacts.finish(uow, contact, "record")
    with pytest.raises(NotFound):
        await opened(house, file, BORIS)


async def test_a_voice_note_is_played_and_says_where_it_is_loud(house: House) -> None:
    await sends(house, evil.voice(3), kind="voice", duration_s=9)
    await house.taken_by(ANA)
    file = await only_file(house)
    assert (file["show"], file["duration_s"]) == ("voice", 3.0)
    ticket = await house.reading.ticket(ANA, file["id"])
    peaks = ticket["peaks"]
    assert (peaks[0], peaks[-1], ticket["duration_s"]) == (0, 255, 3.0)
    assert await opened(house, file) == (evil.voice(3), "audio/ogg", (await opened(house, file))[2])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (evil.SVG, "other"),
        (evil.HTML, "other"),
        (evil.HEIC, "heic"),
        (evil.PDF, "pdf"),
        (b"MZ" + bytes(500), "other"),
        (evil.voice() + evil.HTML, "other"),
        (evil.voice()[:-30], "other"),
        (evil.POLYGLOT, "jpeg"),
        (evil.picture("PNG"), "png"),
        (evil.picture("WEBP"), "jpeg"),
        (bytes(LONGEST), "other"),
    ],
)
async def test_the_type_is_what_the_content_says(house: House, content: bytes, found: str) -> None:
    """Whatever was declared: here a photo, every time."""
    await sends(house, content, kind="photo", name="../../фото.jpg")
    await house.taken_by(ANA)
    file = await only_file(house)
    assert (file["state"], file["type"]) == ("kept", found)
    whole, media_type, name = await opened(house, file)
    if file["show"] == "picture":
        assert evil.HTML not in whole
        assert b"PK\x05\x06" not in whole
        assert evil.PLACE.encode() not in whole
    else:
        assert file["show"] == "download"
        assert (whole == content, media_type) == (True, "application/octet-stream")
    assert "фото" not in name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (evil.picture()[:4000], "damaged"),
        (evil.bomb(), "too-many-pixels"),
        (evil.FALSE_PICTURE, "damaged"),
        (bytes(LONGEST + 1), "too-large"),
    ],
)
async def test_what_is_refused_is_said_at_the_desk_and_nothing_stays(
    house: House, content: bytes, code: str
) -> None:
    await sends(house, content)
    file = await only_file(house)
    assert (file["state"], file["error"], file["type"]) == ("refused", code, None)
    assert await house.count("blob") == 0
    async with house.db.uow() as uow:
        kinds = [row["kind"] for row in await uow.fetch("select kind from job")]
    assert set(kinds) <= {"chat.idle", "chat.remind"}  # nothing that would fetch it again
    await house.taken_by(ANA)
    with pytest.raises(NotFound):
        await house.reading.ticket(ANA, file["id"])


async def test_too_large_is_said_to_the_caller_once_however_it_is_found_out(house: House) -> None:
    await sends(house, b"", length=LONGEST + 1)
    await sends(house, bytes(LONGEST + 1), length=5)
    contact = await house.contact()
    messages = await house.all_messages(contact.id)
    assert [f["error"] for m in messages for f in m.files] == ["too-large", "too-large"]
    said = house.catalogue.t("ru", "bot-file-too-large")
    assert [m.text for m in messages if m.text == said] == [said]


async def test_a_file_that_does_not_come_holds_up_no_other(house: House) -> None:
    house.files.held["b"] = evil.PDF
    house.files.failures = [FetchError("unreachable", permanent=False)]
    await house.brings("video", Attached("video", "a"))
    await house.brings("document", Attached("document", "b"))
    assert await house.work() == ["Later"]
    contact = await house.contact()
    files = [f for m in await house.all_messages(contact.id) for f in m.files]
    assert [f["state"] for f in files] == ["awaited", "kept"]


async def test_an_address_that_ran_out_is_asked_for_anew(house: House) -> None:
    """The address of a file works for an hour."""
    house.files.failures = [FetchError("gone", permanent=True)]
    await sends(house, evil.PDF)
    assert house.files.failures == []
    assert (await only_file(house))["state"] == "kept"


async def test_a_file_that_is_gone_or_cannot_be_had_is_given_up_at_last(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=ChatRules(settle=RULES.settle, fetch_for=timedelta(0)))
    await house.brings("photo", Attached("photo", "nowhere"))
    assert (await house.work(now=True)).count("gone") == 2
    assert (await only_file(house))["error"] == "gone"

    house.files.failures = [FetchError("unreachable", permanent=False)]
    await house.brings("photo", Attached("photo", "there"), address="555000157")
    await house.work(now=True)
    assert (await only_file(house))["error"] == "not-fetched"


async def test_nothing_of_a_file_lies_open(house: House) -> None:
    await house.brings("document", Attached("document", "handle-9", name="тайна.pdf"))
    async with house.db.uow() as uow:
        row = await uow.fetchrow("select handle_sealed, name_sealed from attachment")
    assert row is not None
    assert b"handle-9" not in row["handle_sealed"]
    assert "тайна".encode() not in row["name_sealed"]
    house.files.held["handle-9"] = evil.PDF
    await house.work(now=True)
    async with house.db.uow() as uow:
        parts = await uow.fetch("select sealed from blob_part")
        handle = await uow.fetchval("select handle_sealed from attachment")
    assert handle is None
    assert all(evil.PDF[:16] not in part["sealed"] for part in parts)
    assert (await only_file(house))["name"] == "тайна.pdf"


async def test_an_operator_sends_a_photo_once(house: House) -> None:
    await house.comes("вопрос", name="10")
    contact = await house.taken_by(ANA)
    raw, asked = evil.picture(), (await house.all_messages(contact.id))[0].id
    sent = await house.sending.send(ANA, contact.id, "c1", pieces(raw), reply_to=asked)
    again = await house.sending.send(ANA, contact.id, "c1", pieces(b"another"))
    assert again.id == sent.id
    assert (sent.kind, sent.files[0]["type"]) == ("photo", "jpeg")
    await house.work(now=True)
    (out,) = [one for one in house.telegram.sent if one.file is not None]
    assert out.file is not None
    assert (out.file.name, out.file.media_type, out.text) == ("photo.jpg", "image/jpeg", "")
    assert out.reply_to == "10"
    assert evil.PLACE.encode() not in out.file.content
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.state is MessageState.SENT


async def test_a_file_whose_fate_is_unknown_is_not_sent_twice(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    await house.work(now=True)
    house.telegram.failures = [TimeoutError()]
    sent = await house.sending.send(ANA, contact.id, "c1", pieces(evil.PDF))
    await house.work(now=True)
    await house.work(now=True)
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.state is MessageState.UNKNOWN
    await house.chat.decide(ANA, sent.id, "resend")
    await house.work(now=True)
    files: list[Outbound] = [one for one in house.telegram.sent if one.file is not None]
    assert [one.file.content for one in files if one.file] == [evil.PDF]


async def test_a_file_that_was_shredded_meanwhile_fails_and_says_so(house: House) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    sent = await house.sending.send(ANA, contact.id, "c1", pieces(evil.PDF))
    async with house.db.uow() as uow:
        await uow.execute("delete from blob_part")
    await house.work(now=True)
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert (found.state, found.error) == (MessageState.FAILED, "file-gone")
    assert not [e for e in house.telegram.failures if isinstance(e, DeliveryError)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (evil.SVG, "file-not-listed"),
        (evil.FALSE_PICTURE, "file-damaged"),
        (evil.bomb(), "file-too-large"),
        (bytes(10 * 1024 * 1024 + 1), "file-too-large"),
    ],
)
async def test_what_an_operator_may_not_send_is_refused(
    house: House, content: bytes, code: str
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    with pytest.raises(Invalid, match=code):
        await house.sending.send(ANA, contact.id, "c1", pieces(content))
    assert await house.count("attachment") == 0


async def test_files_go_only_where_files_are_carried_and_only_into_ones_own_open_chat(
    house: House,
) -> None:
    await house.comes("вопрос", channel="sms", address="+996555123456")
    contact = await house.taken_by(ANA)
    with pytest.raises(Conflict, match="no-files-here"):
        await house.sending.send(ANA, contact.id, "c1", pieces(evil.PDF))
    with pytest.raises(NotFound):
        await house.sending.send(BORIS, contact.id, "c1", pieces(evil.PDF))
    await house.chat.close(ANA, contact.id)
    with pytest.raises(Conflict, match="chat-not-open"):
        await house.sending.send(ANA, contact.id, "c1", pieces(evil.PDF))


async def test_who_deletes_the_conversation_deletes_its_files(house: House) -> None:
    await sends(house, evil.picture(), name="паспорт.jpg")
    assert await house.count("blob") == 1
    await house.comes("delete", "command")
    await house.presses("erase.yes", token="t")

    assert await house.count("blob") == 0  # at once, before any job
    file = await only_file(house)
    assert (file["state"], file["error"], file["name"]) == ("refused", "erased", None)
    await house.work(now=True)
