"""A slow client costs a few seconds, whatever it sends."""

import asyncio
import socket

import pytest
from aiohttp import web

from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.http import json_ok
from hotline.infra.web.routes import Public, Route
from hotline.infra.web.server import CannotListen, serve
from tests.service.web.conftest import SERVER, Client, Serve

GET = b"GET /open HTTP/1.1\r\nHost: x\r\n\r\n"
HALVES = [b"", b"G", GET[:-2], GET[:-2] + b"X: " + b"a" * 500]


async def fine(_request: web.Request) -> web.StreamResponse:
    return json_ok({})


@pytest.fixture
async def client(start: Serve) -> Client:
    public = Public("a test")
    return await start([Route("GET", "/open", fine, public), Route("POST", "/open", fine, public)])


async def connect(client: Client) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", client.port)


async def answer(reader: asyncio.StreamReader) -> bytes:
    """One whole answer with the body `{}`."""
    return await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(2)


async def test_two_hundred_half_sent_heads_are_all_cut_and_keep_alive_goes_on(
    client: Client, metrics: Metrics
) -> None:
    patient_reader, patient_writer = await connect(client)
    patient_writer.write(GET)
    assert (await answer(patient_reader)).startswith(b"HTTP/1.1 200")

    slow = [await connect(client) for _ in range(200)]
    for number, (_, writer) in enumerate(slow):
        writer.write(HALVES[number % len(HALVES)])
    ends = await asyncio.gather(*(reader.read() for reader, _ in slow))

    assert all(end.startswith(b"HTTP/1.1 408") for end in ends)
    assert metrics.registry.get_sample_value("hotline_http_head_timeouts_total") == 200
    patient_writer.write(GET)
    assert (await answer(patient_reader)).startswith(b"HTTP/1.1 200")
    for _, writer in [*slow, (patient_reader, patient_writer)]:
        writer.close()


async def test_the_second_head_of_a_connection_has_a_deadline_too(client: Client) -> None:
    reader, writer = await connect(client)
    writer.write(GET)
    await answer(reader)

    writer.write(b"GET /open HT")

    assert (await reader.read()).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_half_sent_body_is_answered_408(client: Client) -> None:
    reader, writer = await connect(client)
    writer.write(b"POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")

    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408")
    assert b"Connection: close" in head
    writer.close()


async def test_a_head_and_body_in_small_pieces_in_time_are_served(client: Client) -> None:
    reader, writer = await connect(client)
    for byte in b"POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody":
        writer.write(bytes([byte]))
        await writer.drain()

    assert (await answer(reader)).startswith(b"HTTP/1.1 200")
    writer.close()


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"NONSENSE\r\n\r\n"])
async def test_what_is_not_http_gets_no_echo(client: Client, nonsense: bytes) -> None:
    reader, writer = await connect(client)
    writer.write(nonsense)

    got = await reader.read()

    assert got.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert b"NONSENSE" not in got
    assert b"aiohttp" not in got
    writer.close()


async def test_a_port_in_use_is_named_with_its_setting(
    context: WebContext, metrics: Metrics
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = SERVER.model_copy(update={"port": port})

        with pytest.raises(CannotListen, match=r"server\.port") as caught:
            await serve(build_app([], context), settings, metrics)

    assert str(port) in str(caught.value)


async def test_a_foreign_address_is_named_with_its_setting(
    context: WebContext, metrics: Metrics
) -> None:
    settings = SERVER.model_copy(update={"host": "192.0.2.1"})

    with pytest.raises(CannotListen, match=r"server\.host"):
        await serve(build_app([], context), settings, metrics)


async def test_stopping_finishes_the_request_in_hand(context: WebContext, metrics: Metrics) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        began.set()
        await go_on.wait()
        return json_ok({})

    app = build_app([Route("GET", "/open", slow, Public("a test"))], context)
    listening = await serve(app, SERVER, metrics)
    reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
    writer.write(GET)
    await began.wait()

    async with asyncio.TaskGroup() as group:
        stopping = group.create_task(listening.stop())
        while not stopping.done() and not go_on.is_set():
            await asyncio.sleep(0)
            go_on.set()

    assert (await answer(reader)).startswith(b"HTTP/1.1 200")
    assert await reader.read() == b""
    writer.close()
