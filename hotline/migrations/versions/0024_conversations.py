"""Changed messages, answers to one message, who waits for whom, one person on two channels."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WAITING = "open and with_operator and unanswered_since is not null"
_STANDS = "state in ('suggested', 'confirmed')"


def _at(name: str, *, given: bool = False) -> sa.Column[datetime]:
    now = sa.text("now()") if given else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=not given)


def upgrade() -> None:
    op.add_column("message", sa.Column("reply_to", sa.BigInteger(), nullable=True))
    op.add_column("message", _at("edited_at"))
    op.add_column("message", sa.Column("edit_state", sa.Text(), nullable=True))
    op.add_column("message", sa.Column("edit_error", sa.Text(), nullable=True))
    op.create_table(
        "message_revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("message_revision_message_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("message_revision_pkey")),
    )
    op.create_index("message_revision_message", "message_revision", ["message_id", "id"])
    op.add_column("conversation", sa.Column("reopens", sa.Uuid(), nullable=True))
    op.add_column(
        "conversation",
        sa.Column("with_operator", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("conversation", _at("typing_at"))
    op.add_column("conversation", _at("alerted_at"))
    op.create_index(
        "conversation_unanswered",
        "conversation",
        ["unanswered_since"],
        postgresql_where=sa.text(_WAITING),
    )
    _links()


def _links() -> None:
    op.add_column(
        "caller", sa.Column("link_tries", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("caller", _at("link_tried_at"))
    op.create_table(
        "link_code",
        sa.Column("index", sa.LargeBinary(), nullable=False),
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["caller.id"], name=op.f("link_code_caller_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("link_code_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("index", name=op.f("link_code_pkey")),
    )
    op.create_index("link_code_contact", "link_code", ["contact_id"])
    named = (("first_id", "caller"), ("second_id", "caller"))
    contacts = (("given_contact", "contact"), ("sent_contact", "contact"))
    op.create_table(
        "caller_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name, _ in (*named, *contacts)),
        sa.Column("state", sa.Text(), nullable=False),
        _at("suggested_at", given=True),
        _at("decided_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"caller_link_{name}_fkey"))
            for name, table in (*named, *contacts)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("caller_link_pkey")),
    )
    op.create_index(
        "caller_link_pair",
        "caller_link",
        ["first_id", "second_id"],
        unique=True,
        postgresql_where=sa.text(_STANDS),
    )
    op.create_index("caller_link_second", "caller_link", ["second_id"])


def downgrade() -> None:
    op.drop_table("caller_link")
    op.drop_table("link_code")
    op.drop_column("caller", "link_tried_at")
    op.drop_column("caller", "link_tries")
    op.drop_index("conversation_unanswered", "conversation")
    for column in ("alerted_at", "typing_at", "with_operator", "reopens"):
        op.drop_column("conversation", column)
    # Notes of colleagues have no other kind of message that they could be.
    op.drop_table("message_revision")
    op.execute("delete from message where kind = 'note'")
    for column in ("edit_error", "edit_state", "edited_at", "reply_to"):
        op.drop_column("message", column)
