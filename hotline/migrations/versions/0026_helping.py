"""Erasures of conversations; by which link people came, and the silent alarm."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("campaign", sa.Text(), nullable=True))
    op.add_column("contact", sa.Column("alarm_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column(
            "asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("says", sa.Boolean(), nullable=False),
        sa.Column("shredded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("remaining", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["conversation.contact_id"], name=op.f("erasure_contact_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("erasure_pkey")),
    )
    op.create_index("erasure_contact", "erasure", ["contact_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("erasure")
    for column in ("alarm_at", "campaign"):
        op.drop_column("contact", column)
