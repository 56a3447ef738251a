"""When a caller last wrote by the provider's clock; which chats in progress are with an operator."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
    # Chats that were in progress when operators began to owe answers are given back like others.
    # Their operators were never told: what they owe counts from now on.
    op.execute(
        """
        update conversation c set with_operator = true,
          unanswered_since = case when unanswered_since is not null then now() end
        from contact where contact.id = c.contact_id and contact.state = 'talking'
          and c.open and not c.with_operator
        """
    )


def downgrade() -> None:
    op.drop_column("conversation", "said_at")
