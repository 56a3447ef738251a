"""The staff room on PostgreSQL, with its cast."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import ManualClock
from hotline.staff.model import SessionRules
from hotline.staff.seed import seed
from hotline.staff.service import Staff
from hotline.staff.wiring import build
from tests.service.staff.cast import Cast


@pytest.fixture
def ticking() -> ManualClock:
    return ManualClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


@pytest.fixture
async def staff(db: Database, vault: Vault, ticking: ManualClock) -> AsyncIterator[Staff]:
    audit = Audit(db, vault.audit_mac)
    made = build(db, vault, audit, clock=ticking, profile="test", rules=SessionRules())
    yield made
    made.close()


@pytest.fixture
async def cast(staff: Staff) -> Cast:
    await seed(staff, profile="test", topics=("work", "documents"))
    return {member.login: member for member in await staff.everybody()}
