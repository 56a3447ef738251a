"""Accounts and sessions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "login_try",
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column(
            "last_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("login_index", name=op.f("login_try_pkey")),
    )
    op.create_index("login_try_last", "login_try", ["last_at"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "languages",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column(
            "skills",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column("max_chats", sa.Integer(), server_default="3", nullable=False),
        sa.Column("phone_mode", sa.Text(), server_default="browser", nullable=False),
        sa.Column("lang", sa.Text(), server_default="ru", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "cardinality(roles) > 0 and roles <@ array['operator', 'senior', 'supervisor', 'administrator', 'auditor']",
            name=op.f("staff_roles_check"),
        ),
        sa.CheckConstraint("lang in ('ky', 'ru', 'uz', 'en')", name=op.f("staff_lang_check")),
        sa.CheckConstraint(
            "languages <@ array['ky', 'ru', 'uz', 'en']", name=op.f("staff_languages_check")
        ),
        sa.CheckConstraint(
            "phone_mode in ('fake', 'browser')", name=op.f("staff_phone_mode_check")
        ),
        sa.CheckConstraint("max_chats between 1 and 20", name=op.f("staff_max_chats_check")),
        sa.CheckConstraint("octet_length(login_index) = 32", name=op.f("staff_login_index_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_pkey")),
        sa.UniqueConstraint("login_index", name=op.f("staff_login_index_key")),
    )
    op.create_index(
        "staff_enabled",
        "staff",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("disabled_at is null"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("session_token_hash_check")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("session_staff_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("session_token_hash_key")),
    )
    op.create_index("session_seen", "session", ["seen_at"], unique=False)
    op.create_index("session_staff", "session", ["staff_id"], unique=False)


def downgrade() -> None:
    for table in ("session", "staff", "login_try"):
        op.drop_table(table)
