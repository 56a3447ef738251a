"""Contacts, callers and the timeline."""

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

caller = Table(
    "caller",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("index", LargeBinary, unique=True),
    Column("number_sealed", LargeBinary, nullable=False),
    Column("masked", Text, nullable=False),
    Column("language", Text),
    Column("contacts", Integer, nullable=False, server_default="0"),
    Column("first_seen", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("last_seen", DateTime(timezone=True), nullable=False, server_default=func.now()),
    # Codes sent in this hour: somebody who guesses is not listened to.
    Column("link_tries", Integer, nullable=False, server_default="0"),
    Column("link_tried_at", DateTime(timezone=True)),
)

# What an operator gave a caller to send from elsewhere; only its keyed hash is kept.
link_code = Table(
    "link_code",
    metadata,
    Column("index", LargeBinary, primary_key=True),
    Column("caller_id", Uuid, ForeignKey("caller.id"), nullable=False),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("link_code_contact", "contact_id"),
)

# Two callers that are one person: suggested by a code, true once a person of the staff said so.
# The callers themselves are never touched, so that taking it back takes it back exactly.
caller_link = Table(
    "caller_link",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("first_id", Uuid, ForeignKey("caller.id"), nullable=False),
    Column("second_id", Uuid, ForeignKey("caller.id"), nullable=False),
    Column("given_contact", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("sent_contact", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("suggested_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("decided_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
    Index(
        "caller_link_pair",
        "first_id",
        "second_id",
        unique=True,
        postgresql_where=text("state in ('suggested', 'confirmed')"),
    ),
    Index("caller_link_second", "second_id"),
)

# The safe-contact record: how a caller may be reached. All that they told is sealed.
caller_safety = Table(
    "caller_safety",
    metadata,
    Column("caller_id", Uuid, ForeignKey("caller.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("asked_by", Uuid),
    Column("wrong_at", DateTime(timezone=True)),
)

# Who asked for nothing automatic on a channel: found by the keyed hash alone.
caller_opt_out = Table(
    "caller_opt_out",
    metadata,
    Column("caller_index", LargeBinary, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("caller_id", Uuid, ForeignKey("caller.id"), nullable=False),
    Column("language", Text),
    Column("topic", Text),
    Column("danger", Boolean, nullable=False, server_default=text("false")),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("operator_id", Uuid),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("intake", JSONB, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("waiting_since", DateTime(timezone=True)),
    Column("reserved_at", DateTime(timezone=True)),
    Column("talking_since", DateTime(timezone=True)),
    Column("caller_left_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_kind", Text),
    Column("campaign", Text),
    Column("alarm_at", DateTime(timezone=True)),
    Index("contact_opened", "opened_at", "id"),
    Index("contact_caller", "caller_id", "opened_at"),
    Index(
        "contact_answered",
        "channel",
        "language",
        "danger",
        "talking_since",
        postgresql_where=text("talking_since is not null"),
    ),
    Index("contact_open", "state", postgresql_where=text("state <> 'closed'")),
)

contact_event = Table(
    "contact_event",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("kind", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("fields", JSONB, nullable=False),
    Index("contact_event_contact", "contact_id", "id"),
)
