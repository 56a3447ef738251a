"""The way of every request, from outside in: id and count, errors, session, gate, body."""

import asyncio
import secrets
from hmac import compare_digest
from typing import Final
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler
from structlog.contextvars import bind_contextvars, reset_contextvars

from hotline.access import policy
from hotline.access.permissions import Permission
from hotline.infra.web import errors
from hotline.infra.web.context import REQUEST_ID, SESSION, WEB, WebContext
from hotline.infra.web.forms import read_form
from hotline.infra.web.http import wants_html
from hotline.infra.web.routes import Public, access_of, streams, template_of
from hotline.infra.web.session import SessionInfo

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER: Final = "X-CSRF"
CSRF_FIELD: Final = "csrf"


@web.middleware
async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id, time it, and count it under its route template."""
    metrics = request.app[WEB].metrics
    request_id = request[REQUEST_ID] = secrets.token_hex(8)
    route = template_of(request)
    method = request.method if request.method in _METHODS else "other"
    began = asyncio.get_running_loop().time()
    status = "gone"
    said = bind_contextvars(request_id=request_id, route=route, method=method)
    try:
        response = await handler(request)
        status = str(response.status)
        if not response.prepared:
            response.headers["X-Request-Id"] = request_id
    except web.HTTPException as redirect:
        status = str(redirect.status)
        raise
    else:
        return response
    finally:
        reset_contextvars(**said)
        metrics.requests.labels(method, route, status).inc()
        metrics.request_s.labels(route).observe(asyncio.get_running_loop().time() - began)


@web.middleware
async def sign_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the session of the cookie, also on public pages: they speak the person's language."""
    around = request.app[WEB]
    if around.sessions is None:
        return await handler(request)
    token = around.cookie.read(request)
    if token:
        found = await around.sessions.resolve(token)
        if found is not None:
            request[SESSION] = found
    return await handler(request)


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Deny by default; what is denied, undeclared or missing looks the same."""
    around = request.app[WEB]
    access = access_of(request)
    if isinstance(access, Public):
        why = _forged_public(request, access, around.origin)
    elif SESSION not in request:
        return _signed_out(request, around)
    elif access is None:
        return errors.answer(request, errors.NOT_FOUND)
    else:
        why = await _refused(request, access, around)
    if why is not None:
        around.metrics.denied.labels(why).inc()
        refusal = errors.NOT_FOUND if why == "permission" else errors.Failure(403, why)
        return errors.answer(request, refusal)
    return await handler(request)


@web.middleware
async def body(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Read the body under a deadline, whoever wants it later: aiohttp itself waits for ever."""
    try:
        if not streams(request) and not await _arrived(request):
            return errors.answer(request, errors.TOO_SLOW)
    except web.RequestPayloadError:  # not what its head says: compressed junk
        return errors.answer(request, errors.BROKEN)
    return await handler(request)


async def _arrived(request: web.Request) -> bool:
    if not request.can_read_body:
        return True
    if request.content.is_eof():  # small bodies come with the head: there is nothing to wait for
        await request.read()
        return True
    try:
        async with asyncio.timeout(request.app[WEB].body_deadline_s):
            await request.read()
    except TimeoutError:
        return False
    return True


def same_origin(request: web.Request, origin: str) -> bool:
    """Whether a page of ours made the request.

    Browsers send `Origin: null` with forms of pages that hide the referrer; then only the
    browser's own word that the site is the same counts.
    """
    sent = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin" and sent in {origin, "null"}
    return sent == origin


def _forged_public(request: web.Request, access: Public, origin: str) -> str | None:
    """Forms of ours must come from our pages. Webhooks come from no page: a browser is refused."""
    if request.method in SAFE:
        return None
    from_page = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    if (access.form or from_page) and not same_origin(request, origin):
        return "origin"
    return None


async def _refused(request: web.Request, permission: Permission, around: WebContext) -> str | None:
    session: SessionInfo = request[SESSION]
    if not policy.allow(session.actor, permission):
        return "permission"
    if request.method in SAFE:
        return None
    if not same_origin(request, around.origin):
        return "origin"
    if not await _has_token(request, session.csrf):
        return "csrf"
    return None


async def _has_token(request: web.Request, expected: str) -> bool:
    sent = request.headers.get(CSRF_HEADER)
    if sent is None and request.content_type == "application/x-www-form-urlencoded":
        if not await _arrived(request):
            return False
        sent = (await read_form(request)).first(CSRF_FIELD)
    return compare_digest((sent or "").encode("utf-8", "replace"), expected.encode())


def _signed_out(request: web.Request, around: WebContext) -> web.StreamResponse:
    """Nobody is signed in: the same answer for every address, whether it exists or not."""
    if around.sessions is None:
        return errors.answer(request, errors.NOT_FOUND)
    around.metrics.denied.labels("signed-out").inc()
    if wants_html(request) and request.method in SAFE:
        raise web.HTTPSeeOther(f"{around.login_path}?next={quote(request.path, safe='/')}")
    return errors.answer(request, errors.SIGNED_OUT)


_METHODS: Final = SAFE | {"POST", "PUT", "PATCH", "DELETE"}
# Outermost first.
CHAIN: Final = (count, errors.errors, sign_in, gate, body)
