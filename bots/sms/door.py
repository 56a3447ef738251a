"""One way in for messages, whether the carrier posts them or we find them on its list."""

import re
from typing import Final

from bots.sms.channel import CHANNEL
from hotline.carrier.form import Form
from hotline.chat.model import InboundKind
from hotline.chat.ports import Inbound
from hotline.chat.reception import Reception
from hotline.infra.metrics import Metrics
from hotline.intake.risk import fold
from hotline.kernel import phone

SID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Whole messages only: the same word inside a sentence is a sentence.
STOPS: Final = frozenset(
    fold(word) for word in ("стоп", "stop", "токтот", "токтоткула", "toʻxta", "тўхта", "тўхтат")
)

# The same for "delete": said alone it can mean nothing else.
ERASES: Final = frozenset(
    fold(word) for word in ("удалить", "удали", "delete", "өчүр", "өчүрүү", "oʻchir", "ўчир")
)


class Door:
    """Takes messages in. Raises Unavailable when nothing can be kept: then they must come again."""

    def __init__(self, reception: Reception, metrics: Metrics) -> None:
        self._reception = reception
        self._metrics = metrics

    async def take(self, event_id: str, form: Form, *, first: str = "first") -> bool:
        """One message; False for a repeat. `first` is how the first taking of it is counted."""
        inbound = read(event_id, form)
        if inbound is None:
            new = await self._reception.keep(CHANNEL, event_id, _raw(form))
            self._count("ignored")
        else:
            new = await self._reception.receive(inbound)
            self._count(first if new else "repeat")
        return new

    async def set_aside(self, event_id: str, form: Form) -> None:
        """Keep a message that could not be handled, sealed, for a person to look at."""
        await self._reception.set_aside(CHANNEL, event_id, _raw(form))
        self._count("set-aside")

    async def known(self, event_ids: list[str]) -> set[str]:
        """Which of these messages are in already."""
        return await self._reception.known(CHANNEL, event_ids)

    def _count(self, how: str) -> None:
        self._metrics.inbox.labels(CHANNEL, how).inc()


def read(event_id: str, form: Form) -> Inbound | None:
    """A person's message; None for machines (short numbers, names), which must not be answered."""
    source = phone.parse(_readable(form.get("From", "")))
    if source.e164 is None:
        return None
    kind, words = _content(form)
    return Inbound(
        channel=CHANNEL,
        event_id=event_id,
        address=source.e164,
        display=source.masked,
        kind=kind,
        line=phone.parse(_readable(form.get("To", ""))).e164 or CHANNEL,
        text=words,
        provider_message_id=event_id,
    )


def _content(form: Form) -> tuple[InboundKind, str | None]:
    words = _readable(form.get("Body", ""))
    if form.get("NumMedia", "0") not in {"", "0"}:
        media = form.get("MediaContentType0", "").partition("/")[0]
        kinds: dict[str, InboundKind] = {"image": "photo", "audio": "voice", "video": "video"}
        return kinds.get(media, "document"), words or None
    if fold(words) in STOPS:
        return "command", "stop"
    if fold(words) in ERASES:
        return "command", "delete"
    return "text", words


def _raw(form: Form) -> str:
    return repr(sorted(form.items()))


def _readable(value: str) -> str:
    """A broken byte becomes a mark instead of costing the whole message."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
