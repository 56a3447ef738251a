"""The endless tasks of the record do their work, and outlive a database that is away."""

from datetime import datetime

import pytest
from structlog.testing import capture_logs

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.audit.jobs import SEAL_S, VERIFY_S, seal_forever, verify_forever
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.ids import StaffId, new_id

AIDA = Actor(staff_id=StaffId(new_id()), name="Aida", roles=frozenset({Role.AUDITOR}))


class Enough(Exception):  # noqa: N818 - it ends an endless loop
    """The loop has gone round often enough."""


class Sleeper:
    """Sleeps no time at all, and ends the loop after some rounds."""

    def __init__(self, rounds: int) -> None:
        self.pauses: list[float] = []
        self._rounds = rounds

    async def __call__(self, pause_s: float) -> None:
        self.pauses.append(pause_s)
        if len(self.pauses) == self._rounds:
            raise Enough


@pytest.fixture
def audit(db: Database, vault: Vault) -> Audit:
    return Audit(db, vault.audit_mac)


@pytest.fixture
def away(vault: Vault) -> Audit:
    """The record of a database nobody can reach."""
    nowhere = Database("postgresql://hotline@/hotline?host=/nonexistent")
    return Audit(nowhere, vault.audit_mac)


async def test_what_was_committed_is_tied_in_and_checked(db: Database, audit: Audit) -> None:
    async with db.uow() as uow:
        await audit.record(uow, AIDA, Tag.LOGOUT, object_type="staff", object_id=AIDA.staff_id)
    sealing, checking = Sleeper(2), Sleeper(1)

    with pytest.raises(Enough):
        await seal_forever(audit, sleep=sealing)
    with pytest.raises(Enough):
        await verify_forever(audit, sleep=checking)

    state = await audit.state(AIDA)
    assert (state.ok, state.checked) == (True, 1)
    assert isinstance(state.at, datetime)
    assert (sealing.pauses, checking.pauses) == ([SEAL_S] * 2, [VERIFY_S])


async def test_the_head_goes_to_the_log_as_a_witness(db: Database, audit: Audit) -> None:
    async with db.uow() as uow:
        await audit.record(uow, AIDA, Tag.LOGOUT, object_type="staff", object_id=None)
    await audit.seal()

    with capture_logs() as logs:
        await audit.verify()

    async with db.uow() as uow:
        mac = await uow.fetchval("select mac from audit_head")
    assert [(line["event"], line["head"]) for line in logs] == [("audit.chain_holds", mac.hex())]


async def test_a_broken_chain_is_an_alarm(db: Database, audit: Audit) -> None:
    forger = Audit(db, lambda message: message[:32])
    async with db.uow() as uow:
        await audit.record(uow, None, Tag.LOGOUT, object_type="staff", object_id=None)
    await forger.seal()

    with capture_logs() as logs:
        await audit.verify()

    assert [(line["event"], line["log_level"]) for line in logs] == [
        ("audit.chain_broken", "critical")
    ]


async def test_a_database_that_is_away_ends_no_loop(away: Audit) -> None:
    sealing, checking = Sleeper(3), Sleeper(3)

    with pytest.raises(Enough):
        await seal_forever(away, sleep=sealing)
    with pytest.raises(Enough):
        await verify_forever(away, sleep=checking)

    # Checking is tried again soon, not only in an hour.
    assert max(checking.pauses) < VERIFY_S
