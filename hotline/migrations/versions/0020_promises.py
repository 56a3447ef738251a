"""Agreed times of callbacks, and how a caller may be reached without danger."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "caller_safety",
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("wrong_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["caller.id"], name=op.f("caller_safety_caller_id_fkey")
        ),
        sa.PrimaryKeyConstraint("caller_id", name=op.f("caller_safety_pkey")),
    )
    op.add_column("callback", sa.Column("from_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("callback", sa.Column("until_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("callback", sa.Column("promised_by", sa.Uuid(), nullable=True))
    op.add_column("callback", sa.Column("reason_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("callback", sa.Column("outside_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    # Without its hours an agreed call could be made at any time: nobody is called.
    op.execute("update callback set state = 'closed', ended_at = now() where why = 'agreed'")
    for column in ("outside_sealed", "reason_sealed", "promised_by", "until_at", "from_at"):
        op.drop_column("callback", column)
    op.drop_table("caller_safety")
