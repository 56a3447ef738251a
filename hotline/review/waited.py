"""The answer to "why did it wait?" as the desk shows it; pure."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from hotline.routing.why import Considered, Line, Segment, Why

# Of a long day the times of the first are enough; the totals are of all.
SEGMENTS: Final = 100
Json = dict[str, Any]
Names = Mapping[UUID, str]


def people_of(why: Why) -> set[UUID]:
    """Whose names it shows."""
    of_lines = {one for line in why.lines for one in (line.staff_id, line.by) if one}
    return {one.staff_id for one in why.considered} | of_lines


def why_json(why: Why, names: Names) -> Json:
    """`Why` of docs/api.md; lengths in whole seconds, names of staff, no words of the caller."""
    return {
        "from": why.began,
        "until": why.until,
        "waited_s": round(why.waited_s),
        "waits": why.waits,
        "cut": why.cut,
        "on_shift": why.known,
        "lines": [_line(one, names) for one in why.lines],
        "operators": sorted(
            (_considered(one, names) for one in why.considered), key=lambda one: str(one["name"])
        ),
    }


def _line(one: Line, names: Names) -> Json:
    return {
        "at": one.at,
        "what": one.what,
        "name": names.get(one.staff_id) if one.staff_id else None,
        "asks": one.asks,
        "until": one.until,
        "state": one.state,
        "reason": one.reason,
        "by": names.get(one.by) if one.by else None,
    }


def _considered(one: Considered, names: Names) -> Json:
    return {
        "id": one.staff_id,
        "name": names.get(one.staff_id),
        "main": one.main,
        "totals": [
            {"what": what, "detail": detail, "seconds": round(seconds)}
            for (what, detail), seconds in one.totals.items()
        ],
        "segments": [_segment(segment) for segment in one.segments[:SEGMENTS]],
    }


def _segment(one: Segment) -> Json:
    return {"what": one.what, "detail": one.detail, "from": one.at, "until": one.until}
