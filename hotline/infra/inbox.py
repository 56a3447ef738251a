"""Every provider event once: its id is claimed in the transaction that carries its effects."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Column, DateTime, Index, LargeBinary, Table, Text, func

from hotline.infra.db import Database, Uow
from hotline.infra.metadata import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("answer", Text),
    Column("sealed", LargeBinary),
    Index("inbox_received", "received_at"),
)


class _Undone(Exception):  # noqa: N818 - it is what is wanted
    """Nothing of the probe stays."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`first` is true exactly once per event id; a repeat brings the answer given then, if any."""

    first: bool
    answer: str | None = None


_CLAIM = """
insert into inbox (provider, event_id, sealed) values ($1, $2, $3)
on conflict do nothing returning true
"""


async def claim(uow: Uow, provider: str, event_id: str, *, sealed: bytes | None = None) -> Claim:
    """Claim an event; a concurrent twin waits here until the first one commits or fails."""
    if await uow.fetchval(_CLAIM, provider, event_id, sealed):
        return Claim(first=True)
    answer = await uow.fetchval(
        "select answer from inbox where provider = $1 and event_id = $2", provider, event_id
    )
    return Claim(first=False, answer=answer)


async def probe(db: Database) -> None:
    """Raise unless an event could be taken right now; nothing is left behind."""
    with contextlib.suppress(_Undone):
        async with db.uow() as uow:
            # By this connection's own name: two probes must not wait for each other.
            await uow.execute(
                _CLAIM, "probe", str(await uow.fetchval("select pg_backend_pid()")), None
            )
            raise _Undone


async def known(uow: Uow, provider: str, event_ids: Iterable[str]) -> set[str]:
    """Which of these events were taken already; others may be claimed while this is read."""
    rows = await uow.fetch(
        "select event_id from inbox where provider = $1 and event_id = any($2::text[])",
        provider,
        list(event_ids),
    )
    return {row["event_id"] for row in rows}


def remember(uow: Uow, provider: str, event_id: str, answer: str) -> None:
    """Keep the answer, so that a repeat hears the same. The answer must hold no personal data."""
    uow.write(
        "update inbox set answer = $3 where provider = $1 and event_id = $2",
        provider,
        event_id,
        answer,
    )


def claim_with(uow: Uow, provider: str, event_id: str, answer: str) -> None:
    """Claim an event and keep its answer in one; the block ends in `Taken` if it was claimed.

    For events that are hardly ever repeated: nothing is read, a repeat is found out at the end.
    """
    uow.write(
        "insert into inbox (provider, event_id, answer) values ($1, $2, $3)",
        provider,
        event_id,
        answer,
    )
