"""The addresses themselves: signed requests in, TwiML out; forged ones leave no trace."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import MultiDict

from hotline.carrier import form as forms
from hotline.carrier.signature import sign
from hotline.infra.web.routes import add_routes
from hotline.kernel.errors import Unavailable
from hotline.kernel.secret import Secret
from tests.service.telephony.document import BASE
from tests.service.telephony.exchange import ACCOUNT, TOKEN, Exchange

Client = TestClient[web.Request, web.Application]
FORM = {"AccountSid": ACCOUNT, "CallSid": "CA1", "From": "+996555000001", "To": "189"}


@pytest.fixture
async def client(exchange: Exchange) -> AsyncIterator[Client]:
    app = web.Application()
    add_routes(app, exchange.phone.edge)
    async with TestClient(TestServer(app)) as client:
        yield client


async def post(
    client: Client,
    path: str,
    form: dict[str, str] | bytes,
    *,
    token: Secret = TOKEN,
    once: str = "",
) -> aiohttp.ClientResponse:
    """As the carrier would: signed over our public address, not over the one it was sent to."""
    fields = forms.read(form) if isinstance(form, bytes) else MultiDict(form)
    headers = {"X-Twilio-Signature": sign(token, BASE + path, fields)}
    if once:
        headers["I-Twilio-Idempotency-Token"] = once
    if isinstance(form, bytes):
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return await client.post(path, data=form, headers=headers)


async def test_a_signed_call_gets_a_document(exchange: Exchange, client: Client) -> None:
    answer = await post(client, "/voice/in", FORM | {"CallStatus": "ringing", "CallerCity": ""})

    assert answer.status == 200
    assert answer.content_type == "text/xml"
    assert (await answer.text()).startswith("<?xml")
    assert await exchange.count("select count(*) from contact") == 1


@pytest.mark.parametrize(
    "path", ["in", "step", "hold", "hold-key", "bridge", "op", "after", "conf", "status", "silence"]
)
async def test_a_forged_request_leaves_no_trace(
    exchange: Exchange, client: Client, path: str
) -> None:
    for answer in (
        await client.post(f"/voice/{path}", data=FORM),
        await post(client, f"/voice/{path}", FORM, token=Secret("forged" * 6)),
        await post(client, f"/voice/{path}", FORM | {"AccountSid": "AC" + "0" * 32}),
    ):
        assert answer.status == 403
        assert await answer.read() == b""

    assert exchange.refused == 3
    assert await exchange.count("select count(*) from inbox") == 0
    assert await exchange.count("select count(*) from contact") == 0


async def test_the_query_is_signed_too(client: Client, exchange: Exchange) -> None:
    headers = {"X-Twilio-Signature": sign(TOKEN, f"{BASE}/voice/hold?n=1", MultiDict(FORM))}

    assert (await client.post("/voice/hold?n=2", data=FORM, headers=headers)).status == 403
    assert (await client.post("/voice/hold?n=1", data=FORM, headers=headers)).status == 200
    assert exchange.refused == 1


@pytest.mark.parametrize(
    "body",
    [
        b"CallSid=CA1&From=%FF%FE&To=\xd0\xff&CallStatus=ringing",
        b"CallSid=CA1&From=%00%00&Digits=%E2%80%AE",
        b"CallSid=CA1&From=" + b"9" * 5000,
        b"CallSid=" + b"A" * 5000,
        b"CallSid=CA1&From=a&From=b&From=a&CallStatus=exploded",
        b"CallSid=%ED%A0%80&From=sip%3Aalice%40trunk.example",
        b"",
    ],
)
@pytest.mark.parametrize("path", ["in", "step?n=x", "hold?n=-1", "hold?n=%FF", "op", "conf"])
async def test_no_signed_body_can_break_an_address(client: Client, path: str, body: bytes) -> None:
    assert (await post(client, f"/voice/{path}", body)).status == 200


async def test_a_repetition_with_the_same_token_is_answered_alike(
    exchange: Exchange, client: Client
) -> None:
    first = await post(client, "/voice/in", FORM, once="t-1")
    again = await post(client, "/voice/in", FORM, once="t-1")

    assert await first.text() == await again.text()
    assert await exchange.count("select count(*) from contact") == 1


async def test_a_repeated_key_while_waiting_is_answered_alike(
    exchange: Exchange, client: Client
) -> None:
    danger = FORM | {"CallSid": await exchange.waiting(), "Digits": "0"}
    first, again = [
        await (await post(client, "/voice/hold-key?n=2", danger)).text() for _ in range(2)
    ]

    assert "ivr-wait-danger" in first
    assert again == first


async def test_who_presses_nothing_twice_is_not_taken_for_a_repetition(
    exchange: Exchange, client: Client
) -> None:
    turn = (await exchange.incoming("CA1")).turn
    answers = []
    for _ in range(2):
        answer = await post(client, f"/voice/step?n={turn}", FORM | {"Digits": ""})
        answers.append(await answer.text())
        turn += 1

    assert "ivr-language" in answers[0]
    assert "ivr-topic-abroad" in answers[1]


async def test_while_the_database_is_away_callers_keep_their_music_and_new_ones_are_not_lost(
    exchange: Exchange, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object) -> str:
        code = "database-away"
        raise Unavailable(code)

    for name in ("operator", "guest"):
        monkeypatch.setattr(exchange.entrance, name, away)
    for name in ("incoming", "hold", "step", "hold_key", "bridge", "after", "status"):
        monkeypatch.setattr(exchange.telephony, name, away)

    for path in ("in", "op", "guest", "status"):
        assert (await post(client, f"/voice/{path}", FORM)).status == 503
    for path in ("hold", "step?n=1", "hold-key", "bridge", "after"):
        answer = await post(client, f"/voice/{path}", FORM)
        text = await answer.text()
        assert answer.status == 200
        assert "hold-15s" in text
        assert "/voice/hold?n=1" in text


async def test_an_unexpected_failure_never_reaches_the_caller(
    exchange: Exchange, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(exchange.telephony, "incoming", broken)
    monkeypatch.setattr(exchange.telephony, "hold", broken)
    monkeypatch.setattr(exchange.rooms, "event", broken)

    assert (await post(client, "/voice/in", FORM)).status == 503
    assert (await post(client, "/voice/conf", FORM)).status == 503
    assert (await post(client, "/voice/hold", FORM)).status == 200


async def test_waiting_in_a_room_is_silent(client: Client) -> None:
    assert "<Pause" in await (await post(client, "/voice/silence", FORM)).text()


async def test_prompts_are_served_whole_and_asked_for_once(client: Client) -> None:
    path = "/prompts/ru/ivr-wait.mp3"
    head, answer = await client.head(path), await client.get(path)

    body = await answer.read()
    assert head.status == answer.status == 200
    assert head.headers["Content-Length"] == str(len(body))
    assert answer.content_type == "audio/mpeg"
    again = await client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize("path", ["xx/ivr-wait", "ru/..%2f..%2fsettings", "ru/no-such", "all/x"])
async def test_what_is_no_prompt_is_not_found(client: Client, path: str) -> None:
    assert (await client.get(f"/prompts/{path}.mp3")).status == 404


async def test_late_and_repeated_reports_are_counted(exchange: Exchange, client: Client) -> None:
    await exchange.incoming("CA1")
    for _ in range(2):
        await post(client, "/voice/status", FORM | {"CallStatus": "completed"})

    assert exchange.outcomes == ["moved", "stale"]
