"""Moments: how each operator was and what each contact asked, to tell why somebody waited."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATEMENTS: Final = (
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
    # Who is on shift and who waits while this runs: as if it had begun now.
    """
insert into operator_moment (staff_id, presence, reason, pending_break, max_chats, profile_id)
select staff_id, presence, reason, pending_break, max_chats, profile_id from operator_state
where profile_id is not null
""",
    """
insert into queue_moment (contact_id, waits, kind, danger, asks_language, asks_topic, senior,
                          reserve, wanted, effective_at)
select contact_id, true, kind, danger, asks_language, asks_topic, senior, reserve, wanted,
       effective_at from queue_entry
""",
)
BACK: Final = (
    "drop trigger queue_moment_changed on queue_entry",
    "drop trigger queue_moment_begun on queue_entry",
    "drop trigger operator_moment_changed on operator_state",
    "drop trigger operator_moment_begun on operator_state",
    "drop function queue_moment_kept",
    "drop function operator_moment_kept",
)


def _at() -> sa.Column[object]:
    now = sa.text("clock_timestamp()")
    return sa.Column("at", sa.DateTime(timezone=True), server_default=now, nullable=False)


def upgrade() -> None:
    op.create_table(
        "operator_moment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        _at(),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("pending_break", sa.Text(), nullable=True),
        sa.Column("max_chats", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("operator_moment_pkey")),
    )
    op.create_index("operator_moment_of", "operator_moment", ["staff_id", "at"])
    op.create_table(
        "queue_moment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        _at(),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("asks_language", sa.Text(), nullable=True),
        sa.Column("asks_topic", sa.Text(), nullable=True),
        sa.Column("senior", sa.Boolean(), nullable=False),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Uuid(), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("queue_moment_pkey")),
    )
    op.create_index("queue_moment_of", "queue_moment", ["contact_id", "id"])
    op.create_index("queue_moment_at", "queue_moment", ["at"])
    op.create_index("offer_made", "offer", ["made_at"])
    op.create_index("assignment_since", "assignment", ["since"])
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in BACK:
        op.get_bind().exec_driver_sql(statement)
    op.drop_index("assignment_since", table_name="assignment")
    op.drop_index("offer_made", table_name="offer")
    op.drop_table("queue_moment")
    op.drop_table("operator_moment")
