"""Holds the log of the hotline against what people did and got; pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]
Source = tuple[str, str]
"""Channel, and the end of an address, which the log does not mask."""

_TAIL: Final = 2
_OVER: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_ON_ITS_WAY: Final = frozenset({"sent", "delivered", "read"})
_MAYBE_THERE: Final = _ON_ITS_WAY | {"unknown"}
_IN_HAND: Final = frozenset({"queued", "sending"})


def source(channel: str, address: str) -> Source:
    """Whom a contact of the log and a person outside have in common."""
    return channel, address[-_TAIL:]


@dataclass(frozen=True, slots=True)
class Dialled:
    """One call to the hotline, as the carrier knows it.

    `taken`: the hotline answered its first webhook. `talked`: an operator was on the line.
    `repeated`: an answer came only after a repeat. `fell_back`: none came, and the carrier read
    its own document.
    """

    source: Source
    taken: bool = True
    talked: bool = False
    patient: bool = True
    repeated: bool = False
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text that reached somebody; `report` is where its delivery is reported (SMS only)."""

    source: Source
    words: str
    report: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What people did and got. `legs_open`: telephone legs of any kind that have not ended."""

    calls: tuple[Dialled, ...] = ()
    wrote: tuple[Text, ...] = ()
    got: tuple[Text, ...] = ()
    legs_open: int = 0


@dataclass(frozen=True, slots=True)
class Desks:
    """What operators did: messages as (contact, words), contacts escalated, what was refused."""

    said: tuple[tuple[str, str], ...] = ()
    escalated: frozenset[str] = frozenset()
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Inside:
    """The log, the page of each of its contacts, and what work gave up: its kind and why."""

    rows: tuple[Json, ...] = ()
    pages: dict[str, Json] = field(default_factory=dict)
    dead: tuple[tuple[str, str], ...] = ()

    @property
    def calm(self) -> bool:
        """Whether nothing is under way any more, so that it can be judged."""
        return (
            all(row["state"] == "closed" for row in self.rows)
            and not any(message["state"] in _IN_HAND for _, message in _messages(self))
            and all(leg["state"] in _OVER for leg in _legs(self))
        )


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a run ended. `problems` says everything that should not be."""

    outside: Outside
    desks: Desks
    inside: Inside
    kills: int = 0

    @property
    def problems(self) -> list[str]:
        """Nothing here: nothing lost, nothing doubled, nothing left over."""
        return [
            *_left_over(self.inside, self.outside),
            *_calls(self.inside, self.outside),
            *_inbound(self.inside, self.outside),
            *_outbound(self.inside, self.outside, self.desks),
            *_twice(self.outside),
            *_records(self.inside, self.desks),
            *([] if self.kills else self._unanswered()),
        ]

    @property
    def written(self) -> list[str]:
        """The problems of what was written alone: each text once, in and out."""
        inbound = _inbound(self.inside, self.outside)
        return [*inbound, *_outbound(self.inside, self.outside, self.desks)]

    @property
    def talked(self) -> int:
        """Calls in which somebody was talked with."""
        return sum(call.talked for call in self.outside.calls)

    @property
    def chatted(self) -> int:
        """Chats and SMS conversations in which an operator's words arrived."""
        arrived = {text.words for text in self.outside.got}
        return len({contact for contact, words in self.desks.said if words in arrived})

    @property
    def unknown(self) -> int:
        """Messages left to a person, because nobody can say whether they arrived."""
        return sum(m["state"] == "unknown" for _, m in _messages(self.inside))

    def _unanswered(self) -> Iterator[str]:
        """With nothing in the way, somebody who waits is answered."""
        patient = sum(call.patient for call in self.outside.calls)
        if patient and not self.talked:
            yield f"none of {patient} patient calls was answered"
        if self.outside.wrote and not self.chatted:
            yield "no chat was answered"


def _left_over(inside: Inside, outside: Outside) -> Iterator[str]:
    if not inside.rows:
        yield "the log is empty"
    for row in inside.rows:
        if row["state"] != "closed":
            yield f"not over: {row['channel']} {row['state']}"
    for leg in _legs(inside):
        if leg["state"] not in _OVER:
            yield f"a leg of a call is still {leg['state']} in the log"
    if outside.legs_open:
        yield f"{outside.legs_open} telephone legs are not over"
    if inside.dead:
        named = Counter(inside.dead).most_common()
        which = ", ".join(f"{n} {kind} ({why})" for (kind, why), n in named)
        yield f"{len(inside.dead)} jobs gave up: {which}"


def _calls(inside: Inside, outside: Outside) -> Iterator[str]:
    """One contact for each call that was taken.

    A call whose first webhook was never answered may still have one: its answer was lost, not it.
    """
    logged = Counter(_source(row) for row in inside.rows if row["channel"] == "voice")
    dialled = Counter(call.source for call in outside.calls)
    taken = Counter(call.source for call in outside.calls if call.taken)
    for who in sorted(logged | dialled):
        if not taken[who] <= logged[who] <= dialled[who]:
            yield f"{taken[who]} calls taken of ··{who[1]}, {logged[who]} in the log"


def _inbound(inside: Inside, outside: Outside) -> Iterator[str]:
    heard = Counter((who, m["text"]) for who, m in _messages(inside) if m["from"] == "caller")
    for text in outside.wrote:
        times = heard[text.source, text.words]
        if times != 1:
            yield f"caller's message recorded {times} times: {text.words}"


def _outbound(inside: Inside, outside: Outside, desks: Desks) -> Iterator[str]:
    """What was sent arrived once, what is unknown at most once, and nothing failed."""
    written = [(who, m) for who, m in _messages(inside) if m["from"] != "caller"]
    recorded = Counter((m["contact_id"], m["text"]) for _, m in written)
    for said in desks.said:
        if recorded[said] != 1:
            yield f"operator's message recorded {recorded[said]} times: {said[1]}"
    for _, message in written:
        if message["state"] not in _MAYBE_THERE:
            yield f"message {message['state']}: {message['text']}"
    # The bot's SMS go in pieces; whether one came twice `_twice` says.
    whole = [(who, m) for who, m in written if (who[0], m["from"]) != ("sms", "bot")]
    most = Counter((who, m["text"]) for who, m in whole if m["state"] in _MAYBE_THERE)
    least = Counter((who, m["text"]) for who, m in whole if m["state"] in _ON_ITS_WAY)
    got = Counter((text.source, text.words) for text in outside.got)
    for at, times in most.items():
        if not least[at] <= got[at] <= times:
            yield f"message sent {times} times arrived {got[at]} times: {at[1]}"


def _twice(outside: Outside) -> Iterator[str]:
    """Each SMS is reported at an address of its own, or (duty) names its case in its words."""
    sent = Counter(text for text in outside.got if text.source[0] == "sms")
    for text, times in sent.items():
        if times > 1:
            yield f"SMS arrived {times} times: {text.words}"


def _records(inside: Inside, desks: Desks) -> Iterator[str]:
    for row in inside.rows:
        answered = row["outcome"] == "answered"
        record = inside.pages[row["id"]]["record"]
        if answered and (record is None or record["state"] != "finished"):
            yield f"no finished record of an answered contact: {row['channel']}"
        if answered and row["danger"] and row["case"] is None:
            yield f"danger without a case: {row['channel']}"
    with_case = {row["id"] for row in inside.rows if row["case"] is not None}
    for contact in sorted(desks.escalated - with_case):
        yield f"escalated, but there is no case: {contact}"


def _legs(inside: Inside) -> Iterator[Json]:
    for row in inside.rows:
        yield from inside.pages[row["id"]]["legs"]


def _messages(inside: Inside) -> Iterator[tuple[Source, Json]]:
    for row in inside.rows:
        for message in inside.pages[row["id"]]["messages"] or ():
            yield _source(row), message


def _source(row: Json) -> Source:
    return source(row["channel"], row["masked"])
