"""Conversations, their messages, and the parts in which messages leave."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata

conversation = Table(
    "conversation",
    metadata,
    Column("contact_id", Uuid, ForeignKey("contact.id"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address_index", LargeBinary, nullable=False),
    Column("address_sealed", LargeBinary, nullable=False),
    Column("open", Boolean, nullable=False, server_default=text("true")),
    Column("opened_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("unanswered_since", DateTime(timezone=True)),
    Column("seen_id", BigInteger, nullable=False, server_default="0"),
    Column("told_unreadable", Boolean, nullable=False, server_default=text("false")),
    Column("next_send_at", DateTime(timezone=True)),
    # When the newest words of the caller were written, by the provider's clock.
    Column("said_at", DateTime(timezone=True)),
    # The contact of this caller that was over not long before this one began.
    Column("reopens", Uuid),
    # An operator talks with them: only then somebody in particular owes an answer.
    Column("with_operator", Boolean, nullable=False, server_default=text("false")),
    Column("typing_at", DateTime(timezone=True)),
    # When the operator was told that nobody had answered for long.
    Column("alerted_at", DateTime(timezone=True)),
    Index(
        "conversation_unanswered",
        "unanswered_since",
        postgresql_where=text("open and with_operator and unanswered_since is not null"),
    ),
    Index(
        "conversation_open",
        "channel",
        "address_index",
        unique=True,
        postgresql_where=text("open"),
    ),
    Index("conversation_address", "address_index", "opened_at"),
)

message = Table(
    "message",
    metadata,
    # Allocated before the insert: the sealed text is bound to the number of its row.
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("conversation.contact_id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("body_sealed", LargeBinary),
    Column("options", JSONB),
    Column("client_id", Text),
    Column("provider_id", Text),
    Column("state", Text, nullable=False),
    Column("error_code", Text),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("state_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("reply_to", BigInteger),
    Column("edited_at", DateTime(timezone=True)),
    # A change of ours on its way to the other side: queued or failed; null where they have it.
    Column("edit_state", Text),
    Column("edit_error", Text),
    Index("message_contact", "contact_id", "id"),
    Index(
        "message_client",
        "contact_id",
        "client_id",
        unique=True,
        postgresql_where=text("client_id is not null"),
    ),
    Index("message_undecided", "id", postgresql_where=text("state = 'unknown'")),
)

message_part = Table(
    "message_part",
    metadata,
    Column("message_id", BigInteger, ForeignKey("message.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("provider_id", Text),
    Column("state", Text, nullable=False),
    Column("error_code", Text),
    Column("state_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("message_id", BigInteger, ForeignKey("message.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("error_code", Text),
    Column("handle_sealed", LargeBinary),
    Column("name_sealed", LargeBinary),
    Column("length", BigInteger),
    Column("width", Integer),
    Column("height", Integer),
    Column("duration_ms", Integer),
    Column("album", Text),
    Column("type", Text),
    Column("blob_id", Uuid, ForeignKey("blob.id")),
    Column("state_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("attachment_message", "message_id"),
)

# That somebody wanted it gone, and what became of it; no words.
erasure = Table(
    "erasure",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("conversation.contact_id"), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("upto", BigInteger, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("says", Boolean, nullable=False),
    Column("shredded_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    Column("deleted", Integer, nullable=False, server_default="0"),
    Column("remaining", Integer, nullable=False, server_default="0"),
    Index("erasure_contact", "contact_id", "id"),
)

# Words that a message had before they were changed, sealed as they were.
message_revision = Table(
    "message_revision",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("message_id", BigInteger, ForeignKey("message.id"), nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("message_revision_message", "message_id", "id"),
)
