"""Every door is shut unless a permission or a reason opens it, and all shut doors look alike."""

from dataclasses import replace

import pytest
from aiohttp import web

from hotline.access.permissions import Permission
from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.http import actor, json_ok
from hotline.infra.web.routes import Public, Route, RouteProblems
from hotline.kernel.errors import Conflict, Forbidden, Unavailable
from tests.service.web.conftest import ORIGIN, Client, FakeSessions, Serve

OPEN = Public("a test")
DESK = Permission.CONSOLE_DESK_USE
LOG = Permission.CONTACT_LOG_READ


async def who(request: web.Request) -> web.StreamResponse:
    return json_ok({"name": actor(request).name})


async def fine(_request: web.Request) -> web.StreamResponse:
    return json_ok({})


ROUTES = [
    Route("GET", "/api/me", who, DESK),
    Route("POST", "/api/me", who, DESK),
    Route("GET", "/api/log", who, LOG),
    Route("GET", "/open", fine, OPEN),
    Route("POST", "/hook", fine, Public("signed by the carrier")),
    Route("POST", "/login", fine, Public("nobody is signed in yet", form=True)),
]


@pytest.fixture
async def client(start: Serve) -> Client:
    return await start(ROUTES)


def test_a_route_without_permission_or_reason_does_not_start(context: WebContext) -> None:
    routes = [
        Route("GET", "/naked", fine, None),  # type: ignore[arg-type] # what the check is for
        Route("GET", "/vague", fine, Public(" ")),
        Route("BREW", "/pot", fine, OPEN),
        Route("GET", "relative", fine, OPEN),
        Route("GET", "/twice", fine, OPEN),
        Route("GET", "/twice", fine, DESK),
        Route("GET", "/good", fine, DESK),
    ]

    with pytest.raises(RouteProblems) as caught:
        build_app(routes, context)

    found = caught.value.problems
    for name in ("GET /naked", "GET /vague", "BREW /pot", "GET relative", "GET /twice"):
        assert any(text.startswith(f"{name}:") for text in found), name
    assert not any("/good" in text for text in found)


async def test_signed_in_with_the_permission_gets_in(client: Client) -> None:
    status, body, _ = await client.signed_in("ana").ask("GET", "/api/me")

    assert (status, body) == (200, '{"name":"Ana"}')


async def test_denied_looks_exactly_like_missing(client: Client) -> None:
    ana = client.signed_in("ana")

    denied = await ana.ask("GET", "/api/log")
    missing = await ana.ask("GET", "/api/nothing")
    wrong_method = await ana.ask("PUT", "/api/me")

    assert denied[:2] == missing[:2] == wrong_method[:2]
    assert denied[0] == 404
    without_id = [
        {k: v for k, v in answer[2].headers.items() if k not in {"X-Request-ID", "Date"}}
        for answer in (denied, missing, wrong_method)
    ]
    assert without_id[0] == without_id[1] == without_id[2]


@pytest.mark.parametrize("path", ["/api/me", "/api/log", "/api/nothing"])
async def test_nobody_signed_in_gets_one_answer_everywhere(client: Client, path: str) -> None:
    status, body, _ = await client.ask("GET", path)

    assert status == 401
    assert '"error":"session-over"' in body


async def test_a_token_nobody_knows_is_nobody(client: Client) -> None:
    assert (await client.signed_in("mallory").ask("GET", "/api/me"))[0] == 401


@pytest.mark.parametrize("path", ["/api/me", "/log/1", "/nothing"])
async def test_a_browser_without_session_is_led_to_the_login(client: Client, path: str) -> None:
    status, _, response = await client.having(Accept="text/html").ask("GET", path)

    assert status == 303
    assert response.headers["Location"] == f"/login?next={path}"


async def test_without_sessions_unknown_addresses_are_missing(
    start: Serve, context: WebContext
) -> None:
    edge = await start(ROUTES[3:5], replace(context, sessions=None))  # type: ignore[call-arg]

    assert (await edge.signed_in("ana").ask("GET", "/api/me"))[0] == 404
    assert (await edge.ask("POST", "/hook"))[0] == 200


async def test_an_unsafe_request_of_our_page_passes(client: Client) -> None:
    assert (await client.signed_in("ana").from_page().ask("POST", "/api/me"))[0] == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Origin", "https://evil.example"),
        ("Origin", ORIGIN + ".evil.example"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("X-CSRF", "x" * 40),
        ("X-CSRF", "ы"),
    ],
)
async def test_a_forged_request_is_refused(client: Client, name: str, value: str) -> None:
    forger = client.signed_in("ana").from_page().without(name)
    forged = replace(forger, headers={**forger.headers, name: value})

    assert (await forged.ask("POST", "/api/me"))[0] == 403


@pytest.mark.parametrize("name", ["Origin", "X-CSRF"])
async def test_a_request_without_its_proof_is_refused(client: Client, name: str) -> None:
    forged = client.signed_in("ana").from_page().without(name)

    assert (await forged.ask("POST", "/api/me"))[0] == 403


async def test_an_old_browser_without_fetch_metadata_passes_by_origin(client: Client) -> None:
    old = client.signed_in("ana").from_page().without("Sec-Fetch-Site")

    assert (await old.ask("POST", "/api/me"))[0] == 200


async def test_a_form_may_carry_the_token_in_a_field(client: Client) -> None:
    page = client.signed_in("ana").from_page().without("X-CSRF")
    form = page.having(Content_Type="application/x-www-form-urlencoded", Origin="null")

    assert (await form.ask("POST", "/api/me", "csrf=" + "c" * 40))[0] == 200
    assert (await form.ask("POST", "/api/me", "csrf=no"))[0] == 403


async def test_an_unsafe_denied_request_is_missing_whatever_its_token(client: Client) -> None:
    status, _, _ = await client.signed_in("ana").ask("POST", "/api/log")

    assert status == 404


async def test_webhooks_come_from_no_page(client: Client) -> None:
    assert (await client.ask("POST", "/hook"))[0] == 200
    assert (await client.having(Origin="https://evil.example").ask("POST", "/hook"))[0] == 403


async def test_the_login_form_must_be_ours(client: Client) -> None:
    assert (await client.ask("POST", "/login"))[0] == 403
    assert (await client.having(Origin="https://evil.example").ask("POST", "/login"))[0] == 403
    assert (await client.from_page().ask("POST", "/login"))[0] == 200


async def test_head_answers_like_get_without_a_body(client: Client) -> None:
    status, body, _ = await client.ask("HEAD", "/open")

    assert (status, body) == (200, "")


async def test_requests_are_counted_by_template_never_by_path(
    start: Serve, metrics: Metrics
) -> None:
    client = await start([Route("GET", "/open/{id}", fine, OPEN)])
    await client.ask("GET", "/open/996555123456")
    await client.ask("GET", "/nothing/996555123456")

    text = metrics.text().decode()
    assert 'hotline_http_requests_total{method="GET",route="/open/{id}",status="200"} 1.0' in text
    assert "996555" not in text


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Forbidden(), 404, "not-found"),
        (Conflict("offer-gone"), 409, "offer-gone"),
        (Unavailable("database-away"), 503, "database-away"),
        (ValueError("+996555123456"), 500, "internal"),
    ],
)
async def test_errors_are_said_in_the_persons_language(
    start: Serve, error: Exception, status: int, code: str
) -> None:
    async def fails(_request: web.Request) -> web.StreamResponse:
        raise error

    client = await start([Route("GET", "/fails", fails, DESK)])
    texts = {}
    for name in ("ana", "vera"):
        got, body, response = await client.signed_in(name).ask("GET", "/fails")
        assert got == status
        assert f'"error":"{code}"' in body
        assert "996555" not in body
        assert ("Retry-After" in response.headers) == (status == 503)
        texts[name] = body
    assert texts["ana"] != texts["vera"]
    assert "error-" not in texts["ana"]


async def test_a_browser_gets_the_error_as_a_page(start: Serve) -> None:
    async def fails(_request: web.Request) -> web.StreamResponse:
        raise Conflict("offer-gone")

    client = await start([Route("GET", "/fails", fails, DESK)])
    status, body, response = (
        await client.signed_in("vera").having(Accept="text/html").ask("GET", "/fails")
    )

    assert status == 409
    assert response.content_type == "text/html"
    assert '<html lang="ru"' in body
    assert "script-src" not in response.headers["Content-Security-Policy"]


async def test_the_database_being_away_while_finding_the_session_is_503(
    client: Client, sessions: FakeSessions
) -> None:
    sessions.error = Unavailable("database-away")

    status, _, response = await client.signed_in("ana").ask("GET", "/api/me")

    assert status == 503
    assert int(response.headers["Retry-After"]) > 0


async def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in ("/open", "/api/me", "/nothing"):
        headers = (await client.ask("GET", path))[2].headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "max-age" in headers["Strict-Transport-Security"]
        assert "Server" not in headers


async def test_plain_loopback_promises_no_https(start: Serve, context: WebContext) -> None:
    local = replace(context, origin="http://127.0.0.1:8189", csp="default-src 'self'")
    client = await start([Route("GET", "/open", fine, OPEN)], local)  # type: ignore[call-arg]

    headers = (await client.ask("GET", "/open"))[2].headers

    assert "Strict-Transport-Security" not in headers
    assert local.cookie.name == "h189-s"


async def test_a_public_handler_may_allow_caching(start: Serve) -> None:
    async def asset(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="x", headers={"Cache-Control": "public, immutable"})

    client = await start([Route("GET", "/a.css", asset, OPEN)])

    headers = (await client.ask("GET", "/a.css"))[2].headers
    assert headers["Cache-Control"] == "public, immutable"
