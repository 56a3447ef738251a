"""Sealed cases: their persons are served by senior operators only."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "hotline_case",
        sa.Column("seniors_only", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "case_sealed",
        "hotline_case",
        ["contact_id"],
        postgresql_where=sa.text("seniors_only and state <> 'closed'"),
    )
    op.create_index(
        "queue_sealed", "queue_entry", ["contact_id"], postgresql_where=sa.text("senior")
    )


def downgrade() -> None:
    op.drop_index("queue_sealed", "queue_entry")
    op.drop_index("case_sealed", "hotline_case")
    op.drop_column("hotline_case", "seniors_only")
