"""Monitoring is told of escalations that wait on luck."""

from hotline.cases.model import CaseKind, Level, Wish
from hotline.cases.numbers import Numbers
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.metrics import Metrics
from tests.builders import ANA, BORIS, VERA
from tests.service.stage_records import CAST, Stage

DANGER = Wish(CaseKind.DANGER, Level.URGENT, "Паспорт забрали, дверь заперта")


async def test_monitoring_is_told_of_whom_nobody_took_in_time(db: Database, vault: Vault) -> None:
    stage = Stage(db, vault)
    await stage.hire(*CAST)
    stage.quiet.present = [BORIS.staff_id, VERA.staff_id]
    metrics = Metrics()
    numbers = Numbers(stage.db, metrics)
    late, taken, _ = [
        await stage.cases.escalate(ANA, (await stage.contact()).id, DANGER) for _ in range(3)
    ]
    async with stage.db.uow() as uow:
        await uow.execute(
            "update hotline_case set deadline_at = now() - interval '1 second' where id = any($1)",
            [late.id, taken.id],
        )
    await stage.cases.acknowledge(VERA, taken.id)

    await numbers.look()
    assert metrics.registry.get_sample_value("hotline_escalations_overdue") == 1
    await stage.cases.acknowledge(VERA, late.id)
    await numbers.look()
    assert metrics.registry.get_sample_value("hotline_escalations_overdue") == 0
