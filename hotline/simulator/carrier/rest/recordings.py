"""Recordings: start, pause, resume, stop, list, fetch, hear, delete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.errors import RestError, invalid, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.recordings import Recording, sound
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.paging import page
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
_CHANNELS = {"": 1, "mono": 1, "dual": 2}


@dataclass(frozen=True, slots=True)
class _Place:
    """Below which call or room a recording is asked for; neither: the account."""

    call: Call | None
    room: str | None

    def holds(self, recording: Recording) -> bool:
        return self.call in {None, recording.call} and self.room in {None, recording.room_sid}


class RecordingResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._carrier = carrier
        self._recordings = carrier.recordings
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes. A recording without an ending is its sound.

        Where a carrier has no rooms it records by its verb only, and deletes nothing.
        """
        of_call = f"{self._base}/Calls/{{call}}/Recordings"
        of_room = f"{self._base}/Conferences/{{room}}/Recordings"
        one = f"{self._base}/Recordings/{{sid}}"
        starting = [
            web.post(f"{of_call}.json", self.create),
            web.post(f"{of_call}/{{sid}}.json", self.update),
            web.get(f"{of_room}.json", self.list),
            web.get(f"{of_room}/{{sid}}.json", self.fetch),
            web.post(f"{of_room}/{{sid}}.json", self.update),
            web.delete(f"{of_room}/{{sid}}.json", self.delete),
        ]
        deleting = [
            web.delete(f"{of_call}/{{sid}}.json", self.delete),
            web.delete(f"{one}.json", self.delete),
        ]
        return [
            *(starting if self._carrier.desk.dialect.conferences else ()),
            *(deleting if self._carrier.desk.dialect.filters else ()),
            web.get(f"{of_call}.json", self.list),
            web.get(f"{of_call}/{{sid}}.json", self.fetch),
            web.get(f"{of_call}/{{sid}}.wav", self.media),
            web.get(f"{of_call}/{{sid}}", self.media),
            web.get(f"{self._base}/Recordings.json", self.list),
            web.get(f"{one}.json", self.fetch),
            web.get(f"{one}.wav", self.media),
            web.get(one, self.media),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Record a call that goes on."""
        call = self._call(request)
        form = await forms.read(request, _CREATE)
        channels = form.text("RecordingChannels")
        if channels not in _CHANNELS:
            raise invalid("Invalid value for RecordingChannels")
        if not call.live:
            raise RestError(400, 21220, "Requested resource is not eligible for recording")
        recording = self._recordings.start(
            call,
            "StartCallRecordingAPI",
            hook=forms.recording_hook(form),
            channels=_CHANNELS[channels],
        )
        return web.json_response(self._json(recording, self._place(request)), status=201)

    async def list(self, request: web.Request) -> web.Response:
        """List recordings, of all calls or of one call or room, youngest first."""
        form = forms.query(request, _FILTERS)
        place = self._place(request)
        filters = self._carrier.desk.dialect.filters
        call = place.call.sid if place.call else form.text("CallSid") if filters else ""
        room = place.room or form.text("ConferenceSid")
        found: Iterable[Recording] = reversed(self._recordings.by_sid.values())
        fits = [one for one in found if call in {"", one.call.sid} and room in {"", one.room_sid}]
        return page(request, "recordings", fits, show=partial(self._json, of=place))

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a recording."""
        return web.json_response(self._json(self._find(request), self._place(request)))

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
        return web.json_response(self._json(recording, self._place(request)))

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
        if recording.open or recording.status == "absent":
            raise not_found(request.path)
        return web.Response(body=sound(recording), content_type="audio/x-wav")

    def _call(self, request: web.Request) -> Call:
        call = self._carrier.legs.by_sid.get(request.match_info["call"])
        if call is None:
            raise not_found(request.path)
        return call

    def _place(self, request: web.Request) -> _Place:
        room = request.match_info.get("room")
        if room is not None and room not in self._carrier.rooms.by_sid:
            raise not_found(request.path)
        return _Place(self._call(request) if "call" in request.match_info else None, room)

    def _find(self, request: web.Request) -> Recording:
        sid, place = request.match_info["sid"], self._place(request)
        if sid == _CURRENT and place.call is not None:
            found = self._recordings.current(place.call)
        elif sid == _CURRENT and place.room is not None:
            found = self._recordings.current_of_room(place.room)
        else:
            found = self._recordings.by_sid.get(sid)
        if found is None or not place.holds(found):
            raise not_found(request.path)
        return found

    def _json(self, recording: Recording, of: _Place) -> dict[str, object]:
        """Return what the resource shows; below a call or room it has fewer fields."""
        account = self._base
        if of.call is not None:
            account = f"{self._base}/Calls/{of.call.sid}"
        elif of.room is not None:
            account = f"{self._base}/Conferences/{of.room}"
        shown: dict[str, object] = {
            "sid": recording.sid,
            "account_sid": recording.call.account_sid,
            "call_sid": recording.call.sid,
            "conference_sid": recording.room_sid,
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
        if of.call is not None:
            return shown | {"track": "both"}
        if of.room is not None:
            return shown
        return shown | {"media_url": self._recordings.url(recording), "subresource_uris": {}}
