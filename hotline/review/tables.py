"""The view through which the log reads other rooms: their tables stay their own."""

from typing import Final

# Executed by the migration, after the tables it looks at.
DDL: Final[list[str]] = [
    """
    create view review_log as
    select c.id, c.opened_at, c.channel, caller.masked, c.language,
           c.topic as intake_topic, r.topic as record_topic, c.operator_id,
           floor(extract(epoch from c.caller_left_at - c.talking_since))::int as length_s,
           floor(extract(epoch from
             coalesce(c.talking_since, c.caller_left_at) - c.waiting_since))::int as wait_s,
           coalesce(r.kind, c.closed_kind) as kind, c.outcome, c.state, c.danger,
           r.danger_now, coalesce(r.screening, '[]'::jsonb) as screening,
           h.id as case_id, h.code as case_code, h.state as case_state
    from contact c
    join caller on caller.id = c.caller_id
    left join consultation r on r.contact_id = c.id
    left join lateral (
      select id, code, state from hotline_case
      where contact_id = c.id order by raised_at desc, id desc limit 1) h on true
    """,
]

# The way back, for the same migration; before the tables it looks at.
DDL_DOWN: Final[list[str]] = ["drop view if exists review_log"]
