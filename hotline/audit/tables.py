"""The audit tables, and the triggers by which the database itself refuses to change them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata

audit_row = Table(
    "audit_row",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor_id", Uuid),
    Column("tag", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Text),
    Column("fields", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("outcome", Text, nullable=False),
    Column("chain_no", BigInteger, unique=True),
    Column("prev", LargeBinary),
    Column("mac", LargeBinary),
    CheckConstraint(
        "num_nulls(chain_no, prev, mac) in (0, 3)",
        name="linked_or_not",
    ),
    CheckConstraint("jsonb_typeof(fields) = 'array'", name="fields"),
    Index("audit_row_unlinked", "id", postgresql_where=text("chain_no is null")),
    Index("audit_row_actor", "actor_id", "id"),
    Index("audit_row_object", "object_type", "object_id", "id"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("chain_no", BigInteger, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    CheckConstraint("single", name="one_row"),
)

# What the last check of the chain found; written by role work, shown by role console.
audit_check = Table(
    "audit_check",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("checked", BigInteger, nullable=False),
    Column("broken_at", BigInteger),
    Column("why", Text),
    CheckConstraint("single", name="one_row"),
)

# Executed by the migration that makes the tables, in this order.
DDL: Final[list[str]] = [
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
]

# The way back, for the same migration; the triggers go with their tables.
DDL_DOWN: Final[list[str]] = [
    "drop function if exists audit_refuse() cascade",
    "drop function if exists audit_link_only() cascade",
    "drop function if exists audit_head_forward() cascade",
]
