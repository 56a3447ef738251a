"""Who comes and who works in a rehearsal: numbers, and people drawn from them by a seed.

All of it is made up, for trying; nothing here is a measurement of any hotline.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Final, TypeVar
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.intake.model import Risk
from hotline.intake.risk import head_start_s
from hotline.kernel.ids import ContactId, StaffId
from hotline.kernel.languages import Lang
from hotline.routing.matching import FLUENT, HELPS

DAY_S: Final = 86_400
T = TypeVar("T")
_WATCH_S: Final = 28_800
_WATCHES: Final = 3


@dataclass(frozen=True, slots=True)
class Mishaps:
    """In which share of cases each thing goes otherwise than it should; 0: never."""

    passes: float = 0.05
    ignores: float = 0.04
    no_join: float = 0.02
    hands_on: float = 0.03
    danger: float = 0.03
    alarm: float = 0.02
    sealed: float = 0.01
    behind: float = 0.03
    asked_for: float = 0.03
    unknown: float = 0.04
    crashes_a_day: float = 1.0
    breaks_a_day: float = 6.0


NONE: Final = Mishaps(*[0.0] * 12)


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of a rehearsal; times are means of exponential ones, in seconds.

    `operators` at work at a time and `shares` of contacts are by language; `helps` says in which
    second language the operators of a language can help, in turns (None: in none). `at_once`:
    offers are taken and people joined without delay, and everybody is always at work.
    """

    contacts: int
    seed: str
    operators: Mapping[Lang, int]
    shares: Mapping[Lang, float]
    helps: Mapping[Lang, Sequence[Lang | None]] = field(default_factory=dict)
    topics: Sequence[str] = ()
    risk: Risk | None = None
    occupancy: float = 0.8
    chats: float = 0.35
    handling_s: float = 420.0
    wrap_up_s: float = 60.0
    patience_s: float | None = 900.0
    supervisors: int = 1
    wave: float = 0.3
    at_once: bool = False
    already: int = 0
    mishaps: Mishaps = Mishaps()

    def head_start_s(self, topic: str | None, *, danger: bool) -> int:
        """By how much a contact is put forward."""
        return head_start_s(self.risk, topic=topic, danger=danger) if self.risk else 0

    @property
    def largest_head_start(self) -> timedelta:
        """Nobody is put forward by more."""
        risk = self.risk
        return span(max((risk.danger_s, *risk.topics_s.values())) if risk else 0)

    @property
    def per_s(self) -> float:
        """Contacts a second that keep the operators as busy as they shall be."""
        each_s = self.handling_s + self.wrap_up_s
        return self.occupancy * sum(self.operators.values()) / each_s


USUAL: Final = Plan(
    contacts=10_000,
    seed="189",
    operators={"ky": 5, "ru": 5, "uz": 2, "en": 1},
    shares={"ky": 0.4, "ru": 0.4, "uz": 0.15, "en": 0.05},
    helps={"ky": ("ru", None), "ru": ("ky", None, "en"), "uz": ("ru", "ky"), "en": ("ru",)},
)
"""What is rehearsed where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes, and how it will go if nothing else happens; times in seconds.

    `at_s` from the beginning. `alarm_s`: when, waiting, they say that they are in danger.
    """

    id: ContactId
    number: int
    at_s: float
    call: bool
    language: Lang | None
    topic: str | None
    danger: bool
    sealed: bool
    behind: bool
    asks_for: float | None
    talk_s: float
    wrap_up_s: float
    patience_s: float | None
    alarm_s: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works; `from_s` is when in the day their watch begins, None: always there."""

    actor: Actor
    from_s: float | None


def an_id(random: Random) -> UUID:
    """The same ids for the same seed."""
    return UUID(int=random.getrandbits(128))


def crowd(plan: Plan) -> Iterator[Person]:
    """Everybody who comes, in their order; the same for the same seed, whoever works."""
    random = Random(f"{plan.seed}/crowd")  # noqa: S311 - a replayable run
    languages, weights = list(plan.shares), list(plan.shares.values())
    odds, at_s = plan.mishaps, 0.0
    for number in range(plan.contacts):
        if number >= plan.already:
            crest = 1 + plan.wave * math.sin(2 * math.pi * at_s / DAY_S)
            at_s += random.expovariate(plan.per_s * crest)
        danger = random.random() < odds.danger
        yield Person(
            id=ContactId(an_id(random)),
            number=number,
            # Who was there before it began came one after the other all the same.
            at_s=at_s if number >= plan.already else number * 1e-6,
            call=random.random() >= plan.chats,
            language=_unless(random, odds.unknown, random.choices(languages, weights)[0]),
            topic=_unless(random, 0.3, random.choice(plan.topics)) if plan.topics else None,
            danger=danger,
            sealed=random.random() < odds.sealed,
            behind=not danger and random.random() < odds.behind,
            asks_for=_if(random, odds.asked_for, random.random()),
            talk_s=random.expovariate(1 / plan.handling_s),
            wrap_up_s=random.expovariate(1 / plan.wrap_up_s) if plan.wrap_up_s else 0.0,
            patience_s=random.expovariate(1 / plan.patience_s) if plan.patience_s else None,
            alarm_s=_if(random, odds.alarm, random.expovariate(1 / 60)),
        )


def team(plan: Plan) -> list[Member]:
    """Everybody who works, in three watches a day unless they are always there."""
    random = Random(f"{plan.seed}/team")  # noqa: S311 - a replayable run
    made = []
    for watch in range(1 if plan.at_once else _WATCHES):
        for language, count in plan.operators.items():
            helps = plan.helps.get(language) or (None,)
            for number in range(count):
                second = helps[number % len(helps)]
                levels = {language: FLUENT} | ({second: HELPS} if second else {})
                made.append(_member(plan, random, levels, watch, Role.OPERATOR))
        for number in range(plan.supervisors):
            levels = dict.fromkeys(list(plan.operators)[number : number + 2], FLUENT)
            made.append(_member(plan, random, levels, watch, Role.SUPERVISOR))
    return made


def _member(
    plan: Plan, random: Random, levels: Mapping[Lang, int], watch: int, role: Role
) -> Member:
    known = random.sample(list(plan.topics), min(len(plan.topics), random.randint(2, 5)))
    above = role is Role.SUPERVISOR
    senior = above or random.random() < 0.25  # noqa: PLR2004 - made up
    max_chats = random.choice((2, 3))
    actor = Actor(
        staff_id=StaffId(an_id(random)),
        name=f"{role} {'+'.join(levels)}",
        roles=frozenset({Role.SENIOR if senior and not above else role}),
        languages=tuple(levels),
        helps=tuple(one for one, level in levels.items() if level == HELPS),
        skills=tuple(known),
        expert=tuple(known[:1]),
        max_chats=max_chats,
        call_beside=random.choice((0, 0, 1, max_chats)),
    )
    # Not everybody to the minute.
    from_s = None if plan.at_once else watch * _WATCH_S + random.uniform(0, 900)
    return Member(actor, from_s)


def watch_s() -> float:
    """How long a watch is."""
    return float(_WATCH_S)


def span(seconds: float) -> timedelta:
    """Seconds as a time span of whole microseconds: PostgreSQL has no finer ones."""
    return timedelta(microseconds=round(seconds * 1e6))


def _if(random: Random, odds: float, value: float) -> float | None:
    return value if random.random() < odds else None


def _unless(random: Random, odds: float, value: T) -> T | None:
    return None if random.random() < odds else value
