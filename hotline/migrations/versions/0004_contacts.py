"""Contacts, callers and the timeline."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "caller",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.LargeBinary(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("contacts", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "first_seen",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "last_seen", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("caller_pkey")),
        sa.UniqueConstraint("index", name=op.f("caller_index_key")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("danger", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("operator_id", sa.Uuid(), nullable=True),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("intake", postgresql.JSONB(), nullable=False),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talking_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("caller_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_kind", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["caller_id"], ["caller.id"], name=op.f("contact_caller_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_pkey")),
    )
    op.create_index("contact_caller", "contact", ["caller_id", "opened_at"], unique=False)
    op.create_index(
        "contact_open",
        "contact",
        ["state"],
        unique=False,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index("contact_opened", "contact", ["opened_at", "id"], unique=False)
    op.create_table(
        "contact_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("contact_event_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_event_pkey")),
    )
    op.create_index("contact_event_contact", "contact_event", ["contact_id", "id"], unique=False)


def downgrade() -> None:
    for table in ("contact_event", "contact", "caller"):
        op.drop_table(table)
