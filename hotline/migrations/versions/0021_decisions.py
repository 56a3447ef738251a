"""Whose a callback is, how often they tried, until when it is excepted, and what is undecided."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("callback", sa.Column("caller_id", sa.Uuid(), nullable=True))
    op.execute(
        "update callback set caller_id = contact.caller_id from contact where contact.id = contact_id"
    )
    # The version before goes on beside this one for a while, and does not know of the caller.
    op.execute(
        """
        create function callback_whose() returns trigger language plpgsql as $$
        begin
          new.caller_id := coalesce(
            new.caller_id, (select caller_id from contact where id = new.contact_id));
          return new;
        end $$
        """
    )
    op.execute(
        "create trigger callback_whose before insert on callback"
        " for each row execute function callback_whose()"
    )
    op.alter_column("callback", "caller_id", nullable=False)
    op.create_foreign_key(
        op.f("callback_caller_id_fkey"), "callback", "caller", ["caller_id"], ["id"]
    )
    op.add_column("callback", sa.Column("outside_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("callback", sa.Column("outside_by", sa.Uuid(), nullable=True))
    op.add_column("callback", sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("callback", sa.Column("tries", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "callback",
        sa.Column(
            "tried_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
    )
    op.add_column("callback", sa.Column("tried_as", sa.Text(), nullable=True))
    op.execute("update callback set tried_at = asked_at")
    # What was allowed holds to the end of what it was allowed for.
    op.execute("update callback set outside_until = until_at where outside_sealed is not null")
    op.create_index(
        "callback_caller",
        "callback",
        ["caller_id"],
        postgresql_where=sa.text("state = 'open' or state = 'undecided'"),
    )
    op.create_index(
        "callback_undecided",
        "callback",
        ["ended_at"],
        postgresql_where=sa.text("state = 'undecided'"),
    )


def downgrade() -> None:
    op.execute("update callback set state = 'given_up' where state = 'undecided'")
    op.execute("update contact set outcome = 'not_reached' where outcome = 'came_again'")
    op.execute("drop trigger callback_whose on callback")
    op.execute("drop function callback_whose()")
    op.drop_index("callback_undecided", table_name="callback")
    op.drop_index("callback_caller", table_name="callback")
    added = "tried_as tried_at tries talked_at outside_by outside_until caller_id"
    for column in added.split():
        op.drop_column("callback", column)
