"""The one statement that tells why a contact waited, from moments, offers and assignments.

For each operator on shift it collects what ruled them out, as sets of time with a rank, takes from
each what a lower rank has already, and what is left is *free*. The rules of who can take what are
those of deciding.py: each is asked by letting the contact ask for that one thing alone.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.routing.deciding import able

# Longer waits are explained from their end; who is on shift beyond these is counted only.
LONGEST: Final = timedelta(hours=24)
OPERATORS: Final = 200
_MOMENTS: Final = 500
_SEGMENTS: Final = 50_000
# An offer is over long before, a contact in hand is given up before.
_OFFER_MOST: Final = timedelta(hours=1)
_HAND_MOST: Final = timedelta(days=8)

_WHEN: Final = f"""
clock as materialized (select clock_timestamp() as now),
moments as materialized (
  select m.*, coalesce(lead(m.at) over (order by m.id), now) as until
  from (select * from queue_moment where contact_id = $1 order by id desc limit {_MOMENTS}) m
  cross join clock),
stays as materialized (
  select *, tstzrange(at, until) as during from moments where waits and until > at),
span as materialized (
  select b.*, range_agg(during) * tstzmultirange(tstzrange(began, ended)) as waited
  from (select max(kind) as kind, greatest(min(at), max(until) - $2::interval) as began,
               max(until) as ended, min(at) as since from stays having count(*) > 0) b
  cross join stays group by b.kind, b.began, b.ended, b.since)"""  # noqa: S608 - constant texts
# How everybody was: the last moment before the wait, and those in it. Unknown is off shift.
_STATES: Final = """
states as materialized (
  select o.staff_id, m.presence, m.reason, m.pending_break, m.max_chats, m.profile_id,
         tstzrange(greatest(m.at, began), least(m.until, ended)) as during
  from span cross join operator_state o cross join lateral (
    select n.*, lead(n.at, 1, ended) over (order by n.at, n.id) as until from (
      select 0 as id, '-infinity'::timestamptz as at, 'offline' as presence, null as reason,
             null as pending_break, 0 as max_chats, 0 as profile_id
      union all
      (select id, at, presence, reason, pending_break, max_chats, profile_id
       from operator_moment where staff_id = o.staff_id and at <= began
       order by at desc, id desc limit 1)
      union all
      (select id, at, presence, reason, pending_break, max_chats, profile_id
       from operator_moment where staff_id = o.staff_id and at > began and at < ended
       order by at, id limit 1000)) n) m
  where m.until > greatest(m.at, began)),
shift as materialized (
  select staff_id, count(*) over () as known from states where presence <> 'offline'
  group by staff_id order by min(lower(during)), staff_id limit $3)"""
_LOADS: Final = """
asked as materialized (
  select o.staff_id, o.contact_id, o.state, o.ended_at,
         tstzrange(greatest(o.made_at, began), least(coalesce(o.ended_at, ended), ended)) as during
  from span join offer o on o.made_at < ended and o.made_at > began - $4::interval
    and coalesce(o.ended_at, ended) > greatest(o.made_at, began)),
away as materialized (
  select contact_id, range_agg(during) as during from asked group by contact_id),
held as materialized (
  select staff_id, a.kind,
         tstzrange(greatest(a.since, began), least(coalesce(a.until, ended), ended)) as during
  from span cross join lateral (
    select staff_id, kind, since, until from assignment where until is null
    union all
    select staff_id, kind, since, until from assignment
    where until > span.began and since < span.ended and since > span.began - $5::interval) a
  join shift using (staff_id)
  where a.since < ended and coalesce(a.until, ended) > greatest(a.since, began)),
chats as materialized (
  select staff_id, n, tstzrange(at, next) as during from (
    select staff_id, at, sum(sum(step)) over w as n, lead(at) over w as next
    from (select staff_id, lower(during) as at, 1 as step from held where kind = 'chat'
          union all
          select staff_id, upper(during), -1 from held where kind = 'chat') steps
    group by staff_id, at window w as (partition by staff_id order by at)) c
  where n > 0 and next > at)"""
# Calls before this chat that nobody was being asked for, by what they asked: whoever has chats in
# hand and could take one is kept for it.
_BEFORE: Final = """
calls as materialized (
  select m.*, tstzrange(m.at, coalesce(n.at, now)) as during
  from clock, span cross join lateral (
    select * from queue_moment
    where waits and kind = 'call' and at < ended and at > began - $2::interval
      and span.kind = 'chat' and exists (select 1 from chats)) m
  left join lateral (
    select at from queue_moment where contact_id = m.contact_id and id > m.id
    order by id limit 1) n on true
  where coalesce(n.at, now) > greatest(m.at, began)),
before as materialized (
  select c.asks_language, c.asks_topic, c.senior, c.reserve, c.wanted,
         range_agg(tstzmultirange(c.during * q.during) - coalesce(a.during, '{}')) as during
  from calls c
  join stays q on q.during && c.during
    and (c.effective_at, c.contact_id) < (q.effective_at, q.contact_id)
  left join away a on a.contact_id = c.contact_id
  group by 1, 2, 3, 4, 5)"""
_ASKS: Final = f"""
asks as materialized (
  select s.staff_id, s.during * q.during as during, q.wanted, q.asks_language, q.asks_topic,
         {able("l", "p")} as speaks, {able("t", "p")} as knows,
         {able("x", "p")} as trusted, {able("r", "p")} as opened
  from states s join shift using (staff_id)
  join operator_profile p on p.id = s.profile_id
  join stays q on q.during && s.during
  cross join lateral (select q.asks_language, null::text as asks_topic, false as senior,
                             true as reserve) l
  cross join lateral (select null::text as asks_language, q.asks_topic, false as senior,
                             true as reserve) t
  cross join lateral (select null::text as asks_language, null::text as asks_topic, q.senior,
                             true as reserve) x
  cross join lateral (select null::text as asks_language, null::text as asks_topic,
                             false as senior, q.reserve) r)"""  # noqa: S608 - constant texts
# The rank says what is named where several things hold at once.
_HINDRANCES: Final = f"""
hindrances(staff_id, rank, what, detail, during) as (
  select staff_id, 0, 'asked', null, tstzmultirange(during) from asked where contact_id = $1
  union all
  select staff_id, 1, case when presence = 'offline' then 'off_shift'
      when reason = 'unreachable' then reason else presence end,
    case when presence = 'break' then reason end, tstzmultirange(during)
  from states where presence <> 'available'
  union all
  select staff_id, 2, 'break_after', pending_break, tstzmultirange(during)
  from states where presence = 'available' and pending_break is not null
  union all
  select staff_id, 3, 'asked_other', contact_id::text, tstzmultirange(during)
  from asked where contact_id <> $1
  union all
  select staff_id, 4, 'call_in_hand', null, tstzmultirange(during) from held where kind <> 'chat'
  union all
  select staff_id, 5, case span.kind when 'call' then 'chats_in_hand' else 'chats_full' end, null,
    tstzmultirange(c.during * s.during)
  from span cross join chats c join states s using (staff_id)
  join operator_profile p on p.id = s.profile_id
  where c.during && s.during
    and case span.kind when 'call' then c.n > p.call_beside else c.n >= s.max_chats end
  union all
  select staff_id, 6, 'sealed', null, tstzmultirange(during) from asks where not trusted
  union all
  select staff_id, 7, 'kept', wanted::text, tstzmultirange(during)
  from asks where wanted <> staff_id
  union all
  select staff_id, 8, 'language', asks_language, tstzmultirange(during)
  from asks where wanted is null and not speaks
  union all
  select staff_id, 9, 'topic', asks_topic, tstzmultirange(during)
  from asks where wanted is null and not knows
  union all
  select staff_id, 10, 'reserve', null, tstzmultirange(during)
  from asks where wanted is null and not opened
  union all
  select staff_id, 11, 'passed', null,
    tstzmultirange(tstzrange(ended_at, ended_at + interval '15 seconds'))
  from asked where contact_id = $1 and state = 'passed'
  union all
  select staff_id, 12, 'call_first', null, tstzmultirange(s.during * h.during) * c.during
  from states s join shift using (staff_id) join operator_profile p on p.id = s.profile_id
  join chats h using (staff_id)
  join before c on case when c.wanted is null then {able("c", "p")}
    else c.wanted = s.staff_id and (not c.senior or p.senior) end
  where h.during && s.during and h.n > p.call_beside
  union all
  select s.staff_id, 13, 'asked_elsewhere', a.staff_id::text, tstzmultirange(a.during)
  from shift s join asked a on a.contact_id = $1 and a.staff_id <> s.staff_id
  union all
  select staff_id, 14, 'free', null, waited from shift cross join span),
named as (
  select staff_id, rank, what, detail, range_agg(h.during) * waited as during
  from hindrances h join shift using (staff_id) cross join span
  group by staff_id, rank, what, detail, waited),
firsts as (
  select staff_id, what, detail, during - coalesce(range_agg(during) over (
    partition by staff_id order by rank, what, detail
    rows between unbounded preceding and 1 preceding), '{{}}') as during
  from named)"""  # noqa: S608 - constant texts
WHY: Final = f"""
with {_WHEN}, {_STATES}, {_LOADS}, {_BEFORE}, {_ASKS}, {_HINDRANCES}
select 'span' as part, null::uuid as staff_id, began as at, ended as until, null as what,
       null as detail, jsonb_build_object(
         'cut', began > since, 'known', (select known from shift limit 1), 'waited_s',
         (select sum(extract(epoch from upper(w) - lower(w))) from unnest(waited) w)) as more
from span
union all
select 'moment', wanted, at, until, kind, null, jsonb_build_object(
  'waits', waits, 'danger', danger, 'language', asks_language, 'topic', asks_topic,
  'senior', senior, 'reserve', reserve, 'effective', extract(epoch from effective_at))
from moments
union all
select 'offer', staff_id, made_at, ended_at, state, reason, jsonb_build_object('by', made_by)
from (select * from offer where contact_id = $1 and purpose = 'queue'
      order by made_at desc limit {_MOMENTS}) o
union all
(select 'segment', staff_id, lower(d), upper(d), what, detail, '{{}}'
 from firsts cross join unnest(during) d order by lower(d) limit {_SEGMENTS})
order by part, at, until, staff_id
"""  # noqa: S608 - constant texts
_FORGET: Final = """
delete from {0} where id in (select id from {0} order by id limit 1000)
  and at < now() - $1::interval
"""


async def why(uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
    """Rows `part, staff_id, at, until, what, detail, more`; none for who was never in the queue.

    `part` is *span* (at most one), *moment*, *offer* or *segment*.
    """
    # It looks costly to the planner, and takes less time than compiling it would.
    await uow.fetchval("select set_config('jit', 'off', true)")
    rows = await uow.fetch(WHY, contact_id, LONGEST, OPERATORS, _OFFER_MOST, _HAND_MOST)
    return [dict(row) for row in rows]


async def forget(uow: Uow, older_than: timedelta) -> int:
    """Delete the oldest moments, some at a time; how many."""
    gone = 0
    for table in ("operator_moment", "queue_moment"):
        gone += await uow.execute(_FORGET.format(table), older_than)
    return gone
