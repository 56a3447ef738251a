"""Who asked for no automatic SMS, and the earlier conversation of a number."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "caller_opt_out",
        sa.Column("caller_index", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("caller_index", "channel", name=op.f("caller_opt_out_pkey")),
    )
    op.create_index("conversation_address", "conversation", ["address_index", "opened_at"])


def downgrade() -> None:
    op.drop_index("conversation_address", table_name="conversation")
    op.drop_table("caller_opt_out")
