"""Records on the real database: begun early, merged, finished once, read by few."""

import asyncio
from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.cases.model import CaseKind, Level, Wish
from hotline.consultations.model import NO_ESCALATION_REASON, RecordState
from hotline.consultations.risk import EscalationOffer
from hotline.contacts.model import Channel, ContactState, Outcome
from hotline.infra.crypto import Unreadable, Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.stage_records import COMPLETE, UNKNOWN, Stage

WORDS = "Заперта в квартире на третьем этаже"


@pytest.fixture
def stage(db: Database, vault: Vault) -> Stage:
    return Stage(db, vault)


async def row_of(stage: Stage, contact_id: object) -> dict[str, Any] | None:
    async with stage.db.uow() as uow:
        row = await uow.fetchrow("select * from consultation where contact_id = $1", contact_id)
    return dict(row) if row else None


async def test_the_draft_is_open_when_the_operator_takes_the_contact(stage: Stage) -> None:
    contact = await stage.contact("reserved", topic="wages")
    await stage.told()
    row = await row_of(stage, contact.id)
    assert row is not None
    assert (row["state"], row["author_id"], row["topic"]) == ("draft", ANA.staff_id, "labour")
    assert row["saved_at"] is None
    await stage.told()
    assert (await stage.consultations.read(ANA, contact.id)).rev == row["rev"]


async def test_the_first_look_opens_the_draft_when_nobody_did(stage: Stage) -> None:
    contact = await stage.contact(topic="other")
    records = await asyncio.gather(
        *(stage.consultations.read(ANA, contact.id) for _ in range(4)),
    )
    assert {(r.rev, r.author_id) for r in records} == {(1, ANA.staff_id)}
    assert "topic" not in records[0].values


async def test_the_draft_goes_on_with_the_next_operator(stage: Stage) -> None:
    contact = await stage.contact(operator=ANA)
    await stage.told()
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": "half"})
    async with stage.db.uow() as uow:
        lost = await stage.contacts.requeue(
            uow, await stage.contacts.get(uow, contact.id), "operator_lost"
        )
        await stage.contacts.reserve(uow, lost, BORIS.staff_id)
    await stage.told()
    record = await stage.consultations.read(BORIS, contact.id)
    assert (record.author_id, record.values["summary"]) == (BORIS.staff_id, "half")
    with pytest.raises(Forbidden):
        await stage.consultations.read(ANA, contact.id)


async def test_personal_words_are_sealed_and_codes_are_clear(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(
        ANA, contact.id, 1, {"summary": WORDS, "country": "TR", "screening": ["debt"]}
    )
    row = await row_of(stage, contact.id)
    assert row is not None
    assert (row["country"], row["screening"]) == ("TR", ["debt"])
    assert "summary" not in row["fields"]
    assert WORDS not in repr(row)
    assert WORDS.encode() not in row["sealed"]
    assert (await stage.consultations.read(ANA, contact.id)).values["summary"] == WORDS


async def test_words_do_not_open_in_another_record(stage: Stage) -> None:
    one, other = await stage.contact(), await stage.contact(caller="2")
    for contact in (one, other):
        await stage.consultations.patch(ANA, contact.id, 1, {"summary": WORDS})
    async with stage.db.uow() as uow:
        await uow.execute(
            """
            update consultation set sealed = (select sealed from consultation where contact_id = $1)
            where contact_id = $2
            """,
            one.id,
            other.id,
        )
    with pytest.raises(Unreadable):
        await stage.consultations.read(ANA, other.id)


async def test_two_hands_merge_and_a_clash_keeps_what_is_there(stage: Stage) -> None:
    contact = await stage.contact()
    first = await stage.consultations.patch(ANA, contact.id, 1, {"summary": "Ana"})
    second = await stage.consultations.patch(
        VERA, contact.id, 1, {"summary": "Vera", "country": "RU"}
    )
    assert second.clashes == {"summary"}
    assert second.record.rev == first.record.rev + 1
    assert second.record.values == {"summary": "Ana", "country": "RU"}
    settled = await stage.consultations.patch(
        VERA, contact.id, second.record.rev, {"summary": "Vera"}
    )
    assert (settled.clashes, settled.record.values["summary"]) == (frozenset(), "Vera")


async def test_concurrent_saves_of_different_fields_all_stay(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.read(ANA, contact.id)
    region = stage.form.list_keys("regions")[0]
    fields = {"summary": "s", "advice": "a", "country": "RU", "region": region}
    await asyncio.gather(
        *(
            stage.consultations.patch(who, contact.id, 1, {name: value})
            for (name, value), who in zip(fields.items(), (ANA, VERA) * 2, strict=True)
        )
    )
    assert (await stage.consultations.read(ANA, contact.id)).values == fields


async def test_the_operator_hears_of_another_hand_and_not_of_their_own(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.told()
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": "Ana"})
    assert not [e for e in await stage.told() if e.kind == "record.changed"]
    saved = await stage.consultations.patch(VERA, contact.id, 2, {"country": "RU"})
    (hint,) = [e for e in await stage.told() if e.kind == "record.changed"]
    assert hint.audience == f"staff:{ANA.staff_id}"
    assert hint.body == {
        "contact_id": str(contact.id),
        "rev": saved.record.rev,
        "by": str(VERA.staff_id),
    }


@pytest.mark.parametrize(
    ("patch", "problems"),
    [
        ({"honey": "x"}, {"honey": "unknown-field"}),
        ({"topic": "nonsense", "summary": "fine"}, {"topic": "not-an-option"}),
        ({"summary": "x" * 9000}, {"summary": "too-long"}),
        ({"screening": "debt"}, {"screening": "wrong-type"}),
        ({NO_ESCALATION_REASON: 7}, {NO_ESCALATION_REASON: "wrong-type"}),
        ({NO_ESCALATION_REASON: "x" * 501}, {NO_ESCALATION_REASON: "too-long"}),
    ],
)
async def test_what_does_not_fit_is_named_and_nothing_is_written(
    stage: Stage, patch: dict[str, Any], problems: dict[str, str]
) -> None:
    contact = await stage.contact()
    with pytest.raises(Invalid) as refused:
        await stage.consultations.patch(ANA, contact.id, 1, patch)
    assert refused.value.fields == problems
    assert (await stage.consultations.read(ANA, contact.id)).values == {}


async def test_ticking_a_sign_offers_an_escalation_and_raises_none(stage: Stage) -> None:
    contact = await stage.contact()
    calm = await stage.consultations.patch(ANA, contact.id, 1, {"country": "RU"})
    assert calm.offer is None
    saved = await stage.consultations.patch(
        ANA, contact.id, 2, {"screening": ["debt", "cannot_leave"]}
    )
    assert saved.offer == EscalationOffer("high", "trafficking", ("debt", "cannot_leave"))
    async with stage.db.uow() as uow:
        assert not await stage.cases.is_escalated(uow, contact.id)
    await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.TRAFFICKING, Level.HIGH, ""))
    again = await stage.consultations.patch(ANA, contact.id, 3, {"country": "KZ"})
    assert again.offer is None


async def test_finishing_ends_the_talk_and_closes_the_contact(stage: Stage) -> None:
    contact = await stage.contact(channel=Channel.TELEGRAM)
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    await stage.consultations.finish(ANA, contact.id)
    closed = await stage.now(contact)
    assert (closed.state, closed.closed_kind) == (ContactState.CLOSED, "consultation")
    assert closed.caller_left_at is not None
    names = [row["payload"]["name"] for row in await stage.waiting("event")]
    assert names.index("TalkEnded") < names.index("WrapUpEnded")
    assert names.count("ConsultationFinished") == 1
    await stage.consultations.finish(ANA, contact.id)
    assert names == [row["payload"]["name"] for row in await stage.waiting("event")]


async def test_a_call_that_is_over_is_written_up_and_closed(stage: Stage) -> None:
    contact = await stage.contact("wrap_up", Channel.VOICE)
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    await stage.consultations.finish(ANA, contact.id)
    assert (await stage.now(contact)).state is ContactState.CLOSED


async def test_two_presses_at_once_finish_once(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    await asyncio.gather(*(stage.consultations.finish(ANA, contact.id) for _ in range(4)))
    assert len(await stage.audited("staff:record:finished")) == 1


async def test_gaps_are_named_and_the_contact_stays_open(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, {"kind": "consultation"})
    with pytest.raises(Invalid) as refused:
        await stage.consultations.finish(ANA, contact.id)
    assert refused.value.fields == dict.fromkeys(
        ("topic", "danger_now", "summary", "outcome"), "required"
    )
    assert (await stage.now(contact)).state is ContactState.TALKING


@pytest.mark.parametrize("state", ["talking", "wrap_up"])
@pytest.mark.parametrize("channel", [Channel.VOICE, Channel.SMS])
async def test_no_consultation_closes_in_one_press(
    stage: Stage, channel: Channel, state: str
) -> None:
    contact = await stage.contact(state, channel)
    await stage.consultations.close_as(ANA, contact.id, "silent")
    closed = await stage.now(contact)
    assert (closed.state, closed.closed_kind) == (ContactState.CLOSED, "silent")
    row = await row_of(stage, contact.id)
    assert row is not None
    assert (row["state"], row["kind"]) == ("finished", "silent")


async def test_hidden_answers_do_not_stay(stage: Stage) -> None:
    contact = await stage.contact(topic="wages")
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": WORDS, "danger_now": "no"})
    await stage.consultations.close_as(ANA, contact.id, "prank")
    row = await row_of(stage, contact.id)
    assert row is not None
    assert (row["fields"], row["sealed"]) == ({"kind": "prank"}, None)


async def test_a_consultation_is_not_closed_without_a_record(stage: Stage) -> None:
    contact = await stage.contact()
    with pytest.raises(Invalid) as refused:
        await stage.consultations.close_as(ANA, contact.id, "consultation")
    assert refused.value.fields == {"kind": "not-an-option"}


async def test_a_caller_who_is_being_joined_is_not_dropped(stage: Stage) -> None:
    contact = await stage.contact("reserved", Channel.VOICE)
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    with pytest.raises(Conflict, match="contact-not-talking"):
        await stage.consultations.close_as(ANA, contact.id, "silent")
    with pytest.raises(Conflict, match="contact-not-talking"):
        await stage.consultations.finish(ANA, contact.id)
    assert (await stage.now(contact)).state is ContactState.RESERVED
    assert (await stage.consultations.read(ANA, contact.id)).state is RecordState.DRAFT


async def test_a_finished_record_stays_as_it_is(stage: Stage) -> None:
    contact = await stage.contact()
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    await stage.consultations.finish(ANA, contact.id)
    for who in (ANA, VERA):
        with pytest.raises(Conflict, match="contact-over"):
            await stage.consultations.patch(who, contact.id, 3, {"summary": "other"})
    assert (await stage.consultations.read(ANA, contact.id)).values == COMPLETE


async def test_a_caller_who_left_before_the_talk_leaves_no_draft(stage: Stage) -> None:
    blank, written = await stage.contact("reserved"), await stage.contact("reserved", caller="2")
    await stage.told()
    await stage.consultations.patch(ANA, written.id, 1, {"summary": WORDS})
    for contact in (blank, written):
        async with stage.db.uow() as uow:
            await stage.contacts.caller_left(uow, await stage.contacts.get(uow, contact.id))
    await stage.told()
    assert await row_of(stage, blank.id) is None
    kept = await stage.consultations.read(ANA, written.id)
    assert (kept.state, kept.values["summary"]) == (RecordState.FINISHED, WORDS)
    with pytest.raises(NotFound):
        await stage.consultations.read(VERA, blank.id)


async def test_a_record_nobody_finished_can_be_finished_by_a_supervisor(stage: Stage) -> None:
    contact = await stage.contact("wrap_up", Channel.VOICE)
    await stage.consultations.patch(ANA, contact.id, 1, {**COMPLETE, "danger_now": "yes"})
    async with stage.db.uow() as uow:
        await stage.contacts.give_up(uow, await stage.contacts.get(uow, contact.id, lock=True))
    await stage.told()
    kept = await stage.consultations.read(VERA, contact.id)
    assert (kept.state, kept.values["summary"]) == (RecordState.DRAFT, COMPLETE["summary"])
    await stage.told()
    assert len(await stage.audited("system:escalation:raised")) == 1
    await stage.consultations.patch(
        VERA, contact.id, kept.rev, {"advice": "Позвонить в посольство"}
    )
    for _ in range(2):
        await stage.consultations.finish(VERA, contact.id)
    closed = await stage.now(contact)
    assert (closed.outcome, closed.closed_kind) == (Outcome.ANSWERED, "consultation")
    assert (await stage.consultations.read(VERA, contact.id)).state is RecordState.FINISHED
    assert len(await stage.audited("staff:record:finished")) == 1


@pytest.mark.parametrize("who", [BORIS, IGOR, MALLORY], ids=lambda who: who.name)
async def test_nobody_else_gets_in(stage: Stage, who: Actor) -> None:
    contact = await stage.contact(operator=ANA)
    await stage.consultations.patch(ANA, contact.id, 1, COMPLETE)
    tries = (
        stage.consultations.read(who, contact.id),
        stage.consultations.patch(who, contact.id, 2, {"summary": "x"}),
        stage.consultations.finish(who, contact.id),
        stage.consultations.close_as(who, contact.id, "silent"),
        stage.page.read(who, contact.id),
    )
    for attempt in tries:
        with pytest.raises(Forbidden):
            await attempt
    assert (await stage.now(contact)).state is ContactState.TALKING
    assert (await stage.consultations.read(ANA, contact.id)).values == COMPLETE


async def test_a_contact_in_nobodys_hands_has_no_record(stage: Stage) -> None:
    contact = await stage.contact("waiting")
    with pytest.raises(Forbidden):
        await stage.consultations.read(ANA, contact.id)
    with pytest.raises(NotFound):
        await stage.consultations.read(VERA, contact.id)
    with pytest.raises(NotFound):
        await stage.consultations.read(VERA, UNKNOWN)


async def test_reading_another_ones_record_is_on_record(stage: Stage) -> None:
    contact = await stage.contact(operator=ANA)
    await stage.consultations.patch(ANA, contact.id, 1, {"summary": WORDS})
    await stage.consultations.read(ANA, contact.id)
    assert await stage.audited("staff:record:read") == []
    await stage.consultations.read(VERA, contact.id)
    assert await stage.audited("staff:record:read") == [
        (VERA.staff_id, str(contact.id), ["record.summary"])
    ]


async def test_writing_is_on_record_once_per_hand_of_the_operator(stage: Stage) -> None:
    contact = await stage.contact(operator=ANA)
    for n in range(3):
        await stage.consultations.patch(ANA, contact.id, n + 1, {"summary": f"{n}"})
    await stage.consultations.patch(VERA, contact.id, 9, {"country": "RU"})
    await stage.consultations.patch(VERA, contact.id, 9, {"country": "KZ"})
    assert [who for who, *_ in await stage.audited("staff:record:written")] == [
        ANA.staff_id,
        VERA.staff_id,
        VERA.staff_id,
    ]
