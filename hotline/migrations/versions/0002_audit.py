"""The audit record and its guards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATEMENTS = (
    """
    create function audit_refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit record is never changed or removed' using errcode = '42501';
    end $$
    """,
    """
    create function audit_link_only() returns trigger language plpgsql as $$
    begin
      if old.chain_no is not null
         or new.chain_no is null
         or (to_jsonb(new) - array['chain_no', 'prev', 'mac'])
            is distinct from (to_jsonb(old) - array['chain_no', 'prev', 'mac']) then
        raise exception 'the audit record is never changed or removed' using errcode = '42501';
      end if;
      return new;
    end $$
    """,
    """
    create function audit_head_forward() returns trigger language plpgsql as $$
    begin
      if new.chain_no <= old.chain_no then
        raise exception 'the head of the audit chain only moves on' using errcode = '42501';
      end if;
      return new;
    end $$
    """,
    """
    create trigger audit_row_link before update on audit_row
      for each row execute function audit_link_only()
    """,
    """
    create trigger audit_row_keep before delete on audit_row
      for each row execute function audit_refuse()
    """,
    """
    create trigger audit_row_whole before truncate on audit_row
      for each statement execute function audit_refuse()
    """,
    """
    create trigger audit_head_on before update on audit_head
      for each row execute function audit_head_forward()
    """,
    """
    create trigger audit_head_keep before delete on audit_head
      for each row execute function audit_refuse()
    """,
    """
    create trigger audit_head_whole before truncate on audit_head
      for each statement execute function audit_refuse()
    """,
)
UNDO = (
    """
    drop function if exists audit_refuse() cascade
    """,
    """
    drop function if exists audit_link_only() cascade
    """,
    """
    drop function if exists audit_head_forward() cascade
    """,
)


def upgrade() -> None:
    op.create_table(
        "audit_check",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("checked", sa.BigInteger(), nullable=False),
        sa.Column("broken_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("single", name=op.f("audit_check_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("audit_check_pkey")),
    )
    op.create_table(
        "audit_head",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("chain_no", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("single", name=op.f("audit_head_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("audit_head_pkey")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column(
            "fields", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("chain_no", sa.BigInteger(), nullable=True),
        sa.Column("prev", sa.LargeBinary(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("jsonb_typeof(fields) = 'array'", name=op.f("audit_row_fields_check")),
        sa.CheckConstraint(
            "num_nulls(chain_no, prev, mac) in (0, 3)", name=op.f("audit_row_linked_or_not_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_row_pkey")),
        sa.UniqueConstraint("chain_no", name=op.f("audit_row_chain_no_key")),
    )
    op.create_index("audit_row_actor", "audit_row", ["actor_id", "id"], unique=False)
    op.create_index(
        "audit_row_object", "audit_row", ["object_type", "object_id", "id"], unique=False
    )
    op.create_index(
        "audit_row_unlinked",
        "audit_row",
        ["id"],
        unique=False,
        postgresql_where=sa.text("chain_no is null"),
    )
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for statement in UNDO:
        op.execute(statement)
    for table in ("audit_row", "audit_head", "audit_check"):
        op.drop_table(table)
