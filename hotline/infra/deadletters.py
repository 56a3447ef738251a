"""The dead-letter list: work that gave up, for a person to see and decide."""

from dataclasses import dataclass
from datetime import datetime

from hotline.infra.db import Uow
from hotline.kernel.errors import NotFound

_RETRY = """
update job set state = 'ready', attempts = 0, run_at = now()
where id = $1 and state = 'dead'
  and not exists (select 1 from job twin
                  where twin.key = job.key and twin.state in ('ready', 'running'))
"""


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


async def retry(uow: Uow, job_id: int) -> bool:
    """Let the job run again from its first attempt. Raises NotFound when it is not dead.

    False when another with its key is waiting or running already: then the dead one is gone.
    """
    if not await uow.execute(_RETRY, job_id):
        await discard(uow, job_id)
        return False
    await uow.fetchval("select pg_notify('job', '')")
    return True


async def discard(uow: Uow, job_id: int) -> None:
    """Give the job up for good. Raises NotFound when it is not dead."""
    if not await uow.execute("delete from job where id = $1 and state = 'dead'", job_id):
        raise NotFound
