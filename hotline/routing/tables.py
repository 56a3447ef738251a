"""The queue, offers, operators' states and assignments.

The unique partial indexes are the promises: one pending offer per contact and per operator, one
operator per contact.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
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
from hotline.routing import deciding, moments, triggers

_FALSE: Final = text("false")

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
    Column("behind", Boolean, nullable=False, server_default=_FALSE),
    # What it asks now; null asks nothing. The table of relaxations says what is next, and when.
    Column("asks_language", Text),
    Column("asks_topic", Text),
    Column("senior", Boolean, nullable=False, server_default=_FALSE),
    Column("reserve", Boolean, nullable=False, server_default=_FALSE),
    Column("relax_at", DateTime(timezone=True)),
    # Both by trigger. In no class: kept for somebody.
    Column("class_id", Integer),
    Column("offered", Boolean, nullable=False, server_default=_FALSE),
    Index("queue_order", "effective_at", "contact_id"),
    Index(
        "queue_head",
        "class_id",
        "effective_at",
        "contact_id",
        postgresql_where=text("not offered"),
    ),
    Index("queue_sealed", "contact_id", postgresql_where=text("senior")),
    Index("queue_kept", "wanted", postgresql_where=text("wanted is not null")),
    Index("queue_kept_until", "wanted_until", postgresql_where=text("wanted_until is not null")),
    Index("queue_relaxes", "relax_at", postgresql_where=text("relax_at is not null")),
)

# What contacts ask for, and what operators can: few rows, made by triggers, never changed.
queue_class = Table(
    "queue_class",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("asks_language", Text),
    Column("asks_topic", Text),
    Column("senior", Boolean, nullable=False),
    Column("reserve", Boolean, nullable=False),
)

operator_profile = Table(
    "operator_profile",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("languages", ARRAY(Text), nullable=False),
    Column("skills", ARRAY(Text), nullable=False),
    Column("senior", Boolean, nullable=False),
    Column("reserve", Boolean, nullable=False),
    Column("max_chats", Integer, nullable=False),
    Column("call_beside", Integer, nullable=False),
)

# Somebody, or a class whose call went out of the way, for whom there may be a pair now.
routing_wish = Table(
    "routing_wish",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("contact_id", Uuid),
    Column("staff_id", Uuid),
    Column("class_id", Integer),
    Column("due_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("routing_wish_due", "due_at", "id"),
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
    # The end of a pause after a hard call; such a break ends by itself.
    Column("pause_until", DateTime(timezone=True)),
    # When they had a contact less in hand, until a pause is taken for it.
    Column("freed_at", DateTime(timezone=True)),
    Column("senior", Boolean, nullable=False, server_default=_FALSE),
    # Asked only by contacts that have waited so long that the reserve is open.
    Column("reserve", Boolean, nullable=False, server_default=_FALSE),
    # How many chats may be in hand when a call is offered.
    Column("call_beside", Integer, nullable=False, server_default="0"),
    # Contacts in danger that were taken on that day.
    Column("hard", Integer, nullable=False, server_default="0"),
    Column("hard_on", Date),
    # By trigger, from assignments and offers.
    Column("calls", Integer, nullable=False, server_default="0"),
    Column("chats", Integer, nullable=False, server_default="0"),
    Column("offered", Boolean, nullable=False, server_default=_FALSE),
    Column("free", Boolean, nullable=False, server_default=_FALSE),
    Column("profile_id", Integer),
    Index("operator_on_shift", "presence", postgresql_where=text("presence <> 'offline'")),
    Index(
        "operator_free",
        "profile_id",
        "chats",
        "idle_since",
        "staff_id",
        postgresql_where=text("free"),
    ),
    Index(
        "operator_free_hard",
        "profile_id",
        "chats",
        "hard",
        "idle_since",
        "staff_id",
        postgresql_where=text("free"),
    ),
    Index("operator_with_chats", "staff_id", postgresql_where=text("free and chats > call_beside")),
    Index("operator_hard", "hard_on", postgresql_where=text("hard > 0")),
    Index("operator_paused", "pause_until", postgresql_where=text("pause_until is not null")),
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
    # Who took the contact themselves, or which supervisor gave it to staff_id; null: the match.
    Column("made_by", Uuid),
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
    Index("offer_made", "made_at"),
    Index("offer_passed", "staff_id", "ended_at", postgresql_where=text("state = 'passed'")),
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
    # The time for writing up: when it ends, and why more was asked for.
    Column("wrap_until", DateTime(timezone=True)),
    Column("extended", Text),
    Index(
        "assignment_one_operator",
        "contact_id",
        unique=True,
        postgresql_where=text("until is null and kind <> 'guest'"),
    ),
    Index("assignment_in_hand", "staff_id", postgresql_where=text("until is null")),
    Index("assignment_since", "since"),
    Index(
        "assignment_wrap_due",
        "wrap_until",
        postgresql_where=text("until is null and wrap_until is not null"),
    ),
)

DDL: Final = [*triggers.DDL, *deciding.DDL, *moments.DDL]
