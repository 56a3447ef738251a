"""Guests of a talk, transfers, hold."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    now, false = sa.text("now()"), sa.text("false")
    op.add_column("call_leg", sa.Column("told", postgresql.JSONB(), nullable=True))
    for name in ("held", "apart"):
        op.add_column(
            "conference", sa.Column(name, sa.Boolean(), server_default=false, nullable=False)
        )
    op.add_column("queue_entry", sa.Column("wanted", sa.Uuid(), nullable=True))
    op.add_column(
        "queue_entry", sa.Column("wanted_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("offer", sa.Column("purpose", sa.Text(), server_default="queue", nullable=False))
    op.drop_index("assignment_one_operator", table_name="assignment")
    op.create_index(
        "assignment_one_operator",
        "assignment",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("until is null and kind <> 'guest'"),
    )
    op.create_table(
        "call_guest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("call_guest_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("call_guest_pkey")),
    )
    op.create_index("call_guest_contact", "call_guest", ["contact_id"])
    op.create_index(
        "call_guest_staff",
        "call_guest",
        ["staff_id"],
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "call_transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("from_staff", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("to_staff", sa.Uuid(), nullable=True),
        sa.Column("guest_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("warm", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("call_transfer_contact_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["call_guest.id"], name=op.f("call_transfer_guest_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("call_transfer_pkey")),
    )
    op.create_index(
        "call_transfer_one_open",
        "call_transfer",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )


def downgrade() -> None:
    op.drop_table("call_transfer")
    op.drop_table("call_guest")
    op.execute("delete from assignment where kind = 'guest'")
    op.drop_index("assignment_one_operator", table_name="assignment")
    op.create_index(
        "assignment_one_operator",
        "assignment",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("until is null"),
    )
    op.drop_column("offer", "purpose")
    op.drop_column("queue_entry", "wanted_until")
    op.drop_column("queue_entry", "wanted")
    op.drop_column("conference", "apart")
    op.drop_column("conference", "held")
    op.drop_column("call_leg", "told")
