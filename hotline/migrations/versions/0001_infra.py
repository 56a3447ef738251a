"""Jobs and the inbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("provider", "event_id", name=op.f("inbox_pkey")),
    )
    op.create_index("inbox_received", "inbox", ["received_at"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column(
            "run_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="ready", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pkey")),
    )
    op.create_index(
        "job_dead", "job", ["id"], unique=False, postgresql_where=sa.text("state = 'dead'")
    )
    op.create_index(
        "job_key",
        "job",
        ["key"],
        unique=True,
        postgresql_where=sa.text("key is not null and state in ('ready', 'running')"),
    )
    op.create_index(
        "job_lane",
        "job",
        ["lane", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('ready', 'running')"),
    )
    op.create_index(
        "job_lease",
        "job",
        ["leased_until"],
        unique=False,
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_index(
        "job_ready",
        "job",
        ["run_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'ready'"),
    )


def downgrade() -> None:
    for table in ("job", "inbox"):
        op.drop_table(table)
