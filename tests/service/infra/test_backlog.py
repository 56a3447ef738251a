"""Whether work keeps up, as readiness and monitoring are told."""

import pytest

from hotline.infra.backlog import BEHIND_S, keeps_up
from hotline.infra.db import Database
from hotline.infra.gauges import of_jobs
from hotline.infra.health import Unwell
from hotline.infra.metrics import Metrics

AGED = "update job set run_at = now() - make_interval(secs => $1) where payload ->> 'n' = $2"


async def two_in_a_lane(db: Database) -> None:
    async with db.uow() as uow:
        uow.enqueue("x", {"n": "elder"}, lane="one")
        uow.enqueue("x", {"n": "younger"}, lane="one")


async def age(db: Database, which: str, seconds: float) -> None:
    async with db.uow() as uow:
        await uow.execute(AGED, seconds, which)


async def test_work_that_nobody_does_is_behind(db: Database) -> None:
    await keeps_up(db)
    await two_in_a_lane(db)
    await keeps_up(db)

    await age(db, "elder", BEHIND_S + 5)

    with pytest.raises(Unwell, match="behind"):
        await keeps_up(db)


async def test_work_that_waits_for_its_elder_is_not_behind(db: Database) -> None:
    await two_in_a_lane(db)
    await age(db, "elder", -60)
    await age(db, "younger", BEHIND_S + 5)

    await keeps_up(db)


async def test_monitoring_is_told_what_is_due_and_what_gave_up(db: Database) -> None:
    metrics = Metrics()
    await two_in_a_lane(db)
    async with db.uow() as uow:
        await uow.execute("update job set state = 'dead' where payload ->> 'n' = 'younger'")
    await age(db, "elder", 300)

    await of_jobs(db, metrics)()

    due = metrics.registry.get_sample_value("hotline_job_oldest_seconds")
    assert due is not None
    assert 300 <= due < 600
    assert metrics.registry.get_sample_value("hotline_dead_letters") == 1
