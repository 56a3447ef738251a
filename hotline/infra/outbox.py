"""Work that must happen: rows written in the transaction that makes it necessary.

One table carries domain events, sends to people and timers. Order is kept within a lane; a timer
has a lane of its own so that it never holds others up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata
from hotline.infra.writes import Write

CHANNEL = "job"

job = Table(
    "job",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("key", Text),
    Column("run_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="ready"),
    Column("owner", Text),
    Column("leased_until", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("job_ready", "run_at", "id", postgresql_where=text("state = 'ready'")),
    Index("job_lane", "lane", "id", postgresql_where=text("state in ('ready', 'running')")),
    Index("job_lease", "leased_until", postgresql_where=text("state = 'running'")),
    Index(
        "job_key",
        "key",
        unique=True,
        postgresql_where=text("key is not null and state in ('ready', 'running')"),
    ),
    Index("job_dead", "id", postgresql_where=text("state = 'dead'")),
)


@dataclass(frozen=True, slots=True)
class NewJob:
    """Work to be written down. `payload` holds ids and codes only, never personal data.

    One without `hurry` wakes nobody: the runners find it when they look, twice a second.
    """

    kind: str
    payload: dict[str, Any]
    lane: str
    run_at: datetime | None = None
    key: str | None = None
    hurry: bool = True


_INSERT = """
insert into job (lane, kind, payload, run_at, key)
select lane, kind, payload, coalesce(run_at, now()), key
from unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[], $5::text[])
     with ordinality as n(lane, kind, payload, run_at, key, ord)
order by ord
on conflict (key) where key is not null and state in ('ready', 'running') do nothing
returning run_at
"""
_WAKE = "select pg_notify('job', '') from new_job where run_at <= now() limit 1"


def wake(jobs: list[NewJob]) -> str:
    """The tail of a batch with jobs: wakes the runners when the transaction commits.

    Only if one is in a hurry: transactions that notify commit one after the other.
    """
    return _WAKE if any(job.hurry for job in jobs) else ""


def write_of(jobs: list[NewJob]) -> Write:
    """Write the jobs in order. One whose `key` is waiting or running already is not written again.

    Goes into a batch that ends in `wake`.
    """
    columns = (
        [j.lane for j in jobs],
        [j.kind for j in jobs],
        [j.payload for j in jobs],
        [j.run_at for j in jobs],
        [j.key for j in jobs],
    )
    return Write(_INSERT, columns, "new_job")
