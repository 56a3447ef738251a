"""Sounds, sealed in parts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sound",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("peaks", sa.LargeBinary(), nullable=True),
        sa.Column(
            "begun_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("sound_pkey")),
    )
    op.create_index(
        "sound_draft", "sound", ["begun_at"], postgresql_where=sa.text("kept_at is null")
    )
    op.create_table(
        "sound_part",
        sa.Column("sound_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sound_id"], ["sound.id"], name=op.f("sound_part_sound_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sound_id", "number", name=op.f("sound_part_pkey")),
    )


def downgrade() -> None:
    op.drop_table("sound_part")
    op.drop_table("sound")
