"""Who wants it gone gets it gone: here at once, at the messenger as far as it lets us."""

from datetime import timedelta

import pytest

from hotline.chat.model import ChatRules, MessageState
from hotline.chat.ports import DeliveryError, OutcomeUnknown, Report
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, HotlineError
from tests.builders import ANA, BORIS
from tests.service.chat.house import House


async def words_left(house: House) -> int:
    async with house.db.uow() as uow:
        return int(await uow.fetchval("select count(*) from message where body_sealed is not null"))


async def erases(house: House) -> None:
    await house.comes("delete", "command", name="90")
    await house.presses("erase.yes", token="t")


async def test_a_caller_deletes_everything_keeps_the_place_and_is_told_no_word_of_it(
    house: House,
) -> None:
    await house.comes("меня обманули", name="11")
    await house.work()
    await erases(house)

    assert await words_left(house) == 0  # at once, before any job
    await house.work(now=True)

    contact = await house.contact()
    assert contact.state is ContactState.WAITING
    assert {"11", "90"} <= set(house.telegram.erased)
    assert len(house.telegram.erased) == 3  # what they wrote, the greeting, the wish
    last = house.telegram.sent[-1]
    assert (last.text, last.buttons) == (house.catalogue.t("ru", "bot-deleted"), ())
    shown = await house.all_messages(contact.id)
    assert {m.text for m in shown[:-1]} == {None}
    assert {m.error for m in shown[:-1]} == {"erased"}
    async with house.db.uow() as uow:
        kinds = [line.kind for line in await house.contacts.timeline(uow, contact.id)]
        row = await uow.fetchrow("select deleted, remaining, done_at from erasure")
    assert [kind for kind in kinds if kind.startswith("erase")] == ["erase_asked", "erased"]
    assert row is not None
    assert (row["deleted"], row["remaining"]) == (3, 0)


async def test_earlier_words_quotes_and_notes_go_too_and_nothing_is_changed_any_more(
    house: House,
) -> None:
    await house.comes("меня обманули", name="11")
    contact = await house.taken_by(ANA)
    asked = (await house.all_messages(contact.id))[0]
    await house.comes("меня обманули и заперли", "edited", name="11")
    sent = await house.chat.send(ANA, contact.id, "c1", "Где вы?", reply_to=asked.id)
    await house.chat.note(ANA, contact.id, "n1", "Слышен плач")
    await house.work(now=True)
    await house.editing.edit(ANA, sent.id, "Вы можете говорить?")
    house.telegram.edits.clear()
    await house.erasing.by_staff(ANA, contact.id)

    assert await words_left(house) == 0
    assert await house.count("message_revision") == 0
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.reply is not None
    assert (found.text, found.reply.text, found.edit_state) == (None, None, None)
    with pytest.raises(Conflict, match="message-fixed"):
        await house.editing.edit(ANA, sent.id, "Где вы?")
    await house.comes("ещё слово", "edited", name="11")
    await house.work(now=True)
    assert house.telegram.edits == []
    shown = await house.all_messages(contact.id)
    assert [m.text for m in shown if m.author == "caller"] == [None, "ещё слово"]


async def test_after_the_talk_it_deletes_what_was_and_opens_nothing(house: House) -> None:
    await house.comes("раз", name="1")
    await house.comes("stop", "command")
    await house.comes("два", name="2")
    await house.comes("stop", "command")
    await erases(house)
    await house.work(now=True)

    assert await house.count("contact") == 2
    assert {"1", "2", "90"} <= set(house.telegram.erased)
    assert [o.text for o in house.telegram.sent].count(house.catalogue.t("ru", "bot-deleted")) == 1


async def test_no_means_no_and_a_stranger_deletes_nothing(house: House) -> None:
    await house.comes("вопрос", name="1")
    await house.comes("delete", "command")
    await house.presses("erase.no")
    await house.comes("delete", "command", address="777")
    await house.work(now=True)
    assert house.telegram.erased == []
    assert await house.count("erasure") == 0


async def test_what_is_too_old_or_refused_is_counted_and_said(house: House) -> None:
    await house.comes("давно", name="1")
    async with house.db.uow() as uow:
        await uow.execute("update message set at = now() - interval '3 days'")
    await house.comes("вчера", name="2")
    await erases(house)
    refused = DeliveryError("refused", permanent=True)
    house.telegram.failures = [refused] * 3  # the batch of two, and each of them alone
    await house.work(now=True)

    async with house.db.uow() as uow:
        row = await uow.fetchrow("select deleted, remaining from erasure")
    assert row is not None
    assert (row["deleted"], row["remaining"]) == (0, 3)
    assert house.telegram.sent[-1].text == house.catalogue.t("ru", "bot-deleted-some")


@pytest.mark.parametrize(
    "failure",
    [OutcomeUnknown(), DeliveryError("slow-down", permanent=False, retry_after_s=0.0)],
)
async def test_a_request_that_was_lost_is_made_again(house: House, failure: HotlineError) -> None:
    await house.comes("вопрос", name="1")
    await house.work()
    await erases(house)
    house.telegram.failures = [failure]
    assert "Later" in await house.work(now=True)
    await house.work(now=True)
    assert "1" in house.telegram.erased
    assert house.telegram.sent[-1].text == house.catalogue.t("ru", "bot-deleted")


async def test_while_somebody_is_being_helped_our_copy_is_held_and_then_goes(house: House) -> None:
    await house.comes("меня заперли", name="1")
    house.holds.now = True
    await erases(house)
    assert await words_left(house) > 0
    await house.work(now=True)
    assert "1" in house.telegram.erased
    assert house.telegram.sent[-1].text == house.catalogue.t("ru", "bot-deleted-held")

    house.holds.now = False
    await house.work(now=True)
    async with house.db.uow() as uow:
        left = await uow.fetchval(
            """
            select count(*) from message m join erasure e using (contact_id)
            where m.id <= e.upto and m.body_sealed is not null
            """
        )
    assert left == 0


async def test_an_operator_deletes_their_own_chat_on_record_and_nobody_elses(house: House) -> None:
    await house.comes("вопрос", name="1")
    contact = await house.taken_by(ANA)
    with pytest.raises(HotlineError):
        await house.erasing.by_staff(BORIS, contact.id)
    assert not await house.erasing.by_staff(ANA, contact.id)
    await house.work(now=True)

    assert "1" in house.telegram.erased
    async with house.db.uow() as uow:
        tags = [r["tag"] for r in await uow.fetch("select tag from audit_row order by id")]
    assert tags[-2:] == ["staff:content:erased", "system:content:erased"]
    told = [e for _, e in house.live._told if e.kind == "chat.erased"]
    assert [e.audience for e in told] == [f"staff:{ANA.staff_id}"]


async def test_what_is_erased_is_not_sent_again_and_no_report_hides_that_it_is(
    house: House,
) -> None:
    number = "+996555123456"
    await house.comes("вопрос", channel="sms", address=number, name="SM1")
    contact = await house.taken_by(ANA)
    await house.work(now=True)
    house.sms.failures = [DeliveryError("refused", permanent=True)]
    failed = await house.chat.send(ANA, contact.id, "c1", "Где вы?")
    await house.work(now=True)
    sent = await house.chat.send(ANA, contact.id, "c2", "Вы одна?")
    await house.work(now=True)
    await house.erasing.by_staff(ANA, contact.id)
    with pytest.raises(Conflict, match="message-decided"):
        await house.chat.decide(ANA, failed.id, "resend")

    assert await house.delivery.report(
        Report("sms", sent.id, 0, f"{sent.id}.0", MessageState.DELIVERED)
    )
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert (found.state, found.error) == (MessageState.DELIVERED, "erased")


async def test_what_was_not_sent_yet_never_is(house: House) -> None:
    await house.comes("вопрос")
    await erases(house)
    await house.work(now=True)
    said = [outbound.text for outbound in house.telegram.sent]
    assert said == [house.catalogue.t("ru", "bot-deleted")]


async def test_by_sms_the_word_alone_is_enough_and_what_the_carrier_keeps_is_emptied(
    house: House,
) -> None:
    number = "+996555123456"
    await house.comes("вопрос", channel="sms", address=number, name="SM1")
    await house.comes("delete", "command", channel="sms", address=number, name="SM2")
    await house.work(now=True)
    assert {"SM1", "SM2"} <= set(house.sms.erased)
    assert house.sms.sent[-1].text == house.catalogue.t("ru", "bot-sms-deleted")


async def test_a_day_after_the_end_the_messenger_keeps_nothing_where_that_is_wished(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=ChatRules(settle=timedelta(0), forget_after=timedelta(hours=24)))
    await house.comes("вопрос", name="1")
    await house.comes("stop", "command")
    await house.work()
    assert house.telegram.erased == []
    sent = len(house.telegram.sent)
    await house.work(now=True)

    assert "1" in house.telegram.erased
    assert len(house.telegram.sent) == sent
    assert await words_left(house) > 0


async def test_what_may_have_arrived_under_no_known_name_counts_as_left(house: House) -> None:
    await house.comes("вопрос", name="1")
    house.telegram.failures = [OutcomeUnknown()]
    await house.work()
    await erases(house)
    await house.work(now=True)
    assert house.telegram.sent[-1].text == house.catalogue.t("ru", "bot-deleted-some")
