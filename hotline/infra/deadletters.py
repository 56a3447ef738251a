"""The dead-letter list: work that gave up, for a person to see and decide."""

from dataclasses import dataclass
from datetime import datetime

from hotline.infra.db import Uow
from hotline.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One job that gave up. `error` is a type or reason code, never a message text."""

    id: int
    kind: str
    attempts: int
    error: str
    lane: str
    at: datetime


async def dead_letters(uow: Uow, *, limit: int = 200) -> list[DeadLetter]:
    """The newest first."""
    rows = await uow.fetch(
        """
        select id, kind, attempts, coalesce(last_error, '') as error, lane, run_at as at
        from job where state = 'dead' order by id desc limit $1
        """,
        limit,
    )
    return [DeadLetter(**row) for row in rows]


async def retry(uow: Uow, job_id: int) -> None:
    """Let the job run again from its first attempt. Raises NotFound when it is not dead."""
    touched = await uow.execute(
        """
        update job set state = 'ready', attempts = 0, run_at = now()
        where id = $1 and state = 'dead'
        """,
        job_id,
    )
    if not touched:
        raise NotFound
    await uow.fetchval("select pg_notify('job', '')")


async def discard(uow: Uow, job_id: int) -> None:
    """Give the job up for good. Raises NotFound when it is not dead."""
    if not await uow.execute("delete from job where id = $1 and state = 'dead'", job_id):
        raise NotFound
