"""What is to be expected in a week, and how many operators that needs: pure, with its method.

*Expected* in a half hour is the mean of the same half hour on the same weekday of the weeks before,
with its neighbours at half weight: single half hours of a small line are noise. There is no trend;
days with hours of their own (holidays) are left out. The staffing is Erlang's
(`hotline/roster/erlang.py`), half hour by half hour, calls and chats apart. An operator is one
server for calls and `chats_at_once` servers for chats.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from hotline.contacts.load import Arrived, Handled, Past
from hotline.roster import erlang
from hotline.roster.erlang import Traffic
from hotline.roster.weekgrid import HALF_HOUR, Slot

ALL: Final = "all"
CALL: Final = "call"
CHAT: Final = "chat"
KINDS: Final = (CALL, CHAT)
LEAST_WEEKS: Final = 4
LEAST_CONTACTS: Final = 40
"""Fewer say little: the mean of 40 is off by a sixth, of 10 by a third."""
LEAST_MEASURED: Final = 30
LEAST_PATIENCE_S: Final = 5
MOST_PATIENCE_S: Final = 4 * 3600
"""Beyond it nothing differs from people who wait for ever; whatever is measured may be supposed."""
_SLOT_S: Final = HALF_HOUR.total_seconds()
_WEEK: Final = 7
_HALVES: Final = 48
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is asked for and supposed. Shares are from 0 to 1; without patience it is Erlang-C.

    Patience is that of callers on the telephone; in chats everybody waits.
    """

    target: float = 0.8
    seconds: float = 20
    aht_factor: float = 1
    load_factor: float = 1
    patience_s: float | None = None
    shrinkage: float = 0
    chats_at_once: int = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind in one language: what a week brings, by weekday and half hour.

    `expected`, `low` and `high` are contacts per half hour. `enough` says whether to trust it.
    """

    contacts: int
    weeks: int
    handling_s: float | None
    expected: Mapping[tuple[int, int], float] = field(default_factory=dict)
    low: Mapping[tuple[int, int], int] = field(default_factory=dict)
    high: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """At least four weeks, forty contacts, and a measured handling time."""
        known = self.weeks >= LEAST_WEEKS and self.contacts >= LEAST_CONTACTS
        return known and self.handling_s is not None

    @property
    def rare(self) -> bool:
        """Watched long enough to say that hardly anybody comes: it needs nobody of its own."""
        return not self.contacts or (self.weeks >= LEAST_WEEKS and self.contacts < LEAST_CONTACTS)

    def traffic(self, key: tuple[int, int], given: Assumptions) -> Traffic | None:
        """What comes in this half hour, if nobody gave up; None when too little is known."""
        expected = self.expected.get(key)  # None: every such day had hours of its own
        if not self.enough or self.handling_s is None or expected is None:
            return None
        per_s = expected * given.load_factor / _SLOT_S
        return Traffic(per_s, self.handling_s * given.aht_factor)

    def summary(self) -> Json:
        """What it is based on."""
        handling = self.handling_s and round(self.handling_s)
        about = {"contacts": self.contacts, "weeks": self.weeks, "handling_s": handling}
        return {**about, "enough": self.enough}


def patience_of(past: Past) -> float | None:
    """How long callers wait before they give up, on average, in seconds; None with too few.

    The maximum likelihood of an exponential patience of which most is never seen to its end: all
    the waiting there was, by those who gave up. Within what may be supposed.
    """
    if past.gone < LEAST_MEASURED or past.waited_s <= 0:
        return None
    return min(max(past.waited_s / past.gone, LEAST_PATIENCE_S), MOST_PATIENCE_S)


def profile(
    past: Past, kind: str, language: str | None, days: Sequence[date], special: Collection[date]
) -> Profile:
    """What `days`, the days looked back on, say of a kind; language None takes all together.

    A kind is observed from the first day on which it came at all, in whatever language.
    """
    came = [one for one in past.arrived if one.kind == kind]
    begins = min((one.day for one in came), default=None)
    seen = [day for day in days if begins is not None and day >= begins and day not in special]
    mine = [one for one in came if language is None or one.language == language]
    counts = _counts(mine, set(seen))
    by_weekday: dict[int, list[date]] = defaultdict(list)
    for day in seen:
        by_weekday[day.weekday()].append(day)
    expected: dict[tuple[int, int], float] = {}
    low: dict[tuple[int, int], int] = {}
    high: dict[tuple[int, int], int] = {}
    for weekday, same in by_weekday.items():
        means = []
        for half in range(_HALVES):
            found = [counts.get((day, half), 0) for day in same]
            low[weekday, half], high[weekday, half] = min(found), max(found)
            means.append(sum(found) / len(found))
        expected |= {(weekday, half): mean for half, mean in enumerate(_smooth(means))}
    weeks = sum(begins is not None and day >= begins for day in days) // _WEEK
    handling = _handling(past.handled, kind, language)
    total = sum(counts.values())
    return Profile(total, weeks, handling, expected, low, high)


def staffing(
    profiles: Mapping[str, Profile],
    week: Sequence[Slot],
    planned: Sequence[int],
    given: Assumptions,
) -> Json:
    """One language through the week: lists with one value per half hour, in the week's order.

    None wherever too little is known, and of people already when that is so of calls or chats
    alone. `needed` is by Erlang-A with a patience, else by Erlang-C; `level` is the share of calls
    that are answered in time by who is planned and not needed for chats.
    """
    rows = [_slot(profiles, slot, there, given) for slot, there in zip(week, planned, strict=True)]
    return {
        **{name: [row[name] for row in rows] for name in rows[0]},
        "planned": list(planned),
        "based_on": {kind: profiles[kind].summary() for kind in KINDS},
    }


def _slot(
    profiles: Mapping[str, Profile], slot: Slot, planned: int, given: Assumptions
) -> dict[str, Any]:
    key = (slot.day.weekday(), slot.half)
    calls = profiles[CALL].traffic(key, given)
    chats = profiles[CHAT].traffic(key, given)
    # A kind that hardly comes needs nobody; one that comes, and of which too little is known, may.
    known = (calls or chats) and all(
        traffic or profiles[kind].rare for kind, traffic in ((CALL, calls), (CHAT, chats))
    )
    # Who writes does not hang up: patience is that of the telephone.
    leaving = calls and replace(calls, patience_s=given.patience_s)
    erlang_c = _heads(calls, chats, given) if known else None
    erlang_a = _heads(leaving, chats, given) if known and given.patience_s is not None else None
    return {
        "calls": _rounded(calls),
        "chats": _rounded(chats),
        "calls_low": profiles[CALL].low.get(key) if calls else None,
        "calls_high": profiles[CALL].high.get(key) if calls else None,
        "erlang_c": erlang_c,
        "erlang_a": erlang_a,
        "needed": erlang_c if given.patience_s is None else erlang_a,
        "level": _level(leaving, chats, planned, given) if known else None,
    }


def _heads(calls: Traffic | None, chats: Traffic | None, given: Assumptions) -> int:
    """How many people are to be planned; a kind that is None needs nobody."""
    there = _callers(calls, given) + _chatting(chats, given)
    return math.ceil(there / (1 - given.shrinkage) - 1e-9)


def _callers(calls: Traffic | None, given: Assumptions) -> int:
    return erlang.needed(calls, given.target, given.seconds) if calls else 0


def _chatting(chats: Traffic | None, given: Assumptions) -> int:
    if chats is None:
        return 0
    return math.ceil(erlang.needed(chats, given.target, given.seconds) / given.chats_at_once)


def _level(
    calls: Traffic | None, chats: Traffic | None, planned: int, given: Assumptions
) -> float | None:
    if calls is None or calls.per_s == 0:
        return None
    there = math.floor(planned * (1 - given.shrinkage) + 1e-9) - _chatting(chats, given)
    return round(erlang.answered(max(0, there), calls, given.seconds), 3)


def _rounded(traffic: Traffic | None) -> float | None:
    return round(traffic.per_s * _SLOT_S, 2) if traffic else None


def _counts(arrived: Iterable[Arrived], days: Collection[date]) -> dict[tuple[date, int], int]:
    counts: dict[tuple[date, int], int] = defaultdict(int)
    for one in arrived:
        if one.day in days:
            counts[one.day, one.half] += one.n
    return counts


def _smooth(means: Sequence[float]) -> list[float]:
    """Each with its neighbours at half weight; the ends of the day have one neighbour."""
    last = len(means) - 1
    return [
        (means[max(0, n - 1)] + 2 * mean + means[min(last, n + 1)]) / 4
        for n, mean in enumerate(means)
    ]


def _handling(handled: Iterable[Handled], kind: str, language: str | None) -> float | None:
    """The mean of the language where enough were measured, else of all; None with too few."""
    same = [one for one in handled if one.kind == kind]
    own = [one for one in same if language is None or one.language == language]
    for group in (own, same):
        n = sum(one.n for one in group)
        if n >= LEAST_MEASURED:
            return sum(one.n * one.mean_s for one in group) / n
    return None
