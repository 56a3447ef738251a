"""Cases, their history, and every alert that was given.

The unique partial index is a promise: a contact has at most one case that is not closed.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata

hotline_case = Table(
    "hotline_case",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("raised_by", Uuid, nullable=False),
    Column("raised_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("owner_id", Uuid),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("step", Integer, nullable=False, server_default="0"),
    Column("ladder_at", DateTime(timezone=True), nullable=False),
    Column("deadline_at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True), nullable=False),
    Column("acked_at", DateTime(timezone=True)),
    Column("acked_by", Uuid),
    Column("closed_at", DateTime(timezone=True)),
    Column("result", Text),
    Column("seniors_only", Boolean, nullable=False, server_default=text("false")),
    Column("reason_sealed", LargeBinary),
    Index("case_raised", "raised_at", "id"),
    Index("case_contact", "contact_id", "raised_at"),
    Index(
        "case_one_per_contact",
        "contact_id",
        unique=True,
        postgresql_where=text("state <> 'closed'"),
    ),
    Index("case_sealed", "contact_id", postgresql_where=text("seniors_only and state <> 'closed'")),
    Index("case_next", "next_at", postgresql_where=text("state = 'open'")),
)

case_event = Table(
    "case_event",
    metadata,
    Column("id", BigInteger, Identity(always=False), primary_key=True),
    Column("case_id", Uuid, ForeignKey("hotline_case.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("kind", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("fields", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("sealed", LargeBinary),
    Index("case_event_case", "case_id", "id"),
)

page = Table(
    "page",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Uuid, ForeignKey("hotline_case.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("target", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("provider_id", Text),
    Column("error", Text),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("state_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("case_id", "round", "step", "target"),
)
