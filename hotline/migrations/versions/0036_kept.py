"""What is kept for somebody: a chat gets its turn when a call before it goes; who passes it lets go."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FUNCTIONS: Final = [
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
""",
    """
create or replace function offer_counted() returns trigger language plpgsql as $$
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
""",
]


def upgrade() -> None:
    _run(*FUNCTIONS)


def downgrade() -> None:
    levels = import_module("hotline.migrations.versions.0031_levels").FUNCTIONS
    _run(next(text for text in levels if "function routing_decide(" in text))
    classes = import_module("hotline.migrations.versions.0030_classes").FUNCTIONS
    counted = next(text for text in classes if "function offer_counted(" in text)
    _run(counted.replace("create function", "create or replace function", 1))


def _run(*statements: str) -> None:
    for statement in statements:
        # As it stands: a colon begins no parameter here.
        op.get_bind().exec_driver_sql(statement)
