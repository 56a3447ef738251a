"""SMS through a local provider that speaks HTTP in words of its own; docs/sms-aggregator.md.

Which fields it has, how it proves itself and what its words mean is all in the settings: another
provider of this kind needs no program.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bots.sms import codes, fields, model
from bots.sms.ports import Arrival
from hotline.carrier import form as forms
from hotline.carrier.form import Form
from hotline.chat.model import MessageState
from hotline.chat.ports import DeliveryError, Outbound, OutcomeUnknown, Report, Sent
from hotline.settings import Aggregator, pairs

TIMEOUT: Final = aiohttp.ClientTimeout(total=10, connect=3)
_LONGEST: Final = 64 * 1024
_OK: Final = 300
_REFUSED: Final = 500
_NOT_FOUND: Final = 404
_NOT_US: Final = frozenset({401, 403})
_TOO_MANY: Final = 429
_PAUSE_S: Final = 30.0
_LONGEST_PAUSE_S: Final = 600.0


class ByAggregator:
    """Implements Transport on plain HTTP. Nothing is ever sent a second time by itself."""

    def __init__(self, page: Aggregator, public_base_url: str) -> None:
        self._page = page
        self._status_url = f"{public_base_url}{model.STATUS_PATH}"
        self._ours = {name: pairs(getattr(page, name)) for name in _LISTS}
        self._session: aiohttp.ClientSession | None = None
        self.can_lookup = bool(page.lookup_url)

    async def verify(self, request: web.Request) -> Form | None:
        """By the secret we agreed on: in a header as it is, or as the HMAC of the body."""
        body = await request.read()
        given = request.headers.get(self._page.callback_header, "").encode("utf-8", "replace")
        secret = self._page.callback_secret.reveal().encode()
        if self._page.callback_auth == "hmac":
            given = given.removeprefix(b"sha256=").lower()
            wanted = hmac.new(secret, body, hashlib.sha256).hexdigest().encode()
        else:
            wanted = secret
        if not given or not hmac.compare_digest(given, wanted):
            return None
        if request.content_type == "application/json":
            # What cannot be read is theirs all the same, and is kept.
            unread = Form({"": body.decode("utf-8", "backslashreplace")})
            return fields.of_json(body) or unread
        return forms.read(body)

    def parse_inbound(self, form: Form) -> Arrival:
        """The fields under the provider's names; whatever is missing is empty."""
        raw = model.raw_of(form)
        said = self._said("inbound_fields", form)
        media = said("media")
        return Arrival(
            event_id=model.name_of(said("id"), raw),
            sender=said("from"),
            to=said("to"),
            body=said("text"),
            raw=raw,
            media=() if media in {"", "0", "false"} else (media,),
        )

    def parse_status(self, form: Form, ref: str) -> Report | None:
        """The provider's word for it, in ours; a word that is not on the list is nothing."""
        said = self._said("status_fields", form)
        parted = model.parted(said("ref") or ref)
        word = self._ours["status_words"].get(said("status").lower())
        if parted is None or word is None:
            return None
        state = MessageState(word)
        error = self._code(said("error"), "undelivered") if state is MessageState.FAILED else None
        sid = model.sid_of(said("id"))
        message_id, part, tried = parted
        return Report(model.CHANNEL, message_id, part, sid, state, error, tried)

    def thanks(self) -> web.Response:
        """An empty 200."""
        return web.Response()

    async def send(self, outbound: Outbound) -> Sent:
        """Post it; what is not clearly taken or refused is unknown."""
        ours = model.ref(outbound)
        what = {
            "to": outbound.address,
            "from": self._page.sender,
            "text": outbound.text,
            "ref": ours,
            "validity": str(model.VALIDITY_S),
            "callback": f"{self._status_url}?m={ours}",
        }
        named = self._ours["send_fields"]
        body = {their: what[our] for our, their in named.items()} | self._ours["send_fixed"]
        try:
            status, answer = await self._posted(body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise DeliveryError("unreachable", permanent=False) from None
        except (TimeoutError, aiohttp.ClientError):
            raise OutcomeUnknown from None
        return self._judged(status, answer)

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Ask by our own name of the part: no other message can have it."""
        del since
        query = urlencode({"ref": model.ref(outbound)})
        try:
            async with self._pool().get(
                f"{self._page.lookup_url}?{query}", headers=self._proof(query.encode())
            ) as reply:
                status, answer = reply.status, await _read(reply)
        except (TimeoutError, aiohttp.ClientError):
            raise DeliveryError("unreachable", permanent=False) from None
        if status == _NOT_FOUND:
            return None
        if status >= _OK:
            raise DeliveryError(f"carrier-{status}", permanent=status in _NOT_US)
        said = self._said("reply_fields", answer)
        found = model.sid_of(said("id"))
        # The same segment may have been sent before, in vain: that says nothing of this time.
        lost = self._ours["status_words"].get(said("status").lower()) == MessageState.FAILED
        return Sent(found) if found and not lost else None

    async def erase(self, provider_id: str) -> None:
        """A local provider has no way to do it: what is left there is said honestly."""
        del provider_id
        raise DeliveryError("refused", permanent=True)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _posted(self, body: Mapping[str, str]) -> tuple[int, Form]:
        as_json = self._page.wire == "json"
        data = (json.dumps(fields.nested(body)) if as_json else urlencode(body)).encode()
        kind = "application/json" if as_json else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Accept": "application/json", **self._proof(data)}
        async with self._pool().post(
            self._page.send_url, data=data, headers=headers, allow_redirects=False
        ) as reply:
            answer = await _read(reply)
            if reply.status == _TOO_MANY:
                raise DeliveryError(
                    "slow-down", permanent=False, retry_after_s=_pause_s(reply.headers)
                )
            return reply.status, answer

    def _judged(self, status: int, answer: Form) -> Sent:
        said = self._said("reply_fields", answer)
        if status >= _REFUSED or _OK <= status < 400:  # noqa: PLR2004 - HTTP: it went elsewhere
            raise OutcomeUnknown
        if status in _NOT_US:
            raise DeliveryError("bad-token", permanent=False)
        refused = said("error")
        if status >= _OK or refused not in {"", "0"}:
            code = self._code(refused, f"carrier-{status}")
            wait_s = codes.wait_s(code)
            raise DeliveryError(code, permanent=wait_s is None, retry_after_s=wait_s)
        if sid := model.sid_of(said("id")):
            return Sent(sid)
        raise OutcomeUnknown

    def _code(self, given: str, otherwise: str) -> str:
        """Our code for the provider's; one that is not on the list stays readable."""
        if found := self._ours["error_words"].get(given.lower()):
            return found
        return f"carrier-{given}" if fields.CODE.fullmatch(given) else otherwise

    def _said(self, which: str, form: Form) -> fields.Said:
        return fields.reader(self._ours[which], form)

    def _proof(self, signed: bytes) -> dict[str, str]:
        secret = self._page.auth_secret.reveal()
        if self._page.auth == "hmac":
            secret = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return {self._page.auth_header: secret}

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


_LISTS: Final = (
    "send_fields",
    "send_fixed",
    "reply_fields",
    "inbound_fields",
    "status_fields",
    "status_words",
    "error_words",
)


async def _read(reply: aiohttp.ClientResponse) -> Form:
    """The fields of an answer; one that is no JSON, or far too long, has none."""
    body = await reply.content.read(_LONGEST)
    return fields.of_json(body)


def _pause_s(headers: Mapping[str, str]) -> float:
    given = headers.get("Retry-After", "")
    asked = float(given) if given.isascii() and given.isdigit() else _PAUSE_S
    return max(1.0, min(asked, _LONGEST_PAUSE_S))
