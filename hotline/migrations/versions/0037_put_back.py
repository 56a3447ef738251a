"""A clock that is put back ends pauses after passing; chats let through come in one order."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FUNCTIONS: Final = [
    """
create or replace function routing_best_contact(who uuid, gone uuid[]) returns uuid language plpgsql as $$
declare
  o operator_state;
  laden boolean;
  skip uuid[];
  best record;
begin
  select * into o from operator_state where staff_id = who and free;
  if not found then
    return null;
  end if;
  laden := o.chats > o.call_beside;
  skip := gone || array(select contact_id from offer where staff_id = who and state = 'passed' and ended_at <= clock_timestamp()
                        and ended_at > clock_timestamp() - interval '15 seconds');
  select w.contact_id, w.kind into best from (
    select first.contact_id, first.effective_at, c.kind
    from queue_class c cross join lateral (
      select q.contact_id, q.effective_at from queue_entry q
      where q.class_id = c.id and not q.offered and q.contact_id <> all(
        case when c.kind = 'call' and laden then gone else skip end)
      order by q.effective_at, q.contact_id limit 1) first
    where (c.asks_language is null or c.asks_language = any(o.languages))
        and (c.asks_topic is null or c.asks_topic = any(o.skills))
        and (not c.senior or o.senior) and (c.reserve or not o.reserve) and (c.kind = 'call' or o.chats < o.max_chats)
    union all
    select q.contact_id, q.effective_at, q.kind from queue_entry q
    where q.wanted = who and not q.offered and (not q.senior or o.senior)
      and (q.kind = 'call' or o.chats < o.max_chats)
      and q.contact_id <> all(case when q.kind = 'call' and laden then gone else skip end)) w
  order by w.effective_at, w.contact_id limit 1;
  return case when best.kind = 'call' and laden then null else best.contact_id end;
end $$
""",
    """
create or replace function routing_best_operator(what uuid, gone uuid[], taken uuid[]) returns uuid
language plpgsql as $$
declare
  q queue_entry;
  c queue_class;
  asked uuid[];
  paused uuid[];
  before integer[] := '{}';
  best uuid;
begin
  select * into q from queue_entry where contact_id = what and not offered;
  if not found or what = any(gone) then
    return null;
  end if;
  select array_agg(staff_id), array_agg(staff_id) filter (where state = 'passed' and ended_at <= clock_timestamp()
                        and ended_at > clock_timestamp() - interval '15 seconds')
  into asked, paused from offer where contact_id = what;
  asked := coalesce(asked, '{}');
  paused := coalesce(paused, '{}');
  if q.kind = 'chat'
     and exists (select 1 from operator_state where free and chats > call_beside) then
    before := array(
      select e.id from queue_class e cross join lateral (
        select h.effective_at, h.contact_id from queue_entry h
        where h.class_id = e.id and not h.offered and h.contact_id <> all(gone)
        order by h.effective_at, h.contact_id limit 1) first
      where e.kind = 'call'
        and (first.effective_at, first.contact_id) < (q.effective_at, q.contact_id));
  end if;
  if q.wanted is not null then
    select o.staff_id into best from operator_state o
    where o.staff_id = q.wanted and o.free and o.staff_id <> all(taken)
      and o.staff_id <> all(paused) and (not q.senior or o.senior)
      and o.chats <= case when q.kind = 'call' then o.call_beside
      when exists (select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(o.languages))
        and (e.asks_topic is null or e.asks_topic = any(o.skills))
        and (not e.senior or o.senior) and (e.reserve or not o.reserve))
      then least(o.call_beside, o.max_chats - 1)
      else o.max_chats - 1 end
      and
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)));
    return best;
  end if;
  select * into c from queue_class where id = q.class_id;
  if q.danger or asked <> '{}' then

  select f.staff_id into best
  from (
    select p.*, case when q.kind = 'call' then p.call_beside
      when exists (select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(p.languages))
        and (e.asks_topic is null or e.asks_topic = any(p.skills))
        and (not e.senior or p.senior) and (e.reserve or not p.reserve))
      then least(p.call_beside, p.max_chats - 1)
      else p.max_chats - 1 end as most
    from operator_profile p where (c.asks_language is null or c.asks_language = any(p.languages))
        and (c.asks_topic is null or c.asks_topic = any(p.skills))
        and (not c.senior or p.senior) and (c.reserve or not p.reserve) offset 0) p
  cross join lateral (
    (
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)))
      order by o.chats, o.idle_since, o.staff_id limit 1)
    union all
    (
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id))) and q.danger
      order by o.chats, o.hard, o.idle_since, o.staff_id limit 1)
    union all
    select o.* from operator_state o
    where o.staff_id = any(asked) and o.profile_id = p.id and o.free and o.chats <= p.most
      and o.staff_id <> all(taken) and o.staff_id <> all(paused)
      and
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)))) f
  order by routing_rank(q.language, p.languages) desc, routing_rank(q.topic, p.skills) desc,
    (select count(*) from unnest(asked) a where a = f.staff_id), f.chats,
    case when q.danger then f.hard else 0 end, f.idle_since, f.staff_id
  limit 1;
  else

  select f.staff_id into best
  from (
    select p.*, case when q.kind = 'call' then p.call_beside
      when exists (select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(p.languages))
        and (e.asks_topic is null or e.asks_topic = any(p.skills))
        and (not e.senior or p.senior) and (e.reserve or not p.reserve))
      then least(p.call_beside, p.max_chats - 1)
      else p.max_chats - 1 end as most
    from operator_profile p where (c.asks_language is null or c.asks_language = any(p.languages))
        and (c.asks_topic is null or c.asks_topic = any(p.skills))
        and (not c.senior or p.senior) and (c.reserve or not p.reserve) offset 0) p
  cross join lateral (
    (
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)))
      order by o.chats, o.idle_since, o.staff_id limit 1)) f
  order by routing_rank(q.language, p.languages) desc, routing_rank(q.topic, p.skills) desc,
    (select count(*) from unnest(asked) a where a = f.staff_id), f.chats,
    case when q.danger then f.hard else 0 end, f.idle_since, f.staff_id
  limit 1;
  end if;
  return best;
end $$
""",
    """
create or replace function routing_let_through(
  classes integer[], inout contacts uuid[], inout staff uuid[], most integer
) language plpgsql as $$
declare
  profile integer;
  one uuid;
  pair record;
begin
  for profile in
    with heads as materialized (
      select c.*, first.effective_at, first.contact_id from queue_class c cross join lateral (
        select q.effective_at, q.contact_id from queue_entry q
        where q.class_id = c.id and not q.offered and q.contact_id <> all(contacts)
        order by q.effective_at, q.contact_id limit 1) first
      order by first.effective_at, first.contact_id)
    select p.id from (
      select p.* from operator_profile p
      where exists (select 1 from queue_class c where c.id = any(classes) and (c.asks_language is null or c.asks_language = any(p.languages))
        and (c.asks_topic is null or c.asks_topic = any(p.skills))
        and (not c.senior or p.senior) and (c.reserve or not p.reserve))
        and exists (select 1 from operator_state o
                    where o.profile_id = p.id and o.free and o.chats > o.call_beside)
      offset 0) p
    where 'chat' = (select h.kind from heads h where (h.asks_language is null or h.asks_language = any(p.languages))
        and (h.asks_topic is null or h.asks_topic = any(p.skills))
        and (not h.senior or p.senior) and (h.reserve or not p.reserve) limit 1)
    order by p.id
  loop
    for one in select o.staff_id from operator_state o
               where o.profile_id = profile and o.free and o.chats > o.call_beside
               order by o.chats, o.idle_since, o.staff_id loop
      pair := null;
      while one <> all(staff) and cardinality(contacts) < most loop
        select routing_best_contact(one, contacts) as what into pair;
        exit when pair.what is null;
        pair := routing_settle(pair.what, contacts, staff);
        exit when pair.who is null;
        contacts := contacts || pair.what;
        staff := staff || pair.who;
      end loop;
      exit when cardinality(contacts) >= most or one <> all(staff)
        and not exists (select 1 from queue_entry k where k.wanted = one)
        and not exists (select 1 from offer where staff_id = one and state = 'passed' and ended_at <= clock_timestamp()
                        and ended_at > clock_timestamp() - interval '15 seconds');
    end loop;
    exit when cardinality(contacts) >= most;
  end loop;
end $$
""",
]


def upgrade() -> None:
    _run(*FUNCTIONS)


def downgrade() -> None:
    levels = import_module("hotline.migrations.versions.0031_levels").FUNCTIONS
    heads = {text.split("(")[0] for text in FUNCTIONS}
    _run(*(text for text in levels if text.split("(")[0] in heads))


def _run(*statements: str) -> None:
    for statement in statements:
        # As it stands: a colon begins no parameter here.
        op.get_bind().exec_driver_sql(statement)
