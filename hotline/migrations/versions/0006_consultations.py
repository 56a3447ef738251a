"""What operators record."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "fields", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "touched", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "kind", sa.Text(), sa.Computed("fields ->> 'kind'", persisted=True), nullable=True
        ),
        sa.Column(
            "topic", sa.Text(), sa.Computed("fields ->> 'topic'", persisted=True), nullable=True
        ),
        sa.Column(
            "country", sa.Text(), sa.Computed("fields ->> 'country'", persisted=True), nullable=True
        ),
        sa.Column(
            "region", sa.Text(), sa.Computed("fields ->> 'region'", persisted=True), nullable=True
        ),
        sa.Column(
            "danger_now",
            sa.Text(),
            sa.Computed("fields ->> 'danger_now'", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "screening",
            postgresql.JSONB(),
            sa.Computed("coalesce(fields -> 'screening', '[]'::jsonb)", persisted=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("consultation_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("consultation_pkey")),
    )
    op.create_index(
        "consultation_draft",
        "consultation",
        ["opened_at"],
        unique=False,
        postgresql_where=sa.text("state = 'draft'"),
    )


def downgrade() -> None:
    for table in ("consultation",):
        op.drop_table(table)
