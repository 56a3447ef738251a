"""The job runner of the telephone's tests: everything that is due, one by one, by hand."""

from hotline.infra.bus import Bus
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.telephony.jobs import Jobs

_NEXT = """
update job set state = 'running', attempts = attempts + 1, owner = 'test',
       leased_until = now() + interval '1 hour'
where id = (select j.id from job j
            where j.state = 'ready' and (j.run_at <= now() or j.kind = any($1))
              and not exists (select 1 from job e where e.lane = j.lane and e.id < j.id
                              and e.state in ('ready', 'running'))
            order by j.run_at, j.id limit 1)
returning id, kind, lane, payload, attempts
"""


class Worker:
    """Runs the jobs of one exchange."""

    db: Database
    bus: Bus
    jobs: Jobs

    async def work(self, *timers: str) -> list[str]:
        """Run what is due, and timers of the kinds named; types of the errors on the way."""
        errors: list[str] = []
        while True:
            async with self.db.uow() as uow:
                row = await uow.fetchrow(_NEXT, list(timers))
            if row is None:
                return errors
            job = JobContext(
                id=row["id"],
                kind=row["kind"],
                lane=row["lane"],
                attempt=row["attempts"],
                last=False,
                owner="test",
            )
            run = self.bus.dispatch if job.kind == "event" else self.jobs.handlers[job.kind]
            try:
                await run(row["payload"], job)
            except Exception as error:  # noqa: BLE001 - as the runner does
                errors.append(type(error).__name__)
                await self._put_back(job.id)
            else:
                async with self.db.uow() as uow:
                    await job.done(uow)

    async def again(self) -> list[str]:
        """Run what failed once more."""
        async with self.db.uow() as uow:
            await uow.execute("update job set run_at = now() where last_error = 'put back'")
        return await self.work()

    async def _put_back(self, job_id: int) -> None:
        async with self.db.uow() as uow:
            await uow.execute(
                "update job set state = 'ready', owner = null, last_error = 'put back', "
                "run_at = now() + interval '1 hour' where id = $1",
                job_id,
            )
