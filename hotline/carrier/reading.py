"""What the SDK has read of calls and messages, in our own words."""

from datetime import datetime
from typing import Any, Final

from hotline.carrier.ports import MessageReceived, RecordingRef

VERB: Final = "RecordVerb"
"""Made by a caller after the tone."""


def word(status: Any) -> str:  # noqa: ANN401 - an enum here, a text there
    """A word of theirs."""
    return str(getattr(status, "value", status) or "")


def came_in(one: Any, ours: str) -> bool:  # noqa: ANN401 - untyped there
    """Whether a message was sent to our number, and is here whole."""
    return (
        word(one.direction) == "inbound"
        and word(one.status) != "receiving"
        and str(one.to or "").lstrip("+") == ours.lstrip("+")
    )


def received(one: Any, at: datetime) -> MessageReceived:  # noqa: ANN401 - untyped there
    """A message as the house knows it."""
    media = str(one.num_media or "0")
    return MessageReceived(
        sid=one.sid,
        sender=one.from_ or "",
        to=one.to,
        body=one.body or "",
        num_media=int(media) if media.isdecimal() else 0,
        at=at.replace(microsecond=0),
    )


def source(one: Any) -> str:  # noqa: ANN401 - untyped there
    """What had it made."""
    return word(one.source)


def by_caller(one: Any) -> bool:  # noqa: ANN401 - untyped there
    """Whether a caller spoke it after the tone, as far as the carrier says."""
    return source(one) in {"", VERB}


def as_recording(one: Any) -> RecordingRef:  # noqa: ANN401 - untyped there
    """A recording, as our words have it."""
    sure = bool(source(one))
    return RecordingRef(one.sid, _seconds(one.duration), word(one.status), sure)


def _seconds(duration: Any) -> int:  # noqa: ANN401 - a text, a number or nothing
    text = str(duration or "0")
    return max(0, int(text)) if text.lstrip("-").isdecimal() else 0
