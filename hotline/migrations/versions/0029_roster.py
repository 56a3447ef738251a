"""Planned shifts, absences and swaps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _at(name: str, *, null: bool = False) -> sa.Column[object]:
    default = None if null else sa.text("now()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=null)


def upgrade() -> None:
    op.create_table(
        "planned_shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        _at("changed_at"),
        _at("removed_at", null=True),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("planned_shift_forward_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("planned_shift_pkey")),
    )
    live = sa.text("removed_at is null")
    op.create_index(
        "planned_shift_person", "planned_shift", ["staff_id", "begins_at"], postgresql_where=live
    )
    op.create_index("planned_shift_begins", "planned_shift", ["begins_at"], postgresql_where=live)
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _at("asked_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _at("decided_at", null=True),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("absence_forward_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("absence_pkey")),
    )
    op.create_index(
        "absence_ends",
        "absence",
        ["ends_at"],
        postgresql_where=sa.text("state in ('asked', 'approved')"),
    )
    op.create_table(
        "shift_swap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("offered_to", sa.Uuid(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        _at("offered_at"),
        _at("taken_at", null=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _at("decided_at", null=True),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["planned_shift.id"], name=op.f("shift_swap_shift_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("shift_swap_pkey")),
    )
    op.create_index(
        "shift_swap_open",
        "shift_swap",
        ["shift_id"],
        unique=True,
        postgresql_where=sa.text("state in ('offered', 'accepted')"),
    )


def downgrade() -> None:
    for table in ("shift_swap", "absence", "planned_shift"):
        op.drop_table(table)
