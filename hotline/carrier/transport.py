"""HTTP to the carrier: real timeouts, and a second try only where it cannot do a thing twice.

The SDK's own asynchronous client ignores its timeout and repeats nothing, so it is not used.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
import structlog

from hotline.carrier.ports import CarrierError, OutcomeUnknown
from hotline.kernel.secret import Secret

log = structlog.get_logger(__name__)

TIMEOUT: Final = aiohttp.ClientTimeout(total=5, connect=2)
ATTEMPTS: Final = 3
_STREAM: Final = aiohttp.ClientTimeout(total=600, connect=2, sock_read=10)
_REDIRECTS: Final = 3  # sounds may lie in a store of their own; it is not given our token
_CHUNK: Final = 64 * 1024
_OK: Final = 200
_FIRST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 2.0
_UNAUTHORIZED: Final = 401
_TOO_MANY: Final = 429
_BROKEN: Final = 500
# Making a call, a message or a recording must not be done twice, nor taking a call elsewhere: who
# has arrived would be torn out of there. How something should be (muted, over) may be asked again.
_CREATES: Final = re.compile(r"/(Calls|Messages|Participants|Recordings)(\.json)?$")
_CALL: Final = re.compile(r"/Calls/[^/]+$")

Sleep = Callable[[float], Awaitable[None]]
Told = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the carrier answered."""

    status: int
    text: str
    headers: Mapping[str, str]


class Transport:
    """One connection pool per process, made inside the running loop at the first request.

    `told(verb, how)` is given every outcome, for the metrics. While the account's token is being
    changed, `other` is the second one: what one of them is refused for is asked with the other.
    """

    def __init__(
        self,
        account: str,
        token: Secret,
        *,
        other: Secret | None = None,
        told: Told = lambda _verb, _how: None,
        sleep: Sleep = asyncio.sleep,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._tokens = tuple(_basic(account, one) for one in (token, other) if one)
        self._told = told
        self._sleep = sleep
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, Any] | None = None,
        form: Mapping[str, Any] | None = None,
    ) -> Reply:
        """One request; answers under 500 come back, except 429.

        Raises `OutcomeUnknown` when something may have been done that must not be done twice, else
        a passing `CarrierError`.
        """
        once = method == "POST" and _only_once(url.partition("?")[0], form or {})
        address = f"{url}?{_encoded(query)}" if query else url
        body = _encoded(form) if form is not None else None
        attempt = 1
        while True:
            reply, how = await self._try(method, address, body)
            self._told(method, how)
            if reply is not None and how == "ok":
                return reply
            if once:
                raise _failed_once(how)
            if attempt == ATTEMPTS:
                raise CarrierError(how, permanent=False)
            await self._sleep(_pause_s(reply, attempt))
            attempt += 1

    async def stream(self, url: str) -> AsyncIterator[bytes]:
        """The body at an address while it arrives. Raises `CarrierError`; nothing is repeated."""
        for token in self._tokens:
            try:
                async with self._pool().get(
                    url,
                    headers={"Authorization": token.reveal()},
                    timeout=_STREAM,
                    max_redirects=_REDIRECTS,
                ) as answer:
                    self._told("GET", _judged(answer.status))
                    if answer.status == _UNAUTHORIZED and token is not self._tokens[-1]:
                        continue
                    if answer.status != _OK:
                        raise CarrierError(str(answer.status), permanent=False)
                    async for chunk in answer.content.iter_chunked(_CHUNK):
                        yield chunk
            except (TimeoutError, aiohttp.ClientError):
                self._told("GET", "timeout")
                raise CarrierError("timeout", permanent=False) from None
            return

    async def _try(self, method: str, url: str, body: str | None) -> tuple[Reply | None, str]:
        try:
            reply = await self._once(method, url, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return None, "unreachable"
        except (TimeoutError, aiohttp.ClientError):
            return None, "timeout"
        return reply, _judged(reply.status)

    async def _once(self, method: str, url: str, body: str | None) -> Reply:
        tokens = self._tokens
        reply = await self._asked(method, url, body, tokens[0])
        if reply.status != _UNAUTHORIZED or len(tokens) == 1:
            return reply
        # Refused is not done, so that even what must not be done twice may be asked again.
        second = await self._asked(method, url, body, tokens[1])
        if second.status != _UNAUTHORIZED:
            self._tokens = tokens[::-1]
        return second

    async def _asked(self, method: str, url: str, body: str | None, token: Secret) -> Reply:
        headers = {"Authorization": token.reveal(), "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with self._pool().request(
            method, url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return Reply(answer.status, await answer.text(), dict(answer.headers))

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _basic(account: str, token: Secret) -> Secret:
    pair = f"{account}:{token.reveal()}".encode()
    return Secret(f"Basic {base64.b64encode(pair).decode()}")


def _judged(status: int) -> str:
    if status == _TOO_MANY:
        return "too-many"
    return "broken" if status >= _BROKEN else "ok"


def _only_once(path: str, form: Mapping[str, Any]) -> bool:
    moves = "Url" in form and _CALL.search(path) is not None
    return moves or _CREATES.search(path) is not None


def _failed_once(how: str) -> CarrierError | OutcomeUnknown:
    """Refused or never sent: nothing was done. Broken or silent: nobody knows."""
    if how in {"too-many", "unreachable"}:
        return CarrierError(how, permanent=False)
    return OutcomeUnknown()


def _pause_s(reply: Reply | None, attempt: int) -> float:
    asked = reply.headers.get("Retry-After", "") if reply else ""
    wanted = float(asked) if asked.isdecimal() else _FIRST_PAUSE_S * 2 ** (attempt - 1)
    return min(wanted, _LONGEST_PAUSE_S)


def _encoded(fields: Mapping[str, Any] | None) -> str:
    """Lists become repeated keys, which is what the carrier's list parameters are."""
    return urlencode({k: v for k, v in (fields or {}).items() if v is not None}, doseq=True)
