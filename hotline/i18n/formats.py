"""Numbers, dates and times in four languages and the line's own time zone, from Babel's data."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import date as Day  # noqa: N812 - `date` is a function here
from decimal import Decimal
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.numbers import format_decimal
from fluent.runtime.types import FluentType, fluent_number

from hotline.kernel.languages import LANGS, Lang

ZONE: Final = ZoneInfo("Asia/Bishkek")
Length = Literal["short", "medium", "long", "full"]


def number(lang: Lang, value: Decimal | float) -> str:
    """Digits with the groups and the decimal sign of the language."""
    return str(format_decimal(value, locale=lang))


def date(lang: Lang, at: datetime, length: Length = "long") -> str:
    """The day in Bishkek; `at` is aware."""
    return format_date(at.astimezone(ZONE).date(), format=length, locale=lang)


def time(lang: Lang, at: datetime) -> str:
    """Hours and minutes in Bishkek, 24 hours in every language."""
    return format_time(at.astimezone(ZONE), format="HH:mm", locale=lang)


def moment(lang: Lang, at: datetime, length: Length = "long") -> str:
    """Day and time in Bishkek."""
    return f"{date(lang, at, length)}, {time(lang, at)}"


def ago(lang: Lang, at: datetime, now: datetime) -> str:
    """How long before `now`, in one unit."""
    passed: timedelta = at.astimezone(UTC) - now.astimezone(UTC)
    return format_timedelta(passed, add_direction=True, locale=lang)


def opens(lang: Lang, at: datetime, now: datetime) -> str:
    """When the line opens again: the time, and the day too when it is not today."""
    same_day = at.astimezone(ZONE).date() == now.astimezone(ZONE).date()
    return time(lang, at) if same_day else moment(lang, at)


def day(lang: Lang, on: Day) -> str:
    """A day of the calendar, in words."""
    return format_date(on, format="long", locale=lang)


def weekdays(lang: Lang) -> tuple[str, ...]:
    """The short names of the days, Monday first."""
    names = get_day_names("abbreviated", locale=lang)
    return tuple(str(names[day]) for day in range(7))


# Babel knows Uzbek and Kyrgyz numbers; the functions are named here because browsers do not, and
# both sides register the same names.
FUNCTIONS: Final[dict[Lang, dict[str, Callable[[Any], FluentType]]]] = {  # Any: Fluent's own type
    lang: {"NUMBER": fluent_number} for lang in LANGS
}
