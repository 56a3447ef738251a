"""Who waits and who works, as the mirror of a rehearsal has them."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.routing.matching import Able, Wanted, has_room
from hotline.routing.model import OperatorState, Presence


@dataclass(slots=True)
class Waiter:
    """Somebody who waits. `asked`: who is asked just now; `again`: they were with somebody."""

    id: UUID
    wanted: Wanted
    since: datetime
    relax_at: datetime | None
    behind: bool
    again: bool
    asked: UUID | None = None
    offers: Counter[UUID] = field(default_factory=Counter)
    passed: dict[UUID, datetime] = field(default_factory=dict)

    @property
    def place(self) -> tuple[datetime, UUID]:
        """The order of the queue."""
        return self.wanted.effective_at, self.id


@dataclass(slots=True)
class Worker:
    """Somebody who works. `asked`: for whom they are asked just now."""

    able: Able
    asked: UUID | None = None
    hard_on: object = None

    @property
    def state(self) -> OperatorState:
        """What routing knows of them."""
        return self.able.state

    @property
    def hands(self) -> int:
        """How much they have in hand."""
        return self.able.state.calls + self.able.state.chats

    def set(self, **changes: object) -> None:
        """Change what routing knows of them."""
        self.able = replace(self.able, state=replace(self.able.state, **changes))  # type: ignore[arg-type]  # fields of it


def available(worker: Worker) -> bool:
    """Whether they take contacts, if they have room."""
    return worker.state.presence is Presence.AVAILABLE and worker.state.pending_break is None


def may_have(waiter: Waiter, worker: Worker | None) -> bool:
    """Whether they may be kept for this person: what is sealed is for seniors."""
    return not waiter.wanted.asks.senior or (worker is not None and worker.able.senior)


def could_take(waiter: Waiter, worker: Worker | None) -> bool:
    """Whether this person could also take them now; who is in danger is kept for nobody."""
    return (
        worker is not None
        and not waiter.wanted.danger
        and available(worker)
        and has_room(worker.state, waiter.wanted.kind)
        and may_have(waiter, worker)
    )


def count(worker: Worker, contact: Contact, by: int) -> None:
    """One contact more in hand, or less."""
    what = "calls" if contact.channel.kind == "call" else "chats"
    worker.set(**{what: getattr(worker.state, what) + by})


def begin_break(worker: Worker) -> None:
    """The break that was asked for begins, once nothing is in hand."""
    at_work = worker.state.presence is Presence.AVAILABLE
    if at_work and worker.state.pending_break and not worker.hands:
        worker.set(presence=Presence.BREAK, pending_break=None)
