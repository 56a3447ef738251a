"""What handlers use to read a request and to answer it in JSON."""

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ValidationError

from hotline.access.model import Actor
from hotline.i18n.catalogue import Argument
from hotline.i18n.negotiation import negotiate
from hotline.infra.web.context import SESSION, WEB
from hotline.infra.web.session import SessionInfo
from hotline.kernel.errors import Forbidden, Invalid, NotFound
from hotline.kernel.languages import Lang, is_lang

M = TypeVar("M", bound=BaseModel)

LANG_COOKIE = "h189-lang"
BIGGEST = 2**63 - 1  # a bigint
_DIGITS = 20


def session(request: web.Request) -> SessionInfo:
    """The session of the request. On routes with a permission there always is one."""
    found: SessionInfo | None = request.get(SESSION)
    if found is None:
        raise Forbidden
    return found


def actor(request: web.Request) -> Actor:
    """Who is asking. On routes with a permission there always is somebody."""
    return session(request).actor


def path_uuid(request: web.Request, name: str) -> UUID:
    """An id from the path; what is not an id leads nowhere."""
    try:
        return UUID(request.match_info[name])
    except ValueError:
        raise NotFound from None


def path_number(request: web.Request, name: str) -> int:
    """A row's number from the path; what is none leads nowhere."""
    number = _positive(request.match_info[name])
    if number is None:
        raise NotFound
    return number


def query_number(request: web.Request, name: str) -> int | None:
    """A row's number, or a count, from the query; None without one. Raises Invalid."""
    raw = request.query.get(name)
    if not raw:
        return None
    number = _positive(raw)
    if number is None:
        raise _invalid("invalid-input", {name: "number"})
    return number


async def json_body(request: web.Request, model: type[M]) -> M:
    """The body as `model`; raises `Invalid` with a code per field when it does not fit.

    NUL and lone surrogates are dropped from texts: neither PostgreSQL nor a screen can take them.
    """
    value = await json_value(request)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        places = {".".join(map(str, e["loc"])) or "body": e["type"] for e in error.errors()}
        raise _invalid("invalid", places) from None


async def json_value(request: web.Request) -> Any:  # noqa: ANN401 - JSON is any value
    """The body as plain JSON values, cleaned; raises `Invalid` when it is not JSON."""
    body = await request.read()
    try:
        return _clean(json.loads(body, parse_constant=_no_constant))
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise Invalid("invalid") from None


def json_ok(value: object, *, status: int = 200) -> web.Response:
    """Answer with JSON; knows ids, times (UTC, `Z`), dates, dataclasses, sets, pydantic models."""
    return web.Response(body=json_bytes(value), status=status, content_type="application/json")


def json_bytes(value: object) -> bytes:
    """The bytes of `json_ok`, for sockets and inlined snapshots."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate in an old row must not turn an answer into a failure.
    return text.encode("utf-8", "replace")


def client_language(request: web.Request) -> Lang:
    """The person's language: their account's, else the one chosen in the browser, else its own."""
    found: SessionInfo | None = request.get(SESSION)
    if found is not None:
        return found.actor.lang
    chosen = request.cookies.get(LANG_COOKIE)
    if is_lang(chosen):
        return chosen
    return negotiate(request.headers.get("Accept-Language"))


def words(request: web.Request, text_id: str, **args: Argument) -> str:
    """A text of the catalogue in the person's language."""
    return request.app[WEB].texts(client_language(request), text_id, **args)


def wants_html(request: web.Request) -> bool:
    """Whether a person's browser is asking for a page, not a program for JSON."""
    return "text/html" in request.headers.get("Accept", "")


def _positive(raw: str) -> int | None:
    if not (raw.isascii() and raw.isdigit() and len(raw) < _DIGITS):
        return None
    number = int(raw)
    return number if 0 < number <= BIGGEST else None


def _invalid(code: str, places: dict[str, str]) -> Invalid:
    error = Invalid(code)
    # Not as keyword arguments: a field of the input may have the name of an argument.
    error.fields = places
    return error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON is any value
    if isinstance(value, str):
        bare = value.replace("\0", "")
        return bare if bare.isascii() else bare.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _plain(value: object) -> object:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case BaseModel():
            return value.model_dump(mode="json")
        case set() | frozenset():
            return sorted(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        case _:
            pass
    raise TypeError(type(value).__name__)


def iso(moment: datetime) -> str:
    """An aware time as `2026-11-23T08:05:12.120Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"
