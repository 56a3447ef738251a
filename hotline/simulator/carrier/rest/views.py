"""Resources as JSON, every field the vendor documents, strings where it has strings."""

from __future__ import annotations

from hotline.simulator.carrier.calls import Call, Status
from hotline.simulator.carrier.messages import Message
from hotline.simulator.carrier.rooms import Conference, Participant
from hotline.simulator.carrier.wording import API_VERSION
from hotline.simulator.clock import rfc2822

_CALL_PARTS = ("events", "notifications", "payments", "recordings", "siprec", "streams")


def call_json(call: Call, base: str) -> dict[str, object]:
    """Return a call as the REST API shows it."""
    uri = f"{base}/Calls/{call.sid}"
    status = Status.QUEUED if call.status is Status.INITIATED else call.status
    return {
        "sid": call.sid,
        "account_sid": call.account_sid,
        "parent_call_sid": call.parent_sid,
        "date_created": rfc2822(call.created),
        "date_updated": rfc2822(call.updated or call.created),
        "to": call.to,
        "to_formatted": call.to,
        "from": call.origin,
        "from_formatted": call.origin,
        "phone_number_sid": None,
        "status": status.value,
        "start_time": rfc2822(call.answered_at or (call.created if call.final else None)),
        "end_time": rfc2822(call.ended_at),
        "duration": str(call.duration_s) if call.final else None,
        "price": None,
        "price_unit": "USD",
        "direction": call.direction.value,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "annotation": None,
        "forwarded_from": call.forwarded_from,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in _CALL_PARTS},
    }


def conference_json(room: Conference, base: str, account_sid: str) -> dict[str, object]:
    """Return a conference as the REST API shows it."""
    uri = f"{base}/Conferences/{room.sid}"
    return {
        "sid": room.sid,
        "account_sid": account_sid,
        "friendly_name": room.name,
        "status": room.status,
        "date_created": rfc2822(room.created),
        "date_updated": rfc2822(room.updated),
        "api_version": API_VERSION,
        "region": "us1",
        "reason_conference_ended": room.reason_ended,
        "call_sid_ending_conference": room.ended_by,
        "uri": f"{uri}.json",
        "subresource_uris": {
            "participants": f"{uri}/Participants.json",
            "recordings": f"{uri}/Recordings.json",
        },
    }


def participant_json(
    one: Participant, room_sid: str, base: str, *, status: str = "connected"
) -> dict[str, object]:
    """Return a participant as the REST API shows it."""
    return {
        "account_sid": one.call.account_sid,
        "call_sid": one.call.sid,
        "label": one.label or None,
        "conference_sid": room_sid,
        "date_created": rfc2822(one.created),
        "date_updated": rfc2822(one.updated),
        "muted": one.muted,
        "hold": one.hold,
        "coaching": one.coaching,
        "call_sid_to_coach": one.coach_sid,
        "end_conference_on_exit": one.end_on_exit,
        "start_conference_on_enter": one.start_on_enter,
        "status": status,
        "queue_time": "0",
        "uri": f"{base}/Conferences/{room_sid}/Participants/{one.call.sid}.json",
    }


def message_json(message: Message, base: str) -> dict[str, object]:
    """Return a message as the REST API shows it."""
    uri = f"{base}/Messages/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": message.account_sid,
        "messaging_service_sid": None,
        "from": message.origin,
        "to": message.to,
        "body": message.body,
        "status": message.status,
        "direction": message.direction,
        "date_created": rfc2822(message.created),
        "date_updated": rfc2822(message.updated),
        "date_sent": rfc2822(message.sent),
        "num_segments": str(message.segments),
        "num_media": "0",
        "price": None,
        "price_unit": "USD",
        "error_code": message.error_code,
        "error_message": None if message.error_code is None else "Unreachable destination handset",
        "api_version": API_VERSION,
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }
