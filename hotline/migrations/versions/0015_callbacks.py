"""Calling people back: what was promised, each call that was made, and legs before the gate."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "callback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("callback_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("callback_pkey")),
    )
    op.create_index(
        "callback_one_open",
        "callback",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("callback_contact", "callback", ["contact_id"])
    op.create_index("callback_number", "callback", ["number_index", "asked_at"])
    op.create_table(
        "callback_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("callback_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "planned_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callback.id"], name=op.f("callback_attempt_callback_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("callback_attempt_pkey")),
        sa.UniqueConstraint("room", name=op.f("callback_attempt_room_key")),
        sa.UniqueConstraint("sid", name=op.f("callback_attempt_sid_key")),
    )
    op.create_index("callback_attempt_callback", "callback_attempt", ["callback_id"])
    op.create_index("callback_attempt_planned", "callback_attempt", ["planned_at"])
    op.add_column(
        "call_leg",
        sa.Column("gated", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("call_leg", "gated")
    op.drop_table("callback_attempt")
    op.drop_table("callback")
