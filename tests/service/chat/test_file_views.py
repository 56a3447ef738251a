"""Files over HTTP: large bodies where they may be, and no page that opens one as its own."""

import io
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.templates import environment
from tests.builders import ANA, BORIS
from tests.service.chat import evil
from tests.service.chat.house import House
from tests.service.stage_records import ORIGIN, Doors

Client = TestClient[web.Request, web.Application]
PROVED = {"Origin": ORIGIN, "X-CSRF": "csrf"}
COOKIE = {"h189-s": "ana"}
LARGE = evil.PDF + bytes(3 * 1024 * 1024)


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    context = WebContext(
        origin=ORIGIN,
        texts=lambda lang, text_id, /, **_: f"{text_id}/{lang}",
        templates=environment(),
        metrics=Metrics(),
        sessions=Doors({actor.name: actor for actor in (ANA, BORIS)}),
    )
    app = build_app(house.file_views.routes(), context)
    async with TestClient(TestServer(app)) as made:
        yield made


async def test_a_large_file_goes_in_and_comes_out_as_a_download(
    house: House, client: Client
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    path = f"/api/chats/{contact.id}/files?client_id=c1"
    once, twice = [
        await client.post(path, data=io.BytesIO(LARGE), headers=PROVED, cookies=COOKIE)
        for _ in range(2)
    ]
    (file,) = (await once.json())["message"]["files"]
    assert (await twice.json())["message"]["files"] == [file]
    assert await house.count("attachment") == 1

    asked = await client.post(f"/api/files/{file['id']}/ticket", headers=PROVED, cookies=COOKIE)
    url = (await asked.json())["url"]
    got = await client.get(url, cookies=COOKIE)
    assert await got.read() == LARGE
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="file-')
    assert got.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    part = await client.get(url, cookies=COOKIE, headers={"Range": "bytes=1-4"})
    assert (part.status, await part.read()) == (206, LARGE[1:5])
    assert (await client.get(url, cookies={"h189-s": "boris"})).status == 404


async def test_a_refused_body_is_an_answer_in_words(house: House, client: Client) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    path = f"/api/chats/{contact.id}/files"
    for content, query, code in (
        (evil.SVG, "?client_id=c1", "file-not-listed"),
        (bytes(12 * 1024 * 1024), "?client_id=c1", "file-too-large"),
        (evil.PDF, "", "message-invalid"),
        (evil.PDF, "?client_id=house:joined", "message-invalid"),
    ):
        answer = await client.post(
            path + query, data=io.BytesIO(content), headers=PROVED, cookies=COOKIE
        )
        assert (answer.status, (await answer.json())["error"]) == (400, code)
    forged = await client.post(f"{path}?client_id=c1", data=io.BytesIO(evil.PDF), cookies=COOKIE)
    assert forged.status == 403
    assert await house.count("attachment") == 0
