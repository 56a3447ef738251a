"""Who hears a recording: by right, with a ticket of their own, range by range, on record."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.infra.crypto import Vault
from hotline.infra.metrics import Metrics
from hotline.infra.tickets import Tickets
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.templates import environment
from hotline.recordings.listening import TICKET_LIVES, Listening
from hotline.recordings.views import Views
from tests.builders import ANA, IGOR, VERA, an_actor
from tests.service.recordings.recorded import Recorded
from tests.service.recordings.test_recordings import hang_up, rows, talking
from tests.service.stage_records import ORIGIN, UNKNOWN, Doors

SOUND = b"RIFF of a talk"
NINA = an_actor("nina", Role.SUPERVISOR)
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(exchange: Recorded, vault: Vault) -> AsyncIterator[Client]:
    days = timedelta(days=30)
    listening = Listening(
        exchange.db,
        exchange.audit,
        exchange.sounds,
        Tickets(vault, "recording", TICKET_LIVES),
        days,
    )
    context = WebContext(
        origin=ORIGIN,
        texts=lambda lang, text_id, /, **_: f"{text_id}/{lang}",
        templates=environment(),
        metrics=Metrics(),
        sessions=Doors({actor.name: actor for actor in (ANA, IGOR, VERA, NINA)}),
    )
    app = build_app(Views(exchange.recordings, listening).routes(), context)
    async with TestClient(TestServer(app)) as made:
        yield made


async def ask(
    client: Client, who: Actor, method: str, path: str, **headers: str
) -> tuple[int, bytes, str]:
    own = {"Origin": ORIGIN, "X-CSRF": "csrf"} | headers
    async with client.request(method, path, headers=own, cookies={"h189-s": who.name}) as answer:
        return answer.status, await answer.read(), answer.headers.get("Content-Range", "")


async def ticket(client: Client, exchange: Recorded, who: Actor = VERA) -> tuple[int, str]:
    (row,) = await rows(exchange)
    path = f"/api/recordings/{row['id']}/ticket"
    headers = {"Origin": ORIGIN, "X-CSRF": "csrf"}
    async with client.post(path, headers=headers, cookies={"h189-s": who.name}) as answer:
        found = await answer.json()
        return answer.status, found.get("url", "")


async def test_a_supervisor_hears_it_range_by_range_and_that_is_on_record(
    exchange: Recorded, client: Client
) -> None:
    caller = await talking(exchange)
    await hang_up(exchange, caller)
    status, url = await ticket(client, exchange)
    assert status == 200

    assert await ask(client, VERA, "GET", url) == (200, SOUND, "")
    part = await ask(client, VERA, "GET", url, Range="bytes=5-8")
    assert part == (206, SOUND[5:9], f"bytes 5-8/{len(SOUND)}")
    rest = await ask(client, VERA, "GET", url, Range="bytes=10-")
    assert rest == (206, SOUND[10:], f"bytes 10-13/{len(SOUND)}")
    beyond = await ask(client, VERA, "GET", url, Range="bytes=99-")
    assert beyond == (416, b"", f"bytes */{len(SOUND)}")
    played = "select count(*) from audit_row where tag = 'staff:recording:played' and actor_id = $1"
    assert await exchange.count(played, VERA.staff_id) == 1


async def test_nobody_else_hears_it_nor_with_somebody_elses_ticket_nor_too_late(
    exchange: Recorded, client: Client
) -> None:
    caller = await talking(exchange)
    await hang_up(exchange, caller)
    for who in (ANA, IGOR):
        assert (await ticket(client, exchange, who))[0] == 404
    _, url = await ticket(client, exchange)
    for who in (ANA, IGOR, NINA):
        assert (await ask(client, who, "GET", url))[0] == 404
    longer = url.replace("?t=", "?t=9")
    assert (await ask(client, VERA, "GET", longer))[0] == 404
    assert (await ask(client, VERA, "POST", f"/api/recordings/{UNKNOWN}/ticket"))[0] == 404

    async with exchange.db.uow() as uow:
        await uow.execute("update call_recording set kept_at = now() - interval '31 days'")
    await exchange.keeping.sweep()
    assert (await ask(client, VERA, "GET", url))[0] == 404
    assert (await ticket(client, exchange))[0] == 404
