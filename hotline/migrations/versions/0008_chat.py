"""Conversations and messages."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column(
            "last_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("unanswered_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("told_unreadable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("next_send_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("conversation_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("conversation_pkey")),
    )
    op.create_index(
        "conversation_open",
        "conversation",
        ["channel", "address_index"],
        unique=True,
        postgresql_where=sa.text("open"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("options", postgresql.JSONB(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column(
            "state_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["conversation.contact_id"], name=op.f("message_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("message_pkey")),
    )
    op.create_index(
        "message_client",
        "message",
        ["contact_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("client_id is not null"),
    )
    op.create_index("message_contact", "message", ["contact_id", "id"], unique=False)
    op.create_index(
        "message_undecided",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'unknown'"),
    )
    op.create_table(
        "message_part",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column(
            "state_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("message_part_message_id_fkey")
        ),
        sa.PrimaryKeyConstraint("message_id", "number", name=op.f("message_part_pkey")),
    )


def downgrade() -> None:
    for table in ("message_part", "message", "conversation"):
        op.drop_table(table)
