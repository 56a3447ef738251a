"""The decision: who of those who wait is offered to whom, as functions in PostgreSQL.

matching.py is the twin in words. Nothing here looks at the whole queue or at all operators. Who
waits and asks for the same is a class, who can do the same is a profile; classes and profiles are
few and filtered in memory, and what is first in each is one look into an index. Plans are fixed,
so that they do not depend on how full the tables were when somebody last counted.
"""

from typing import Final


def able(c: str, p: str) -> str:
    """Whether the profile (or operator) `p` can take the class `c`: only here is that in SQL."""
    return f"""({c}.asks_language is null or {c}.asks_language = any({p}.languages))
        and ({c}.asks_topic is null or {c}.asks_topic = any({p}.skills))
        and (not {c}.senior or {p}.senior) and ({c}.reserve or not {p}.reserve)"""


# The pause after passing. One that ended later than now was passed before the clock was put back.
_PASSED: Final = """state = 'passed' and ended_at <= clock_timestamp()
                        and ended_at > clock_timestamp() - interval '15 seconds'"""
# First in each class that fits, and whoever is kept for this operator; the first of these. With
# more chats in hand than a call goes beside, a call that comes first is not taken and lets nothing
# pass: hands must become empty enough some time. So a pause after passing (skip) does not hide a
# call from them. Who has all the chats they may have, and is free for a call alone, gets no chat.
_BEST_CONTACT: Final = f"""
create function routing_best_contact(who uuid, gone uuid[]) returns uuid language plpgsql as $$
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
  skip := gone || array(select contact_id from offer where staff_id = who and {_PASSED});
  select w.contact_id, w.kind into best from (
    select first.contact_id, first.effective_at, c.kind
    from queue_class c cross join lateral (
      select q.contact_id, q.effective_at from queue_entry q
      where q.class_id = c.id and not q.offered and q.contact_id <> all(
        case when c.kind = 'call' and laden then gone else skip end)
      order by q.effective_at, q.contact_id limit 1) first
    where {able("c", "o")} and (c.kind = 'call' or o.chats < o.max_chats)
    union all
    select q.contact_id, q.effective_at, q.kind from queue_entry q
    where q.wanted = who and not q.offered and (not q.senior or o.senior)
      and (q.kind = 'call' or o.chats < o.max_chats)
      and q.contact_id <> all(case when q.kind = 'call' and laden then gone else skip end)) w
  order by w.effective_at, w.contact_id limit 1;
  return case when best.kind = 'call' and laden then null else best.contact_id end;
end $$
"""  # noqa: S608 - constant texts
# A call that is kept for somebody with too many chats for it keeps other chats back, too.
_KEPT: Final = """
(o.chats <= o.call_beside or not exists (
        select 1 from queue_entry k where k.wanted = o.staff_id and k.kind = 'call'
          and not k.offered and k.contact_id <> all(gone) and (not k.senior or o.senior)
          and (k.effective_at, k.contact_id) < (q.effective_at, q.contact_id)))"""


def _most(p: str) -> str:
    """With how many chats in hand the profile (or operator) `p` may be offered `q`."""
    return f"""case when q.kind = 'call' then {p}.call_beside
      when exists (select 1 from queue_class e where e.id = any(before) and {able("e", p)})
      then least({p}.call_beside, {p}.max_chats - 1)
      else {p}.max_chats - 1 end"""  # noqa: S608 - constant texts


_FREE: Final = f"""
      select o.* from operator_state o
      where o.profile_id = p.id and o.free and o.chats <= p.most
        and o.staff_id <> all(taken) and o.staff_id <> all(asked)
        and {_KEPT}"""  # noqa: S608 - constant texts
_SPECIAL: Final = f"""
    union all
    ({_FREE} and q.danger
      order by o.chats, o.hard, o.idle_since, o.staff_id limit 1)
    union all
    select o.* from operator_state o
    where o.staff_id = any(asked) and o.profile_id = p.id and o.free and o.chats <= p.most
      and o.staff_id <> all(taken) and o.staff_id <> all(paused)
      and {_KEPT}"""  # noqa: S608 - constant texts
_BEST_OF: Final = f"""
  select f.staff_id into best
  from (
    select p.*, {_most("p")} as most
    from operator_profile p where {able("c", "p")} offset 0) p
  cross join lateral (
    ({_FREE}
      order by o.chats, o.idle_since, o.staff_id limit 1){{more}}) f
  order by routing_rank(q.language, p.languages) desc, routing_rank(q.topic, p.skills) desc,
    (select count(*) from unnest(asked) a where a = f.staff_id), f.chats,
    case when q.danger then f.hard else 0 end, f.idle_since, f.staff_id
  limit 1;"""  # noqa: S608 - constant texts
# Own language, own topic, fewest earlier offers of this contact, fewest chats, longest idle; where
# there is danger, fewest such contacts today before longest idle. First in each profile, and those
# who were asked before, who are few.
_BEST_OPERATOR: Final = f"""
create function routing_best_operator(what uuid, gone uuid[], taken uuid[]) returns uuid
language plpgsql as $$
declare
  q queue_entry;
  c queue_class;
  asked uuid[];
  paused uuid[];
  before integer[] := '{{}}';
  best uuid;
begin
  select * into q from queue_entry where contact_id = what and not offered;
  if not found or what = any(gone) then
    return null;
  end if;
  select array_agg(staff_id), array_agg(staff_id) filter (where {_PASSED})
  into asked, paused from offer where contact_id = what;
  asked := coalesce(asked, '{{}}');
  paused := coalesce(paused, '{{}}');
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
      and o.chats <= {_most("o")}
      and {_KEPT};
    return best;
  end if;
  select * into c from queue_class where id = q.class_id;
  if q.danger or asked <> '{{}}' then
    {_BEST_OF.format(more=_SPECIAL)}
  else
    {_BEST_OF.format(more="")}
  end if;
  return best;
end $$
"""  # noqa: S608 - constant texts
_RANK: Final = """
create function routing_rank(code text, able text[]) returns integer
language sql immutable as $$
  select case when code is null then 2 else
    (code || ':1' = any(able))::integer + (code || ':2' = any(able))::integer end
$$
"""
# From a contact to a pair in which each is the best for the other: whoever is best for it may have
# somebody to take who waits longer. Each step leads to one who waits longer, so it ends.
_SETTLE: Final = """
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
"""
# Chats for hands that hold too many for a call, once a call of these classes is out of the way. All
# of one profile can take the same; only pauses and what is kept for somebody are their own. The
# heads are read in their order, so that the first that fits ends the reading.
_LET_THROUGH: Final = f"""
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
      where exists (select 1 from queue_class c where c.id = any(classes) and {able("c", "p")})
        and exists (select 1 from operator_state o
                    where o.profile_id = p.id and o.free and o.chats > o.call_beside)
      offset 0) p
    where 'chat' = (select h.kind from heads h where {able("h", "p")} limit 1)
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
        and not exists (select 1 from offer where staff_id = one and {_PASSED});
    end loop;
    exit when cardinality(contacts) >= most;
  end loop;
end $$
"""  # noqa: S608 - constant texts
# The group's lock, until the transaction ends. One may wait for it: whoever comes while somebody
# waits goes on with other things, as the one who waits will look after this moment.
_TURN: Final = """
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
"""
_DECIDE: Final = """
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
  if classes <> '{}'
     and exists (select 1 from operator_state where free and chats > call_beside) then
    select l.contacts, l.staff into contacts, staff
    from routing_let_through(classes, contacts, staff, most) l;
    -- A chat that is kept for somebody is in no class: it gets a turn of its own.
    insert into routing_wish (staff_id)
    select k.wanted from queue_entry k join operator_state o on o.staff_id = k.wanted
    where k.wanted is not null and k.kind = 'chat' and not k.offered
      and k.contact_id <> all(contacts) and o.free and o.chats > o.call_beside
      and o.staff_id <> all(staff);
    more := more or found;
  end if;
  if cardinality(contacts) >= most then
    more := true;
    insert into routing_wish (contact_id)
    select w from unnest(wished_contacts) w where w <> all(contacts);
    insert into routing_wish (staff_id) select w from unnest(wished_staff) w where w <> all(staff);
    insert into routing_wish (class_id) select unnest(classes);
  end if;
end $$
"""

DDL: Final = [_RANK, _BEST_CONTACT, _BEST_OPERATOR, _SETTLE, _LET_THROUGH, _TURN, _DECIDE]
