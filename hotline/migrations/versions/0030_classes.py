"""Classes, profiles, loads and wishes: what a match looks at instead of the whole queue."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FALSE: Final = sa.text("false")

FUNCTIONS: Final = [
    """
create function queue_class_of(e queue_entry) returns integer language plpgsql as $$
declare
  its text := concat_ws('|', e.kind, coalesce(e.asks_language, '-'), coalesce(e.asks_topic, '-'),
                        e.senior, e.reserve);
  found_id integer;
begin
  select id into found_id from queue_class where key = its;
  if found_id is null then
    insert into queue_class (key, kind, asks_language, asks_topic, senior, reserve)
    values (its, e.kind, e.asks_language, e.asks_topic, e.senior, e.reserve)
    on conflict (key) do nothing;
    select id into found_id from queue_class where key = its;
  end if;
  return found_id;
end $$
""",
    """
create function operator_profile_of(o operator_state) returns integer language plpgsql as $$
declare
  its text := concat_ws('|', array_to_string(array(select unnest(o.languages) order by 1), ','),
                        array_to_string(array(select unnest(o.skills) order by 1), ','),
                        o.senior, o.reserve);
  found_id integer;
begin
  select id into found_id from operator_profile where key = its;
  if found_id is null then
    insert into operator_profile (key, languages, skills, senior, reserve)
    values (its, o.languages, o.skills, o.senior, o.reserve) on conflict (key) do nothing;
    select id into found_id from operator_profile where key = its;
  end if;
  return found_id;
end $$
""",
    """
create function queue_entry_moved() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and (
       new.class_id is null and new.wanted is null or (
       new.asks_language, new.asks_topic, new.senior, new.reserve, new.wanted) is distinct from (
       old.asks_language, old.asks_topic, old.senior, old.reserve, old.wanted)) then
    new.class_id := case when new.wanted is null then queue_class_of(new) end;
  end if;
  if tg_op = 'INSERT' then
    new.offered := exists (
      select 1 from offer where contact_id = new.contact_id and state = 'pending');
    insert into routing_wish (contact_id) values (new.contact_id);
    return new;
  end if;
  if old.kind = 'call' and not old.offered
     and (tg_op = 'DELETE' or new.class_id is distinct from old.class_id
          or new.effective_at > old.effective_at
          or new.offered and current_setting('hotline.matching', true) is distinct from 'on') then
    insert into routing_wish (class_id, staff_id) values (old.class_id, old.wanted);
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if not new.offered and (old.offered or new.class_id is distinct from old.class_id
                          or new.wanted is distinct from old.wanted
                          or new.effective_at < old.effective_at) then
    insert into routing_wish (contact_id) values (new.contact_id);
  end if;
  return new;
end $$
""",
    """
create function operator_state_moved() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (new.languages, new.skills, new.senior, new.reserve)
                         is distinct from (old.languages, old.skills, old.senior, old.reserve)
     or new.profile_id is null then
    new.profile_id := operator_profile_of(new);
  end if;
  new.free := new.presence = 'available' and new.pending_break is null and not new.offered
              and new.calls = 0 and new.chats < new.max_chats;
  if new.free and (tg_op = 'INSERT' or not old.free or new.chats < old.chats
                   or new.profile_id is distinct from old.profile_id) then
    insert into routing_wish (staff_id) values (new.staff_id);
  end if;
  return new;
end $$
""",
    """
create function offer_counted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.state = 'pending' then
    update operator_state set offered = true where staff_id = new.staff_id;
    update queue_entry set offered = true where contact_id = new.contact_id;
    return null;
  end if;
  perform 1 from operator_state where staff_id = new.staff_id for update;
  update operator_state set offered = exists (
    select 1 from offer where staff_id = new.staff_id and state = 'pending')
  where staff_id = new.staff_id;
  perform 1 from queue_entry where contact_id = new.contact_id for update;
  if found then
    update queue_entry set offered = exists (
      select 1 from offer where contact_id = new.contact_id and state = 'pending')
    where contact_id = new.contact_id;
  end if;
  if new.state = 'passed' then
    insert into routing_wish (contact_id, due_at)
    values (new.contact_id, new.ended_at + interval '15 seconds');
  end if;
  return null;
end $$
""",
    """
create function assignment_counted() returns trigger language plpgsql as $$
begin
  perform 1 from operator_state where staff_id = new.staff_id for update;
  update operator_state o set calls = n.calls, chats = n.chats
  from (select count(*) filter (where kind <> 'chat') as calls,
               count(*) filter (where kind = 'chat') as chats
        from assignment where staff_id = new.staff_id and until is null) n
  where o.staff_id = new.staff_id and (o.calls, o.chats) is distinct from (n.calls, n.chats);
  return null;
end $$
""",
    """
    create trigger queue_entry_moved before insert or update or delete on queue_entry
      for each row execute function queue_entry_moved()
""",
    """
    create trigger operator_state_moved before insert or update on operator_state
      for each row execute function operator_state_moved()
""",
    """
    create constraint trigger offer_counted after insert or update of state on offer
      deferrable initially deferred for each row execute function offer_counted()
""",
    """
    create constraint trigger assignment_counted after insert or update of kind, until on assignment
      deferrable initially deferred for each row execute function assignment_counted()
""",
    """
create function routing_rank(code text, able text[]) returns integer
language sql immutable as $$
  select case when code is null then 2 else
    (code || ':1' = any(able))::integer + (code || ':2' = any(able))::integer end
$$
""",
    """
create function routing_best_contact(who uuid, gone uuid[]) returns uuid language plpgsql as $$
declare
  o operator_state;
  skip uuid[];
  best record;
begin
  select * into o from operator_state where staff_id = who and free;
  if not found then
    return null;
  end if;
  skip := gone || array(select contact_id from offer where staff_id = who and state = 'passed'
                        and ended_at > clock_timestamp() - interval '15 seconds');
  select w.contact_id, w.kind into best from (
    select first.contact_id, first.effective_at, c.kind
    from queue_class c cross join lateral (
      select q.contact_id, q.effective_at from queue_entry q
      where q.class_id = c.id and not q.offered and q.contact_id <> all(
        case when c.kind = 'call' and o.chats > 0 then gone else skip end)
      order by q.effective_at, q.contact_id limit 1) first
    where (c.asks_language is null or c.asks_language = any(o.languages))
        and (c.asks_topic is null or c.asks_topic = any(o.skills))
        and (not c.senior or o.senior) and (c.reserve or not o.reserve)
    union all
    select q.contact_id, q.effective_at, q.kind from queue_entry q
    where q.wanted = who and not q.offered and (not q.senior or o.senior)
      and q.contact_id <> all(case when q.kind = 'call' and o.chats > 0 then gone else skip end)) w
  order by w.effective_at, w.contact_id limit 1;
  return case when best.kind = 'call' and o.chats > 0 then null else best.contact_id end;
end $$
""",
    """
create function routing_best_operator(what uuid, gone uuid[], taken uuid[]) returns uuid
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
  if q.kind = 'chat' and exists (select 1 from operator_state where free and chats > 0) then
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
      and o.chats <= case when q.kind = 'call' or exists (
            select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(o.languages))
        and (e.asks_topic is null or e.asks_topic = any(o.skills))
        and (not e.senior or o.senior) and (e.reserve or not o.reserve))
          then 0 else o.max_chats end
      and
(o.chats = 0 or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)));
    return best;
  end if;
  select * into c from queue_class where id = q.class_id;
  if q.danger or asked <> '{}' then

  select f.staff_id into best
  from (
    select p.*, case when q.kind = 'call' or exists (
        select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(p.languages))
        and (e.asks_topic is null or e.asks_topic = any(p.skills))
        and (not e.senior or p.senior) and (e.reserve or not p.reserve))
      then 0 else 1000000 end as most
    from operator_profile p where (c.asks_language is null or c.asks_language = any(p.languages))
        and (c.asks_topic is null or c.asks_topic = any(p.skills))
        and (not c.senior or p.senior) and (c.reserve or not p.reserve) offset 0) p
  cross join lateral (
    (
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and
(o.chats = 0 or not exists (
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
(o.chats = 0 or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id))) and q.danger
      order by o.chats, o.hard, o.idle_since, o.staff_id limit 1)
    union all
    select o.* from operator_state o
    where o.staff_id = any(asked) and o.profile_id = p.id and o.free and o.chats <= p.most
      and o.staff_id <> all(taken) and o.staff_id <> all(paused)
      and
(o.chats = 0 or not exists (
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
    select p.*, case when q.kind = 'call' or exists (
        select 1 from queue_class e where e.id = any(before) and (e.asks_language is null or e.asks_language = any(p.languages))
        and (e.asks_topic is null or e.asks_topic = any(p.skills))
        and (not e.senior or p.senior) and (e.reserve or not p.reserve))
      then 0 else 1000000 end as most
    from operator_profile p where (c.asks_language is null or c.asks_language = any(p.languages))
        and (c.asks_topic is null or c.asks_topic = any(p.skills))
        and (not c.senior or p.senior) and (c.reserve or not p.reserve) offset 0) p
  cross join lateral (
    (
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and
(o.chats = 0 or not exists (
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
create function routing_settle(inout what uuid, gone uuid[], taken uuid[], out who uuid)
language plpgsql as $$
declare
  longer uuid;
begin
  loop
    who := routing_best_operator(what, gone, taken);
    exit when who is null;
    longer := routing_best_contact(who, gone);
    exit when longer is null or longer = what;
    what := longer;
  end loop;
end $$
""",
    """
create function routing_let_through(
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
                    where o.profile_id = p.id and o.free and o.chats > 0) offset 0) p
    where 'chat' = (select h.kind from heads h where (h.asks_language is null or h.asks_language = any(p.languages))
        and (h.asks_topic is null or h.asks_topic = any(p.skills))
        and (not h.senior or p.senior) and (h.reserve or not p.reserve) limit 1)
  loop
    for one in select o.staff_id from operator_state o
               where o.profile_id = profile and o.free and o.chats > 0
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
create function routing_turn() returns boolean language plpgsql as $$
begin
  if not pg_try_advisory_lock(hashtext('routing.match.next')) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtext('routing.match'));
  perform pg_advisory_unlock(hashtext('routing.match.next'));
  return true;
exception when query_canceled or others then
  perform pg_advisory_unlock(hashtext('routing.match.next'));
  raise;
end $$
""",
    """
create function routing_decide(
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
  if classes <> '{}' and exists (select 1 from operator_state where free and chats > 0) then
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


def _tables() -> None:
    op.create_table(
        "queue_class",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asks_language", sa.Text(), nullable=True),
        sa.Column("asks_topic", sa.Text(), nullable=True),
        sa.Column("senior", sa.Boolean(), nullable=False),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("queue_class_pkey")),
        sa.UniqueConstraint("key", name=op.f("queue_class_key_key")),
    )
    op.create_table(
        "operator_profile",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("senior", sa.Boolean(), nullable=False),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("operator_profile_pkey")),
        sa.UniqueConstraint("key", name=op.f("operator_profile_key_key")),
    )
    op.create_table(
        "routing_wish",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column(
            "due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("routing_wish_pkey")),
    )
    op.create_index("routing_wish_due", "routing_wish", ["due_at", "id"], unique=False)


def _columns() -> None:
    for column in (
        sa.Column("asks_language", sa.Text(), nullable=True),
        sa.Column("asks_topic", sa.Text(), nullable=True),
        sa.Column("senior", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("reserve", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("relax_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("offered", sa.Boolean(), server_default=FALSE, nullable=False),
    ):
        op.add_column("queue_entry", column)
    of_operators: tuple[sa.Column[Any], ...] = (
        sa.Column("senior", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("reserve", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("hard", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hard_on", sa.Date(), nullable=True),
        sa.Column("calls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("chats", sa.Integer(), server_default="0", nullable=False),
        sa.Column("offered", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("free", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
    )
    for column in of_operators:
        op.add_column("operator_state", column)


INDEXES: Final = (
    ("queue_head", "queue_entry", ["class_id", "effective_at", "contact_id"], "not offered"),
    ("queue_kept", "queue_entry", ["wanted"], "wanted is not null"),
    ("queue_kept_until", "queue_entry", ["wanted_until"], "wanted_until is not null"),
    ("queue_relaxes", "queue_entry", ["relax_at"], "relax_at is not null"),
    ("operator_free", "operator_state", ["profile_id", "chats", "idle_since", "staff_id"], "free"),
    (
        "operator_free_hard",
        "operator_state",
        ["profile_id", "chats", "hard", "idle_since", "staff_id"],
        "free",
    ),
    ("operator_with_chats", "operator_state", ["staff_id"], "free and chats > 0"),
    ("operator_hard", "operator_state", ["hard_on"], "hard > 0"),
    ("offer_passed", "offer", ["staff_id", "ended_at"], "state = 'passed'"),
)

# What the rows that are there say in the new words. Languages were one's own, topics known; who
# waits asks as from the first second, and the table of relaxations is asked at once. The trigger
# does the rest.
CONVERT: Final = (
    """
    update operator_state o set
      languages = array(select l || n from unnest(languages) l, unnest(array[':1', ':2']) n
                        order by 1),
      skills = array(select s || ':1' from unnest(skills) s order by 1),
      calls = (select count(*) from assignment a
               where a.staff_id = o.staff_id and a.until is null and a.kind <> 'chat'),
      chats = (select count(*) from assignment a
               where a.staff_id = o.staff_id and a.until is null and a.kind = 'chat'),
      offered = exists (select 1 from offer p
                        where p.staff_id = o.staff_id and p.state = 'pending')
    """,
    """
    update queue_entry q set reserve = danger,
      asks_language = case when not danger then language || ':2' end,
      asks_topic = case when not danger then topic || ':1' end,
      relax_at = case when not danger then since end,
      offered = exists (select 1 from offer p
                        where p.contact_id = q.contact_id and p.state = 'pending')
    """,
    "insert into routing_wish (contact_id) select contact_id from queue_entry",
)
BACK: Final = (
    "drop trigger queue_entry_moved on queue_entry",
    "drop trigger operator_state_moved on operator_state",
    "drop trigger offer_counted on offer",
    "drop trigger assignment_counted on assignment",
    "drop function routing_decide",
    "drop function routing_turn",
    "drop function routing_let_through",
    "drop function routing_settle",
    "drop function routing_best_operator",
    "drop function routing_best_contact",
    "drop function routing_rank",
    "drop function assignment_counted",
    "drop function offer_counted",
    "drop function operator_state_moved",
    "drop function queue_entry_moved",
    "drop function operator_profile_of",
    "drop function queue_class_of",
    """
    update operator_state set
      languages = array(select distinct split_part(l, ':', 1) from unnest(languages) l order by 1),
      skills = array(select distinct split_part(s, ':', 1) from unnest(skills) s order by 1)
    """,
)


def upgrade() -> None:
    _tables()
    _columns()
    # As it stands: a colon begins no parameter here.
    for statement in (*FUNCTIONS, *CONVERT):
        op.get_bind().exec_driver_sql(statement)
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, unique=False, postgresql_where=sa.text(where))


def downgrade() -> None:
    for statement in BACK:
        op.get_bind().exec_driver_sql(statement)
    for name, table, *_ in INDEXES:
        op.drop_index(name, table_name=table)
    for column in (
        "asks_language",
        "asks_topic",
        "senior",
        "reserve",
        "relax_at",
        "class_id",
        "offered",
    ):
        op.drop_column("queue_entry", column)
    for column in (
        "senior",
        "reserve",
        "hard",
        "hard_on",
        "calls",
        "chats",
        "offered",
        "free",
        "profile_id",
    ):
        op.drop_column("operator_state", column)
    for table in ("routing_wish", "operator_profile", "queue_class"):
        op.drop_table(table)
