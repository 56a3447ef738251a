"""Delivery of webhooks: signed, tried again as configured, each attempt on record."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urlencode
from uuid import UUID

import aiohttp
from yarl import URL

from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.carrier.overrides import Failure, Target, parse_target
from hotline.simulator.carrier.signing import signature
from hotline.simulator.clock import Clock, rfc2822
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks

_LATE_S = 30.0
_SKEW = timedelta(minutes=2)
_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"


@dataclass(frozen=True, slots=True)
class Hook:
    """One request to the customer's server."""

    kind: str
    """``voice``, ``status``, ``conference``, ``recording``, ``amd``, ``message`` or
    ``message-status``."""
    url: str
    form: Mapping[str, str]
    method: str = "POST"
    subject: str = ""
    """SID the request is about; for the record."""
    cookies: dict[str, str] = field(default_factory=dict)
    """The call's own cookie jar; answers may change it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``failure`` is set when nothing usable did."""

    status: int
    body: bytes = b""
    content_type: str = ""
    failure: Failure | None = None

    @property
    def error_code(self) -> int:
        """Return the vendor's code for the failure, 0 when there was none."""
        match self.failure:
            case None:
                return 0
            case Failure.CONNECT:
                return 11205
            case Failure.READ:
                return 11200
            case Failure.CLIENT | Failure.SERVER:
                return 11217


@dataclass(frozen=True, slots=True)
class Keys:
    """What requests are signed with; the old token only for the rotation fault.

    ``shared``: the name of a key shared between accounts; with it the digest is SHA-256.
    ``json_hooks``: kinds of webhooks sent as JSON; what is signed is the digest of the body.
    """

    token: str
    old_token: str
    shared: str = ""
    json_hooks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A request as it leaves; signed are the address and the form."""

    url: str
    form: dict[str, str]
    body: str | None = None
    content_type: str = "application/x-www-form-urlencoded; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Retrying:
    """How often to try again where the URL does not say, and the first pause.

    The pause doubles each time. It is in real seconds: the other end is not sped up.
    """

    count: int
    pause_s: float


class Hooks:
    """Send webhooks. ``session`` is set when the world starts."""

    session: aiohttp.ClientSession

    def __init__(
        self,
        clock: Clock,
        journal: Journal,
        *,
        faults: Faults,
        tasks: Tasks,
        keys: Keys,
        dialect: Dialect,
        retrying: Retrying,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._faults = faults
        self._tasks = tasks
        self._keys = keys
        self._dialect = dialect
        self._retrying = retrying
        self._lanes: dict[str, asyncio.Task[Answer]] = {}
        self._held: dict[str, Hook] = {}

    async def request(self, hook: Hook) -> Answer:
        """Deliver a request whose answer matters; goes on to its end even if nobody waits."""
        work = self._tasks.spawn(self._deliver(hook, self._token()), name=f"hook {hook.kind}")
        return await asyncio.shield(work)

    def post(self, hook: Hook, *, lane: str, final: bool = False) -> None:
        """Fire an event. Those of one lane leave in order; retries do not hold up the next."""
        lost = self._faults.strikes(Fault.STATUS_LOSE)
        if lost or (final and self._faults.strikes(Fault.STATUS_NEVER_COMPLETED)):
            self._journal.write("webhook.lost", hook=hook.kind, subject=hook.subject)
            return
        if "Timestamp" in hook.form and self._faults.strikes(Fault.CLOCK_SKEW):
            behind = self._faults.struck[Fault.CLOCK_SKEW] % 2
            hook = _skewed(hook, -_SKEW if behind else _SKEW)
        if self._faults.strikes(Fault.STATUS_LATE):
            self._journal.write("webhook.late", hook=hook.kind, subject=hook.subject)
            self._tasks.start(self._post_late(hook), name=f"late {hook.kind}")
            return
        if lane not in self._held and not final and self._faults.strikes(Fault.STATUS_REORDER):
            self._held[lane] = hook
            return
        self._line_up(hook, lane)
        held = self._held.pop(lane, None)
        if held is not None:
            self._journal.write("webhook.reordered", hook=held.kind, subject=held.subject)
            self._line_up(held, lane)

    async def _post_late(self, hook: Hook) -> None:
        await self._clock.sleep(_LATE_S)
        await self.request(hook)

    def _line_up(self, hook: Hook, lane: str) -> None:
        before = self._lanes.get(lane)
        token = self._token()
        task = self._tasks.spawn(self._after(before, hook, token), name=f"event {hook.kind}")
        self._lanes[lane] = task
        task.add_done_callback(lambda done: self._leave_lane(lane, done))

    def _leave_lane(self, lane: str, done: asyncio.Task[Answer]) -> None:
        if self._lanes.get(lane) is done:
            del self._lanes[lane]

    async def _after(self, before: asyncio.Task[Answer] | None, hook: Hook, token: str) -> Answer:
        if before is not None:
            await asyncio.wait({before})
        answer = await self._attempt(hook, self._target(hook), token, attempt=0)
        if answer.failure is not None:
            self._tasks.start(self._retry(hook, token, answer), name=f"retry {hook.kind}")
        return answer

    async def _deliver(self, hook: Hook, token: str) -> Answer:
        answer = await self._attempt(hook, self._target(hook), token, attempt=0)
        return await self._retry(hook, token, answer)

    async def _retry(self, hook: Hook, token: str, answer: Answer) -> Answer:
        target = self._target(hook)
        for attempt in range(1, target.retries + 1):
            if answer.failure is None or answer.failure not in target.retry_on:
                break
            await asyncio.sleep(self._retrying.pause_s * 2 ** (attempt - 1))
            answer = await self._attempt(hook, target, token, attempt=attempt)
        return answer

    async def _attempt(self, hook: Hook, target: Target, token: str, *, attempt: int) -> Answer:
        if attempt == 0 and self._faults.strikes(Fault.WEBHOOK_OVERLAP):
            # Whoever asks again has given up on the first answer: the second counts.
            both = (self._send(hook, target, token, attempt=number) for number in (0, 1))
            return (await asyncio.gather(*both))[1]
        answer = await self._send(hook, target, token, attempt=attempt)
        if attempt == 0 and self._faults.strikes(Fault.WEBHOOK_DUPLICATE):
            await self._send(hook, target, token, attempt=attempt)
        return answer

    async def _send(self, hook: Hook, target: Target, token: str, *, attempt: int) -> Answer:
        parcel = _parcel(hook, target.url, as_json=hook.kind in self._keys.json_hooks)
        started = self._clock.instant()
        answer = await self._exchange(hook, target, parcel, token=token)
        self._journal.write(
            "webhook",
            hook=hook.kind,
            url=target.url,
            subject=hook.subject,
            params=dict(hook.form),
            attempt=attempt,
            token=token,
            status=answer.status,
            failure=None if answer.failure is None else answer.failure.value,
            ms=round(self._clock.real(self._clock.instant() - started) * 1000),
        )
        return answer

    async def _exchange(self, hook: Hook, target: Target, parcel: _Parcel, *, token: str) -> Answer:
        connect_s = self._clock.network(target.connect_ms / 1000)
        limit = aiohttp.ClientTimeout(
            total=self._clock.network(min(target.read_ms, target.total_ms) / 1000),
            sock_connect=connect_s,
        )
        try:
            async with self.session.request(
                hook.method,
                URL(parcel.url, encoded=True),
                data=parcel.body,
                headers=self._headers(hook, parcel, token=token),
                timeout=limit,
            ) as response:
                body = await response.read()
                hook.cookies.update({name: one.value for name, one in response.cookies.items()})
                return _judge(response.status, body, response.content_type)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            return Answer(status=0, failure=Failure.CONNECT)
        except (TimeoutError, aiohttp.ClientError):
            return Answer(status=0, failure=Failure.READ)

    def _headers(self, hook: Hook, parcel: _Parcel, *, token: str) -> dict[str, str]:
        old = self._faults.strikes(Fault.OLD_TOKEN)
        key, shared = self._keys.old_token if old else self._keys.token, self._keys.shared
        headers = {
            self._dialect.signature_header: signature(
                key, parcel.url, parcel.form, sha256=bool(shared)
            ),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        if shared:
            headers[_SETTINGS] = f"key={shared},algorithm=HMAC_SHA256"
        if parcel.body is not None:
            headers["Content-Type"] = parcel.content_type
        if self._dialect.rich_parameters:
            headers["I-Twilio-Idempotency-Token"] = token
        if hook.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in hook.cookies.items())
        return headers

    def _target(self, hook: Hook) -> Target:
        if not self._dialect.overrides:
            return Target(urldefrag(hook.url).url, retries=self._retrying.count)
        return parse_target(hook.url, default_retries=self._retrying.count)

    @staticmethod
    def _token() -> str:
        return str(UUID(bytes=secrets.token_bytes(16), version=4))


def _parcel(hook: Hook, url: str, *, as_json: bool) -> _Parcel:
    form = dict(hook.form)
    glue = "&" if "?" in url else "?"
    if hook.method == "GET":
        return _Parcel(f"{url}{glue}{urlencode(form)}", {})
    if not as_json:
        return _Parcel(url, form, urlencode(form))
    body = json.dumps(form, ensure_ascii=False)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return _Parcel(f"{url}{glue}bodySHA256={digest}", {}, body, "application/json")


def _judge(status: int, body: bytes, content_type: str) -> Answer:
    failure = None
    if status >= 500:  # noqa: PLR2004 - the HTTP classes
        failure = Failure.SERVER
    elif status >= 400:  # noqa: PLR2004
        failure = Failure.CLIENT
    return Answer(status=status, body=body, content_type=content_type, failure=failure)


def _skewed(hook: Hook, by: timedelta) -> Hook:
    stamped = parsedate_to_datetime(hook.form["Timestamp"])
    return replace(hook, form=dict(hook.form) | {"Timestamp": rfc2822(stamped + by) or ""})
