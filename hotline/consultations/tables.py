"""Records: coded answers in clear, personal words sealed."""

from sqlalchemy import (
    Column,
    Computed,
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
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata

# `fields` is the one truth of the coded answers; the columns made from it are for questions in SQL
# and cannot drift from it.
consultation = Table(
    "consultation",
    metadata,
    Column("contact_id", Uuid, ForeignKey("contact.id"), primary_key=True),
    Column("author_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("fields", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("sealed", LargeBinary),
    Column("touched", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("form_version", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("saved_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("kind", Text, Computed("fields ->> 'kind'", persisted=True)),
    Column("topic", Text, Computed("fields ->> 'topic'", persisted=True)),
    Column("country", Text, Computed("fields ->> 'country'", persisted=True)),
    Column("region", Text, Computed("fields ->> 'region'", persisted=True)),
    Column("danger_now", Text, Computed("fields ->> 'danger_now'", persisted=True)),
    Column(
        "screening", JSONB, Computed("coalesce(fields -> 'screening', '[]'::jsonb)", persisted=True)
    ),
    Index("consultation_draft", "opened_at", postgresql_where=text("state = 'draft'")),
)
