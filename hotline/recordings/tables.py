"""Recordings; the sound of each is in the sealed store."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from hotline.infra.metadata import metadata

_OFF = text("false")

# The row is the intent, written before the carrier is asked, and stays as the receipt.
call_recording = Table(
    "call_recording",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("call_sid", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("sid", Text, unique=True),
    Column("told", Text),
    Column("hushed", Boolean, nullable=False, server_default=_OFF),
    Column("quiet", Boolean, nullable=False, server_default=_OFF),
    Column("over", Boolean, nullable=False, server_default=_OFF),
    Column("discard", Boolean, nullable=False, server_default=_OFF),
    Column("begun_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("tried_at", DateTime(timezone=True)),
    Column("length_s", Integer),
    Column("sound_id", Uuid),
    Column("kept_at", DateTime(timezone=True)),
    Column("gone_at", DateTime(timezone=True)),
    Column("destroyed_at", DateTime(timezone=True)),
    # One at a time: what the desk shows and steers is never ambiguous.
    Index(
        "call_recording_one_open",
        "contact_id",
        unique=True,
        postgresql_where=text("not over"),
    ),
    Index("call_recording_contact", "contact_id", "begun_at"),
    Index("call_recording_kept", "kept_at", postgresql_where=text("state = 'kept'")),
    Index("call_recording_there", "begun_at", postgresql_where=text("gone_at is null")),
)
