"""Recordings of talks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _off(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    op.create_table(
        "call_recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        _off("hushed"),
        _off("quiet"),
        _off("over"),
        _off("discard"),
        sa.Column(
            "begun_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        _moment("tried_at"),
        sa.Column("length_s", sa.Integer(), nullable=True),
        sa.Column("sound_id", sa.Uuid(), nullable=True),
        _moment("kept_at"),
        _moment("gone_at"),
        _moment("destroyed_at"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("call_recording_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("call_recording_pkey")),
        sa.UniqueConstraint("sid", name=op.f("call_recording_sid_key")),
    )
    op.create_index(
        "call_recording_one_open",
        "call_recording",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("not over"),
    )
    op.create_index("call_recording_contact", "call_recording", ["contact_id", "begun_at"])
    op.create_index(
        "call_recording_kept",
        "call_recording",
        ["kept_at"],
        postgresql_where=sa.text("state = 'kept'"),
    )
    op.create_index(
        "call_recording_there",
        "call_recording",
        ["begun_at"],
        postgresql_where=sa.text("gone_at is null"),
    )


def downgrade() -> None:
    op.drop_table("call_recording")
