"""The forms of the webhooks about a leg, field by field as documented."""

from __future__ import annotations

import math
from datetime import datetime

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.clock import rfc2822

API_VERSION = "2010-04-01"
_PLACES = ("City", "State", "Zip", "Country")
_SIP = {
    "completed": "200",
    "busy": "486",
    "no-answer": "480",
    "canceled": "487",
    "failed": "503",
}


def voice_form(call: Call, dialect: Dialect) -> dict[str, str]:
    """Return the fields every request of a leg carries."""
    form = {
        "AccountSid": call.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": call.sid,
        "CallStatus": call.status.value,
        "Called": call.to,
        "Caller": call.origin,
        "Direction": call.direction.value,
        "From": call.origin,
        "To": call.to,
    }
    if dialect.rich_parameters:
        form |= call.identity
        if call.parent_sid is not None:
            form["ParentCallSid"] = call.parent_sid
        if call.forwarded_from is not None:
            form["ForwardedFrom"] = call.forwarded_from
        if call.answered_by is not None:
            form["AnsweredBy"] = call.answered_by
        if not call.origin.startswith(("client:", "sip:")):
            for who in ("From", "To", "Caller", "Called"):
                form |= {f"{who}{place}": "" for place in _PLACES}
    return form


def status_form(
    call: Call, dialect: Dialect, *, status: str, moment: datetime, sequence: int
) -> dict[str, str]:
    """Return the fields of a status callback; the small carrier takes them from its bill."""
    if not dialect.rich_parameters:
        return _from_the_bill(call, status=status, moment=moment)
    form = voice_form(call, dialect) | {"CallStatus": status, "SequenceNumber": str(sequence)}
    form["Timestamp"] = rfc2822(moment) or ""
    form["CallbackSource"] = "call-progress-events"
    if status == "completed":
        form["CallDuration"] = str(call.duration_s)
        form["Duration"] = str(math.ceil(call.duration_s / 60))
        form |= call.recorded
    if status in _SIP:
        form["SipResponseCode"] = _SIP[status]
    return form


def _from_the_bill(call: Call, *, status: str, moment: datetime) -> dict[str, str]:
    return {
        "AccountSid": call.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": call.sid,
        "CallStatus": status,
        "CallDuration": str(call.duration_s),
        "CallbackSource": "call-progress-events",
        "Direction": call.direction.value,
        "From": call.origin,
        "SequenceNumber": "0",
        "SipResponseCode": _SIP[status],
        "Timestamp": rfc2822(moment) or "",
        "To": call.to,
    }
