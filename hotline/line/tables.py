"""What staff set for the line, and whom they keep off it.

Every version of a setting is kept, the highest of a kind is in force.
"""

from sqlalchemy import (
    Column,
    DateTime,
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

line_setting = Table(
    "line_setting",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("value", JSONB, nullable=False),
    Column("reason_sealed", LargeBinary),
    Column("set_by", Uuid, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# A prefix whose calls are counted as a flood, or let in whatever is counted, until a moment.
line_flood = Table(
    "line_flood",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("mode", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("reason_sealed", LargeBinary),
    Column("set_by", Uuid),
)

line_block = Table(
    "line_block",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("address_key", LargeBinary, nullable=False),
    Column("masked", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("lifted_by", Uuid),
    Column("lifted_at", DateTime(timezone=True)),
    Index("line_block_open", "until", postgresql_where=text("lifted_at is null")),
)
