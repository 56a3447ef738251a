"""Accounts, sessions, and the count of failed sign-ins."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hotline.infra.metadata import metadata

_NOW = func.now()
_NONE = text("'{}'::text[]")

# `identity` seals the login and the name; `login_index` is the keyed hash that finds the login;
# `phone` seals the number or address at which the person themself is rung. `helps` and `expert`
# name those of the languages and skills that are not at the usual level.
staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("login_index", LargeBinary, nullable=False, unique=True),
    Column("identity", LargeBinary, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("languages", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("skills", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("max_chats", Integer, nullable=False, server_default="3"),
    Column("phone_mode", Text, nullable=False, server_default="browser"),
    Column("lang", Text, nullable=False, server_default="ru"),
    Column("password_hash", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("disabled_at", DateTime(timezone=True)),
    Column("phone", LargeBinary),
    Column("helps", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("expert", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("call_beside", Integer, nullable=False, server_default="0"),
    CheckConstraint(
        "cardinality(roles) > 0 and roles <@ "
        "array['operator', 'senior', 'supervisor', 'administrator', 'auditor']",
        name="roles",
    ),
    CheckConstraint("languages <@ array['ky', 'ru', 'uz', 'en']", name="languages"),
    CheckConstraint("max_chats between 1 and 20", name="max_chats"),
    CheckConstraint("phone_mode in ('fake', 'browser', 'own')", name="phone_mode"),
    CheckConstraint("lang in ('ky', 'ru', 'uz', 'en')", name="lang"),
    CheckConstraint("octet_length(login_index) = 32", name="login_index"),
    CheckConstraint("helps <@ languages", name="helps"),
    CheckConstraint("expert <@ skills", name="expert"),
    CheckConstraint("call_beside between 0 and max_chats", name="call_beside"),
    Index("staff_enabled", "created_at", "id", postgresql_where=text("disabled_at is null")),
)

# The token itself is stored nowhere: a stolen table opens no session.
session = Table(
    "session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),
    Index("session_staff", "staff_id"),
    Index("session_seen", "seen_at"),
)

# Keyed by the login that was typed, so that unknown names slow down exactly like known ones.
login_try = Table(
    "login_try",
    metadata,
    Column("login_index", LargeBinary, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Index("login_try_last", "last_at"),
)
