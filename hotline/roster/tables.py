"""Planned shifts, absences and swaps; no row goes away, so that the record has its object."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from hotline.infra.metadata import metadata

_NOW = func.now()

planned_shift = Table(
    "planned_shift",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    Column("begins_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("removed_at", DateTime(timezone=True)),
    CheckConstraint("ends_at > begins_at", name="forward"),
    Index(
        "planned_shift_person", "staff_id", "begins_at", postgresql_where=text("removed_at is null")
    ),
    Index("planned_shift_begins", "begins_at", postgresql_where=text("removed_at is null")),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    Column("begins_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("decided_by", Uuid),
    Column("decided_at", DateTime(timezone=True)),
    CheckConstraint("ends_at > begins_at", name="forward"),
    Index("absence_ends", "ends_at", postgresql_where=text("state in ('asked', 'approved')")),
)

# One open swap per shift: who offers it twice, or to two people, hears that it is offered.
shift_swap = Table(
    "shift_swap",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("shift_id", Uuid, ForeignKey("planned_shift.id"), nullable=False),
    Column("offered_by", Uuid, nullable=False),
    Column("offered_to", Uuid),
    Column("taken_by", Uuid),
    Column("state", Text, nullable=False),
    Column("offered_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("taken_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
    Column("decided_at", DateTime(timezone=True)),
    Index(
        "shift_swap_open",
        "shift_id",
        unique=True,
        postgresql_where=text("state in ('offered', 'accepted')"),
    ),
)
