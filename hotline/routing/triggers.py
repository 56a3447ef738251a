"""What PostgreSQL keeps in step by itself: classes, profiles, loads, and wishes for a match.

Whatever can make a new pair possible leaves a wish in the same transaction, so that nobody who
writes to the queue, to operators or to offers can forget to. Loads are counted anew from the rows
at the end of the transaction, so they cannot drift, and no row is locked for them any longer than
a commit takes.
"""

from typing import Final

_CLASS_OF: Final = """
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
"""
_PROFILE_OF: Final = """
create function operator_profile_of(o operator_state) returns integer language plpgsql as $$
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
"""
# A call that is out of the way lets chats through to hands that are not empty. Those who are
# offered by a match are seen to by it (routing_decide says so with the setting).
_ENTRY_MOVED: Final = """
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
"""
# Free: for something at least; who has all their chats may be free for a call beside them.
_OPERATOR_MOVED: Final = """
create function operator_state_moved() returns trigger language plpgsql as $$
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
"""
# Who passed it, or did not answer, is not waited for any longer by whoever was kept for them.
# The row first, then the count in a statement of its own: two who count at once count all.
_OFFER_COUNTED: Final = """
create function offer_counted() returns trigger language plpgsql as $$
declare
  would_not boolean := new.state in ('passed', 'expired');
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
        select 1 from offer where contact_id = new.contact_id and state = 'pending'),
      wanted = case when wanted = new.staff_id and would_not then null else wanted end,
      wanted_until = case when wanted = new.staff_id and would_not then null
                     else wanted_until end
    where contact_id = new.contact_id;
  end if;
  if new.state = 'passed' then
    insert into routing_wish (contact_id, due_at)
    values (new.contact_id, new.ended_at + interval '15 seconds');
  end if;
  return null;
end $$
"""
_LOAD_COUNTED: Final = """
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
"""

DDL: Final = [
    _CLASS_OF,
    _PROFILE_OF,
    _ENTRY_MOVED,
    _OPERATOR_MOVED,
    _OFFER_COUNTED,
    _LOAD_COUNTED,
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
]
