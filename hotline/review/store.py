"""SQL of the log: pages by key, so that the ten-thousandth row costs as much as the first."""

from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.review.model import LogEntry, LogFilter, Seen

_COLUMNS = """id, opened_at, channel, masked, language, intake_topic, record_topic, operator_id,
    length_s, wait_s, kind, outcome, state, danger, danger_now, screening, case_id, case_code,
    case_state"""
_ONE: Final = f"select {_COLUMNS} from review_log where id = $1"  # noqa: S608 - a constant list of columns
_PAGE: Final = f"""
select {_COLUMNS} from review_log
where ($1::timestamptz is null or opened_at >= $1)
  and ($2::timestamptz is null or opened_at < $2)
  and ($3::text is null or channel = $3)
  and ($4::text is null or language = $4)
  and ($5::text is null or record_topic = $5 or starts_with(record_topic, $5 || '.')
       or (record_topic is null and intake_topic = any($6::text[])))
  and ($7::uuid is null or operator_id = $7)
  and ($8::text is null or state = $8)
  and case $9::text
        when 'danger' then danger or danger_now is not distinct from 'yes'
        when 'screened' then screening <> '[]'::jsonb
        when 'escalated' then case_id is not null
        when 'none' then not danger and danger_now is distinct from 'yes'
             and screening = '[]'::jsonb and case_id is null
        else true
      end
  and ($10::timestamptz is null or (opened_at, id) < ($10, $11::uuid))
order by opened_at desc, id desc limit $12
"""  # noqa: S608 - a constant list of columns


async def one(uow: Uow, contact_id: UUID) -> LogEntry | None:
    """The row of a contact."""
    row = await uow.fetchrow(_ONE, contact_id)
    return LogEntry(**row) if row else None


async def page(uow: Uow, wanted: LogFilter, *, before: Seen | None, limit: int) -> list[LogEntry]:
    """Rows, newest first; `before` is the last one seen."""
    at, contact_id = before or (None, None)
    rows = await uow.fetch(
        _PAGE,
        wanted.since,
        wanted.until,
        wanted.channel,
        wanted.language,
        wanted.topic,
        list(wanted.intake_topics),
        wanted.operator_id,
        wanted.state,
        wanted.risk,
        at,
        contact_id,
        limit,
    )
    return [LogEntry(**row) for row in rows]
