"""Calls that ask for nothing more, and when the carrier was last asked about a leg."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("call_leg", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "call_leg",
        sa.Column("adrift", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("call_leg", "adrift")
    op.drop_column("call_leg", "looked_at")
