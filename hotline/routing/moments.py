"""Two small histories, kept by PostgreSQL: how each operator was, and what each contact asked.

A row only where something rare changes, so that a match writes none: loads and offers are not
here, they have rows of their own. Together these tell why somebody waited (whystore.py). Triggers
run after the row is locked, so the ids of one operator or contact are in the order of the changes,
within one transaction too; `at` is the clock of that very moment.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
)

from hotline.infra.metadata import metadata

operator_moment = Table(
    "operator_moment",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("presence", Text, nullable=False),
    Column("reason", Text),
    Column("pending_break", Text),
    Column("max_chats", Integer, nullable=False),
    Column("profile_id", Integer, nullable=False),
    Index("operator_moment_of", "staff_id", "at"),
)

# Without a foreign key: its check would lock the contact after its place in the queue, and a match
# takes them the other way round.
queue_moment = Table(
    "queue_moment",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    # False: it left the queue; what it asked is repeated.
    Column("waits", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("danger", Boolean, nullable=False),
    Column("asks_language", Text),
    Column("asks_topic", Text),
    Column("senior", Boolean, nullable=False),
    Column("reserve", Boolean, nullable=False),
    Column("wanted", Uuid),
    Column("effective_at", DateTime(timezone=True), nullable=False),
    Index("queue_moment_of", "contact_id", "id"),
    Index("queue_moment_at", "at"),
)

DDL: Final = [
    """
create function operator_moment_kept() returns trigger language plpgsql as $$
begin
  insert into operator_moment (staff_id, presence, reason, pending_break, max_chats, profile_id)
  values (new.staff_id, new.presence, new.reason, new.pending_break, new.max_chats, new.profile_id);
  return null;
end $$
""",
    """
create function queue_moment_kept() returns trigger language plpgsql as $$
declare
  q queue_entry := case tg_op when 'DELETE' then old else new end;
begin
  insert into queue_moment (contact_id, waits, kind, danger, asks_language, asks_topic, senior,
                            reserve, wanted, effective_at)
  values (q.contact_id, tg_op <> 'DELETE', q.kind, q.danger, q.asks_language, q.asks_topic,
          q.senior, q.reserve, q.wanted, q.effective_at);
  return null;
end $$
""",
    """
create trigger operator_moment_begun after insert on operator_state
  for each row execute function operator_moment_kept()
""",
    """
create trigger operator_moment_changed after update on operator_state
  for each row when (
    (old.presence, old.reason, old.pending_break, old.max_chats, old.profile_id) is distinct from
    (new.presence, new.reason, new.pending_break, new.max_chats, new.profile_id))
  execute function operator_moment_kept()
""",
    """
create trigger queue_moment_begun after insert or delete on queue_entry
  for each row execute function queue_moment_kept()
""",
    """
create trigger queue_moment_changed after update on queue_entry
  for each row when (
    (old.danger, old.asks_language, old.asks_topic, old.senior, old.reserve, old.wanted,
     old.effective_at) is distinct from
    (new.danger, new.asks_language, new.asks_topic, new.senior, new.reserve, new.wanted,
     new.effective_at))
  execute function queue_moment_kept()
""",
]
