"""Messages that callers left."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "voice_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("recording_sid", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("length_s", sa.Integer(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("sound_id", sa.Uuid(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("voice_message_contact_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["sound_id"], ["sound.id"], name=op.f("voice_message_sound_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("voice_message_pkey")),
        sa.UniqueConstraint("recording_sid", name=op.f("voice_message_recording_sid_key")),
    )
    op.create_index("voice_message_contact", "voice_message", ["contact_id"])
    op.create_index(
        "voice_message_carried",
        "voice_message",
        ["at"],
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "voice_message_sound",
        "voice_message",
        ["at"],
        postgresql_where=sa.text("sound_id is not null"),
    )


def downgrade() -> None:
    op.drop_table("voice_message")
