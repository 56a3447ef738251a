"""What goes out: in order, once, and at most once when nobody can be sure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.chat.events import MessageStateChanged
from hotline.chat.model import ChatRules, Message, MessageState
from hotline.chat.ports import DeliveryError, Outbound, OutcomeUnknown, Pace, Report, Sent
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict
from tests.builders import ANA, BORIS
from tests.service.chat.house import House


async def talking(house: House, channel: str = "telegram") -> None:
    """A chat with Ana, everything said so far delivered."""
    await house.comes("вопрос", channel=channel, address="+996555000156")
    await house.taken_by(ANA)
    await house.work(now=True)
    for silent in (house.telegram, house.sms):
        silent.sent.clear()


async def says(house: House, text: str, client_id: str = "c1") -> Message:
    return await house.chat.send(ANA, (await house.contact()).id, client_id, text)


async def state(house: House, message: Message) -> tuple[MessageState, str | None]:
    found = await house.chat.message(message.id, ANA)
    assert found is not None
    return found.state, found.error


async def lost(house: House, message: Message) -> None:
    """An attempt wrote its intent, and then its process died."""
    async with house.db.uow() as uow:
        await uow.execute(
            "insert into message_part (message_id, number, total, state) values ($1, 0, 1, $2)",
            message.id,
            "sending",
        )
        await uow.execute("update message set state = 'sending' where id = $1", message.id)


async def test_messages_leave_in_order(house: House) -> None:
    await talking(house)
    for n in range(5):
        await says(house, f"{n}", f"c{n}")
    await house.work()
    assert [o.text for o in house.telegram.sent] == ["0", "1", "2", "3", "4"]


async def test_a_retried_message_holds_those_behind_it(house: House) -> None:
    await talking(house)
    house.telegram.failures = [DeliveryError("unreachable", permanent=False)]
    first = await says(house, "первое", "a")
    await says(house, "второе", "b")
    assert await house.work() == ["unreachable"]
    assert house.telegram.sent == []
    assert await state(house, first) == (MessageState.QUEUED, None)
    await house.work(now=True)
    assert [o.text for o in house.telegram.sent] == ["первое", "второе"]


async def test_a_flood_answer_waits_as_long_as_was_asked(house: House) -> None:
    await talking(house)
    house.telegram.failures = [DeliveryError("slow-down", permanent=False, retry_after_s=30)]
    await says(house, "слова")
    assert await house.work() == ["Later"]
    async with house.db.uow() as uow:
        left = await uow.fetchval(
            "select run_at - now() from job where kind = 'chat.deliver' and state = 'ready'"
        )
    assert timedelta(seconds=20) < left <= timedelta(seconds=30)
    await house.work(now=True)
    assert [o.text for o in house.telegram.sent] == ["слова"]


async def test_a_permanent_refusal_fails_at_once_and_says_why(house: House) -> None:
    await talking(house)
    house.telegram.failures = [DeliveryError("blocked", permanent=True)]
    message = await says(house, "слова")
    assert await house.work() == []
    assert await state(house, message) == (MessageState.FAILED, "blocked")
    assert await house.work(now=True) == []
    assert house.telegram.sent == []


async def test_the_last_attempt_ends_in_failed_not_in_silence(db: Database, vault: Vault) -> None:
    house = House(db, vault)
    await talking(house)
    house.tries = 1
    house.telegram.failures = [DeliveryError("unreachable", permanent=False)]
    message = await says(house, "слова")
    await house.work()
    assert await state(house, message) == (MessageState.FAILED, "unreachable")


async def test_an_unknown_outcome_is_never_sent_again_by_itself(house: House) -> None:
    await talking(house)
    house.telegram.failures = [OutcomeUnknown()]
    message = await says(house, "слова", "a")
    await says(house, "следующее", "b")
    await house.work()
    await house.work(now=True)
    assert [o.text for o in house.telegram.sent] == ["следующее"]
    assert await state(house, message) == (MessageState.UNKNOWN, "outcome-unknown")


async def test_a_lost_attempt_without_a_lookup_is_left_to_a_person(house: House) -> None:
    await talking(house)
    message = await says(house, "слова")
    await lost(house, message)
    await house.work()
    assert house.telegram.sent == []
    assert await state(house, message) == (MessageState.UNKNOWN, "outcome-unknown")


@pytest.mark.parametrize(
    ("found", "ends"),
    [(Sent("SM1"), MessageState.SENT), (None, MessageState.UNKNOWN)],
)
async def test_a_lost_attempt_is_looked_up_where_that_is_possible(
    house: House, found: Sent | None, ends: MessageState
) -> None:
    await talking(house, "sms")
    message = await says(house, "слова")
    await lost(house, message)
    house.sms.found = found
    await house.work()
    assert house.sms.sent == []
    assert (await state(house, message))[0] is ends


async def test_an_attempt_that_may_still_be_on_its_way_is_not_judged(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=ChatRules(settle=timedelta(minutes=5)))
    await talking(house)
    message = await says(house, "слова")
    await lost(house, message)
    assert await house.work() == ["Later"]
    assert (await state(house, message))[0] is MessageState.SENDING


async def test_a_long_message_leaves_in_parts_and_is_sent_when_all_are(house: House) -> None:
    await talking(house)
    message = await says(house, "раз")
    async with house.db.uow() as uow:
        sealed = house.vault.seal("раз\fдва\fтри", aad=f"message|{message.id}|body")
        await uow.execute("update message set body_sealed = $2 where id = $1", message.id, sealed)
    house.telegram.failures = []
    await house.work(now=True)
    assert (await state(house, message))[0] is MessageState.SENDING
    await house.work(now=True)
    await house.work(now=True)
    await house.work(now=True)
    assert [(o.part, o.text) for o in house.telegram.sent] == [(0, "раз"), (1, "два"), (2, "три")]
    assert (await state(house, message))[0] is MessageState.SENT


async def test_a_message_that_could_not_leave_for_an_hour_is_not_sent_late(house: House) -> None:
    await talking(house)
    message = await says(house, "слова")
    async with house.db.uow() as uow:
        await uow.execute("update message set at = now() - interval '2 hours'")
    await house.work()
    assert house.telegram.sent == []
    assert await state(house, message) == (MessageState.FAILED, "too-late")


async def test_a_chat_is_paced(house: House) -> None:
    await talking(house)
    house.telegram.pace = Pace(per_chat_s=60)
    await says(house, "раз", "a")
    await says(house, "два", "b")
    assert await house.work() == ["Later"]
    assert [o.text for o in house.telegram.sent] == ["раз"]
    async with house.db.uow() as uow:
        await uow.execute("update conversation set next_send_at = now()")
    await house.work(now=True)
    assert [o.text for o in house.telegram.sent] == ["раз", "два"]


async def test_the_same_send_twice_is_one_message(house: House) -> None:
    await talking(house)
    first = await says(house, "слова", "same")
    again = await says(house, "слова", "same")
    await house.work()
    assert first.id == again.id
    assert len(house.telegram.sent) == 1


async def test_a_person_sends_again_what_nobody_knows_about(house: House) -> None:
    await talking(house)
    house.telegram.failures = [OutcomeUnknown()]
    message = await says(house, "слова")
    await house.work()
    decided = await house.chat.decide(ANA, message.id, "resend")
    assert decided.state is MessageState.QUEUED
    await house.work()
    assert [o.text for o in house.telegram.sent] == ["слова"]
    assert (await state(house, message))[0] is MessageState.SENT
    with pytest.raises(Conflict, match="message-decided"):
        await house.chat.decide(ANA, message.id, "resend")


async def test_a_person_gives_up_what_nobody_knows_about(house: House) -> None:
    await talking(house)
    house.telegram.failures = [OutcomeUnknown()]
    message = await says(house, "слова")
    await house.work()
    assert (await house.chat.decide(ANA, message.id, "drop")).error == "dropped"
    await house.work(now=True)
    assert house.telegram.sent == []


async def test_reports_come_in_any_order_and_states_only_go_forward(house: House) -> None:
    await talking(house, "sms")
    message = await says(house, "слова")
    await house.work()

    async def report(then: MessageState) -> bool:
        name = f"{message.id}.0"
        return await house.delivery.report(Report("sms", message.id, 0, name, then))

    assert await report(MessageState.DELIVERED)
    assert not await report(MessageState.SENT)
    assert not await report(MessageState.DELIVERED)
    assert not await report(MessageState.FAILED)
    assert (await state(house, message))[0] is MessageState.DELIVERED
    assert await report(MessageState.READ)
    assert (await state(house, message))[0] is MessageState.READ


async def test_a_report_settles_an_unknown_outcome(house: House) -> None:
    await talking(house, "sms")
    message = await says(house, "слова")
    await lost(house, message)
    await house.work()
    assert (await state(house, message))[0] is MessageState.UNKNOWN
    await house.delivery.report(Report("sms", message.id, 0, "SM9", MessageState.DELIVERED))
    assert (await state(house, message))[0] is MessageState.DELIVERED


async def test_a_report_of_another_channel_or_about_nothing_changes_nothing(house: House) -> None:
    await talking(house)
    message = await says(house, "слова")
    await house.work()
    report = Report("sms", message.id, 0, "SM9", MessageState.DELIVERED)
    assert not await house.delivery.report(report)
    nothing = Report("telegram", 2**40, 0, "SM9", MessageState.DELIVERED)
    assert not await house.delivery.report(nothing)
    assert (await state(house, message))[0] is MessageState.SENT


async def test_an_undelivered_message_may_be_sent_again(house: House) -> None:
    await talking(house, "sms")
    message = await says(house, "слова")
    await house.work()
    tried = house.sms.sent[-1].tried
    bad = Report("sms", message.id, 0, "SM1", MessageState.FAILED, "carrier-30003", tried)
    await house.delivery.report(bad)
    assert await state(house, message) == (MessageState.FAILED, "carrier-30003")
    await house.chat.decide(ANA, message.id, "resend")
    send = house.sms.send

    async def overtaken(outbound: Outbound) -> Sent:
        assert not await house.delivery.report(bad)  # said once more, on the way
        return await send(outbound)

    house.sms.send = overtaken  # type: ignore[method-assign]
    await house.work()
    assert len(house.sms.sent) == 2
    # And once more later, however much of its name comes back.
    for late in (bad, replace(bad, tried=None)):
        assert not await house.delivery.report(late)
    assert await state(house, message) == (MessageState.SENT, None)
    async with house.db.uow() as uow:
        name = await uow.fetchval(
            "select provider_id from message_part where message_id = $1", message.id
        )
    assert name == f"{message.id}.0"
    good = Report("sms", message.id, 0, name, MessageState.DELIVERED)
    assert await house.delivery.report(good)


async def test_the_desk_of_the_operator_alone_hears_of_messages(house: House) -> None:
    await talking(house)
    told = [event for _, event in house.live._told]
    assert {event.audience for event in told} == {f"staff:{ANA.staff_id}"}
    assert MessageStateChanged in house.bus.types()
    message = await says(house, "слова")
    body = {"id": message.id, "contact_id": str(message.contact_id)}
    fill = house.room.live_bodies["chat.message"]
    seen = await fill(body, ANA)
    assert seen is not None
    assert seen["text"] == "слова"
    assert await fill(body, BORIS) is None
    assert "слова" not in str(told)
