"""Calls: create, fetch, list, update."""

from __future__ import annotations

import re
from functools import partial

from aiohttp import web

from hotline.simulator.carrier.calls import Call, Callbacks, Script, Status
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.carrier.errors import RestError, invalid, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.forms import Form
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.carrier.rest.views import call_json
from hotline.simulator.carrier.verbs import Detection, StatusHook
from hotline.simulator.faults import Fault

_NUMBER = re.compile(r"\+?[0-9]{2,15}")
_TONES = re.compile(r"[0-9#*wW]{1,32}")
_MACHINES = frozenset({"none", "Enable", "DetectMessageEnd"})
_THRESHOLDS = {
    "MachineDetectionSpeechThreshold": (1_000, 6_000),
    "MachineDetectionSpeechEndThreshold": (500, 5_000),
    "MachineDetectionSilenceTimeout": (2_000, 10_000),
}
_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_FILTERS = frozenset(
    {"To", "From", "Status", "ParentCallSid", "StartTime", "StartTime<", "StartTime>", "EndTime"}
)


class CallResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._carrier = carrier
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.post(f"{self._base}/Calls.json", self.create),
            web.get(f"{self._base}/Calls.json", self.list),
            web.get(f"{self._base}/Calls/{{sid}}.json", self.fetch),
            web.post(f"{self._base}/Calls/{{sid}}.json", self.update),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Make a call."""
        somleng = self._carrier.desk.dialect.name is DialectName.SOMLENG
        form = await forms.read(
            request, forms.SOMLENG_CALL_CREATE if somleng else forms.CALL_CREATE
        )
        call = self._carrier.originate(
            check_origin(form),
            check_target(form),
            self._script(form, required=True),
            callbacks=progress(form),
            timeout_s=form.number("Timeout", default=60, low=1, high=600),
            time_limit_s=form.number("TimeLimit", default=0, low=1, high=14_400) or None,
            recording=recorded(form),
        )
        call.detection = detection(form)
        call.tones = tones(form)
        return web.json_response(call_json(call, self._base), status=201)

    async def list(self, request: web.Request) -> web.Response:
        """List calls, youngest first."""
        form = forms.query(request, _FILTERS)
        if form.text("Status") and form.text("Status") not in set(Status):
            raise invalid("Invalid value for Status")
        everything = not self._carrier.desk.dialect.filters
        known = self._carrier.legs.by_sid.values()
        calls = [call for call in known if everything or _fits(call, form)]
        return page(request, "calls", calls[::-1], show=partial(call_json, base=self._base))

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a call."""
        return web.json_response(call_json(self._find(request), self._base))

    async def update(self, request: web.Request) -> web.Response:
        """Redirect a live call or end one."""
        call = self._find(request)
        form = await forms.read(request, forms.CALL_UPDATE)
        if call.live and self._carrier.faults.strikes(Fault.REST_JUST_ENDED):
            self._carrier.legs.hang_up(call)
            await call.over.wait()
        if call.final:
            raise RestError(400, 21220, "Call is not in-progress. Cannot redirect.")
        if "StatusCallback" in form:
            call.callbacks = progress(form)
        status = form.text("Status")
        if status:
            self._end(call, status)
        elif "Url" in form or "Twiml" in form:
            self._redirect(call, form)
        return web.json_response(call_json(call, self._base))

    def _end(self, call: Call, status: str) -> None:
        if status not in {"canceled", "completed"}:
            raise RestError(400, 21218, "Invalid Status: must be canceled or completed")
        if status == "completed" or not call.live:
            self._carrier.end(call)

    def _redirect(self, call: Call, form: Form) -> None:
        if not call.live:
            raise RestError(400, 21220, "Call is not in-progress. Cannot redirect.")
        script = self._script(form, required=True)
        if self._carrier.desk.dialect.live_redirect:
            self._carrier.redirect(call, script)
        else:
            self._carrier.desk.journal.write("rest.redirect_lost", call=call.sid)

    def _script(self, form: Form, *, required: bool) -> Script:
        url, twiml = form.url("Url"), form.text("Twiml")
        if form.text("ApplicationSid"):
            url = self._carrier.urls.app_voice_url
        if required and not url and not twiml:
            raise RestError(400, 21205, "Url parameter is required.")
        if len(twiml) > 4000:  # noqa: PLR2004 - documented limit
            raise invalid("Twiml is longer than 4000 characters")
        return Script(
            url="" if twiml else url,
            method=form.method("Method"),
            twiml=twiml,
            fallback_url=form.url("FallbackUrl"),
            fallback_method=form.method("FallbackMethod"),
        )

    def _find(self, request: web.Request) -> Call:
        call = self._carrier.legs.by_sid.get(request.match_info["sid"])
        if call is None:
            raise not_found(request.path)
        return call


def progress(form: Form) -> Callbacks:
    """Read where and about what to call back; each event is a key of its own."""
    events = form.all("StatusCallbackEvent") or ("completed",)
    if any(event not in _EVENTS for event in events):
        raise RestError(400, 21626, "Invalid statusCallbackEvents")
    return Callbacks(
        url=form.url("StatusCallback"),
        method=form.method("StatusCallbackMethod"),
        events=events,
    )


def recorded(form: Form) -> StatusHook | None:
    """Return where the recording of the new call is reported, if it is to be recorded."""
    return forms.recording_hook(form) if form.flag("Record", default=False) else None


def detection(form: Form, *, beside: bool = False) -> Detection | None:
    """Return what is to be found out about who answers; ``beside``: never before the call goes on.

    The finer thresholds are checked for their range and change nothing.
    """
    how = form.text("MachineDetection", "none")
    if how not in _MACHINES:
        raise invalid("Invalid value for MachineDetection")
    for name, (low, high) in _THRESHOLDS.items():
        form.number(name, default=low, low=low, high=high)
    timeout_s = form.number("MachineDetectionTimeout", default=30, low=3, high=59)
    apart = beside or form.flag("AsyncAmd", default=False)
    url = form.url("AmdStatusCallback" if beside else "AsyncAmdStatusCallback")
    if how == "none":
        return None
    return Detection(how == "DetectMessageEnd", timeout_s, apart=apart, url=url)


def tones(form: Form) -> str:
    """Return the keys to press as soon as somebody answers."""
    digits = form.text("SendDigits")
    if digits and not _TONES.fullmatch(digits):
        raise invalid("Invalid value for SendDigits")
    return digits


def check_target(form: Form) -> str:
    """Return the number, client or SIP address to call."""
    to = form.text("To")
    if not to:
        raise RestError(400, 21201, "No 'To' number is specified")
    if not to.startswith(("client:", "sip:")) and not _NUMBER.fullmatch(to):
        raise RestError(400, 21211, "Invalid 'To' Phone Number: XXXX")
    return to


def check_origin(form: Form) -> str:
    """Return the caller id to show."""
    origin = form.text("From")
    if not origin:
        raise RestError(400, 21213, "Caller phone number is required")
    if not origin.startswith(("client:", "sip:")) and not _NUMBER.fullmatch(origin):
        raise RestError(400, 21212, "The phone number provided is not valid as a 'From' number")
    return origin


def _fits(call: Call, form: Form) -> bool:
    status = "queued" if call.status is Status.INITIATED else call.status.value
    day = call.created.date().isoformat()
    wanted = {
        "To": call.to,
        "From": call.origin,
        "Status": status,
        "ParentCallSid": call.parent_sid or "",
        "StartTime": day,
    }
    if any(form.text(name) not in {"", value} for name, value in wanted.items()):
        return False
    after, before = form.text("StartTime>")[:10], form.text("StartTime<")[:10]
    return (not after or day >= after) and (not before or day <= before)
