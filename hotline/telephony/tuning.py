"""How everybody in a room should be, from state alone: held, muted, heard by whom. Pure.

What the carrier was told is kept with the leg, together with how often the leg had come in by then:
who comes in again is new to the carrier, and is told again.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from hotline.carrier.ports import Wish
from hotline.telephony.machine import Change, Fact, holds_caller
from hotline.telephony.model import Guest, Leg, Mode, Role, Situation

Told = dict[str, Any]


def wishes(situation: Situation, hold_url: str) -> dict[str, Wish]:
    """For each leg in the open room how it should be there.

    A whisper without an operator to hear it is silence: it must never reach the caller.
    """
    operator = next((leg.sid for leg in situation.operators() if situation.is_here(leg.sid)), None)
    wanted: dict[str, Wish] = {}
    for leg in situation.legs:
        if not situation.is_here(leg.sid):
            continue
        if leg.role is Role.CALLER and holds_caller(situation):
            wanted[leg.sid] = Wish(held=True, hold_url=hold_url)
        elif leg.role is Role.SUPERVISOR:
            wanted[leg.sid] = _watching(situation.guest_of(leg), operator)
        elif leg.role is Role.OPERATOR and not _belongs(situation, leg):
            wanted[leg.sid] = Wish(muted=True)  # on their way out
        else:
            wanted[leg.sid] = Wish()
    return wanted


def is_tuned(situation: Situation) -> bool:
    """Whether anybody in the room is, or was, told to be otherwise than a plain talk has it."""
    plain = Wish()
    return any(leg.told for leg in situation.legs) or any(
        wish != plain for wish in wishes(situation, "").values()
    )


def joins(facts: Iterable[Fact]) -> Counter[str]:
    """How often each leg came into the room, as far as the room has said."""
    return Counter(fact.sid for fact in facts if fact.change is Change.JOIN)


def as_told(wish: Wish, times: int) -> Told:
    """What to keep of it with the leg."""
    return {"held": wish.held, "muted": wish.muted, "coaches": wish.coaches, "joins": times}


def knows(leg: Leg, wish: Wish, times: int) -> bool:
    """Whether the carrier has the leg as it should be, and need not be asked."""
    told = leg.told
    if told is None or told.get("joins") != times:
        told = as_told(Wish(muted=leg.role is Role.SUPERVISOR), times)
    return told == as_told(wish, times)


def _belongs(situation: Situation, leg: Leg) -> bool:
    return leg.staff_id == situation.operator_id or situation.guest_of(leg) is not None


def _watching(guest: Guest | None, operator: str | None) -> Wish:
    if guest is None or guest.mode is Mode.LISTEN or guest.mode is None:
        return Wish(muted=True)
    if guest.mode is Mode.BARGE:
        return Wish()
    return Wish(muted=operator is None, coaches=operator)
