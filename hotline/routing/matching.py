"""The rules of eligibility and order, pure: the functions of deciding.py are their SQL twin.

A test holds the two together on random queues (tests/service/routing/test_twin.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.routing.model import OperatorState, Presence

HELPS, FLUENT = 1, 2
"""A language well enough to help in it, or as one's own."""
KNOWS, EXPERT = 1, 2
"""A topic well enough to be asked about it, or best of all; more is preferred."""
MOST: Final = 2


def token(code: str, level: int) -> str:
    """What a contact asks for, and an operator satisfies: `ky:2`."""
    return f"{code}:{level}"


def tokens(levels: Mapping[str, int]) -> list[str]:
    """Every token that these levels satisfy, in a fixed order."""
    return sorted(token(c, n) for c, most in levels.items() for n in range(1, most + 1))


@dataclass(frozen=True, slots=True)
class Asks:
    """What a contact asks of an operator now; None asks for nothing.

    `senior`: a sealed case, which only seniors may take, however long it waits. `reserve`:
    supervisors on shift may be asked as well; for a sealed case at once.
    """

    language: str | None
    topic: str | None
    senior: bool = False
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table: at most what is asked from so much waiting on. A level of 0: nothing."""

    after: timedelta
    language: int
    topic: int
    reserve: bool


@dataclass(frozen=True, slots=True)
class Relaxing:
    """What is asked as time goes by: rows by time, each with all that those before it dropped.

    A code that is in `languages` or `topics` no longer asks for nothing: nobody could answer it.
    `levels`: the topics that ask at first for more than somebody who knows them.
    """

    steps: Sequence[Step]
    languages: frozenset[str]
    topics: frozenset[str]
    levels: Mapping[str, int] = field(default_factory=dict)

    @property
    def experts(self) -> frozenset[str]:
        """The topics that wait for an expert at first."""
        return frozenset(topic for topic, level in self.levels.items() if level > KNOWS)

    def asks(
        self,
        language: str | None,
        topic: str | None,
        *,
        danger: bool,
        senior: bool,
        waited: timedelta = timedelta(0),
    ) -> Asks:
        """What is asked after so much waiting; danger asks for nothing, and at once.

        Help in a second language is better than none. An unknown language or topic asks for
        nothing: a caller who fell through the menu is served by whoever is free.
        """
        if danger:
            return Asks(None, None, senior, reserve=True)
        now = Step(timedelta(0), FLUENT, EXPERT, reserve=False)
        for step in self.steps:
            now = step if step.after <= waited else now
        level = min(now.topic, self.levels.get(topic or "", KNOWS))
        return Asks(
            token(language, now.language) if now.language and language in self.languages else None,
            token(topic, level) if level and topic in self.topics else None,
            senior,
            now.reserve or senior,
        )

    def next_at(
        self, since: datetime, *, danger: bool, waited: timedelta = timedelta(0)
    ) -> datetime | None:
        """When the next row applies; None when none does."""
        later = [step.after for step in self.steps if step.after > waited]
        return since + min(later) if later and not danger else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a waiting contact asks of an operator, and where it stands.

    `wanted`: the one to whom it was handed on; until `wanted_until` nobody else is asked.
    """

    kind: str
    danger: bool
    language: str | None
    topic: str | None
    asks: Asks
    effective_at: datetime
    wanted: UUID | None = None
    wanted_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Able:
    """An operator with the tokens that they satisfy. `hard`: contacts in danger taken today."""

    state: OperatorState
    languages: frozenset[str]
    skills: frozenset[str]
    senior: bool = False
    reserve: bool = False
    hard: int = 0


def effective_at(since: datetime, *, priority_s: int) -> datetime:
    """A priority is a head start in seconds: waiting ages by itself and nothing starves."""
    return since - timedelta(seconds=priority_s)


def has_room(operator: OperatorState, kind: str) -> bool:
    """A call beside at most `call_beside` chats, or up to `max_chats` chats and no call.

    Contacts being written up still count.
    """
    if operator.calls:
        return False
    if kind == "call":
        return operator.chats <= operator.call_beside
    return operator.chats < operator.max_chats


def kept_for_call(
    chat: Wanted, operator: Able, earlier_calls: Iterable[Wanted], now: datetime
) -> bool:
    """Whether a chat must not go to somebody with too many for a call, because one waits longer.

    Without this a stream of chats would keep the hands of everybody full, and no call would ever
    find any that are empty enough.
    """
    empty = replace(operator, state=replace(operator.state, chats=0))
    return not has_room(operator.state, "call") and any(
        call.effective_at < chat.effective_at and fits(call, empty, now) for call in earlier_calls
    )


def fits(wanted: Wanted, operator: Able, now: datetime) -> bool:
    """Whether the operator may be offered the contact.

    Whom an operator chose is asked whatever they speak or know; a sealed case stays with seniors.
    """
    asks = wanted.asks
    kept = wanted.wanted is not None and (wanted.wanted_until is None or now < wanted.wanted_until)
    chosen = kept and wanted.wanted == operator.state.staff_id
    if kept and not chosen:
        return False
    return (
        operator.state.presence is Presence.AVAILABLE
        and operator.state.pending_break is None
        and has_room(operator.state, wanted.kind)
        and (operator.senior or not asks.senior)
        and (
            chosen
            or (
                asks.language in {None, *operator.languages}
                and asks.topic in {None, *operator.skills}
                and (asks.reserve or not operator.reserve)
            )
        )
    )


def order(wanted: Wanted, operator: Able, offers: int) -> tuple[object, ...]:
    """Who is asked first among those who fit: the smallest.

    Own language, own topic, fewest earlier offers of this contact, fewest chats, longest idle;
    where there is danger, fewest such contacts today before longest idle.
    """
    return (
        -_rank(wanted.language, operator.languages),
        -_rank(wanted.topic, operator.skills),
        offers,
        operator.state.chats,
        operator.hard if wanted.danger else 0,
        operator.state.idle_since,
        operator.state.staff_id,
    )


def _rank(code: str | None, able: frozenset[str]) -> int:
    if code is None:
        return MOST
    return sum(token(code, level) in able for level in range(1, MOST + 1))
