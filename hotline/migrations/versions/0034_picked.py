"""Who made an offer, where it was not the match."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("offer", sa.Column("made_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("offer", "made_by")
