"""What the control API shows: calls, rooms, moments, messages and webhooks as JSON."""

from __future__ import annotations

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.ear import Moment
from hotline.simulator.carrier.rooms import Conference
from hotline.simulator.journal import Entry
from hotline.simulator.telegram.chats import ChatMessage


def call_json(call: Call) -> dict[str, object]:
    """Return a call."""
    return {
        "sid": call.sid,
        "from": call.origin,
        "to": call.to,
        "direction": call.direction.value,
        "status": call.status.value,
        "parent": call.parent_sid,
    }


def moment_json(moment: Moment) -> dict[str, object]:
    """Return a moment of an ear."""
    return {
        "index": moment.index,
        "moment": moment.kind.value,
        "what": moment.what,
        "seconds": moment.seconds,
        "audio": moment.audio,
    }


def message_json(message: ChatMessage) -> dict[str, object]:
    """Return a message of a chat."""
    return {
        "message": message.message_id,
        "from_bot": message.from_bot,
        "content": message.content,
        "date": message.date.isoformat(),
        "edited": message.edited is not None,
        "reply_to": message.reply_to,
        "silent": message.silent,
    }


def hook_json(entry: Entry) -> dict[str, object]:
    """Return a webhook attempt or a delivered update."""
    return {
        "at": entry["at"],
        "hook": entry.get("hook", "telegram"),
        "url": entry.get("url", f"update {entry.get('update')}"),
        "subject": entry.get("subject", ""),
        "status": entry["status"],
    }


def room_json(room: Conference) -> dict[str, object]:
    """Return a room and who is in it."""
    return {
        "sid": room.sid,
        "status": room.status,
        "participants": [
            {"call": one.call.sid, "label": one.label, "hold": one.hold}
            for one in room.participants.values()
        ],
    }
