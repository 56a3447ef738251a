"""The ladder of an escalation: when somebody is alerted, whom, and who owns it. Pure.

Step 0 is the raising; step 1 the second alert, part of the way to the deadline; step 2 the
deadline: the next person owns it and the duty telephone gets a message. Every further deadline is a
further step, without end: an escalation stops only when a person takes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hotline.cases.model import Level
from hotline.kernel.ids import StaffId

SECOND_ALERT: Final = 1
DEADLINE: Final = 2


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rules, as data: see config/escalation.toml."""

    deadlines: Mapping[Level, timedelta]
    second_alert: float = 0.5
    sms_repeats: int = 3


STANDARD: Final = Ladder(
    {
        Level.URGENT: timedelta(minutes=15),
        Level.HIGH: timedelta(hours=4),
        Level.NORMAL: timedelta(hours=24),
    }
)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who may take an escalation. `on_shift` may hold others too; longest on shift first."""

    supervisors: tuple[StaffId, ...] = ()
    seniors: tuple[StaffId, ...] = ()
    on_shift: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class Climb:
    """What a step does: `owner` owns the case from now on, and `page` are alerted.

    The next step comes `next_after` the beginning of the ladder.
    """

    step: int
    owner: StaffId | None
    page: tuple[StaffId, ...]
    sms: bool
    next_after: timedelta


def ranked(crew: Crew) -> tuple[StaffId, ...]:
    """Everybody who can own an escalation, best first.

    Supervisors on shift, longest first; then seniors on shift; then whoever is not: the oldest
    account of a supervisor first.
    """
    present = set(crew.on_shift)
    order = [
        *(one for one in crew.on_shift if one in crew.supervisors),
        *(one for one in crew.on_shift if one in crew.seniors),
        *(one for one in crew.supervisors if one not in present),
        *(one for one in crew.seniors if one not in present),
    ]
    return tuple(dict.fromkeys(order))


def after(ladder: Ladder, level: Level, step: int) -> timedelta:
    """When a step comes, counted from the beginning of the ladder."""
    deadline = ladder.deadlines[level]
    if step < SECOND_ALERT:
        return timedelta()
    if step == SECOND_ALERT:
        return deadline * ladder.second_alert
    return deadline * (step - DEADLINE + 1)


def reached(ladder: Ladder, level: Level, elapsed: timedelta) -> int:
    """The highest step whose time has come."""
    passed = elapsed // ladder.deadlines[level]
    if passed >= 1:
        return DEADLINE + passed - 1
    return SECOND_ALERT if elapsed >= after(ladder, level, SECOND_ALERT) else 0


def begin(ladder: Ladder, level: Level, crew: Crew) -> Climb:
    """Raise: the best owner there is, and everybody present is alerted."""
    order = ranked(crew)
    owner = order[0] if order else None
    return Climb(
        step=0,
        owner=owner,
        page=_paged(crew, owner),
        sms=False,
        next_after=after(ladder, level, SECOND_ALERT),
    )


def climb(
    ladder: Ladder,
    level: Level,
    crew: Crew,
    *,
    stands_on: int,
    elapsed: timedelta,
    owner: StaffId | None,
) -> Climb | None:
    """The step that is due, or None when it is too early.

    After a standstill several are due at once: they are taken as one, with one message.
    """
    step = reached(ladder, level, elapsed)
    if step <= stands_on:
        return None
    passes_on = stands_on < DEADLINE <= step
    # Whether one of the steps taken now is one with a message.
    sms = max(stands_on + 1, DEADLINE) <= min(step, DEADLINE + ladder.sms_repeats)
    gone = owner not in ranked(crew)
    then = _next_owner(crew, owner) if passes_on or gone else owner
    return Climb(step, then, _paged(crew, then), sms, after(ladder, level, step + 1))


def _next_owner(crew: Crew, owner: StaffId | None) -> StaffId | None:
    """Somebody else if there is anybody else; the case is never without the one it had."""
    return next((one for one in ranked(crew) if one != owner), owner)


def _paged(crew: Crew, owner: StaffId | None) -> tuple[StaffId, ...]:
    present = set(crew.on_shift)
    order = [owner, *(one for one in ranked(crew) if one in present)]
    return tuple(dict.fromkeys(one for one in order if one is not None))
