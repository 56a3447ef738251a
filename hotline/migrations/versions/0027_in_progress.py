"""Chats that were in progress when operators began to owe answers: theirs, too, are given back."""

from collections.abc import Sequence

from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
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
    """Nothing: it was true before, and only not written."""
