"""Callbacks, each call that was made for one, and the messages that callers left."""

from sqlalchemy import (
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

from hotline.infra.metadata import metadata

callback = Table(
    "callback",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("caller_id", Uuid, ForeignKey("caller.id"), nullable=False),
    Column("number_index", LargeBinary, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("next_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    # Of an agreed time: the hours, who promised, what for, and why not at a safe time.
    Column("from_at", DateTime(timezone=True)),
    Column("until_at", DateTime(timezone=True)),
    Column("promised_by", Uuid),
    Column("reason_sealed", LargeBinary),
    Column("outside_sealed", LargeBinary),
    Column("outside_until", DateTime(timezone=True)),
    Column("outside_by", Uuid),
    # When we talked with the caller elsewhere, after they had asked for this.
    Column("talked_at", DateTime(timezone=True)),
    # How often the caller tried; the last time without a promise of its own, and how that ended.
    Column("tries", Integer, nullable=False, server_default="1"),
    Column("tried_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("tried_as", Text),
    # Two promises to one person would be two calls.
    Index(
        "callback_one_open",
        "contact_id",
        unique=True,
        postgresql_where=text("state = 'open'"),
    ),
    Index("callback_contact", "contact_id"),
    Index(
        "callback_caller",
        "caller_id",
        postgresql_where=text("state = 'open' or state = 'undecided'"),
    ),
    Index("callback_undecided", "ended_at", postgresql_where=text("state = 'undecided'")),
    Index("callback_number", "number_index", "asked_at"),
)

# The intent to call, written before the carrier is asked: at most one per reservation.
callback_attempt = Table(
    "callback_attempt",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("callback_id", Uuid, ForeignKey("callback.id"), nullable=False),
    Column("room", Text, nullable=False, unique=True),
    Column("number_index", LargeBinary, nullable=False),
    Column("planned_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("sid", Text, unique=True),
    Column("passed_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("how", Text),
    Index("callback_attempt_callback", "callback_id"),
    Index("callback_attempt_planned", "planned_at"),
)

# What a caller said after the tone. `deleted_at`: since when the carrier has it no more.
voice_message = Table(
    "voice_message",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("call_sid", Text, nullable=False),
    Column("recording_sid", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("length_s", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("sound_id", Uuid, ForeignKey("blob.id")),
    Column("heard_at", DateTime(timezone=True)),
    Column("deleted_at", DateTime(timezone=True)),
    Index("voice_message_contact", "contact_id"),
    Index("voice_message_carried", "at", postgresql_where=text("deleted_at is null")),
    Index("voice_message_sound", "at", postgresql_where=text("sound_id is not null")),
)
