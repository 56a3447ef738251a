"""The rules of eligibility and order, pure: the match statement is their SQL twin.

A unit test holds the two together on random queues (tests/service/routing).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from hotline.routing.model import OperatorState, Presence


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a waiting contact asks of an operator.

    `wanted`: the one to whom it was handed on; until `wanted_until` nobody else is asked.
    """

    kind: str
    danger: bool
    language: str | None
    topic: str | None
    since: datetime
    effective_at: datetime
    wanted: UUID | None = None
    wanted_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relaxing:
    """The waiting times after which the topic, then the language, is no longer required."""

    topic: timedelta
    language: timedelta


@dataclass(frozen=True, slots=True)
class Able:
    """An operator with what they can do."""

    state: OperatorState
    languages: frozenset[str]
    skills: frozenset[str]


def effective_at(since: datetime, *, priority_s: int) -> datetime:
    """A priority is a head start in seconds: waiting ages by itself and nothing starves."""
    return since - timedelta(seconds=priority_s)


def has_room(operator: OperatorState, kind: str) -> bool:
    """One call, or up to `max_chats` chats; contacts being written up still count."""
    if operator.calls:
        return False
    return operator.chats == 0 if kind == "call" else operator.chats < operator.max_chats


def kept_for_call(
    chat: Wanted, operator: Able, earlier_calls: Iterable[Wanted], relaxing: Relaxing, now: datetime
) -> bool:
    """Whether a chat must not go to somebody with chats in hand, because a call waits longer.

    Without this a stream of chats would keep the hands of everybody full, and no call would ever
    find empty ones.
    """
    empty = replace(operator, state=replace(operator.state, chats=0))
    return bool(operator.state.chats) and any(
        call.effective_at < chat.effective_at and fits(call, empty, relaxing, now)
        for call in earlier_calls
    )


def fits(wanted: Wanted, operator: Able, relaxing: Relaxing, now: datetime) -> bool:
    """Whether the operator may be offered the contact.

    An unknown language or topic asks for nothing: a caller who fell through the menu is served by
    whoever is free. What is asked for is dropped with waiting time, and at once where there is
    danger: help in a second language is better than none; and for whom an operator chose.
    """
    waited = now - wanted.since
    kept = wanted.wanted is not None and (wanted.wanted_until is None or now < wanted.wanted_until)
    chosen = kept and wanted.wanted == operator.state.staff_id
    if kept and not chosen:
        return False
    return (
        operator.state.presence is Presence.AVAILABLE
        and operator.state.pending_break is None
        and has_room(operator.state, wanted.kind)
        and (
            wanted.danger
            or chosen
            or wanted.language in {None, *operator.languages}
            or waited >= relaxing.language
        )
        and (
            wanted.danger
            or chosen
            or wanted.topic in {None, *operator.skills}
            or waited >= relaxing.topic
        )
    )
