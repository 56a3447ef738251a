"""Makes the answer to "why did it wait?" of the rows of whystore.py; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

FREE: Final = "free"
ASKED: Final = "asked"
_ASKED_OTHER: Final = "asked_other"
LONGER_FIRST: Final = "longer_first"
SAME_MOMENT: Final = "same_moment"
# A transaction may begin a little before it is seen: no longer than this is one moment.
_MOMENT: Final = timedelta(seconds=1)
_ASKS: Final = ("language", "topic", "senior", "reserve")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened to the contact in the queue.

    `what`: came, danger, relaxed, asks, kept, kept_no_more, ahead, back, left, offered, assigned
    (`by` whom), or taken. `asks`: what it asks from then on, where that changed. Of what was
    offered or assigned: when and how that ended, None while it is pending.
    """

    at: datetime
    what: str
    staff_id: UUID | None = None
    asks: Mapping[str, Any] | None = None
    until: datetime | None = None
    state: str | None = None
    reason: str | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """From when to when something ruled an operator out; `detail` is a code or an id."""

    what: str
    detail: str | None
    at: datetime
    until: datetime

    @property
    def seconds(self) -> float:
        """How long."""
        return (self.until - self.at).total_seconds()


@dataclass(frozen=True, slots=True)
class Considered:
    """An operator on shift during the wait. Segments follow each other without a gap."""

    staff_id: UUID
    segments: list[Segment]

    @property
    def totals(self) -> dict[tuple[str, str | None], float]:
        """Seconds by what ruled them out and its detail, most first. Ids are left out."""
        sums: dict[tuple[str, str | None], float] = {}
        for one in self.segments:
            key = (one.what, one.detail if one.what in {"break", "language", "topic"} else None)
            sums[key] = sums.get(key, 0.0) + one.seconds
        return dict(sorted(sums.items(), key=lambda item: -item[1]))

    @property
    def main(self) -> str:
        """What ruled them out for longest; *asked* only where nothing else is to be said."""
        sums: dict[str, float] = {}
        for one in self.segments:
            sums[one.what] = sums.get(one.what, 0.0) + one.seconds
        asked = sums.pop(ASKED, None)
        if asked is not None and all(
            seconds < _MOMENT.total_seconds() for seconds in sums.values()
        ):
            return ASKED
        return max(sums, key=lambda what: sums[what])


@dataclass(frozen=True, slots=True)
class Why:
    """Why a contact waited. `began` is later than the first line where the wait was too long.

    `waited_s` is the time explained; `waits`: it still does. `known`: operators on shift in that
    time, of whom `considered` may be the first only.
    """

    began: datetime
    until: datetime
    waited_s: float
    waits: bool
    cut: bool
    known: int
    lines: list[Line] = field(default_factory=list)
    considered: list[Considered] = field(default_factory=list)


def answer(rows: Iterable[Mapping[str, Any]]) -> Why | None:
    """The answer; None for who was never in the queue."""
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        parts.setdefault(row["part"], []).append(row)
    if "span" not in parts:
        return None
    (span,) = parts["span"]
    moments = parts["moment"]
    more = span["more"]
    came = next(row["at"] for row in moments if row["more"]["waits"])
    lines = [*_lines(moments), *(_offered(row, came) for row in parts.get("offer", []))]
    return Why(
        began=span["at"],
        until=span["until"],
        waited_s=float(more["waited_s"]),
        waits=moments[-1]["more"]["waits"],
        cut=more["cut"],
        known=more["known"] or 0,
        lines=sorted(lines, key=lambda line: line.at),
        considered=_considered(parts.get("segment", [])),
    )


def _lines(moments: Iterable[Mapping[str, Any]]) -> Iterable[Line]:
    before: Mapping[str, Any] | None = None
    for row in moments:
        now = row["more"] | {"wanted": row["staff_id"]}
        if not now["waits"]:
            yield Line(row["at"], "left")
        elif before is None or not before["waits"]:
            yield Line(row["at"], "came", asks=_asks(now))
        else:
            yield from _changes(row["at"], before, now)
        if now["wanted"] and now["waits"] and (before is None or before["wanted"] != now["wanted"]):
            yield Line(row["at"], "kept", staff_id=now["wanted"])
        before = now


def _changes(at: datetime, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[Line]:
    asks = _asks(now)
    if now["danger"] and not before["danger"]:
        yield Line(at, "danger", asks=asks)
        return
    if asks != _asks(before):
        yield Line(at, "relaxed" if _less(now, before) else "asks", asks=asks)
    if before["wanted"] and not now["wanted"]:
        yield Line(at, "kept_no_more")
    if now["effective"] != before["effective"]:
        yield Line(at, "ahead" if now["effective"] < before["effective"] else "back")


def _asks(moment: Mapping[str, Any]) -> dict[str, Any]:
    return {name: moment[name] for name in _ASKS}


def _less(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether no more is asked than before; a token sorts by its level."""
    return (
        all((now[name] or "") <= (before[name] or "") for name in ("language", "topic"))
        and now["senior"] <= before["senior"]
        and now["reserve"] >= before["reserve"]
    )


def _offered(row: Mapping[str, Any], came: datetime) -> Line:
    at, by = max(row["at"], came), row["more"]["by"]
    # Who takes has it at once; a supervisor may also assign to themselves, and answer or not.
    if by == str(row["staff_id"]) and row["what"] == "accepted" and row["until"] == row["at"]:
        return Line(at, "taken", staff_id=row["staff_id"])
    return Line(
        at,
        "assigned" if by else "offered",
        staff_id=row["staff_id"],
        until=row["until"],
        state=row["what"],
        reason=row["detail"],
        by=UUID(by) if by else None,
    )


def _considered(rows: Iterable[Mapping[str, Any]]) -> list[Considered]:
    found: dict[UUID, list[Segment]] = {}
    for row in rows:
        one = Segment(row["what"], row["detail"], row["at"], row["until"])
        found.setdefault(row["staff_id"], []).append(one)
    return [Considered(staff_id, _named(segments)) for staff_id, segments in found.items()]


def _named(segments: list[Segment]) -> list[Segment]:
    """Say of time in which somebody was free and could have been asked what it was."""
    named = []
    for number, one in enumerate(segments):
        after = segments[number + 1] if number + 1 < len(segments) else None
        if one.what == FREE and after and after.what == _ASKED_OTHER and after.at == one.until:
            named.append(replace(one, what=LONGER_FIRST, detail=after.detail))
        elif one.what == FREE and one.until - one.at <= _MOMENT:
            named.append(replace(one, what=SAME_MOMENT))
        else:
            named.append(one)
    return named
