"""What is asked again, what never is, and what the outcome is called."""

import asyncio
from base64 import b64encode
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hotline.carrier import transport
from hotline.carrier.ports import CarrierError, OutcomeUnknown
from hotline.carrier.transport import ATTEMPTS, Transport
from hotline.kernel.secret import Secret

Say = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Vendor:
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: deque[int | str] = deque()
        self.asked: list[tuple[str, str, str, str]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        authorization = request.headers.get("Authorization", "")
        self.asked.append((request.method, request.path_qs, body, authorization))
        answer = self.answers.popleft() if self.answers else 200
        if answer == "cut":
            assert request.transport is not None
            request.transport.abort()
            await asyncio.Event().wait()
        if answer == "silence":
            await asyncio.Event().wait()
        assert isinstance(answer, int)
        return web.json_response({"n": len(self.asked)}, status=answer)


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.fixture
async def base(vendor: Vendor) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", vendor.handle)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0)
    yield str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture
async def pauses() -> list[float]:
    return []


@pytest.fixture
async def wire(pauses: list[float]) -> AsyncIterator[Transport]:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    made = Transport("AC1", Secret("token"), sleep=sleep)
    yield made
    await made.close()


@pytest.mark.parametrize("trouble", [429, 500, 503, "cut"])
async def test_reading_is_tried_again_until_it_works(
    vendor: Vendor, base: str, wire: Transport, trouble: int | str
) -> None:
    vendor.answers.extend([trouble, trouble])

    reply = await wire.send("GET", f"{base}/Calls/CA1.json")

    assert reply.status == 200
    assert len(vendor.asked) == ATTEMPTS


@pytest.mark.parametrize("path", ["/Calls/CA1.json", "/Conferences/CF1.json"])
async def test_an_update_is_tried_again(
    vendor: Vendor, base: str, wire: Transport, path: str
) -> None:
    vendor.answers.append(500)

    await wire.send("POST", base + path, form={"Status": "completed"})

    assert [body for *_, body, _ in vendor.asked] == ["Status=completed"] * 2


@pytest.mark.parametrize(
    "path", ["/Calls.json", "/Messages.json", "/Calls", "/x/Participants.json"]
)
@pytest.mark.parametrize("trouble", [500, 502, "cut"])
async def test_a_call_or_message_is_never_made_twice(
    vendor: Vendor, base: str, wire: Transport, path: str, trouble: int | str
) -> None:
    vendor.answers.append(trouble)

    with pytest.raises(OutcomeUnknown):
        await wire.send("POST", base + path, form={"To": "+1"})

    assert len(vendor.asked) == 1


@pytest.mark.parametrize("trouble", [500, "cut"])
async def test_a_call_is_taken_elsewhere_only_once(
    vendor: Vendor, base: str, wire: Transport, trouble: int | str
) -> None:
    vendor.answers.append(trouble)

    with pytest.raises(OutcomeUnknown):
        await wire.send("POST", f"{base}/Calls/CA1.json", form={"Url": "https://x/bridge"})

    assert len(vendor.asked) == 1


async def test_while_the_token_is_changed_what_one_is_refused_for_is_asked_with_the_other(
    vendor: Vendor, base: str
) -> None:
    first, second = (b64encode(f"AC1:{token}".encode()).decode() for token in ("old", "new"))
    wire = Transport("AC1", Secret("old"), other=Secret("new"))
    vendor.answers.extend([401, 201])

    made = await wire.send("POST", f"{base}/Calls.json", form={"To": "+1"})
    await wire.send("GET", f"{base}/Calls/CA1.json")
    await wire.close()

    assert made.status == 201
    given = [authorization for *_, authorization in vendor.asked]
    assert given == [f"Basic {first}", f"Basic {second}", f"Basic {second}"]


async def test_a_token_that_is_wrong_is_not_tried_for_ever(
    vendor: Vendor, base: str, wire: Transport
) -> None:
    rotating = Transport("AC1", Secret("old"), other=Secret("new"))
    for one, times in ((wire, 1), (rotating, 2)):
        vendor.asked.clear()
        vendor.answers.extend([401] * times)

        assert (await one.send("GET", f"{base}/Calls/CA1.json")).status == 401
        assert len(vendor.asked) == times
    await rotating.close()


async def test_a_refused_create_was_not_made(vendor: Vendor, base: str, wire: Transport) -> None:
    vendor.answers.append(429)

    with pytest.raises(CarrierError) as refused:
        await wire.send("POST", f"{base}/Calls.json", form={"To": "+1"})

    assert (refused.value.code, refused.value.permanent) == ("too-many", False)


async def test_nobody_there_means_nothing_was_made(
    wire: Transport, unused_tcp_port: int, pauses: list[float]
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/Calls.json"

    with pytest.raises(CarrierError) as away:
        await wire.send("POST", url, form={"To": "+1"})

    assert (away.value.code, away.value.permanent) == ("unreachable", False)
    assert pauses == []


async def test_a_silent_vendor_is_given_up(
    vendor: Vendor, base: str, wire: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    vendor.answers.append("silence")

    with pytest.raises(OutcomeUnknown):
        await wire.send("POST", f"{base}/Messages.json", form={"To": "+1"})


async def test_giving_up_says_how_and_waits_longer_each_time(
    vendor: Vendor, base: str, wire: Transport, pauses: list[float]
) -> None:
    vendor.answers.extend([503, 503, 503])

    with pytest.raises(CarrierError) as broken:
        await wire.send("GET", f"{base}/Calls.json")

    assert broken.value.code == "broken"
    assert pauses == sorted(pauses)
    assert len(pauses) == ATTEMPTS - 1


async def test_lists_become_repeated_keys_and_the_key_is_in_the_header(
    vendor: Vendor, base: str, wire: Transport
) -> None:
    form = {"StatusCallbackEvent": ["initiated", "ringing"], "Url": None, "To": "+1"}

    await wire.send("POST", f"{base}/Calls.json", form=form)
    await wire.send("GET", f"{base}/Calls.json", query={"To": "client:op_1"})

    assert vendor.asked[0][2] == "StatusCallbackEvent=initiated&StatusCallbackEvent=ringing&To=%2B1"
    assert vendor.asked[1][1] == "/Calls.json?To=client:op_1"
    assert {asked[3] for asked in vendor.asked} == {"Basic QUMxOnRva2Vu"}


async def test_a_refusal_comes_back_to_be_read(vendor: Vendor, base: str, wire: Transport) -> None:
    vendor.answers.append(400)

    assert (await wire.send("POST", f"{base}/Calls.json", form={})).status == 400
