"""What staff set for the line: every version is kept, the highest of a kind is in force."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, Uuid, func
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
