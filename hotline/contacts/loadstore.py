"""SQL of how many contacts came when, and how long they took."""

from datetime import datetime, timedelta
from typing import Any

from hotline.infra.db import Uow

# Only who waited for an operator: who heard enough in intake needs none.
_ARRIVED = """
select (opened_at at time zone $3)::date as day,
  (extract(hour from opened_at at time zone $3) * 2
   + floor(extract(minute from opened_at at time zone $3) / 30))::int as half,
  case when channel = 'voice' then 'call' else 'chat' end as kind, language, count(*)::int as n
from contact
where opened_at >= $1 and opened_at < $2 and waiting_since is not null
group by 1, 2, 3, 4
"""
# Closed by a sweep because nobody came: that measures the sweep.
_HANDLED = """
select case when channel = 'voice' then 'call' else 'chat' end as kind, language,
  count(*)::int as n,
  avg(extract(epoch from least(greatest(closed_at - talking_since, $4), $3)))::float as mean_s
from contact
where opened_at >= $1 and opened_at < $2 and talking_since is not null and closed_at is not null
  and outcome is distinct from 'unfinished'
group by 1, 2
"""
# Whoever was answered, or left, within the longest wait: beyond it people were called back.
_PATIENCE = """
select count(*) filter (where outcome = 'abandoned')::int as gone,
  coalesce(sum(extract(epoch from w.till - waiting_since)), 0)::float as waited_s
from contact, lateral (
  select case when outcome = 'abandoned' then caller_left_at else talking_since end as till) w
where opened_at >= $1 and opened_at < $2 and channel = 'voice' and waiting_since is not null
  and w.till between waiting_since and waiting_since + $3
"""


async def arrived(uow: Uow, since: datetime, until: datetime, zone: str) -> list[dict[str, Any]]:
    """How many came, by local day and half hour, kind and language."""
    return [dict(row) for row in await uow.fetch(_ARRIVED, since, until, zone)]


async def handled(
    uow: Uow, since: datetime, until: datetime, longest: timedelta
) -> list[dict[str, Any]]:
    """How long they took from the first word to the finished record, by kind and language."""
    least = timedelta(seconds=1)
    return [dict(row) for row in await uow.fetch(_HANDLED, since, until, longest, least)]


async def patience(
    uow: Uow, since: datetime, until: datetime, longest: timedelta
) -> tuple[int, float]:
    """How many callers gave up waiting, and how long all together waited, in seconds."""
    row = await uow.fetchrow(_PATIENCE, since, until, longest)
    return (row["gone"], row["waited_s"]) if row else (0, 0.0)
