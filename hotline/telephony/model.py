"""The words of the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.kernel.ids import ContactId, StaffId

IDENTITY_PREFIX: Final = "op_"
CLIENT_PREFIX: Final = "client:"


class Role(StrEnum):
    """Whose leg it is."""

    CALLER = "caller"
    OPERATOR = "operator"


class LegState(StrEnum):
    """A leg at the carrier, in the carrier's words."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


class CallState(StrEnum):
    """What the desk shows of a call in hand."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg. `room` is the last one it was sent to, `in_room` whether it is seen there now.

    `gated`: somebody we called, who has not pressed the key; nobody knows yet who holds the phone.
    """

    sid: str
    contact_id: ContactId
    role: Role
    staff_id: StaffId | None
    state: LegState
    room: str | None
    in_room: bool
    last_seen_at: datetime
    opened_at: datetime
    ended_at: datetime | None
    gated: bool = False

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Room:
    """Where one operator and one caller meet, once. The name is random and says nothing.

    `started_at` is when both were there for the first time.
    """

    name: str
    contact_id: ContactId
    staff_id: StaffId
    opened_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides what a leg hears: its contact, all legs, the open room."""

    contact: Contact
    legs: tuple[Leg, ...] = ()
    room: Room | None = None

    @property
    def caller(self) -> Leg | None:
        """The caller's leg: the one that lives, or the last; who is called back has several."""
        theirs = [leg for leg in self.legs if leg.role is Role.CALLER]
        return next(
            (leg for leg in reversed(theirs) if not leg.over), theirs[-1] if theirs else None
        )

    @property
    def caller_here(self) -> bool:
        """Whether the caller is in the open room."""
        return inside(self.legs, self.room, Role.CALLER)

    @property
    def operator_here(self) -> bool:
        """Whether the operator is in the open room."""
        return inside(self.legs, self.room, Role.OPERATOR)

    def operators(self) -> list[Leg]:
        """The operator's legs that have not ended, oldest first: usually one."""
        return [leg for leg in self.legs if leg.role is Role.OPERATOR and not leg.over]

    def leg(self, sid: str) -> Leg | None:
        """The leg of that name."""
        return next((leg for leg in self.legs if leg.sid == sid), None)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the telephone waits for people."""

    grace: timedelta = timedelta(seconds=15)
    no_join: timedelta = timedelta(seconds=20)
    on_the_way: timedelta = timedelta(seconds=5)
    ring_s: int = 20
    gate: timedelta = timedelta(seconds=45)
    call_back_s: int = 30
    announce_every: int = 4
    touch: timedelta = timedelta(seconds=10)
    silent_waiting: timedelta = timedelta(seconds=60)
    silent_talking: timedelta = timedelta(minutes=5)


def identity(staff_id: UUID) -> str:
    """The name of an operator's browser telephone: letters, digits and `_` only."""
    return f"{IDENTITY_PREFIX}{staff_id.hex}"


def staff_of(address: str) -> StaffId | None:
    """The operator behind `client:op_...`; None for any other address."""
    bare = address.removeprefix(CLIENT_PREFIX)
    if bare == address or not bare.startswith(IDENTITY_PREFIX):
        return None
    try:
        return StaffId(UUID(hex=bare.removeprefix(IDENTITY_PREFIX)))
    except ValueError:
        return None


def inside(legs: Sequence[Leg], room: Room | None, role: Role) -> bool:
    """Whether somebody of that role is in the room."""
    return room is not None and any(
        leg.role is role and leg.in_room and leg.room == room.name and not leg.over for leg in legs
    )


def call_state(legs: Sequence[Leg], latest: Room | None, *, promised: bool = False) -> CallState:
    """What the desk shows, from the legs and the latest room of a contact.

    `promised`: the caller is to be called back, so nobody on the line is not the end.
    """
    if all(leg.over for leg in legs if leg.role is Role.CALLER):
        return CallState.CONNECTING if promised else CallState.ENDED
    if latest is None or latest.started_at is None:
        return CallState.CONNECTING
    if latest.ended_at is not None:
        return CallState.ENDED
    both = inside(legs, latest, Role.CALLER) and inside(legs, latest, Role.OPERATOR)
    return CallState.LIVE if both else CallState.LOST


def by_contact(legs: Sequence[Leg]) -> dict[ContactId, tuple[Leg, ...]]:
    """Legs grouped by their contact, in the order given."""
    grouped: dict[ContactId, tuple[Leg, ...]] = {}
    for leg in legs:
        grouped[leg.contact_id] = (*grouped.get(leg.contact_id, ()), leg)
    return grouped
