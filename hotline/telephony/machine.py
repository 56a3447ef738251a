"""Decisions about legs and rooms: what moves, what a leg hears now, what must be done next.

Everything here is pure. Webhooks come late, twice and in any order; so a leg's state has a rank and
only rises, and who is in a room is computed anew from numbered facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hotline.contacts.model import ContactState
from hotline.recordings.model import Talk
from hotline.telephony.model import Leg, LegState, Role, Situation

_FINAL_RANK: Final = 9
RANK: Final[dict[LegState, int]] = {
    LegState.QUEUED: 0,
    LegState.INITIATED: 1,
    LegState.RINGING: 2,
    LegState.IN_PROGRESS: 3,
    LegState.COMPLETED: _FINAL_RANK,
    LegState.BUSY: _FINAL_RANK,
    LegState.FAILED: _FINAL_RANK,
    LegState.NO_ANSWER: _FINAL_RANK,
    LegState.CANCELED: _FINAL_RANK,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The state to store."""

    state: LegState


@dataclass(frozen=True, slots=True)
class Stale:
    """A late or repeated report: nothing changes."""


def advance(now: LegState, then: LegState) -> Moved | Stale:
    """A report about a leg. A terminal state is final, whichever came first."""
    return Moved(then) if RANK[then] > RANK[now] else Stale()


def is_final(state: LegState) -> bool:
    """Whether the leg has ended."""
    return RANK[state] == _FINAL_RANK


class Change(StrEnum):
    """What a room tells about a participant, as far as presence goes."""

    JOIN = "participant-join"
    LEAVE = "participant-leave"
    END = "conference-end"


@dataclass(frozen=True, slots=True)
class Fact:
    """One numbered thing that a room said of a leg; of none (empty `sid`) when it ended.

    A name may be used by several rooms of the carrier one after the other: `room_sid` tells.
    """

    room_sid: str
    sid: str
    sequence: int
    change: Change


def present(facts: Iterable[Fact]) -> frozenset[str]:
    """Who is there: for each leg and room the fact with the highest number counts.

    A room that ended is empty, whatever comes late.
    """
    last: dict[tuple[str, str], Fact] = {}
    over: set[str] = set()
    for fact in facts:
        if fact.change is Change.END:
            over.add(fact.room_sid)
        known = last.get((fact.room_sid, fact.sid))
        if known is None or fact.sequence > known.sequence:
            last[fact.room_sid, fact.sid] = fact
    return frozenset(
        fact.sid
        for fact in last.values()
        if fact.change is Change.JOIN and fact.room_sid not in over
    )


class Hear(StrEnum):
    """What a leg hears now."""

    QUESTION = "question"
    HOLD = "hold"
    BRIDGE = "bridge"
    OPERATOR_ROOM = "operator_room"
    GATE = "gate"
    SHUT = "shut"
    GUEST_ROOM = "guest_room"
    SOON = "soon"
    NOBODY = "nobody"
    GONE = "gone"
    GOODBYE = "goodbye"


def hears(situation: Situation, leg: Leg, *, rooms: bool) -> Hear:
    """From state alone, so that any request in any order gets the right answer.

    `rooms`: the carrier has conferences. Without them the caller is bridged as soon as an operator
    has taken the contact, because nobody joins first.
    """
    if leg.role is not Role.CALLER:
        guest = situation.guest_of(leg)
        if guest is not None:
            return Hear.GUEST_ROOM if _may_enter(situation) else Hear.SOON
        return _operator_hears(situation, leg)
    return _caller_hears(situation, leg, rooms=rooms)


def _caller_hears(situation: Situation, leg: Leg, *, rooms: bool) -> Hear:
    if leg.gated:  # whoever holds the phone hears nothing of us
        return Hear.GATE if situation.contact.live else Hear.SHUT
    match situation.contact.state:
        case ContactState.INTAKE:
            return Hear.QUESTION
        case ContactState.WAITING:
            return Hear.HOLD
        case ContactState.RESERVED | ContactState.TALKING:
            ready = situation.operator_here if rooms else situation.room is not None
            return Hear.BRIDGE if ready else Hear.HOLD
        case ContactState.WRAP_UP | ContactState.CLOSED:
            room = situation.room
            return Hear.BRIDGE if room is not None and room.apart else Hear.GOODBYE


def _may_enter(situation: Situation) -> bool:
    """Nobody comes in before the carrier was told to keep a held caller apart from them."""
    caller = situation.caller
    if caller is None or not holds_caller(situation) or not situation.caller_here:
        return True
    return bool(caller.told and caller.told.get("held"))


def holds_caller(situation: Situation) -> bool:
    """Whether the caller hears music: on hold, or being handed on."""
    room = situation.room
    return room is not None and not room.apart and (room.held or situation.transfer is not None)


def _operator_hears(situation: Situation, leg: Leg) -> Hear:
    contact, room = situation.contact, situation.room
    if contact.state not in {ContactState.RESERVED, ContactState.TALKING}:
        return Hear.GONE
    mine = room is not None and contact.operator_id == leg.staff_id and leg.room == room.name
    return Hear.OPERATOR_ROOM if mine else Hear.NOBODY


class Next(StrEnum):
    """What must happen after somebody came or went."""

    TALK = "talk"
    PULL_CALLER = "pull_caller"
    START_GRACE = "start_grace"
    STOP_GRACE = "stop_grace"


def after_change(situation: Situation) -> frozenset[Next]:
    """What the people in the room mean for the contact. Asking twice gives the same answer."""
    contact = situation.contact
    operator, caller = situation.operator_here, situation.caller_here
    if contact.state not in {ContactState.RESERVED, ContactState.TALKING}:
        return frozenset()
    if operator and caller:
        talks = contact.state is ContactState.TALKING
        return frozenset({Next.STOP_GRACE} if talks else {Next.TALK, Next.STOP_GRACE})
    if operator:
        return frozenset({Next.PULL_CALLER})
    if caller or contact.state is ContactState.TALKING:
        return frozenset({Next.START_GRACE})
    return frozenset()


def talk_goes_on(situation: Situation) -> bool:
    """Whether the caller and somebody else are still connected after the operator left them."""
    caller = situation.caller
    third = any(leg.role is Role.THIRD for leg in situation.others())
    return caller is not None and not caller.over and third


def elsewhere(situation: Situation) -> bool:
    """Whether the caller is still with who had them before: nobody can be with them yet."""
    caller, room = situation.caller, situation.room
    there = caller is not None and not caller.over and caller.in_room
    return there and caller is not None and caller.room != (room.name if room else None)


def talk_of(situation: Situation) -> Talk:
    """The talk as far as recording goes: it is the caller's own call, and nobody else is there.

    Who was called back has not heard the notice on that call: another may hold the phone. Staff who
    watch or are asked in are the hotline; a third party is not, from the moment they are rung.
    """
    caller, room = situation.caller, situation.room
    own = next((leg for leg in situation.legs if leg.role is Role.CALLER), None)
    same = caller is not None and own is not None and caller.sid == own.sid and not caller.gated
    third = any(guest.role is Role.THIRD for guest in situation.guests)
    return Talk(
        situation.contact,
        caller.sid if same and caller is not None and not caller.over else None,
        together=situation.caller_here and situation.operator_here,
        quiet=third or holds_caller(situation) or (room is not None and room.apart),
    )
