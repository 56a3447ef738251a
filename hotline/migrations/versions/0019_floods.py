"""Floods: who calls from where, who waits behind; and calls that ask for nothing more."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("call_leg", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "call_leg",
        sa.Column("adrift", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("call_leg", sa.Column("address_key", sa.LargeBinary(), nullable=True))
    op.add_column("call_leg", sa.Column("prefix", sa.Text(), nullable=True))
    op.add_column("call_leg", sa.Column("lane", sa.Text(), server_default="open", nullable=False))
    for name in ("address_key", "prefix"):
        op.create_index(
            f"call_leg_{name}",
            "call_leg",
            [name, "lane"],
            postgresql_where=sa.text(f"ended_at is null and {name} is not null"),
        )
    op.add_column(
        "queue_entry",
        sa.Column("behind", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_table(
        "line_flood",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("prefix", name=op.f("line_flood_pkey")),
    )


def downgrade() -> None:
    op.drop_table("line_flood")
    op.drop_column("queue_entry", "behind")
    for name in ("lane", "prefix", "address_key"):
        op.drop_column("call_leg", name)
    op.drop_column("call_leg", "adrift")
    op.drop_column("call_leg", "looked_at")
