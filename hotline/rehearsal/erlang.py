"""The queue against theory: Erlang-C for one skill, and separate queues for three languages.

Contacts come at random, talks are exponential, offers are taken at once and nothing is written up:
then first come, first served is an M/M/c queue and its mean wait is known (roster/erlang.py). A
mean of so many waits still errs by chance, above all at a high load. So the same contacts also go
through the ideal queue (J. Kiefer, J. Wolfowitz, *On the Theory of Queues with Many Servers*,
Transactions of the AMS 78, 1955), whose expectation is known exactly, and what that run erred by
is taken off: measured - (ideal - expected). This is the textbook's control variate.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from statistics import fmean, stdev
from typing import Final

from hotline.kernel.languages import Lang
from hotline.rehearsal.plan import NONE, Person, Plan, crowd
from hotline.rehearsal.run import Rehearsal
from hotline.rehearsal.virtual import VirtualDatabase
from hotline.roster import erlang
from hotline.routing.matching import Relaxing
from hotline.routing.service import Rules

LOADS: Final = (0.70, 0.85, 0.95)
OPERATORS: Final = 10
HANDLING_S: Final = 360.0
LANGUAGES: Final[Mapping[Lang, int]] = {"ky": 4, "ru": 4, "uz": 2}
"""Operators by their own language; contacts come in the same proportion."""
HELPS: Final[Mapping[Lang, Sequence[Lang | None]]] = {
    "ky": ("ru", None),
    "ru": ("ky", None),
    "uz": ("ru", "ky"),
}
"""Half of the Kyrgyz and Russian operators can help in the other's language, the Uzbek ones too."""
_BATCHES: Final = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """One load: mean waits in seconds. `error_s` is the standard error of `measured_s` alone."""

    load: float
    contacts: int
    expected_s: float
    ideal_s: float
    measured_s: float
    error_s: float

    @property
    def controlled_s(self) -> float:
        """What was measured, without what chance did to the ideal queue as well."""
        return self.measured_s - (self.ideal_s - self.expected_s)

    @property
    def ratio(self) -> float:
        """To Erlang-C; 1 where they agree."""
        return self.controlled_s / self.expected_s


@dataclass(frozen=True, slots=True)
class Shared:
    """One load, three languages: mean waits in seconds, in one queue and in three.

    `expected_s` is Erlang-C of the three.
    """

    load: float
    contacts: int
    shared_s: float
    separate_s: float
    expected_s: float

    @property
    def ratio(self) -> float:
        """How long one waits in the shared queue, to the separate ones."""
        return self.shared_s / self.separate_s


def mean_wait_s(operators: int, load: float, handling_s: float) -> float:
    """Erlang-C: the mean wait of all, also of those who need not; `load` in erlangs."""
    return erlang.erlang_c(operators, load) * handling_s / (operators - load)


def ideal(persons: Sequence[Person], operators: int) -> list[float]:
    """First come, first served, by so many: each one's wait in seconds."""
    free = [0.0] * operators
    waits = []
    for person in persons:
        begins = max(person.at_s, heapq.heappop(free))
        heapq.heappush(free, begins + person.talk_s)
        waits.append(begins - person.at_s)
    return waits


def already_there(operators: int, busy: float, seed: str) -> int:
    """How many are in a queue that has run for ever, drawn by its chances.

    Talks being exponential, what is left of one is as long as a whole one: so many who come at the
    beginning stand for that state, and no time of warming up is needed.
    """
    draw = Random(f"{seed}/already").random()  # noqa: S311 - a replayable run
    load = operators * busy
    weights = [math.exp(n * math.log(load) - math.lgamma(n + 1)) for n in range(operators)]
    last = weights[-1] * load / operators
    draw *= sum(weights) + last / (1 - busy)
    number = 0
    for number, weight in enumerate(weights):
        if draw < weight:
            return number
        draw -= weight
    number = operators
    while draw >= last > 0:
        draw, last, number = draw - last, last * busy, number + 1
    return number


async def against_erlang(
    db: VirtualDatabase, contacts: int, seed: str, load: float, rules: Rules
) -> Compared:
    """One skill at one load: the real queue, the ideal one, and the formula."""
    plan = _plain(contacts, f"{seed}/{load}", load, {"ru": OPERATORS}, {})
    waits = await _measured(
        db, plan, replace(rules, relaxing=Relaxing((), frozenset({"ru"}), frozenset()))
    )
    persons = list(crowd(plan))
    later = slice(plan.already, None)
    return Compared(
        load,
        contacts,
        mean_wait_s(OPERATORS, OPERATORS * load, HANDLING_S),
        fmean(ideal(persons, OPERATORS)[later]),
        fmean(waits[later]),
        _standard_error(waits[later]),
    )


async def against_separate(
    db: VirtualDatabase, contacts: int, seed: str, load: float, rules: Rules
) -> Shared:
    """Three languages at one load: one queue that relaxes, and a queue for each language.

    The same people come to both and the same people answer. The separate queues are ideal ones.
    """
    plan = _plain(contacts, f"{seed}/three/{load}", load, LANGUAGES, HELPS)
    waits = await _measured(db, plan, rules)
    persons = list(crowd(plan))
    separate: list[float] = []
    expected = 0.0
    for language, operators in LANGUAGES.items():
        separate += ideal([one for one in persons if one.language == language], operators)
        share = operators / sum(LANGUAGES.values())
        expected += share * mean_wait_s(operators, operators * load, HANDLING_S)
    return Shared(load, contacts, fmean(waits), fmean(separate), expected)


def _plain(
    contacts: int,
    seed: str,
    load: float,
    operators: Mapping[Lang, int],
    helps: Mapping[Lang, Sequence[Lang | None]],
) -> Plan:
    heads = sum(operators.values())
    already = already_there(heads, load, seed) if len(operators) == 1 else 0
    return Plan(
        contacts=contacts + already,
        seed=seed,
        operators=operators,
        shares={language: count / heads for language, count in operators.items()},
        helps=helps,
        occupancy=load,
        chats=0.0,
        handling_s=HANDLING_S,
        wrap_up_s=0.0,
        patience_s=None,
        supervisors=0,
        wave=0.0,
        at_once=True,
        already=already,
        mishaps=NONE,
    )


async def _measured(db: VirtualDatabase, plan: Plan, rules: Rules) -> list[float]:
    """Each one's wait in the real queue, in the order in which they came."""
    rehearsal = Rehearsal(db, plan, rules, keep_each=True)
    figures = await rehearsal.run()
    if figures.violations:
        raise ValueError(figures.violations[0])
    return [figures.waited[person.id] for person in crowd(plan)]


def _standard_error(waits: Sequence[float]) -> float:
    """Of a mean of waits that hang together: from means of long stretches."""
    size = max(1, len(waits) // _BATCHES)
    means = [fmean(waits[at : at + size]) for at in range(0, size * _BATCHES, size) if waits[at:]]
    return stdev(means) / math.sqrt(len(means)) if len(means) > 1 else math.inf
