"""The queue, offers, operators' states and assignments.

The unique partial indexes are the promises: one pending offer per contact and per operator, one
operator per contact.
"""

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
from sqlalchemy.dialects.postgresql import ARRAY

from hotline.infra.metadata import metadata

queue_entry = Table(
    "queue_entry",
    metadata,
    Column("contact_id", Uuid, ForeignKey("contact.id"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text),
    Column("topic", Text),
    Column("danger", Boolean, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("effective_at", DateTime(timezone=True), nullable=False),
    # Whom the contact was handed on to: nobody else is asked before that time.
    Column("wanted", Uuid),
    Column("wanted_until", DateTime(timezone=True)),
    # The caller's numbers are in a flood: set back by some minutes, once.
    Column("behind", Boolean, nullable=False, server_default=text("false")),
    Index("queue_order", "effective_at", "contact_id"),
)

operator_state = Table(
    "operator_state",
    metadata,
    Column("staff_id", Uuid, primary_key=True),
    Column("presence", Text, nullable=False),
    Column("reason", Text),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("idle_since", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("languages", ARRAY(Text), nullable=False),
    Column("skills", ARRAY(Text), nullable=False),
    Column("max_chats", Integer, nullable=False),
    Column("phone_mode", Text, nullable=False),
    Column("pending_break", Text),
    Index("operator_on_shift", "presence", postgresql_where=text("presence <> 'offline'")),
)

offer = Table(
    "offer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("deadline", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("reason", Text),
    # queue: take who waits; transfer: join a talk that goes on.
    Column("purpose", Text, nullable=False, server_default="queue"),
    Index(
        "offer_one_per_contact",
        "contact_id",
        unique=True,
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "offer_one_per_staff", "staff_id", unique=True, postgresql_where=text("state = 'pending'")
    ),
    Index("offer_due", "deadline", postgresql_where=text("state = 'pending'")),
    Index("offer_contact", "contact_id"),
)

assignment = Table(
    "assignment",
    metadata,
    Column("contact_id", Uuid, ForeignKey("contact.id"), primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("since", DateTime(timezone=True), primary_key=True, server_default=func.now()),
    Column("kind", Text, nullable=False),
    Column("talking", Boolean, nullable=False, server_default=text("true")),
    Column("until", DateTime(timezone=True)),
    Index(
        "assignment_one_operator",
        "contact_id",
        unique=True,
        postgresql_where=text("until is null and kind <> 'guest'"),
    ),
    Index("assignment_in_hand", "staff_id", postgresql_where=text("until is null")),
)
