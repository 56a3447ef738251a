"""The desk's addresses of a chat, as the desk calls them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hotline.access.model import Actor
from hotline.chat.replies import read
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.web.context import SESSION
from hotline.infra.web.http import json_ok
from hotline.infra.web.routes import add_routes
from hotline.infra.web.session import SessionInfo
from hotline.intake.hours import Hours
from hotline.kernel.errors import HotlineError, Problems
from hotline.kernel.ids import new_id
from hotline.kernel.languages import LANGS
from tests.builders import ANA, BORIS, VERA
from tests.service.chat.house import House

CAST = {actor.name: actor for actor in (ANA, BORIS, VERA)}


@web.middleware
async def signed_in(request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401 - aiohttp's own
    actor: Actor = CAST[request.headers["X-Who"]]
    request[SESSION] = SessionInfo(new_id(), actor, "csrf")
    try:
        answer: web.StreamResponse = await handler(request)
    except HotlineError as error:
        return json_ok({"error": error.code, "fields": error.fields}, status=error.status)
    return answer


@pytest.fixture
async def client(house: House) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application(middlewares=[signed_in])
    add_routes(app, house.views.routes())
    async with TestClient(TestServer(app)) as made:
        yield made


async def test_a_talk_over_http(
    house: House, client: TestClient[web.Request, web.Application]
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    ana = {"X-Who": "ana"}
    path = f"/api/chats/{contact.id}"
    answer = await client.post(
        f"{path}/messages", headers=ana, data=json.dumps({"client_id": "c1", "text": "Слушаю"})
    )
    message = (await answer.json())["message"]
    assert message["from"] == "operator"
    assert (message["state"], message["client_id"], message["staff"]) == ("queued", "c1", "ana")

    page = await (await client.get(f"{path}/messages?limit=2", headers=ana)).json()
    assert [m["text"] for m in page["messages"]][-1] == "Слушаю"
    assert page["more"] is True
    assert set(page["messages"][0]) == {
        *("id", "contact_id", "from", "kind", "text", "state", "error", "at"),
        *("client_id", "staff", "files", "reply", "edited_at", "edit"),
    }
    assert (await client.post(f"{path}/close", headers=ana, data="{}")).status == 200


@pytest.mark.parametrize("who", ["boris", "vera"])
async def test_others_find_nothing_to_write_to(
    house: House, client: TestClient[web.Request, web.Application], who: str
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(ANA)
    headers = {"X-Who": who}
    path = f"/api/chats/{contact.id}"
    body = json.dumps({"client_id": "c1", "text": "x"})
    assert (await client.post(f"{path}/messages", headers=headers, data=body)).status == 404
    assert (await client.post(f"{path}/close", headers=headers, data="{}")).status == 404
    wanted = 200 if who == "vera" else 404
    assert (await client.get(f"{path}/messages", headers=headers)).status == wanted


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/messages/0/decide", {"action": "resend"}, 404),
        ("/api/messages/99999999999999999999/decide", {"action": "drop"}, 404),
        ("/api/messages/5/decide", {"action": "burn"}, 400),
        ("/api/chats/none/messages", {"client_id": "a", "text": "x"}, 404),
        ("/api/chats/none/messages", {"text": "x"}, 400),
        ("/api/chats/none/close", {"why": "x"}, 400),
    ],
)
async def test_what_does_not_fit_is_refused(
    client: TestClient[web.Request, web.Application], path: str, body: object, status: int
) -> None:
    answer = await client.post(path, headers={"X-Who": "ana"}, data=json.dumps(body))
    assert answer.status == status


async def test_a_senseless_page_is_refused(
    client: TestClient[web.Request, web.Application],
) -> None:
    answer = await client.get(f"/api/chats/{new_id()}/messages?before=x", headers={"X-Who": "ana"})
    assert answer.status == 400


async def test_ready_answers_come_filled_in_and_a_mistake_in_them_stops_the_start(
    house: House, client: TestClient[web.Request, web.Application], tmp_path: Path
) -> None:
    answer = await client.get("/api/replies", headers={"X-Who": "ana"})
    replies = {one["key"]: one["texts"] for one in (await answer.json())["replies"]}
    assert replies["hello"]["ru"] == "Здравствуйте! Меня зовут ana. Читаю ваше сообщение."
    assert "189" in replies["call-us"]["ky"]
    assert "круглосуточно" in replies["call-us"]["ru"]
    assert all(set(texts) == set(LANGS) for texts in replies.values())

    wrong = (
        "replies: [{key: hello, status: draft, texts: {ru: 'Это {phone}', ky: a, uz: b, en: c}}]"
    )
    (tmp_path / "replies.yaml").write_text(wrong)
    with pytest.raises(Problems, match="phone"):
        read(tmp_path)


async def test_hours_are_said_by_days_that_are_alike(db: Database, vault: Vault) -> None:
    office = ((480, 1080),)
    hours = Hours(ZoneInfo("Asia/Bishkek"), (office,) * 5 + (((600, 840),), ()), {})
    house = House(db, vault, hours=hours)
    replies = {one["key"]: one["texts"] for one in await house.replies.shown(ANA)}
    assert replies["call-us"]["en"].endswith("Hours: Mon–Fri 08:00-18:00; Sat 10:00-14:00.")
