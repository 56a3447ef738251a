"""When the time for writing up ends, and the pause after a hard call."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
IN_WRAP_UP = sa.text("until is null and wrap_until is not null")


def upgrade() -> None:
    op.add_column("assignment", sa.Column("wrap_until", AT, nullable=True))
    op.add_column("assignment", sa.Column("extended", sa.Text(), nullable=True))
    op.create_index(
        "assignment_wrap_due", "assignment", ["wrap_until"], postgresql_where=IN_WRAP_UP
    )
    op.add_column("operator_state", sa.Column("pause_until", AT, nullable=True))
    op.add_column("operator_state", sa.Column("freed_at", AT, nullable=True))
    op.create_index(
        "operator_paused",
        "operator_state",
        ["pause_until"],
        postgresql_where=sa.text("pause_until is not null"),
    )
    # Who writes up, or is on such a break, is given the time from now on.
    op.execute(
        """
        update assignment set wrap_until = now() + interval '120 seconds'
        where until is null and not talking and kind <> 'guest'
        """
    )
    op.execute(
        """
        update operator_state set pause_until = now() + interval '300 seconds'
        where presence = 'break' and reason = 'hard_call'
        """
    )


def downgrade() -> None:
    op.drop_index("operator_paused", table_name="operator_state")
    op.drop_column("operator_state", "freed_at")
    op.drop_column("operator_state", "pause_until")
    op.drop_index("assignment_wrap_due", table_name="assignment")
    op.drop_column("assignment", "extended")
    op.drop_column("assignment", "wrap_until")
