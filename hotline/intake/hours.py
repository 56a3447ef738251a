"""When somebody answers: weekly hours and holidays in the line's own time zone."""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from hotline.kernel.clock import face
from hotline.kernel.errors import Problems

_DAY_MINUTES: Final = 24 * 60
_LOOK_AHEAD_DAYS: Final = 60
WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
Span = tuple[int, int]
"""Opening and closing as minutes after midnight; the end is not included, 1440 is midnight."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans for Monday to Sunday, and for single dates that replace their weekday."""

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    days: Mapping[date, tuple[Span, ...]]


class HoursProblems(Problems):
    """The hours file does not fit; `problems` names every place."""


def always(zone: str = "Asia/Bishkek") -> Hours:
    """Round the clock."""
    return Hours(ZoneInfo(zone), tuple(((0, _DAY_MINUTES),) for _ in range(7)), {})


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the line is answered at this moment (`at` must be aware)."""
    local = at.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    return any(begin <= minute < end for begin, end in _spans(hours, local.date()))


def next_open(hours: Hours, at: datetime) -> datetime | None:
    """The next moment of opening in local time; `at` itself while open, None if not in 60 days."""
    local = at.astimezone(hours.zone)
    if is_open(hours, at):
        return local
    for ahead in range(_LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        for begin, _ in sorted(_spans(hours, day)):
            opens = datetime(day.year, day.month, day.day, tzinfo=hours.zone)
            opens += timedelta(minutes=begin)
            if opens > local:
                return opens
    return None


def load(path: Path) -> Hours:
    """Read the file; raises HoursProblems with every problem in it."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except OSError:
        raise HoursProblems([f"{path.name}: cannot be read"]) from None
    except tomllib.TOMLDecodeError as error:
        raise HoursProblems([f"{path.name}: {error}"]) from None


def parse(document: object, where: str = "hours") -> Hours:
    """Hours from the values of the file, wherever they are kept; raises HoursProblems."""
    try:
        read = _File.model_validate(document)
    except ValidationError as error:
        raise HoursProblems(_named(where, error)) from None
    return Hours(
        ZoneInfo(read.timezone),
        tuple(_parsed(getattr(read.week, day)) for day in WEEKDAYS),
        {day: _parsed(spans) for day, spans in read.days.items()},
    )


def shown(hours: Hours, at: datetime) -> str:
    """The hours of a day in few signs: `08:00-20:00`, breaks left out; `24/7`; `-`: closed."""
    if round_the_clock(hours) and not hours.days:
        return "24/7"
    spans = _spans(hours, at.astimezone(hours.zone).date())
    return f"{face(spans[0][0])}-{face(spans[-1][1])}" if spans else "-"


def round_the_clock(hours: Hours) -> bool:
    """Whether no day of the week has an end."""
    return all(spans == ((0, _DAY_MINUTES),) for spans in hours.week)


def in_words(hours: Hours, names: Sequence[str]) -> list[tuple[str, str]]:
    """The week; days (`names` from Monday on) that are alike stand together, with their hours.

    `("Mon–Fri", "08:00-12:00, 13:00-20:00")`; "" for days when nobody answers.
    """
    said = []
    for spans, alike in itertools.groupby(range(7), key=lambda day: hours.week[day]):
        days = [names[day] for day in alike]
        name = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        said.append((name, ", ".join(_texts(spans))))
    return said


def document(hours: Hours) -> dict[str, Any]:
    """The values of the file that say the same; `parse` reads them back."""
    return {
        "timezone": hours.zone.key,
        "week": {day: _texts(spans) for day, spans in zip(WEEKDAYS, hours.week, strict=True)},
        "days": {day.isoformat(): _texts(hours.days[day]) for day in sorted(hours.days)},
    }


def _spans(hours: Hours, day: date) -> tuple[Span, ...]:
    return hours.days.get(day, hours.week[day.weekday()])


def _texts(spans: Sequence[Span]) -> list[str]:
    return [f"{face(begin)}-{face(end)}" for begin, end in spans]


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    if len(hour) != 2 or len(minute) != 2 or not (hour + minute).isdecimal():  # noqa: PLR2004
        message = f"{clock!r} is not a time such as 08:30"
        raise ValueError(message)
    value = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or value > _DAY_MINUTES:  # noqa: PLR2004 - minutes of an hour
        message = f"{clock!r} is past the end of the day or of the hour"
        raise ValueError(message)
    return value


def _span(text: str) -> Span:
    begin, dash, end = text.partition("-")
    if not dash:
        message = f"{text!r} is not a span such as 08:00-20:00"
        raise ValueError(message)
    span = (_minutes(begin.strip()), _minutes(end.strip()))
    if span[0] >= span[1]:
        message = f"{text!r} ends before it begins; write a night as two spans on two days"
        raise ValueError(message)
    return span


def _parsed(texts: Sequence[str]) -> tuple[Span, ...]:
    return tuple(sorted(_span(text) for text in texts))


def _checked_spans(texts: list[str]) -> list[str]:
    spans = _parsed(texts)
    for (_, end), (begin, _) in itertools.pairwise(spans):
        if begin < end:
            message = "spans of one day overlap"
            raise ValueError(message)
    return texts


def _checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError):
        message = f"{name!r} is not a time zone"
        raise ValueError(message) from None
    return name


def _named(where: str, error: ValidationError) -> list[str]:
    return [
        f"{where}: {'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)
    ]


_Spans = Annotated[list[str], AfterValidator(_checked_spans)]


class _Week(BaseModel):
    model_config = ConfigDict(extra="forbid")

    monday: _Spans
    tuesday: _Spans
    wednesday: _Spans
    thursday: _Spans
    friday: _Spans
    saturday: _Spans
    sunday: _Spans


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    timezone: Annotated[str, AfterValidator(_checked_zone)]
    week: _Week
    days: dict[date, _Spans] = Field(default_factory=dict)
