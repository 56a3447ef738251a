"""One way in for messages, whether they are posted to us or we find them on the carrier's list."""

from collections import Counter
from typing import Final

import structlog

from bots.sms import words
from bots.sms.model import CHANNEL
from bots.sms.ports import Arrival
from hotline.chat.model import InboundKind
from hotline.chat.ports import Inbound
from hotline.chat.reception import Reception
from hotline.infra.metrics import Metrics
from hotline.kernel import phone
from hotline.kernel.errors import Unavailable

_TRIES: Final = 5

log = structlog.get_logger(__name__)


class NotYet(Unavailable):
    """This one message broke us and must come again; others may be taken."""


class Door:
    """Takes messages in. Raises Unavailable when nothing can be kept: then they must come again."""

    def __init__(self, reception: Reception, metrics: Metrics) -> None:
        self._reception = reception
        self._metrics = metrics
        self._failed: Counter[str] = Counter()

    async def take(self, arrival: Arrival, *, first: str = "first") -> bool:
        """One message; False for a repeat. `first` is how the first taking of it is counted.

        One that breaks us every time is set aside for a person: it must not come for ever. Raises
        NotYet until then.
        """
        try:
            new = await self._take(arrival, first)
        except Unavailable:
            raise
        except Exception:
            log.exception("sms.message_failed")
            self._failed[arrival.event_id] += 1
            if self._failed[arrival.event_id] < _TRIES:
                raise NotYet("message-failed") from None
            await self._reception.set_aside(CHANNEL, arrival.event_id, arrival.raw)
            self._count("set-aside")
            new = False
        del self._failed[arrival.event_id]
        return new

    async def known(self, event_ids: list[str]) -> set[str]:
        """Which of these messages are in already."""
        return await self._reception.known(CHANNEL, event_ids)

    async def _take(self, arrival: Arrival, first: str) -> bool:
        inbound = read(arrival)
        if inbound is None:
            new = await self._reception.keep(CHANNEL, arrival.event_id, arrival.raw)
            self._count("ignored")
        else:
            new = await self._reception.receive(inbound)
            self._count(first if new else "repeat")
        return new

    def _count(self, how: str) -> None:
        self._metrics.inbox.labels(CHANNEL, how).inc()


def read(arrival: Arrival) -> Inbound | None:
    """A person's message; None for machines (short numbers, names), which must not be answered."""
    source = phone.parse(arrival.sender)
    if source.e164 is None:
        return None
    kind, text = _content(arrival)
    return Inbound(
        channel=CHANNEL,
        event_id=arrival.event_id,
        address=source.e164,
        display=source.masked,
        kind=kind,
        line=phone.parse(arrival.to).e164 or CHANNEL,
        text=text,
        provider_message_id=arrival.event_id,
    )


def _content(arrival: Arrival) -> tuple[InboundKind, str | None]:
    text = arrival.body or None
    if arrival.media:
        kinds: dict[str, InboundKind] = {"image": "photo", "audio": "voice", "video": "video"}
        return kinds.get(arrival.media[0].partition("/")[0], "document"), text
    if words.erases(arrival.body):
        return "command", "delete"
    # Nothing but white space is still somebody who reached out: shown, and answered.
    usual: InboundKind = "text" if arrival.body.strip() else "other"
    return words.wish(arrival.body) or usual, text
