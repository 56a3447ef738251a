"""Queues: which contacts wait together, whether one may still join them, and what else there is.

Pure. Who waits and who is on shift is counted by others and handed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from hotline.kernel.ids import StaffId
from hotline.kernel.languages import LANGS, Lang

PARTNER: Final = "partner-"
"""An offer of this beginning names a partner of config/dialing.toml."""


class Door(StrEnum):
    """How a queue takes new contacts; who waits already is answered in any case.

    *Overflow*: they hear that many wait, and what there is instead. *Closed*: calls do not join it,
    and who writes is told that it will take long.
    """

    OPEN = "open"
    OVERFLOW = "overflow"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Queue:
    """Contacts that belong together: of these kinds, languages and topics; empty means any.

    It overflows by itself when more than `waiting_over` wait, or the first of them longer than
    `longest`. `offers` are what there is instead of waiting, in order.
    """

    id: str
    name: Mapping[Lang, str]
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    waiting_over: int | None = None
    longest: timedelta | None = None
    offers: tuple[str, ...] = ()

    def takes(self, kind: str, language: str | None, topic: str | None) -> bool:
        """Whether such a contact belongs here. `kind`: call or chat."""
        return all(
            not wanted or has in wanted
            for wanted, has in (
                (self.kinds, kind),
                (self.languages, language),
                (self.topics, topic),
            )
        )

    @property
    def catches_all(self) -> bool:
        """Whether every contact belongs here."""
        return not (self.kinds or self.languages or self.topics)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many wait who are alike, the first of them since then."""

    kind: str
    language: str | None
    topic: str | None
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class OnShift:
    """Somebody on shift: what they do (as on the desk), and for whom they can do it."""

    staff_id: StaffId
    state: str
    languages: frozenset[str]
    topics: frozenset[str]

    def serves(self, queue: Queue) -> bool:
        """Whether they can take contacts of it; a topic is never asked for to the end."""
        return not queue.languages or bool(queue.languages & self.languages)


@dataclass(frozen=True, slots=True)
class Queues:
    """All of them, in order: a contact belongs to the first that takes it, the last takes all."""

    listed: Sequence[Queue]

    @classmethod
    def one(cls) -> Self:
        """Everybody waits together, and it never overflows."""
        return cls((Queue("all", dict.fromkeys(LANGS, "189")),))

    def of(self, kind: str, language: str | None, topic: str | None) -> Queue:
        """Where a contact belongs; what no longer exists is not asked for, the last catches it."""
        found = (queue for queue in self.listed if queue.takes(kind, language, topic))
        return next(found, self.listed[-1])

    def get(self, queue_id: str) -> Queue | None:
        """The queue of this id."""
        return next((queue for queue in self.listed if queue.id == queue_id), None)

    def crowds(self, queue: Queue, crowds: Iterable[Crowd]) -> list[Crowd]:
        """Those of them who wait in this queue."""
        return [one for one in crowds if self.of(one.kind, one.language, one.topic) is queue]

    @property
    def counted(self) -> bool:
        """Whether any of them overflows by itself."""
        return any(queue.waiting_over is not None or queue.longest for queue in self.listed)


def overflows(queue: Queue, crowds: Sequence[Crowd], at: datetime) -> bool:
    """Whether so many wait in it, or for so long, that others are told of it first."""
    if not crowds:
        return False
    many = queue.waiting_over is not None and sum(c.count for c in crowds) > queue.waiting_over
    long = queue.longest is not None and at - min(c.since for c in crowds) > queue.longest
    return many or long


@dataclass(frozen=True, slots=True)
class Doors:
    """What the engine asks before somebody joins a queue. What is not said is open."""

    queues: Queues = field(default_factory=Queues.one)
    set: Mapping[str, Door] = field(default_factory=dict)

    def at(self, kind: str, language: str | None, topic: str | None) -> tuple[Door, Queue]:
        """The queue of such a contact, and how it takes new ones now."""
        queue = self.queues.of(kind, language, topic)
        return self.set.get(queue.id, Door.OPEN), queue
