"""Telegram's files against a Bot API of one's own making: a real server, a real client."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bots.telegram.channel import TelegramChannel
from bots.telegram.files import TIMES
from bots.telegram.updates import read
from bots.telegram.wire import Wire, make_bot
from hotline.chat.ports import LONGEST, Attached, Enclosed, FetchError, Outbound
from hotline.kernel.secret import Secret
from hotline.settings import CONFIG_DIR, load

TOKEN = "189:insecure-simulator-token"
REFUSALS = {
    "large": (400, "Bad Request: file is too big"),
    "unknown": (400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
    "revoked": (401, "Unauthorized"),
    "broken": (502, "Bad Gateway"),
}


@dataclass
class Api:
    """getFile, the files themselves, and what was sent."""

    held: dict[str, bytes] = field(default_factory=dict)
    path: str = "photos/{}"
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        form = dict(await request.post())
        if name != "getFile":
            self.sent.append((name, {k: v for k, v in form.items() if isinstance(v, str)}))
            files = [v for v in form.values() if isinstance(v, web.FileField)]
            self.sent[-1][1]["files"] = [(f.filename, f.file.read()) for f in files]
            chat = {"id": 5, "type": "private"}
            return web.json_response(
                {"ok": True, "result": {"message_id": 77, "date": 1, "chat": chat}}
            )
        handle = str(form["file_id"])
        if handle in REFUSALS:
            code, words = REFUSALS[handle]
            answer = {"ok": False, "error_code": code, "description": words}
            return web.json_response(answer, status=code)
        found = {"file_id": handle, "file_unique_id": "u", "file_path": self.path.format(handle)}
        return web.json_response({"ok": True, "result": found})

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"].rpartition("/")[2]
        if name == "elsewhere":
            raise web.HTTPFound("http://127.0.0.1:1/")
        if name not in self.held:
            raise web.HTTPNotFound
        return web.Response(body=self.held[name])


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def channel(api: Api) -> AsyncIterator[TelegramChannel]:
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{name}}", api.method)
    app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", api.file)
    async with TestServer(app, host="127.0.0.1") as server:
        url = str(server.make_url("/")).rstrip("/")
        section = load({}, CONFIG_DIR, "test").telegram
        section = section.model_copy(update={"api_base_url": url, "token": Secret(TOKEN)})
        wire = Wire()
        yield TelegramChannel(make_bot(section, wire))
        await wire.shutdown()


async def fetched(channel: TelegramChannel, handle: str) -> bytes:
    return b"".join([chunk async for chunk in channel.files.fetch(handle)])


async def test_the_largest_size_is_named_and_fetched(channel: TelegramChannel, api: Api) -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "big", "width": 1280, "height": 960, "file_size": 240_000},
        {"file_id": "middle", "width": 320, "height": 240, "file_size": 9000},
    ]
    update = read(
        {
            "update_id": 1,
            "message": {
                "message_id": 2,
                "chat": {"id": 5, "type": "private"},
                "photo": sizes,
                "media_group_id": "1234",
                "caption": "вот",
            },
        },
        "189",
    )
    assert update is not None
    assert update.inbound is not None
    assert update.inbound.files == (
        Attached("photo", "big", length=240_000, width=1280, height=960, album="1234"),
    )
    api.held["big"] = bytes(range(256)) * 1000
    assert await fetched(channel, "big") == api.held["big"]


@pytest.mark.parametrize(
    ("handle", "code", "permanent"),
    [
        ("large", "too-large", True),
        ("unknown", "gone", True),
        ("revoked", "bad-token", False),
        ("broken", "unreachable", False),
        ("missing", "gone", True),
        ("elsewhere", "unreachable", False),
    ],
)
async def test_why_a_file_cannot_be_had(
    channel: TelegramChannel, handle: str, code: str, *, permanent: bool
) -> None:
    with pytest.raises(FetchError) as refused:
        await fetched(channel, handle)
    assert (refused.value.code, refused.value.permanent) == (code, permanent)
    # Neither the address nor the token hides behind the error that is shown or logged.
    assert refused.value.__cause__ is None
    assert TOKEN not in f"{refused.value!r}"


async def test_only_the_bot_apis_own_host_is_asked(channel: TelegramChannel, api: Api) -> None:
    """A path that names a file of this machine, as a Bot API server at home would send it."""
    api.path = "/etc/hostname"
    with pytest.raises(FetchError, match="gone"):
        await fetched(channel, "local")


async def test_the_limit_is_the_bot_apis_own(channel: TelegramChannel) -> None:
    assert channel.files.longest_in == LONGEST == 20 * 1024 * 1024


def test_a_slow_line_brings_the_longest_file_in_time() -> None:
    slow_per_s = 256 * 1000 / 8  # as good as no line at all, abroad in a hostel
    assert TIMES.total is not None
    assert LONGEST / slow_per_s < TIMES.total


async def test_photo_and_document_are_sent_under_neutral_names_and_not_to_be_forwarded(
    channel: TelegramChannel, api: Api
) -> None:
    photo = Enclosed("photo", "photo.jpg", "image/jpeg", b"\xff\xd8picture")
    paper = Enclosed("document", "document.pdf", "application/pdf", b"%PDF-1.7")
    for file in (photo, paper):
        outbound = Outbound(1, 0, "5", "", file=file, reply_to="12")
        assert (await channel.send(outbound)).provider_id == "77"
    (first, about), (second, more) = api.sent
    assert (first, second) == ("sendPhoto", "sendDocument")
    assert about["files"] == [("photo.jpg", b"\xff\xd8picture")]
    assert more["files"] == [("document.pdf", b"%PDF-1.7")]
    assert (about["protect_content"], more["protect_content"]) == ("true", "true")
    for sent in (about, more):
        assert json.loads(sent["reply_parameters"])["message_id"] == 12
