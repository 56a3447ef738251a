"""Levels in accounts, and calls beside chats: as many as each person is to carry."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FUNCTIONS: Final = [
    """
create or replace function operator_profile_of(o operator_state) returns integer language plpgsql as $$
declare
  its text := concat_ws('|', array_to_string(array(select unnest(o.languages) order by 1), ','),
                        array_to_string(array(select unnest(o.skills) order by 1), ','),
                        o.senior, o.reserve, o.max_chats, o.call_beside);
  found_id integer;
begin
  select id into found_id from operator_profile where key = its;
  if found_id is null then
    insert into operator_profile (key, languages, skills, senior, reserve, max_chats, call_beside)
    values (its, o.languages, o.skills, o.senior, o.reserve, o.max_chats, o.call_beside)
    on conflict (key) do nothing;
    select id into found_id from operator_profile where key = its;
  end if;
  return found_id;
end $$
""",
    """
create or replace function operator_state_moved() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.profile_id is null or (
       new.languages, new.skills, new.senior, new.reserve, new.max_chats, new.call_beside)
       is distinct from (
       old.languages, old.skills, old.senior, old.reserve, old.max_chats, old.call_beside) then
    new.profile_id := operator_profile_of(new);
  end if;
  new.free := new.presence = 'available' and new.pending_break is null and not new.offered
              and new.calls = 0
              and (new.chats < new.max_chats or new.chats <= new.call_beside);
  if new.free and (tg_op = 'INSERT' or not old.free or new.chats < old.chats
                   or new.profile_id is distinct from old.profile_id) then
    insert into routing_wish (staff_id) values (new.staff_id);
  end if;
  return new;
end $$
""",
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
  skip := gone || array(select contact_id from offer where staff_id = who and state = 'passed'
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
  select array_agg(staff_id), array_agg(staff_id) filter (
    where state = 'passed' and ended_at > clock_timestamp() - interval '15 seconds')
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
        and not exists (select 1 from offer b where b.staff_id = one and b.state = 'passed'
                        and b.ended_at > clock_timestamp() - interval '15 seconds');
    end loop;
    exit when cardinality(contacts) >= most;
  end loop;
end $$
""",
    """
create or replace function routing_decide(
  most integer, out contacts uuid[], out staff uuid[], out more boolean, out due boolean
) language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off
set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  wished_contacts uuid[];
  wished_staff uuid[];
  classes integer[];
  one uuid;
  pair record;
begin
  contacts := '{}';
  staff := '{}';
  more := false;
  due := exists (select 1 from queue_entry where relax_at <= clock_timestamp())
         or exists (select 1 from queue_entry where wanted_until <= clock_timestamp());
  if not exists (select 1 from routing_wish where due_at <= clock_timestamp()) then
    return;
  end if;
  if not routing_turn() then
    return;
  end if;
  perform set_config('hotline.matching', 'on', true),
          set_config('synchronous_commit', 'off', true);
  with drained as (
    delete from routing_wish where id in (
      select id from routing_wish where due_at <= clock_timestamp() order by due_at, id limit most)
    returning contact_id, staff_id, class_id)
  select array_agg(distinct d.contact_id) filter (where d.contact_id is not null),
         array_agg(distinct d.staff_id) filter (where d.staff_id is not null),
         array_agg(distinct d.class_id) filter (where d.class_id is not null), count(*) >= most
  into wished_contacts, wished_staff, classes, more from drained d;
  if not exists (select 1 from operator_state where free) then
    return;
  end if;
  -- Where many are free and many wait, one wish can lead to pair after pair.
  foreach one in array coalesce(wished_staff, '{}') loop
    while one <> all(staff) and cardinality(contacts) < most loop
      select routing_best_contact(one, contacts) as what, one as who into pair;
      exit when pair.what is null;
      if routing_best_operator(pair.what, contacts, staff) is distinct from one then
        pair := routing_settle(pair.what, contacts, staff);
        exit when pair.who is null;
      end if;
      contacts := contacts || pair.what;
      staff := staff || pair.who;
    end loop;
  end loop;
  for one in select q.contact_id from queue_entry q where q.contact_id = any(wished_contacts)
             order by q.effective_at, q.contact_id loop
    while one <> all(contacts) and cardinality(contacts) < most loop
      pair := routing_settle(one, contacts, staff);
      exit when pair.who is null;
      contacts := contacts || pair.what;
      staff := staff || pair.who;
    end loop;
  end loop;
  classes := classes || array(
    select distinct q.class_id from queue_entry q
    where q.contact_id = any(contacts) and q.kind = 'call' and q.class_id is not null);
  if classes <> '{}'
     and exists (select 1 from operator_state where free and chats > call_beside) then
    select l.contacts, l.staff into contacts, staff
    from routing_let_through(classes, contacts, staff, most) l;
  end if;
  if cardinality(contacts) >= most then
    more := true;
    insert into routing_wish (contact_id)
    select w from unnest(wished_contacts) w where w <> all(contacts);
    insert into routing_wish (staff_id) select w from unnest(wished_staff) w where w <> all(staff);
    insert into routing_wish (class_id) select unnest(classes);
  end if;
end $$
""",
]
CHECKS: Final = {
    "helps": "helps <@ languages",
    "expert": "expert <@ skills",
    "call_beside": "call_beside between 0 and max_chats",
}
# Profiles are made anew, by trigger, as the operators ask for them.
_FORGET: Final = "delete from operator_profile"
_ANEW: Final = "update operator_state set profile_id = null"


def _run(*statements: str) -> None:
    # As it stands: a colon begins no parameter here.
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _index(where: str) -> None:
    op.drop_index("operator_with_chats", table_name="operator_state")
    op.create_index(
        "operator_with_chats",
        "operator_state",
        ["staff_id"],
        unique=False,
        postgresql_where=sa.text(where),
    )


def _number(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=default, nullable=False)


def upgrade() -> None:
    for name in ("helps", "expert"):
        none = sa.text("'{}'::text[]")
        of = postgresql.ARRAY(sa.Text())
        op.add_column("staff", sa.Column(name, of, server_default=none, nullable=False))
    op.add_column("staff", _number("call_beside", "0"))
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"staff_{name}_check"), "staff", check)
    op.add_column("operator_state", _number("call_beside", "0"))
    _index("free and chats > call_beside")
    _run(_FORGET)
    op.add_column("operator_profile", _number("max_chats"))
    op.add_column("operator_profile", _number("call_beside"))
    _run(*FUNCTIONS, _ANEW)


def downgrade() -> None:
    before = import_module("hotline.migrations.versions.0030_classes").FUNCTIONS
    heads = {text.split("(")[0].strip().replace(" or replace", "") for text in FUNCTIONS}
    _run(
        _FORGET,
        *(
            text.replace("create function", "create or replace function", 1)
            for text in before
            if text.split("(")[0].strip() in heads
        ),
    )
    _index("free and chats > 0")
    op.drop_column("operator_profile", "call_beside")
    op.drop_column("operator_profile", "max_chats")
    op.drop_column("operator_state", "call_beside")
    _run(_ANEW)
    for name in CHECKS:
        op.drop_constraint(op.f(f"staff_{name}_check"), "staff")
    for name in ("call_beside", "expert", "helps"):
        op.drop_column("staff", name)
