"""The words of the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.kernel.ids import ContactId, StaffId

IDENTITY_PREFIX: Final = "op_"
CLIENT_PREFIX: Final = "client:"


class Role(StrEnum):
    """Whose leg it is."""

    CALLER = "caller"
    OPERATOR = "operator"
    THIRD = "third"
    SUPERVISOR = "supervisor"


class Ring(StrEnum):
    """How the carrier rings an operator who does not dial in."""

    FAKE = "fake"
    OWN = "own"


class Lane(StrEnum):
    """Whether a call was taken: at once, not at all, or because it is about danger."""

    OPEN = "open"
    REFUSED = "refused"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a call is counted by: the keyed hash and the prefix of its number; and its lane.

    `per_number`, `per_prefix`: so many calls at once must not be there yet when it is written down;
    0 is no limit.
    """

    address_key: bytes | None = None
    prefix: str | None = None
    lane: Lane = Lane.OPEN
    per_number: int = 0
    per_prefix: int = 0


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

    `told` is what the carrier was last told of how it should be there; see tuning.py. `gated`:
    somebody we called, who has not pressed the key; nobody knows yet who holds the phone. `adrift`:
    the call goes on and asks us for nothing, so somebody else, like the duty person, has it.
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
    told: dict[str, Any] | None = None
    gated: bool = False
    adrift: bool = False
    lane: Lane = Lane.OPEN

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Room:
    """Where one operator and one caller meet, once. The name is random and says nothing.

    `started_at` is when both were there for the first time. `held`: the operator has put the caller
    on hold. `apart`: the operator has left, caller and third party talk on without us.
    """

    name: str
    contact_id: ContactId
    staff_id: StaffId
    opened_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    held: bool = False
    apart: bool = False


class Mode(StrEnum):
    """How a supervisor is in a room: heard by nobody, by the operator alone, by all."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"


class GuestState(StrEnum):
    """A guest is wanted, rung, here, and then gone; a colleague may become the operator instead."""

    WANTED = "wanted"
    RINGING = "ringing"
    HERE = "here"
    GONE = "gone"
    PROMOTED = "promoted"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in a room who is neither its caller nor its operator.

    Their coming and going never moves the contact by itself. `label` is the masked number;
    `partner` names an entry of the list of partners; `sid` is the leg, once there is one.
    """

    id: UUID
    contact_id: ContactId
    room: str
    role: Role
    staff_id: StaffId | None = None
    mode: Mode | None = None
    partner: str | None = None
    label: str = ""
    sid: str | None = None
    state: GuestState = GuestState.WANTED

    @property
    def open(self) -> bool:
        """Whether they are here or on their way."""
        return self.state not in {GuestState.GONE, GuestState.PROMOTED}


class TransferState(StrEnum):
    """A transfer ends in exactly one of the last three."""

    ASKED = "asked"
    TALKING = "talking"
    DONE = "done"
    RETURNED = "returned"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A contact being handed on while it is talked with; one at a time.

    `warm`: the operator talks with `to_staff` or the guest first. `offer_id` asks a colleague.
    """

    id: UUID
    contact_id: ContactId
    from_staff: StaffId
    kind: str
    to_staff: StaffId | None
    warm: bool
    guest_id: UUID | None = None
    offer_id: UUID | None = None
    state: TransferState = TransferState.ASKED

    @property
    def to_colleague(self) -> bool:
        """Whether it goes to one of us."""
        return self.to_staff is not None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides what a leg hears: its contact, all legs, the open room.

    `guests` are those of the room who are here or on their way, `transfer` the open one.
    """

    contact: Contact
    legs: tuple[Leg, ...] = ()
    room: Room | None = None
    guests: tuple[Guest, ...] = ()
    transfer: Transfer | None = None

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

    @property
    def operator_id(self) -> StaffId | None:
        """Whose call it is; a colleague who is asked in is an operator, and a guest here."""
        return self.room.staff_id if self.room else self.contact.operator_id

    def operators(self) -> list[Leg]:
        """Legs of the call's own operator that have not ended, oldest first: usually one."""
        return [leg for leg in self.staff_legs() if leg.staff_id == self.operator_id]

    def staff_legs(self) -> list[Leg]:
        """Legs of any operator that have not ended."""
        return [leg for leg in self.legs if leg.role is Role.OPERATOR and not leg.over]

    def others(self) -> list[Leg]:
        """Every leg but the caller's that has not ended."""
        return [leg for leg in self.legs if leg.role is not Role.CALLER and not leg.over]

    def guest_of(self, leg: Leg) -> Guest | None:
        """The open guest whose leg it is."""
        return next((guest for guest in self.guests if guest.sid == leg.sid), None)

    def guest_here(self, guest_id: UUID | None) -> bool:
        """Whether that guest is in the open room."""
        return any(guest.id == guest_id and self.is_here(guest.sid) for guest in self.guests)

    def is_here(self, sid: str | None) -> bool:
        """Whether that leg is in the open room."""
        leg = self.leg(sid) if sid else None
        room = self.room
        return leg is not None and room is not None and _in(leg, room)

    def leg(self, sid: str) -> Leg | None:
        """The leg of that name."""
        return next((leg for leg in self.legs if leg.sid == sid), None)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the telephone waits for people; `own_phone` is added for who is rung elsewhere.

    Who waits and asked for nothing during `two_turns` of the hold loop is adrift. `reading` is for
    the operator who must know something before the person is rung.
    """

    grace: timedelta = timedelta(seconds=15)
    no_join: timedelta = timedelta(seconds=20)
    on_the_way: timedelta = timedelta(seconds=5)
    ring_s: int = 20
    gate: timedelta = timedelta(seconds=45)
    call_back_s: int = 30
    reading: timedelta = timedelta(minutes=2)
    own_phone: timedelta = timedelta(seconds=20)
    ring_third_s: int = 45
    announce_every: int = 4
    touch: timedelta = timedelta(seconds=10)
    two_turns: timedelta = timedelta(seconds=60)
    silent_waiting: timedelta = timedelta(seconds=40)
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
    """Whether the caller, or the room's own operator, is in the room."""
    return room is not None and any(
        leg.role is role
        and _in(leg, room)
        and (role is not Role.OPERATOR or leg.staff_id == room.staff_id)
        for leg in legs
    )


def _in(leg: Leg, room: Room) -> bool:
    return leg.in_room and leg.room == room.name and not leg.over


def call_state(legs: Sequence[Leg], latest: Room | None, *, promised: bool = False) -> CallState:
    """What the desk shows, from the legs and the latest room of a contact.

    `promised`: the caller is to be called back, so nobody on the line is not the end.
    """
    if all(leg.over for leg in legs if leg.role is Role.CALLER):
        return CallState.CONNECTING if promised else CallState.ENDED
    if latest is None or latest.started_at is None:
        return CallState.CONNECTING
    if latest.ended_at is not None or latest.apart:
        return CallState.ENDED
    # Where the carrier has no rooms, the operator is reached through the caller's leg.
    bridged = all(leg.role is Role.CALLER for leg in legs)
    operator = bridged or inside(legs, latest, Role.OPERATOR)
    both = operator and inside(legs, latest, Role.CALLER)
    return CallState.LIVE if both else CallState.LOST


def by_contact(legs: Sequence[Leg]) -> dict[ContactId, tuple[Leg, ...]]:
    """Legs grouped by their contact, in the order given."""
    grouped: dict[ContactId, tuple[Leg, ...]] = {}
    for leg in legs:
        grouped[leg.contact_id] = (*grouped.get(leg.contact_id, ()), leg)
    return grouped
