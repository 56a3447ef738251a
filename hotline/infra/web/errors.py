"""Whatever goes wrong in a handler, said to the person in their language, as page or as JSON."""

import asyncio
import html
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import jinja2
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from hotline.infra.web.http import json_ok, wants_html, words
from hotline.infra.web.templates import page
from hotline.kernel.errors import HotlineError, Unavailable

log = structlog.get_logger(__name__)

RETRY_AFTER_S: Final = 5
_CODES: Final = {
    HTTPStatus.BAD_REQUEST: "invalid",
    HTTPStatus.REQUEST_TIMEOUT: "too-slow",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "invalid",
    HTTPStatus.TOO_MANY_REQUESTS: "limit",
}
# What is said for a code that has no words of its own.
_GENERAL: Final = {400: "invalid", 409: "conflict", 429: "limit", 503: "unavailable"}


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that says no: status, code of the catalogue, codes per field."""

    status: int
    code: str
    fields: dict[str, str] = field(default_factory=dict)


NOT_FOUND: Final = Failure(404, "not-found")
SIGNED_OUT: Final = Failure(401, "session-over")
TOO_SLOW: Final = Failure(408, "too-slow")
BROKEN: Final = Failure(400, "invalid")
AWAY: Final = Failure(503, "unavailable")
INTERNAL: Final = Failure(500, "internal")


def failure_of(error: Exception) -> Failure:
    """What an exception means outside. Unknown ones mean "internal", and the caller logs them."""
    if isinstance(error, HotlineError):
        # All that is refused or missing has one body, so that nobody learns which it was.
        if error.status == NOT_FOUND.status:
            return NOT_FOUND
        return Failure(error.status, error.code, dict(error.fields))
    if isinstance(error, web.HTTPException):
        # A method that does not exist looks like an address that does not exist.
        code = _CODES.get(HTTPStatus(error.status))
        return Failure(error.status, code) if code else NOT_FOUND
    return INTERNAL


def answer(request: web.Request, failure: Failure) -> web.Response:
    """The failure as JSON, or as a page when a browser asked for one."""
    text = _text(request, failure)
    if wants_html(request):
        response = _page(request, failure, text)
    else:
        body: dict[str, object] = {"error": failure.code, "text": text}
        if failure.fields:
            body["fields"] = failure.fields
        response = json_ok(body, status=failure.status)
    if failure.status == AWAY.status:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    if failure.status in {TOO_SLOW.status, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}:
        response.force_close()
    return response


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn exceptions into answers; log only what nobody expected."""
    try:
        return await handler(request)
    except asyncio.CancelledError:
        raise
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return answer(request, failure_of(error))
    except HotlineError as error:
        if isinstance(error, Unavailable):
            log.warning("request.unavailable", code=error.code)
        return answer(request, failure_of(error))
    except ConnectionError:
        raise  # the client is gone: there is nobody to answer
    except Exception:
        log.exception("request.failed")
        return answer(request, INTERNAL)


def _text(request: web.Request, failure: Failure) -> str:
    for code in (failure.code, _GENERAL.get(failure.status, "unknown")):
        text_id = f"error-{code}"
        text = words(request, text_id)
        if text != text_id:
            return text
    return words(request, "error-unknown")


def _page(request: web.Request, failure: Failure, text: str) -> web.Response:
    try:
        return page(request, "error.html", status=failure.status, code=failure.code, text=text)
    except jinja2.TemplateError:
        log.exception("request.no_error_page")
    plain = f"<!doctype html><title>189</title><p>{html.escape(text)}</p>"
    return web.Response(text=plain, status=failure.status, content_type="text/html")
