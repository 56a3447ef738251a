"""The live socket: only our own page gets one, and a slow one is cut and can come back."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import WSCloseCode, WSMsgType, web

from hotline.access.permissions import Permission
from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Tasks
from hotline.infra.web.routes import Route
from hotline.infra.web.websocket import MAX_BYTES, MAX_FRAMES, TOO_SLOW, Socket, Sockets
from tests.service.web.conftest import ORIGIN, Client, Serve

Talk = Callable[[Socket], AsyncIterator[None]]


@pytest.fixture
async def tasks(metrics: Metrics) -> AsyncIterator[Tasks]:
    made = Tasks(metrics)
    yield made
    await made.stop(deadline_s=5)


@pytest.fixture
def sockets(tasks: Tasks, metrics: Metrics) -> Sockets:
    return Sockets(tasks, metrics, send_timeout_s=0.3)


class Desk:
    """A handler that notes what it hears and lets the test hold the socket."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        self.heard: list[str] = []
        self.met: asyncio.Queue[Socket] = asyncio.Queue()
        self.left = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        async with self._sockets.accept(request, "h189.1") as socket:
            self.met.put_nowait(socket)
            async for text in socket.texts():
                self.heard.append(text)
                socket.put(f"heard {text}")
        self.left.set()
        return socket.response


@pytest.fixture
def desk(sockets: Sockets) -> Desk:
    return Desk(sockets)


@pytest.fixture
async def client(start: Serve, desk: Desk) -> Client:
    return await start([Route("GET", "/ws/desk", desk.handle, Permission.CONSOLE_DESK_USE)])


def connect(client: Client, **changes: str) -> "aiohttp.client._WSRequestContextManager":
    headers = {"Origin": ORIGIN, **client.signed_in("ana").headers}
    headers |= {name.replace("_", "-"): value for name, value in changes.items()}
    protocol = headers.pop("Protocol", "h189.1")
    return client.http.ws_connect(client.base + "/ws/desk", headers=headers, protocols=[protocol])


async def test_frames_go_out_in_order_and_texts_come_in(client: Client, desk: Desk) -> None:
    async with connect(client) as ws:
        socket = await desk.met.get()
        for number in range(50):
            assert socket.put(str(number))
        assert [await ws.receive_str() for _ in range(50)] == [str(n) for n in range(50)]

        await ws.send_str("hb")

        assert await ws.receive_str() == "heard hb"
    await desk.left.wait()
    assert desk.heard == ["hb"]


@pytest.mark.parametrize(
    "changes",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ORIGIN + ":8443"},
        {"Origin": ORIGIN.upper()},
        {"Cookie": "__Host-s=mallory"},
        {"Protocol": "other"},
    ],
    ids=range(6),
)
async def test_no_other_page_person_or_protocol_gets_in(
    client: Client, changes: dict[str, str]
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        async with connect(client, **changes):
            pass

    assert caught.value.status in {401, 404}


async def test_a_plain_request_finds_nothing(client: Client) -> None:
    ana = client.signed_in("ana").having(Origin=ORIGIN, Sec_WebSocket_Protocol="h189.1")

    assert (await ana.ask("GET", "/ws/desk"))[0] == 404


async def test_too_many_waiting_frames_cut_the_client(
    client: Client, desk: Desk, metrics: Metrics
) -> None:
    async with connect(client) as ws:
        socket = await desk.met.get()
        put = [socket.put("x") for _ in range(MAX_FRAMES + 1)]

        assert put == [True] * MAX_FRAMES + [False]
        message = await ws.receive()
        assert (message.type, message.data) == (WSMsgType.CLOSE, TOO_SLOW)
    assert not socket.put("later")
    assert metrics.registry.get_sample_value("hotline_sockets_slow_total") == 1


async def test_too_many_waiting_bytes_cut_the_client(client: Client, desk: Desk) -> None:
    async with connect(client) as ws:
        socket = await desk.met.get()

        assert not socket.put("x" * (MAX_BYTES + 1))
        assert (await ws.receive()).data == TOO_SLOW


async def test_a_client_that_does_not_read_is_cut_off(client: Client, desk: Desk) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port, limit=1024)
    head = {
        "Host": "x", "Origin": ORIGIN, "Cookie": "__Host-s=ana", "Connection": "Upgrade",
        "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "h189.1",
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    writer.write(f"GET /ws/desk HTTP/1.1\r\n{lines}\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    socket = await desk.met.get()

    # Random, because frames are compressed; how much the system buffers differs between systems.
    while socket.put(secrets.token_hex(50_000)):  # noqa: ASYNC110 - the writer only needs a turn
        await asyncio.sleep(0)

    await desk.left.wait()
    writer.close()


async def test_a_frame_that_is_no_text_ends_the_conversation(client: Client, desk: Desk) -> None:
    async with connect(client) as ws:
        await ws.send_bytes(b"x")

        assert (await ws.receive()).data == WSCloseCode.UNSUPPORTED_DATA


async def test_a_frame_that_is_too_long_ends_the_conversation(client: Client, desk: Desk) -> None:
    async with connect(client) as ws:
        await ws.send_str("x" * 10_000)

        assert (await ws.receive()).data == WSCloseCode.MESSAGE_TOO_BIG


async def test_stopping_says_that_we_are_going_away(
    client: Client, desk: Desk, sockets: Sockets
) -> None:
    async with connect(client) as ws:
        socket = await desk.met.get()
        socket.put("last words")

        await sockets.close_all()

        assert await ws.receive_str() == "last words"
        assert (await ws.receive()).data == WSCloseCode.GOING_AWAY
    await desk.left.wait()


async def test_open_sockets_are_counted(client: Client, desk: Desk, metrics: Metrics) -> None:
    async with connect(client):
        await desk.met.get()
        assert metrics.registry.get_sample_value("hotline_sockets_open") == 1
    await desk.left.wait()

    assert metrics.registry.get_sample_value("hotline_sockets_open") == 0
