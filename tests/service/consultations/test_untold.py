"""Danger in a record is told to somebody, or a reason says why not."""

from typing import Any

import pytest

from hotline.cases.model import CaseKind, Level, Wish
from hotline.consultations.model import NO_ESCALATION_REASON
from hotline.consultations.service import UNTOLD_DANGER
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Invalid
from tests.builders import ANA
from tests.service.stage_records import COMPLETE, Stage


@pytest.fixture
def stage(db: Database, vault: Vault) -> Stage:
    return Stage(db, vault)


async def test_danger_without_an_escalation_asks_why(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {**COMPLETE, "danger_now": "yes"})
    with pytest.raises(Invalid) as refused:
        await stage.consultations.finish(ANA, contact.id)
    assert (refused.value.code, refused.value.fields) == (
        UNTOLD_DANGER,
        {"escalation": UNTOLD_DANGER},
    )
    await stage.consultations.finish(ANA, contact.id, reason="Полиция уже на месте")
    async with stage.db.uow() as uow:
        row = await uow.fetchrow("select * from consultation where contact_id = $1", contact.id)
    assert "Полиция" not in repr(row)
    record = await stage.consultations.read(ANA, contact.id)
    assert record.values[NO_ESCALATION_REASON] == "Полиция уже на месте"


async def test_danger_with_an_escalation_needs_no_reason(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {**COMPLETE, "danger_now": "yes"})
    await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.URGENT, ""))
    await stage.consultations.finish(ANA, contact.id)
    assert (await stage.now(contact)).state is ContactState.CLOSED


async def test_danger_cannot_be_closed_away_as_a_prank(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {**COMPLETE, "danger_now": "yes"})
    with pytest.raises(Invalid, match=UNTOLD_DANGER):
        await stage.consultations.close_as(ANA, contact.id, "prank")
    await stage.consultations.patch(ANA, contact.id, 2, {"kind": "prank"})
    with pytest.raises(Invalid, match=UNTOLD_DANGER):
        await stage.consultations.finish(ANA, contact.id)


@pytest.mark.parametrize(
    "standing",
    [{"screening": ["sold"]}, {"topic": "tip.debt_bondage"}],
    ids=lambda s: next(iter(s)),
)
async def test_a_sign_is_not_passed_over_in_silence(stage: Stage, standing: dict[str, Any]) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {**COMPLETE, **standing})
    with pytest.raises(Invalid, match=UNTOLD_DANGER):
        await stage.consultations.finish(ANA, contact.id)
    with pytest.raises(Invalid, match=UNTOLD_DANGER):
        await stage.consultations.close_as(ANA, contact.id, "prank")
    await stage.consultations.finish(ANA, contact.id, reason="Отмечено по ошибке")
    assert (await stage.now(contact)).state is ContactState.CLOSED


async def test_danger_that_the_operator_denied_needs_no_reason(stage: Stage) -> None:
    contact = await stage.contact(danger=True)
    saved = await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    assert saved.offer is None
    await stage.consultations.finish(ANA, contact.id)
    assert (await stage.now(contact)).state is ContactState.CLOSED
