"""Conferences and their participants."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from hotline.simulator.carrier.calls import Script
from hotline.simulator.carrier.errors import RestError, invalid, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.calls import (
    check_origin,
    check_target,
    detection,
    progress,
    recorded,
)
from hotline.simulator.carrier.rest.forms import Form
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.carrier.rest.views import conference_json, participant_json
from hotline.simulator.carrier.rooms import Conference, Participant
from hotline.simulator.carrier.verbs import Room, StatusHook
from hotline.simulator.faults import Fault

_FILTERS = frozenset(
    {"FriendlyName", "Status", "DateCreated", "DateCreated<", "DateCreated>", "DateUpdated"}
)
_ROOM_EVENTS = frozenset(
    {"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"}
)
_ROOM_RECORD = frozenset({"true", "false", "record-from-start", "do-not-record"})
_PARTICIPANT_FILTERS = frozenset({"Muted", "Hold", "Coaching"})


class ConferenceResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._carrier = carrier
        self._rooms = carrier.rooms
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one = f"{self._base}/Conferences/{{sid}}"
        routes = [
            web.get(f"{self._base}/Conferences.json", self.list),
            web.get(f"{one}.json", self.fetch),
            web.post(f"{one}.json", self.update),
            web.get(f"{one}/Participants.json", self.participants),
            web.get(f"{one}/Participants/{{who}}.json", self.participant),
            web.post(f"{one}/Participants/{{who}}.json", self.change),
            web.delete(f"{one}/Participants/{{who}}.json", self.remove),
        ]
        if self._carrier.desk.dialect.create_participant:
            routes.append(web.post(f"{one}/Participants.json", self.add))
        return routes

    async def list(self, request: web.Request) -> web.Response:
        """List conferences, youngest first."""
        form = forms.query(request, _FILTERS)
        rooms = [
            room
            for room in self._rooms.by_sid.values()
            if form.text("FriendlyName") in {"", room.name}
            and form.text("Status") in {"", room.status}
            and form.text("DateCreated") in {"", room.created.date().isoformat()}
        ]
        return page(request, "conferences", rooms[::-1], show=self._show)

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a conference."""
        return web.json_response(self._show(self._find(request)))

    async def update(self, request: web.Request) -> web.Response:
        """End a conference, or play something to everybody in it."""
        room = self._find(request)
        form = await forms.read(request, forms.CONFERENCE_UPDATE)
        if form.text("Status") not in {"", "completed"}:
            raise invalid("Invalid value for Status")
        if form.url("AnnounceUrl"):
            self._rooms.announce(room, None, _announcement(form))
        if form.text("Status"):
            self._rooms.end(room)
        return web.json_response(self._show(room))

    async def participants(self, request: web.Request) -> web.Response:
        """List who is in the room."""
        room = self._find(request)
        form = forms.query(request, _PARTICIPANT_FILTERS)
        here = [
            one
            for one in room.participants.values()
            if form.text("Muted") in {"", str(one.muted).lower()}
            and form.text("Hold") in {"", str(one.hold).lower()}
            and form.text("Coaching") in {"", str(one.coaching).lower()}
        ]
        return page(
            request,
            "participants",
            here,
            show=partial(participant_json, room_sid=room.sid, base=self._base),
        )

    async def participant(self, request: web.Request) -> web.Response:
        """Show a participant, by CallSid or label."""
        room, one = self._find_one(request)
        return web.json_response(participant_json(one, room.sid, self._base))

    async def change(self, request: web.Request) -> web.Response:
        """Mute, hold, coach."""
        room, one = self._find_one(request)
        form = await forms.read(request, forms.PARTICIPANT_UPDATE)
        if self._carrier.faults.strikes(Fault.REST_JUST_ENDED):
            self._carrier.legs.hang_up(one.call)
            await one.call.over.wait()
            self._find_one(request)
        if "Coaching" in form or "CallSidToCoach" in form:
            self._coach(room, one, form)
        if "EndConferenceOnExit" in form:
            one.end_on_exit = form.flag("EndConferenceOnExit", default=one.end_on_exit)
            self._rooms.tell(room, "participant-modify", one)
        self._hush(room, one, form)
        if form.url("AnnounceUrl"):
            self._rooms.announce(room, one, _announcement(form))
        one.updated = self._carrier.desk.clock.now()
        return web.json_response(participant_json(one, room.sid, self._base))

    async def remove(self, request: web.Request) -> web.Response:
        """Take somebody out; the leg goes on with what follows the room, or ends."""
        _, one = self._find_one(request)
        self._rooms.kick(one, "participant_updated_via_api")
        return web.Response(status=204)

    async def add(self, request: web.Request) -> web.Response:
        """Ring somebody and put them into the room when they answer."""
        form = await forms.read(request, forms.PARTICIPANT_CREATE)
        key = request.match_info["sid"]
        room = self._rooms.by_sid.get(key) or self._rooms.open_named(key)
        if room is not None and room.over:
            raise not_found(request.path)
        spec = _spec(form, key if room is None else room.name)
        if spec.label and room is not None and room.find(spec.label):
            raise RestError(409, 16025, "Participant label is already in use")
        call = self._carrier.originate(
            check_origin(form),
            check_target(form),
            Script(room=spec),
            callbacks=progress(form),
            timeout_s=form.number("Timeout", default=60, low=1, high=600),
            time_limit_s=form.number("TimeLimit", default=0, low=1, high=14_400) or None,
            recording=recorded(form),
        )
        call.detection = detection(form, beside=True)
        room = room or self._rooms.reserve(spec)
        self._carrier.desk.tasks.start(self._rooms.forget_unused(room, call), name="unused room")
        coming = self._rooms.expected(call, spec)
        body = participant_json(coming, room.sid, self._base, status="queued")
        return web.json_response(body, status=201)

    def _coach(self, room: Conference, one: Participant, form: Form) -> None:
        coached = form.text("CallSidToCoach") or one.coach_sid
        one.coaching = form.flag("Coaching", default=one.coaching)
        if one.coaching and coached not in room.participants:
            raise invalid("CallSidToCoach is not a participant of the conference")
        one.coach_sid = coached if one.coaching else None
        self._rooms.tell(room, "participant-modify", one)

    def _hush(self, room: Conference, one: Participant, form: Form) -> None:
        muted = form.flag("Muted", default=one.muted)
        if muted != one.muted:
            one.muted = muted
            self._rooms.tell(room, "participant-mute" if muted else "participant-unmute", one)
        hold = form.flag("Hold", default=one.hold)
        if hold != one.hold:
            one.hold = hold
            one.hold_url, one.hold_method = form.url("HoldUrl"), form.method("HoldMethod")
            self._rooms.tell(room, "participant-hold" if hold else "participant-unhold", one)
            self._rooms.retune(room)

    def _show(self, room: Conference) -> dict[str, object]:
        return conference_json(room, self._base, self._carrier.config.account_sid)

    def _find(self, request: web.Request) -> Conference:
        room = self._rooms.by_sid.get(request.match_info["sid"])
        if room is None:
            raise not_found(request.path)
        return room

    def _find_one(self, request: web.Request) -> tuple[Conference, Participant]:
        room = self._find(request)
        one = room.find(request.match_info["who"])
        if one is None or room.over:
            raise not_found(request.path)
        return room, one


def _announcement(form: Form) -> Script:
    return Script(url=form.url("AnnounceUrl"), method=form.method("AnnounceMethod"))


def _spec(form: Form, name: str) -> Room:
    coach = form.text("CallSidToCoach") if form.flag("Coaching", default=False) else None
    events = tuple(" ".join(form.all("ConferenceStatusCallbackEvent")).split())
    if any(event not in _ROOM_EVENTS for event in events):
        raise invalid("Invalid value for ConferenceStatusCallbackEvent")
    return Room(
        name=name,
        muted=form.flag("Muted", default=False),
        start_on_enter=form.flag("StartConferenceOnEnter", default=True),
        end_on_exit=form.flag("EndConferenceOnExit", default=False),
        label=form.text("Label"),
        coach=coach,
        max_participants=form.number("MaxParticipants", default=250, low=2, high=250),
        wait_url=form.url("WaitUrl") if "WaitUrl" in form else None,
        wait_method=form.method("WaitMethod"),
        hook=StatusHook(
            url=form.url("ConferenceStatusCallback"),
            method=form.method("ConferenceStatusCallbackMethod"),
            events=events or ("start", "end"),
        ),
        recording=_room_recorded(form),
        beep=form.text("Beep", "true"),
    )


def _room_recorded(form: Form) -> StatusHook | None:
    how = form.text("ConferenceRecord", "false")
    if how not in _ROOM_RECORD:
        raise invalid("Invalid value for ConferenceRecord")
    hook = forms.recording_hook(form, "Conference")
    return None if how in {"false", "do-not-record"} else hook
