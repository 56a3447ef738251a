"""Danger in a record is told to somebody, or a reason says why not."""

import asyncio
from typing import Any

import pytest

from hotline.cases.model import CaseKind, Level, Wish
from hotline.consultations.model import NO_ESCALATION_REASON, RecordState
from hotline.consultations.service import UNTOLD_DANGER
from hotline.contacts.model import Channel, ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Forbidden, Invalid
from tests.builders import ANA, BORIS, VERA
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
    assert row is not None
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


async def test_danger_of_a_call_that_broke_off_is_told_by_the_house(stage: Stage) -> None:
    contact = await stage.contact(channel=Channel.VOICE)
    await stage.consultations.patch(ANA, contact.id, 1, {"danger_now": "yes", "summary": "Заперта"})
    await stage.broken_off(contact)
    hints = [hint.kind for _ in range(3) for hint in await stage.told()]
    assert hints.count("escalation.alert") == 1
    async with stage.db.uow() as uow:
        card = await stage.board.of_contact(uow, contact.id)
    assert card is not None
    assert (card["kind"], card["level"], card["state"]) == ("danger", "urgent", "open")
    assert (await stage.consultations.read(VERA, contact.id)).state is RecordState.FINISHED
    assert [who for who, *_ in await stage.audited("system:escalation:raised")] == [None]


@pytest.mark.parametrize("said", ["raised", "reason", "no danger"])
async def test_what_was_said_before_the_line_broke_is_not_said_again(
    stage: Stage, said: str
) -> None:
    contact = await stage.contact(channel=Channel.VOICE)
    danger = "no" if said == "no danger" else "yes"
    reason = {NO_ESCALATION_REASON: "Полиция уже на месте"} if said == "reason" else {}
    await stage.consultations.patch(ANA, contact.id, 1, {"danger_now": danger, **reason})
    if said == "raised":
        await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.URGENT, ""))
    await stage.broken_off(contact)
    for _ in range(2):
        await stage.told()
    assert await stage.audited("system:escalation:raised") == []
    async with stage.db.uow() as uow:
        assert await stage.cases.is_escalated(uow, contact.id) is (said == "raised")


async def test_what_the_house_must_tell_is_told_once(stage: Stage) -> None:
    contact = await stage.contact()
    wish = Wish(CaseKind.DANGER, Level.HIGH, "")
    await asyncio.gather(
        stage.cases.escalate(ANA, contact.id, wish),
        *(stage.cases.raise_unsaid(contact.id, wish, ANA.staff_id) for _ in range(4)),
    )
    async with stage.db.uow() as uow:
        assert await uow.fetchval("select count(*) from hotline_case") == 1


async def test_who_lost_the_line_may_still_escalate(stage: Stage) -> None:
    contact = await stage.contact(channel=Channel.VOICE)
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": "Заперта"})
    await stage.broken_off(contact)
    wish = Wish(CaseKind.DANGER, Level.URGENT, "")
    with pytest.raises(Forbidden):
        await stage.cases.escalate(BORIS, contact.id, wish)
    assert (await stage.cases.escalate(ANA, contact.id, wish)).raised_by == ANA.staff_id
