"""Queue, offers, presence, assignments."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "operator_state",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column(
            "idle_since",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("max_chats", sa.Integer(), nullable=False),
        sa.Column("phone_mode", sa.Text(), nullable=False),
        sa.Column("pending_break", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("operator_state_pkey")),
    )
    op.create_index(
        "operator_on_shift",
        "operator_state",
        ["presence"],
        unique=False,
        postgresql_where=sa.text("presence <> 'offline'"),
    )
    op.create_table(
        "assignment",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column(
            "since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("talking", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("assignment_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("contact_id", "staff_id", "since", name=op.f("assignment_pkey")),
    )
    op.create_index(
        "assignment_in_hand",
        "assignment",
        ["staff_id"],
        unique=False,
        postgresql_where=sa.text("until is null"),
    )
    op.create_index(
        "assignment_one_operator",
        "assignment",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("until is null"),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("offer_contact_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("offer_pkey")),
    )
    op.create_index("offer_contact", "offer", ["contact_id"], unique=False)
    op.create_index(
        "offer_due",
        "offer",
        ["deadline"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "offer_one_per_contact",
        "offer",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "offer_one_per_staff",
        "offer",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "queue_entry",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("queue_entry_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("queue_entry_pkey")),
    )
    op.create_index("queue_order", "queue_entry", ["effective_at", "contact_id"], unique=False)


def downgrade() -> None:
    for table in ("queue_entry", "offer", "assignment", "operator_state"):
        op.drop_table(table)
