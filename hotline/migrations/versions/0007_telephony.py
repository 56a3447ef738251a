"""Legs of calls and rooms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "conference_fact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("room_sid", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint(
            "name", "call_sid", "sequence", "room_sid", name=op.f("conference_fact_pkey")
        ),
    )
    op.create_table(
        "outgoing_call",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column(
            "planned_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("room", name=op.f("outgoing_call_pkey")),
    )
    op.create_table(
        "call_leg",
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("in_room", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("call_leg_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("sid", name=op.f("call_leg_pkey")),
    )
    op.create_index("call_leg_contact", "call_leg", ["contact_id", "opened_at"], unique=False)
    op.create_index(
        "call_leg_open",
        "call_leg",
        ["last_seen_at"],
        unique=False,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "conference",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("conference_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("conference_pkey")),
    )
    op.create_index(
        "conference_one_per_contact",
        "conference",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )


def downgrade() -> None:
    for table in ("conference", "call_leg", "outgoing_call", "conference_fact"):
        op.drop_table(table)
