"""Twilio's dialect of the carrier port: the only file that imports the SDK."""

import functools
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, ParamSpec, TypeVar

import structlog
from multidict import MultiMapping
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from typing_extensions import override

from hotline.carrier.capabilities import Capabilities
from hotline.carrier.ports import (
    TOKEN_TTL_S,
    CallRef,
    CarrierError,
    LiveCall,
    MessageFound,
    MessageReceived,
    MessageRef,
    PhoneToken,
    RecordingRef,
    Wish,
)
from hotline.carrier.reading import VERB, as_recording, by_caller, came_in, received, source, word
from hotline.carrier.transport import Transport
from hotline.kernel.clock import Clock
from hotline.kernel.secret import Secret

log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_LISTED: Final = 50
_PAGE: Final = 100
_LIVE: Final = "in-progress"
_LIVE_LISTED: Final = 2000
_FROM: Final = "_from"  # what the SDK calls it in a call that it has read
_MADE: Final = "outbound-api"
# Lists come newest first; nothing newer is expected behind what is older than this.
_DISORDER: Final = timedelta(hours=1)
_EARLY_S: Final = 60
_EVENTS: Final = ["initiated", "ringing", "answered", "completed"]
_RECORDING_EVENTS: Final = ["in-progress", "completed", "absent"]
# What may succeed later without being changed: keys being rotated, rates, conflicts.
_PASSING: Final = frozenset({401, 408, 409, 425, 429})
_SERVER: Final = 500
_MISSING: Final = 404
_NO_SUCH: Final = "20404"


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are at the carrier, and the key that signs browser tokens.

    `byoc_trunk_sid`: the trunk of a national operator by which telephones are rung; "" for the
    carrier's own network.
    """

    sid: str
    base_url: str
    sms_from: str
    twiml_app_sid: str
    api_key_sid: str
    api_key_secret: Secret
    byoc_trunk_sid: str = ""


def _translated(
    method: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, T]]:
    """The vendor's errors become ours, once, here; their texts may name numbers and are dropped."""

    @functools.wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await method(*args, **kwargs)
        except (TwilioRestException, TwilioServiceException) as error:
            code, status = str(error.code or error.status), int(error.status)
        except (TwilioException, ValueError, KeyError):
            code, status = "unreadable", _SERVER
        passing = status in _PASSING or status >= _SERVER
        raise CarrierError(code, permanent=not passing)

    return call


class _Wire(AsyncHttpClient):
    """Our transport in the shape the SDK asks for."""

    def __init__(self, transport: Transport, prefix: str) -> None:
        super().__init__(log, is_async=True)
        self._transport = transport
        self._prefix = prefix

    @override
    async def request(  # type: ignore[override] # the SDK's base class is not asynchronous
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        if self._prefix:  # the address of a list's next page has it, and the SDK adds it again
            uri = uri.replace(self._prefix * 2, self._prefix, 1)
        reply = await self._transport.send(method.upper(), uri, query=params, form=data or None)
        return Response(reply.status, reply.text, reply.headers)


class TwilioCarrier:
    """The carrier port over the REST API of Twilio, SignalWire or Somleng, or the simulator's."""

    def __init__(
        self, account: Account, capabilities: Capabilities, transport: Transport, clock: Clock
    ) -> None:
        self._account = account
        self._transport = transport
        self._clock = clock
        self._deletes = capabilities.deletes
        self._progress = _EVENTS if capabilities.progress_events else None
        # An environment of its own: the SDK would otherwise read the process's variables.
        client = Client(
            account.sid,
            "unused",  # the transport authorises by itself
            http_client=_Wire(transport, capabilities.api_prefix),
            environment={"HOTLINE": ""},
        )
        client.api.base_url = account.base_url + capabilities.api_prefix
        self._api: Any = client.api.account
        here = account.base_url + capabilities.api_prefix
        self._sounds = f"{here}/2010-04-01/Accounts/{account.sid}/Recordings"

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    @_translated
    async def call(
        self, to: str, url: str, status_url: str, *, caller_id: str, timeout_s: int
    ) -> CallRef:
        """Ring an address; never repeated by itself."""
        more: dict[str, Any] = {}
        if self._progress:
            more = {"status_callback_event": self._progress, "timeout": timeout_s}
        if self._account.byoc_trunk_sid:
            more["byoc"] = self._account.byoc_trunk_sid  # means nothing for a browser or SIP
        made = await self._api.calls.create_async(
            to=to, from_=caller_id, url=url, status_callback=status_url, **more
        )
        return CallRef(made.sid, word(made.status))

    @_translated
    async def redirect(self, sid: str, url: str) -> None:
        """Take a live call elsewhere."""
        await self._api.calls(sid).update_async(url=url, method="POST")

    async def hang_up(self, sid: str) -> None:
        """End a call; one that has ended already is as good."""
        try:
            await self._complete(sid)
        except CarrierError as error:
            if not error.gone:
                raise

    @_translated
    async def fetch_call(self, sid: str) -> CallRef:
        """Ask how a call is."""
        found = await self._api.calls(sid).fetch_async()
        return CallRef(found.sid, word(found.status))

    @_translated
    async def find_calls(self, to: str, since: datetime) -> list[CallRef]:
        """Calls to an address since a moment."""
        # Not filtered by time over there: what still waits in their queue has no start time yet.
        found = await self._api.calls.list_async(to=to, limit=_LISTED)
        return [
            CallRef(one.sid, word(one.status))
            for one in found
            if _after(one, since) and one.to == to
        ]

    @_translated
    async def live_calls(self) -> list[LiveCall]:
        """The calls in progress; not every carrier filters."""
        found = await self._api.calls.list_async(status=_LIVE, limit=_LIVE_LISTED)
        return [
            LiveCall(
                one.sid,
                word(one.direction) == _MADE,
                str(getattr(one, _FROM) or ""),
                one.date_created,
            )
            for one in found
            if word(one.status) == _LIVE
        ]

    @_translated
    async def end_conference(self, name: str) -> None:
        """End every open room of a name: rooms that wait for a second person as well."""
        rooms = await self._api.conferences.list_async(friendly_name=name, limit=_LISTED)
        for room in rooms:
            if word(room.status) != "completed":
                await self._end_room(room.sid)

    @_translated
    async def tune(self, room: str, sid: str, wish: Wish) -> None:
        """Hold, mute and coach in one request; words of a coach are heard by that leg alone."""
        more: dict[str, Any] = {"coaching": wish.coaches is not None}
        if wish.coaches is not None:
            more["call_sid_to_coach"] = wish.coaches
        if wish.held:
            more |= {"hold_url": wish.hold_url, "hold_method": "POST"}
        conference = await self._open_room(room)
        if conference is None:
            raise CarrierError(_NO_SUCH, permanent=True)
        one = self._api.conferences(conference).participants(sid)
        await one.update_async(muted=wish.muted, hold=wish.held, **more)

    @_translated
    async def remove(self, room: str, sid: str) -> None:
        """Take a leg out of a room."""
        conference = await self._open_room(room)
        if conference is None:
            return
        try:
            await self._api.conferences(conference).participants(sid).delete_async()
        except TwilioRestException as error:
            if error.status != _MISSING:  # it left by itself meanwhile
                raise

    @_translated
    async def begin_recording(self, call_sid: str, status_url: str) -> RecordingRef:
        """Record a live call; never repeated by itself."""
        made = await self._api.calls(call_sid).recordings.create_async(
            recording_channels="dual",
            recording_status_callback=status_url,
            recording_status_callback_event=_RECORDING_EVENTS,
        )
        return RecordingRef(made.sid, 0, word(made.status))

    @_translated
    async def steer_recording(self, call_sid: str, sid: str, status: str) -> None:
        """Pause, resume or stop a recording."""
        more = {"pause_behavior": "skip"} if status == "paused" else {}
        await self._api.calls(call_sid).recordings(sid).update_async(status=status, **more)

    @_translated
    async def send_message(
        self, to: str, body: str, status_url: str, *, validity_s: int
    ) -> MessageRef:
        """Send an SMS; never repeated by itself."""
        made = await self._api.messages.create_async(
            to=to,
            from_=self._account.sms_from,
            body=body,
            status_callback=status_url,
            validity_period=validity_s,
        )
        return MessageRef(made.sid, word(made.status))

    @_translated
    async def find_messages(self, to: str, since: datetime) -> list[MessageFound]:
        """Messages to a number since a moment."""
        found = await self._api.messages.list_async(to=to, limit=_LISTED)
        return [
            MessageFound(
                sid=one.sid,
                status=word(one.status),
                to=one.to,
                body=one.body,
                error_code=str(one.error_code) if one.error_code else None,
                at=one.date_created,
            )
            for one in found
            if _after(one, since) and one.to == to  # not every carrier filters
        ]

    @_translated
    async def redact_message(self, sid: str) -> None:
        """Empty its body. `gone` when it is not there any more."""
        await self._api.messages(sid).update_async(body="")

    @_translated
    async def received_messages(self, since: datetime) -> list[MessageReceived]:
        """Messages to our number, oldest first: the carrier has one list for both ways."""
        start, ours = since.astimezone(UTC).replace(microsecond=0), self._account.sms_from
        listed = await self._api.messages.stream_async(
            to=ours, date_sent_after=start, page_size=_PAGE
        )
        found: dict[str, MessageReceived] = {}
        # Some carriers know the filters by whole days only, or not at all.
        async for one in listed:
            at = one.date_sent or one.date_created or self._clock.now()
            if at < start - _DISORDER:
                break
            if at >= start and came_in(one, ours):
                # New messages push old ones to the next page: one may be listed twice.
                found[one.sid] = received(one, at)
        ordered = list(found.values())
        ordered.reverse()  # first, so that messages of the same second stay in their order
        ordered.sort(key=lambda message: message.at)
        return ordered

    @_translated
    async def recordings(self, call_sid: str) -> list[RecordingRef]:
        """What the verb recorded, not the API; not every carrier says which."""
        return [as_recording(one) for one in await self._recorded(call_sid) if by_caller(one)]

    @_translated
    async def talk_recordings(self, call_sid: str) -> list[RecordingRef]:
        """What the API recorded, not the verb."""
        return [as_recording(one) for one in await self._recorded(call_sid) if source(one) != VERB]

    def recording(self, sid: str) -> AsyncIterator[bytes]:
        """The sound, not by the SDK, which knows only what is about it."""
        return self._transport.stream(f"{self._sounds}/{sid}.wav")

    async def delete_recording(self, sid: str) -> bool:
        """Delete it; one that is not there any more is as good. Not every carrier can."""
        if not self._deletes:
            return False
        try:
            await self._forget(sid)
        except CarrierError as error:
            if not error.gone:
                raise
            return False
        return True

    def access_token(self, identity: str) -> PhoneToken:
        """A token for the browser's telephone, valid from a minute ago: clocks differ."""
        now = int(self._clock.now().timestamp())
        token = AccessToken(
            self._account.sid,
            self._account.api_key_sid,
            self._account.api_key_secret.reveal(),
            identity=identity,
            nbf=now - _EARLY_S,
            valid_until=now + TOKEN_TTL_S,
        )
        grant = VoiceGrant(
            outgoing_application_sid=self._account.twiml_app_sid, incoming_allow=True
        )
        token.add_grant(grant)
        return PhoneToken(Secret(token.to_jwt()), identity)

    @_translated
    async def _forget(self, sid: str) -> None:
        await self._api.recordings(sid).delete_async()

    @_translated
    async def _complete(self, sid: str) -> None:
        await self._api.calls(sid).update_async(status="completed")

    async def _recorded(self, call_sid: str) -> list[Any]:
        found = await self._api.recordings.list_async(call_sid=call_sid, limit=_LISTED)
        return [one for one in found if one.call_sid == call_sid]  # not every carrier filters

    async def _open_room(self, name: str) -> str | None:
        """The room of that name that goes on; names may be used by several, one after the other."""
        rooms = await self._api.conferences.list_async(friendly_name=name, limit=_LISTED)
        going = (room.sid for room in rooms if word(room.status) != "completed")
        return next(going, None)

    async def _end_room(self, sid: str) -> None:
        try:
            await self._api.conferences(sid).update_async(status="completed")
        except TwilioRestException as error:
            if error.status != _MISSING:  # it ended by itself meanwhile
                raise


def sdk_validator(
    token: str, url: str, content: MultiMapping[str] | str, signature: str, algorithm: str
) -> bool:
    """The SDK's own check of a signature; the second opinion of carrier.signature."""
    return bool(RequestValidator(token).validate(url, content, signature, algorithm))


def _after(one: Any, since: datetime) -> bool:  # noqa: ANN401 - untyped there
    """Carriers stamp whole seconds."""
    at = one.date_created
    return at is None or bool(at >= since.replace(microsecond=0))
