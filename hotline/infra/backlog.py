"""What the job table still holds: whether work keeps up, and what gave up."""

from dataclasses import dataclass
from typing import Final

from hotline.infra.db import Database
from hotline.infra.health import Unwell

# Longer than any pause that a failing elder makes its lane take.
BEHIND_S: Final = 90.0
# A job behind an elder of its lane is not late: it waits its turn.
_BACKLOG = """
select coalesce(extract(epoch from now() - min(j.run_at)), 0)::float8 as oldest_s,
       (select count(*) from job where state = 'dead') as dead
from job j
where j.state = 'ready' and j.run_at <= now()
  and not exists (select 1 from job e
                  where e.lane = j.lane and e.id < j.id and e.state in ('ready', 'running'))
"""


@dataclass(frozen=True, slots=True)
class Backlog:
    """For how long the oldest job that could run has been due, and how many gave up."""

    oldest_s: float
    dead: int


async def backlog(db: Database) -> Backlog:
    """Look."""
    async with db.reads() as uow:
        row = await uow.fetchrow(_BACKLOG)
    assert row is not None  # noqa: S101 - an aggregate has one row
    return Backlog(**row)


async def keeps_up(db: Database) -> None:
    """Raise Unwell when jobs that could run do not: no process does them, or too few."""
    if (await backlog(db)).oldest_s > BEHIND_S:
        raise Unwell("behind")
