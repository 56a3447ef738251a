"""Recordings: start, pause, resume, stop, list, fetch, hear, delete."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from aiohttp import web

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.errors import RestError, invalid, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.recordings import Recording, sound
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.carrier.verbs import StatusHook
from hotline.simulator.carrier.wording import API_VERSION
from hotline.simulator.clock import rfc2822

_CURRENT = "Twilio.CURRENT"
_CREATE = frozenset(
    {
        "RecordingStatusCallbackEvent",
        "RecordingStatusCallback",
        "RecordingStatusCallbackMethod",
        "Trim",
        "RecordingChannels",
        "RecordingTrack",
        "RecordingConfigurationId",
    }
)
_UPDATE = frozenset({"Status", "PauseBehavior"})
_FILTERS = frozenset(
    {"DateCreated", "DateCreated<", "DateCreated>", "CallSid", "ConferenceSid"}
    | {"IncludeSoftDeleted"}
)
_EVENTS = frozenset({"in-progress", "completed", "absent"})
_CHANNELS = {"": 1, "mono": 1, "dual": 2}


class RecordingResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._carrier = carrier
        self._recordings = carrier.recordings
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes. A recording without an ending is its sound.

        Where a carrier has no rooms it records by its verb only.
        """
        of_call = f"{self._base}/Calls/{{call}}/Recordings"
        one = f"{self._base}/Recordings/{{sid}}"
        starting = [
            web.post(f"{of_call}.json", self.create),
            web.post(f"{of_call}/{{sid}}.json", self.update),
        ]
        return [
            *(starting if self._carrier.desk.dialect.conferences else ()),
            web.get(f"{of_call}.json", self.list),
            web.get(f"{of_call}/{{sid}}.json", self.fetch),
            web.delete(f"{of_call}/{{sid}}.json", self.delete),
            web.get(f"{self._base}/Recordings.json", self.list),
            web.get(f"{one}.json", self.fetch),
            web.delete(f"{one}.json", self.delete),
            web.get(f"{one}.wav", self.media),
            web.get(one, self.media),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Record a call that goes on."""
        call = self._call(request)
        form = await forms.read(request, _CREATE)
        events = tuple(" ".join(form.all("RecordingStatusCallbackEvent")).split())
        channels = form.text("RecordingChannels")
        if any(event not in _EVENTS for event in events) or channels not in _CHANNELS:
            raise invalid("Invalid value for RecordingChannels or RecordingStatusCallbackEvent")
        if not call.live:
            raise RestError(400, 21220, "Requested resource is not eligible for recording")
        recording = self._recordings.start(
            call,
            "StartCallRecordingAPI",
            hook=StatusHook(
                url=form.url("RecordingStatusCallback"),
                method=form.method("RecordingStatusCallbackMethod"),
                events=events or ("completed",),
            ),
            channels=_CHANNELS[channels],
        )
        return web.json_response(self._json(recording, call), status=201)

    async def list(self, request: web.Request) -> web.Response:
        """List recordings, of all calls or of one, youngest first."""
        form = forms.query(request, _FILTERS)
        call = self._call(request) if "call" in request.match_info else None
        wanted = call.sid if call else form.text("CallSid")
        found: Iterable[Recording] = reversed(self._recordings.by_sid.values())
        fits = [one for one in found if wanted in {"", one.call.sid}]
        return page(request, "recordings", fits, show=partial(self._json, of=call))

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a recording."""
        call = self._call(request) if "call" in request.match_info else None
        return web.json_response(self._json(self._find(request), call))

    async def update(self, request: web.Request) -> web.Response:
        """Pause, resume or stop."""
        recording = self._find(request)
        form = await forms.read(request, _UPDATE)
        moves = {
            "paused": self._recordings.pause,
            "in-progress": self._recordings.resume,
            "stopped": self._recordings.stop,
        }
        move = moves.get(form.text("Status"))
        if move is None or form.text("PauseBehavior") not in {"", "skip", "silence"}:
            raise invalid("Invalid value for Status or PauseBehavior")
        if not recording.open:
            raise RestError(400, 21220, "Invalid recording state for the requested operation")
        move(recording)
        return web.json_response(self._json(recording, recording.call))

    async def delete(self, request: web.Request) -> web.Response:
        """Forget a recording."""
        recording = self._find(request)
        if recording.open:
            raise RestError(409, 20009, "Cannot delete a recording that is still in progress")
        self._recordings.delete(recording)
        return web.Response(status=204)

    async def media(self, request: web.Request) -> web.Response:
        """Hand out the sound, once there is one."""
        recording = self._find(request)
        if recording.open:
            raise not_found(request.path)
        return web.Response(body=sound(recording), content_type="audio/x-wav")

    def _call(self, request: web.Request) -> Call:
        call = self._carrier.legs.by_sid.get(request.match_info["call"])
        if call is None:
            raise not_found(request.path)
        return call

    def _find(self, request: web.Request) -> Recording:
        sid = request.match_info["sid"]
        call = self._call(request) if "call" in request.match_info else None
        if sid == _CURRENT and call is not None:
            found = self._recordings.current(call)
        else:
            found = self._recordings.by_sid.get(sid)
        if found is None or call not in {None, found.call}:
            raise not_found(request.path)
        return found

    def _json(self, recording: Recording, of: Call | None) -> dict[str, object]:
        """Return what the resource shows; below a call it has a few fields more and less."""
        account = f"{self._base}/Calls/{of.sid}" if of else self._base
        shown: dict[str, object] = {
            "sid": recording.sid,
            "account_sid": recording.call.account_sid,
            "call_sid": recording.call.sid,
            "conference_sid": None,
            "status": recording.status,
            "source": recording.source,
            "channels": recording.channels,
            "duration": recording.duration,
            "start_time": rfc2822(recording.created),
            "date_created": rfc2822(recording.created),
            "date_updated": rfc2822(recording.updated),
            "price": None,
            "price_unit": "USD",
            "error_code": None,
            "encryption_details": None,
            "api_version": API_VERSION,
            "uri": f"{account}/Recordings/{recording.sid}.json",
        }
        if of is not None:
            return shown | {"track": "both"}
        return shown | {"media_url": self._recordings.url(recording), "subresource_uris": {}}
