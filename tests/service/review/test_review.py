"""The log on the real database: found in pages, read back whole, and every look on record."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from hotline.access.model import Actor
from hotline.cases.model import CaseKind, Level, Wish
from hotline.contacts.model import Channel, Contact
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Forbidden, Invalid, NotFound
from hotline.review.model import LogFilter, RiskFilter
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.stage_records import CAST, COMPLETE, SENYA, UNKNOWN, Stage

WORDS = "Паспорт забрали, дверь заперта"


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault, page_size=3)
    await made.hire(*CAST)
    return made


async def found(stage: Stage, **filters: Any) -> list[UUID]:  # noqa: ANN401 - any filter
    page = await stage.review.log(VERA, LogFilter(**filters))
    return [row["id"] for row in page.rows]


async def the_row(stage: Stage, contact: Contact) -> dict[str, Any]:
    return next(
        row for row in (await stage.review.log(VERA, LogFilter())).rows if row["id"] == contact.id
    )


async def opened(stage: Stage, contact: Contact, at: datetime) -> None:
    async with stage.db.uow() as uow:
        await uow.execute("update contact set opened_at = $2 where id = $1", contact.id, at)


async def test_a_row_tells_how_it_went(stage: Stage) -> None:
    contact = await stage.contact("talking", Channel.VOICE, topic="wages")
    async with stage.db.uow() as uow:
        await uow.execute(
            """
            update contact set waiting_since = now() - interval '100 s',
              talking_since = now() - interval '90 s' where id = $1
            """,
            contact.id,
        )
    row = await the_row(stage, contact)
    assert (row["topic"], row["state"], row["operator"], row["length_s"]) == (
        "wages",
        "talking",
        "Ana",
        None,
    )
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    await stage.consultations.finish(ANA, contact.id)
    row = await the_row(stage, contact)
    assert (row["topic"], row["kind"], row["outcome"]) == (
        "labour.unpaid_wages",
        "consultation",
        "answered",
    )
    assert row["wait_s"] == 10
    assert row["length_s"] >= 90
    assert (row["risk"], row["case"], row["masked"]) == ("none", None, "+996 555 ··· ·01")


async def test_the_risk_and_the_case_stand_in_the_row(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {"screening": ["debt"]})
    assert (await the_row(stage, contact))["risk"] == "raised"
    await stage.consultations.patch(ANA, contact.id, 2, {"danger_now": "yes"})
    case = await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.HIGH, WORDS))
    row = await the_row(stage, contact)
    assert row["risk"] == "immediate"
    assert row["case"] == {"id": case.id, "code": case.code, "state": "open"}


async def test_each_filter_finds_its_own(stage: Stage) -> None:
    call = await stage.contact("wrap_up", Channel.VOICE, caller="1", topic="wages", operator=BORIS)
    chat = await stage.contact("talking", Channel.TELEGRAM, caller="2", danger=True)
    text = await stage.contact("waiting", Channel.SMS, caller="3")
    await stage.consultations.patch(ANA, chat.id, 1, {"topic": "status_ru.entry_ban"})
    assert await found(stage, channel="sms") == [text.id]
    assert await found(stage, state="wrap_up") == [call.id]
    assert await found(stage, operator_id=BORIS.staff_id) == [call.id]
    assert await found(stage, language="ru") == [text.id, chat.id, call.id]
    assert await found(stage, language="uz") == []
    assert await found(stage, topic="labour") == [call.id]
    assert await found(stage, topic="status_ru") == [chat.id]
    assert await found(stage, topic="status_ru.entry_ban") == [chat.id]
    assert await found(stage, topic="prep") == []
    assert await found(stage, channel="voice", state="talking") == []
    with pytest.raises(Invalid):
        await found(stage, topic="%")


async def test_risk_filters(stage: Stage) -> None:
    calm = await stage.contact(caller="1")
    heard = await stage.contact(caller="2", danger=True)
    screened = await stage.contact(caller="3")
    await stage.consultations.patch(ANA, screened.id, 1, {"screening": ["debt"]})
    await stage.cases.escalate(ANA, screened.id, Wish(CaseKind.OTHER, Level.NORMAL, ""))
    assert await found(stage, risk=RiskFilter.DANGER) == [heard.id]
    assert await found(stage, risk=RiskFilter.SCREENED) == [screened.id]
    assert await found(stage, risk=RiskFilter.ESCALATED) == [screened.id]
    assert await found(stage, risk=RiskFilter.NONE) == [calm.id]
    await stage.consultations.patch(ANA, calm.id, 1, {"danger_now": "yes"})
    assert await found(stage, risk=RiskFilter.DANGER) == [heard.id, calm.id]
    assert await found(stage, risk=RiskFilter.NONE) == []


async def test_days_begin_and_end_exactly(stage: Stage) -> None:
    since = datetime(2026, 11, 22, 18, tzinfo=UTC)
    until = since + timedelta(days=1)
    inside = await stage.contact(caller="1")
    for n, at in enumerate((since - timedelta(microseconds=1), until), start=2):
        await opened(stage, await stage.contact(caller=str(n)), at)
    await opened(stage, inside, since)
    assert await found(stage, since=since, until=until) == [inside.id]


async def test_pages_go_on_and_lose_nobody(stage: Stage) -> None:
    contacts = [await stage.contact("waiting", caller=str(n)) for n in range(7)]
    same = datetime(2026, 11, 23, tzinfo=UTC)  # all at once: only the id tells them apart
    for contact in contacts:
        await opened(stage, contact, same)
    seen: list[UUID] = []
    page = await stage.review.log(VERA, LogFilter())
    while True:
        seen += [row["id"] for row in page.rows]
        if page.next is None:
            break
        page = await stage.review.log(VERA, LogFilter(), before=page.next)
    assert seen == sorted((c.id for c in contacts), reverse=True)


async def test_operators_to_choose_from(stage: Stage) -> None:
    page = await stage.review.log(VERA, LogFilter())
    assert [one["name"] for one in page.operators] == ["Ana", "Boris", "Nina", "Senya", "Vera"]


async def test_a_chat_read_back(stage: Stage) -> None:
    contact = await stage.contact()
    stage.quiet.said, stage.quiet.more_said = [{"id": 1, "text": "салам"}], True
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": WORDS})
    case = await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.HIGH, WORDS))
    page = await stage.review.contact(VERA, contact.id)
    assert page["row"]["id"] == contact.id
    assert page["record"]["summary"] == WORDS
    assert page["record"]["author"] == {"id": ANA.staff_id, "name": "Ana"}
    assert (page["messages"], page["more"]) == (stage.quiet.said, True)
    assert page["legs"] == []
    assert page["case"]["id"] == case.id
    assert [e["kind"] for e in page["timeline"]][:2] == ["opened", "answered"]


async def test_a_call_read_back(stage: Stage) -> None:
    contact = await stage.contact("waiting", Channel.VOICE)
    stage.quiet.heard = [{"role": "caller", "state": "in-progress"}]
    page = await stage.review.contact(VERA, contact.id)
    assert (page["record"], page["messages"], page["case"]) == (None, None, None)
    assert page["more"] is False
    assert page["legs"] == stage.quiet.heard


async def test_every_look_is_on_record(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.review.log(VERA, LogFilter())
    await stage.review.contact(VERA, contact.id)
    assert [who for who, *_ in await stage.audited("staff:contact-log:read")] == [VERA.staff_id]
    ((who, what, groups),) = await stage.audited("staff:contact:read")
    assert (who, what) == (VERA.staff_id, str(contact.id))
    assert {"contact.record", "contact.messages"} <= set(groups)


@pytest.mark.parametrize("who", [ANA, SENYA, IGOR, MALLORY], ids=lambda who: who.name)
async def test_nobody_else_gets_in(stage: Stage, who: Actor) -> None:
    contact = await stage.contact(operator=ANA)
    with pytest.raises(Forbidden):
        await stage.review.log(who, LogFilter())
    with pytest.raises(Forbidden):
        await stage.review.contact(who, contact.id)
    assert await stage.audited("staff:contact:read") == []


async def test_nobody_is_not_found(stage: Stage) -> None:
    with pytest.raises(NotFound):
        await stage.review.contact(VERA, UNKNOWN)


async def a_dead_job(stage: Stage) -> int:
    async with stage.db.uow() as uow:
        uow.enqueue("case.duty_sms", {"page_id": 1}, lane="page:1")
        await uow.flush()
        number: int = await uow.fetchval(
            """
            update job set state = 'dead', last_error = 'sms-failed', attempts = 10
            returning id
            """
        )
    return number


async def test_what_gave_up_is_tried_again_or_thrown_away(stage: Stage) -> None:
    number = await a_dead_job(stage)
    (letter,) = await stage.letters.read(VERA)
    assert (letter.id, letter.error, letter.kind) == (number, "sms-failed", "case.duty_sms")
    await stage.letters.retry(VERA, number)
    assert await stage.letters.read(VERA) == []
    assert len(await stage.waiting("case.duty_sms")) == 1
    with pytest.raises(NotFound):
        await stage.letters.retry(VERA, number)
    async with stage.db.uow() as uow:
        await uow.execute("update job set state = 'dead'")
    await stage.letters.discard(VERA, number)
    assert await stage.waiting("case.duty_sms") == []
    with pytest.raises(NotFound):
        await stage.letters.discard(VERA, number)
    for tag in ("staff:job:retried", "staff:job:discarded"):
        assert await stage.audited(tag) == [(VERA.staff_id, str(number), [])]


async def test_what_is_under_way_again_is_given_up_instead_and_that_is_on_record(
    stage: Stage,
) -> None:
    async with stage.db.uow() as uow:
        uow.enqueue("case.climb", {}, lane="timer:t", key="t")
        await uow.flush()
        number = await uow.fetchval("update job set state = 'dead' returning id")
        uow.enqueue("case.climb", {}, lane="timer:t", key="t")
    assert not await stage.letters.retry(VERA, number)
    assert await stage.letters.read(VERA) == []
    assert await stage.audited("staff:job:discarded") == [(VERA.staff_id, str(number), [])]


@pytest.mark.parametrize("who", [ANA, SENYA, MALLORY], ids=lambda who: who.name)
async def test_dead_letters_are_not_for_everybody(stage: Stage, who: Actor) -> None:
    number = await a_dead_job(stage)
    for attempt in (
        stage.letters.read(who),
        stage.letters.retry(who, number),
        stage.letters.discard(who, number),
    ):
        with pytest.raises(Forbidden):
            await attempt
    assert len(await stage.letters.read(VERA)) == 1


async def test_open_logs_are_told(stage: Stage) -> None:
    contact = await stage.contact()
    hints = [e for e in await stage.told() if e.kind == "log.changed"]
    assert hints
    assert {(e.audience, e.body["id"]) for e in hints} == {
        ("perm:contact:log:read", str(contact.id))
    }
    await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.HIGH, WORDS))
    assert [e for e in await stage.told() if e.kind == "log.changed"]
