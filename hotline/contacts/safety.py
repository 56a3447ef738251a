"""When and how a caller may be reached without danger: the safe-contact record, and what it allows.

Windows are hours of the caller's own clock; a window that ends before it begins goes over midnight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline.contacts.model import CHANNELS, Channel
from hotline.kernel.clock import face

HOME_ZONE: Final = "Asia/Bishkek"
# After so long nobody knows whether the hours are still right: they hold, and are asked anew.
STALE_AFTER: Final = timedelta(days=30)
_LOOK_AHEAD_DAYS: Final = 9


@dataclass(frozen=True, slots=True)
class Window:
    """Hours on days of the week (0: Monday), as minutes after midnight."""

    days: frozenset[int]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Safety:
    """What a caller told us. No windows: at any time. A voice message is never left at all.

    `never`: they are not to be contacted, whatever else it says. `may_name`: we may say who we
    are. `we_say` and `they_say` are the phrases by which the two know each other; `alarm` is what
    they write in a chat when they are not alone.
    """

    zone: str = HOME_ZONE
    windows: tuple[Window, ...] = ()
    never: bool = False
    may_name: bool = False
    channels: frozenset[Channel] = frozenset(CHANNELS)
    others: str = ""
    we_say: str = ""
    they_say: str = ""
    if_other: str = ""
    alarm: str = ""


def allows(safety: Safety, channel: Channel) -> bool:
    """Whether they may be reached that way at all."""
    return not safety.never and channel in safety.channels


def safe_at(safety: Safety, at: datetime) -> bool:
    """Whether their clock shows a safe hour."""
    local = at.astimezone(ZoneInfo(safety.zone))
    minute = local.hour * 60 + local.minute
    day = local.weekday()
    return not safety.windows or any(_holds(window, day, minute) for window in safety.windows)


def next_safe(safety: Safety, at: datetime) -> datetime | None:
    """The first safe moment from `at` on; None when no hour ever is."""
    if safe_at(safety, at):
        return at
    starts = (begin for begin, _ in _spans(safety, at) if begin > at and safe_at(safety, begin))
    return min(starts, default=None)


def safe_until(safety: Safety, at: datetime) -> datetime | None:
    """When the safe hours end that hold at `at`; None when they do not end, or do not hold."""
    if not safety.windows or not safe_at(safety, at):
        return None
    end, last = at, at + timedelta(days=_LOOK_AHEAD_DAYS - 2)
    while end < last:
        ends = [e for b, e in _spans(safety, end) if b <= end < e]
        if not ends:
            return end
        end = max(ends)
    return None


def to_json(safety: Safety) -> dict[str, Any]:
    """As it is kept, sealed, and shown."""
    return {
        "zone": safety.zone,
        "windows": [
            {"days": sorted(w.days), "from": face(w.begin), "to": face(w.end)}
            for w in safety.windows
        ],
        "never": safety.never,
        "may_name": safety.may_name,
        "channels": sorted(safety.channels),
        "others": safety.others,
        "we_say": safety.we_say,
        "they_say": safety.they_say,
        "if_other": safety.if_other,
        "alarm": safety.alarm,
    }


def from_json(value: dict[str, Any]) -> Safety:
    """Read back what `to_json` wrote."""
    windows = tuple(
        Window(frozenset(w["days"]), _minutes(w["from"]), _minutes(w["to"]))
        for w in value["windows"]
    )
    channels = frozenset(Channel(name) for name in value["channels"])
    return Safety(**{**value, "windows": windows, "channels": channels})


def _holds(window: Window, day: int, minute: int) -> bool:
    if window.begin < window.end:
        return day in window.days and window.begin <= minute < window.end
    yesterday = (day - 1) % 7
    return (day in window.days and minute >= window.begin) or (
        yesterday in window.days and minute < window.end
    )


def _spans(safety: Safety, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end of every window of the days around `at`, by the clocks of those days."""
    zone = ZoneInfo(safety.zone)
    today = at.astimezone(zone).date()
    for ahead in range(-1, _LOOK_AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        for window in safety.windows:
            if day.weekday() in window.days:
                over = window.end <= window.begin
                ends = day + timedelta(days=1) if over else day
                yield _moment(day, window.begin, zone), _moment(ends, window.end, zone)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
