"""Files in chats; the sealed store of sounds holds other bytes too, and is called so."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _rename("sound", "blob")
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("handle_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("length", sa.BigInteger(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("blob_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("attachment_message_id_fkey")
        ),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("attachment_blob_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("attachment_pkey")),
    )
    op.create_index("attachment_message", "attachment", ["message_id"], unique=False)


def downgrade() -> None:
    # What is left of a file without its row could never be read or deleted again.
    op.execute("create temporary table gone on commit drop as select blob_id from attachment")
    op.drop_table("attachment")
    op.execute("delete from blob where id in (select blob_id from gone)")
    _rename("blob", "sound")


def _rename(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.rename_table(f"{old}_part", f"{new}_part")
    op.alter_column(f"{new}_part", f"{old}_id", new_column_name=f"{new}_id")
    op.execute(f"alter index {old}_draft rename to {new}_draft")
    for table, before, after in (
        (new, f"{old}_pkey", f"{new}_pkey"),
        (f"{new}_part", f"{old}_part_pkey", f"{new}_part_pkey"),
        (f"{new}_part", f"{old}_part_{old}_id_fkey", f"{new}_part_{new}_id_fkey"),
    ):
        op.execute(f"alter table {table} rename constraint {before} to {after}")
