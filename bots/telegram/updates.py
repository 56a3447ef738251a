"""Reads Telegram's updates: whatever shape they have, what a person sent is not lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from hotline.chat.model import FileKind, InboundKind
from hotline.chat.ports import Attached, Inbound

CHANNEL: Final = "telegram"
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
Json = Mapping[str, Any]

_BIG: Final = 2**63
_LAST: Final = 2**32
_LARGE: Final = 1_000_000
_CONTENT: Final[tuple[tuple[str, InboundKind], ...]] = (
    ("photo", "photo"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("document", "document"),
    ("location", "location"),
    ("contact", "contact"),
    ("sticker", "sticker"),
)
_FILES: Final[Mapping[str, FileKind]] = {
    "photo": "photo",
    "voice": "voice",
    "audio": "audio",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
}
# What Telegram itself writes into a chat; nobody said anything.
_SERVICE: Final = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "chat_shared",
        "connected_website",
        "delete_chat_photo",
        "group_chat_created",
        "left_chat_member",
        "message_auto_delete_timer_changed",
        "new_chat_members",
        "new_chat_photo",
        "new_chat_title",
        "pinned_message",
        "proximity_alert_triggered",
        "users_shared",
        "write_access_allowed",
    }
)
# A command stands alone, but for the word that a link puts behind "start": what a person writes
# after one is words, and words go to a person.
_COMMAND: Final = re.compile(
    r"/(?P<name>start|stop|help|language|info|hours|delete)(?:@\w+)?"
    r"(?:(?<=/start) (?P<payload>[A-Za-z0-9_-]{1,64}))?\s*"
)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HANDLE: Final = re.compile(r"[A-Za-z0-9_-]{1,400}")
_MASK_TAIL: Final = 2


@dataclass(frozen=True, slots=True)
class Update:
    """An update's name, and what a person did by it; None for what concerns nobody here."""

    event_id: str
    inbound: Inbound | None


def read(value: object, bot: str) -> Update | None:
    """Never raises; None for what is no update at all. `bot` keeps the numbers of bots apart."""
    update = _map(value)
    number = _whole(update, "update_id")
    if number is None:
        return None
    event_id = f"{bot}:{number}"
    for name, reader in _READERS.items():
        part = _map(update.get(name))
        if part:
            return Update(event_id, reader(event_id, part))
    return Update(event_id, None)


def _message(event_id: str, message: Json, *, edited: bool = False) -> Inbound | None:
    chat = _private(message)
    if chat is None or _map(message.get("from")).get("is_bot") is True:
        return None
    if any(name in message for name in _SERVICE):
        return None
    kind, text = _content(message)
    if edited:
        if text is None:
            return None
        words = message.get("text")
        text = words if isinstance(words, str) else text
        kind = "moved" if kind == "location" else "edited"
    return Inbound(
        channel=CHANNEL,
        event_id=event_id,
        address=str(chat),
        display=_masked(chat),
        kind=kind,
        line=CHANNEL,
        text=text,
        at=_moment(message, "edit_date" if edited else "date"),
        payload=_payload(message) if kind == "command" else None,
        provider_message_id=_name(message, "message_id"),
        reply_to=_name(_map(message.get("reply_to_message")), "message_id"),
        files=_files(message),
    )


def _payload(message: Json) -> str | None:
    """What a link of ours put behind "start"."""
    command = _COMMAND.fullmatch(str(message.get("text")))
    return command["payload"] if command else None


def _edited(event_id: str, message: Json) -> Inbound | None:
    return _message(event_id, message, edited=True)


def _content(message: Json) -> tuple[InboundKind, str | None]:
    text = message.get("text")
    if isinstance(text, str):
        command = _COMMAND.fullmatch(text)
        return ("command", command["name"]) if command else ("text", text)
    for name, kind in _CONTENT:
        if message.get(name):
            return kind, _caption(message, name)
    return "other", _caption(message, "")


def _caption(message: Json, name: str) -> str | None:
    """The words that came with it; for a place or a card what it says."""
    part = _map(message.get(name))
    if name == "location":
        place = [part.get("latitude"), part.get("longitude")]
        return ", ".join(str(x) for x in place) if all(_is_number(x) for x in place) else None
    if name == "contact":
        words = [part.get("first_name"), part.get("last_name"), part.get("phone_number")]
        return " ".join(x for x in words if isinstance(x, str)) or None
    if name == "sticker":
        emoji = part.get("emoji")
        return emoji if isinstance(emoji, str) else None
    caption = message.get("caption")
    return caption if isinstance(caption, str) else None


def _files(message: Json) -> tuple[Attached, ...]:
    """The file of a message, of a photo its largest size; more come as messages of an album."""
    for name, kind in _FILES.items():
        part = _largest(message[name]) if name == "photo" and name in message else message.get(name)
        about = _map(part)
        handle = about.get("file_id")
        if isinstance(handle, str) and _HANDLE.fullmatch(handle):
            side = _count(about, "length") if name == "video_note" else None
            told, album = about.get("file_name"), message.get("media_group_id")
            return (
                Attached(
                    kind=kind,
                    handle=handle,
                    length=_count(about, "file_size", _BIG),
                    width=_count(about, "width") or side,
                    height=_count(about, "height") or side,
                    duration_s=_count(about, "duration"),
                    name=told if isinstance(told, str) else None,
                    album=album if isinstance(album, str) and _TOKEN.fullmatch(album) else None,
                ),
            )
    return ()


def _largest(sizes: object) -> object:
    """The last is the largest, as a rule; the numbers decide."""
    known = [_map(size) for size in sizes] if isinstance(sizes, list) else []
    return max(known, key=_area, default=None)


def _area(size: Json) -> int:
    return (_count(size, "width") or 0) * (_count(size, "height") or 0)


def _count(holder: Json, name: str, below: int = _LARGE) -> int | None:
    """A number that a row can hold, and that means something."""
    number = _whole(holder, name)
    return number if number is not None and 0 <= number < below else None


def _press(event_id: str, query: Json) -> Inbound | None:
    """A pressed button. The chat of a private message is the person who pressed."""
    person = _whole(_map(query.get("from")), "id")
    message = _map(query.get("message"))
    choice, token = query.get("data"), query.get("id")
    if person is None or not isinstance(choice, str) or (message and _private(message) is None):
        return None
    return Inbound(
        channel=CHANNEL,
        event_id=event_id,
        address=str(person),
        display=_masked(person),
        kind="press",
        line=CHANNEL,
        press=choice,
        token=token if isinstance(token, str) and _TOKEN.fullmatch(token) else None,
        pressed_id=_name(message, "message_id"),
    )


def _member(event_id: str, change: Json) -> Inbound | None:
    """Somebody blocked the bot, or let it in again (which says nothing)."""
    chat = _private(change)
    if chat is None or _map(change.get("new_chat_member")).get("status") != "kicked":
        return None
    at = _moment(change, "date")
    return Inbound(CHANNEL, event_id, str(chat), _masked(chat), "left", line=CHANNEL, at=at)


_READERS: Final = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _press,
    "my_chat_member": _member,
}


def _private(holder: Json) -> int | None:
    """The chat's number; groups and channels are none of ours."""
    chat = _map(holder.get("chat"))
    return _whole(chat, "id") if chat.get("type") == "private" else None


def _masked(chat: int) -> str:
    return f"Telegram ··{str(chat)[-_MASK_TAIL:]}"


def _map(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def _whole(holder: Json, name: str) -> int | None:
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_BIG < value < _BIG else None


def _moment(holder: Json, name: str) -> datetime | None:
    """Telegram's clock, in whole seconds."""
    number = _whole(holder, name)
    if number is None or not 0 < number < _LAST:
        return None
    return datetime.fromtimestamp(number, UTC)


def _name(holder: Json, name: str) -> str | None:
    number = _whole(holder, name)
    return None if number is None else str(number)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
