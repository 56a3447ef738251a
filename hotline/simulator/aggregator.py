"""A local SMS provider with HTTP of its own: it knows only what docs/sms-aggregator.md says.

``POST /aggregator/messages`` takes ``{to, from, text, ref, validity_s}`` from whoever shows the key
and answers ``{id, status}`` or ``{error}``; ``GET /aggregator/messages?ref=`` tells of one. What
people write is posted to ``inbound_url`` as ``{id, from, to, text, media}``, and what became of a
message to ``status_url`` as ``{id, ref, status, error}``; both are signed in ``X-Signature``
with the hexadecimal SHA-256 HMAC of the body, and come again when they are not answered with 200.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from hotline.simulator.carrier.phonebook import PhoneBook
from hotline.simulator.clock import Clock
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks

_STEP_S = 0.5
_TRIES = 4
_BLACK_HOLE_S = 30.0
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class AggregatorConfig:
    """What the provider and its customer agreed on."""

    number: str = "+996312000189"
    authorization: str = field(default="", repr=False)
    callback_secret: str = field(default="", repr=False)
    inbound_url: str = ""
    status_url: str = ""


@dataclass(slots=True, eq=False)
class Text:
    """One message; ``status`` as on the wire."""

    sid: str
    to: str
    body: str
    ref: str = ""
    status: str = "accepted"


class Aggregator:
    """The provider: its front, its customers' people, its reports."""

    def __init__(
        self,
        config: AggregatorConfig,
        book: PhoneBook,
        *,
        clock: Clock,
        journal: Journal,
        tasks: Tasks,
        faults: Faults,
    ) -> None:
        self.config = config
        self.journal = journal
        self._book = book
        self._clock = clock
        self._tasks = tasks
        self._faults = faults
        self._session: aiohttp.ClientSession | None = None
        self._numbers = itertools.count(1)
        self.by_ref: dict[str, Text] = {}
        self.inboxes: defaultdict[str, list[Text]] = defaultdict(list)
        self.stopped: set[str] = set()

    @property
    def number(self) -> str:
        """Return the number that people write to."""
        return self.config.number

    def use(self, session: aiohttp.ClientSession) -> None:
        """Post with this session."""
        self._session = session

    def routes(self) -> list[web.RouteDef]:
        """Return the two addresses."""
        return [
            web.post("/aggregator/messages", self.take),
            web.get("/aggregator/messages", self.tell),
        ]

    async def take(self, request: web.Request) -> web.Response:
        """Take a message from the customer, once per request: a second one is a second message."""
        if refusal := self._refusal(request):
            return refusal
        try:
            body = await request.json()
            to, words, ref = str(body["to"]), str(body["text"]), str(body.get("ref", ""))
        except (ValueError, KeyError, TypeError):
            return web.json_response({"error": "bad_request"}, status=400)
        line = self._book.line(to)
        error = "bad_number" if not to.startswith("+") or len(to) < 8 else ""  # noqa: PLR2004
        error = error or ("" if line.textable else "not_mobile")
        error = error or ("opted_out" if to in self.stopped else "")
        error = error or ("too_long" if not words or len(words) > _LONGEST else "")
        if error:
            return web.json_response({"error": error})
        text = Text(f"A{next(self._numbers)}", to, words, ref)
        self.by_ref[ref or text.sid] = text
        self.journal.write(
            "sms.created", sid=text.sid, origin=self.number, to=to, direction="outbound-api"
        )
        self._tasks.start(self._carry(text), name=f"aggregator {text.sid}")
        if self._faults.strikes(Fault.REST_TIMEOUT_AFTER):
            await asyncio.sleep(_BLACK_HOLE_S)
        return web.json_response({"id": text.sid, "status": "accepted"})

    async def tell(self, request: web.Request) -> web.Response:
        """Tell what became of a message."""
        if refusal := self._refusal(request):
            return refusal
        text = self.by_ref.get(request.query.get("ref", ""))
        if text is None:
            return web.json_response({"error": "not_found"}, status=404)
        return web.json_response({"id": text.sid, "status": text.status})

    def inbox(self, number: str) -> list[str]:
        """Return the texts that have arrived at a number."""
        return [text.body for text in self.inboxes[number]]

    async def receive(self, origin: str, to: str, body: str) -> Text:
        """Take a message from a person and bring it to the customer."""
        text = Text(f"M{next(self._numbers)}", to, body, status="received")
        self.journal.write("sms.created", sid=text.sid, origin=origin, to=to, direction="inbound")
        what = {"id": text.sid, "from": origin, "to": to, "text": body, "media": 0}
        await self._post(self.config.inbound_url, what)
        if self._faults.strikes(Fault.WEBHOOK_DUPLICATE):
            await self._post(self.config.inbound_url, what)
        return text

    def _refusal(self, request: web.Request) -> web.Response | None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), self.config.authorization.encode()):
            return web.json_response({"error": "who_are_you"}, status=401)
        if self._faults.strikes(Fault.REST_429):
            return web.json_response({"error": "slow"}, status=429, headers={"Retry-After": "1"})
        if self._faults.strikes(Fault.REST_500):
            return web.json_response({"error": "broken"}, status=500)
        return None

    async def _carry(self, text: Text) -> None:
        await self._clock.sleep(_STEP_S)
        lost = not self._book.line(text.to).reachable
        if lost or self._faults.strikes(Fault.SMS_UNDELIVERED):
            await self._move(text, "sent")
            await self._move(text, "undelivered", error="absent")
            return
        self.inboxes[text.to].append(text)
        self.journal.write(
            "sms.arrived", sid=text.sid, to=text.to, origin=self.number, body=text.body
        )
        steps = ["sent", "delivered"]
        if self._faults.strikes(Fault.SMS_DELIVERED_FIRST):
            steps.reverse()
        for status in steps:
            await self._move(text, status)

    async def _move(self, text: Text, status: str, *, error: str = "") -> None:
        text.status = status
        self.journal.write("sms.status", sid=text.sid, status=status)
        what = {"id": text.sid, "ref": text.ref, "status": status, "error": error}
        await self._post(self.config.status_url, what)

    async def _post(self, url: str, what: Mapping[str, object]) -> None:
        """Sign and post; again after a pause until it is answered with 200, a few times."""
        if self._session is None or not url:
            return
        body = json.dumps(what, ensure_ascii=False).encode("utf-8", "surrogatepass")
        key = self.config.callback_secret.encode()
        headers = {
            "Content-Type": "application/json",
            "X-Signature": hmac.new(key, body, hashlib.sha256).hexdigest(),
        }
        for attempt in range(_TRIES):
            status = 0
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    status = answer.status
            except aiohttp.ClientError:
                pass
            self.journal.write("aggregator.post", url=url, status=status)
            if status == 200:  # noqa: PLR2004 - HTTP
                return
            await self._clock.sleep(2.0**attempt)
