"""What is left at the messenger: nothing holds it up for good, nothing slips past an erasure."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hotline.chat import partstore, revisionstore, store
from hotline.chat.model import MessageState
from hotline.chat.ports import Attached, DeliveryError, Erases, Outbound, Report, Sent
from hotline.contacts.model import Contact
from hotline.contacts.safety import Safety
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.kernel.errors import Conflict, HotlineError
from tests.builders import ANA
from tests.service.chat import evil
from tests.service.chat.house import RULES, House
from tests.service.chat.test_erasing import erases, words_left


async def outcome(house: House) -> tuple[int, int, bool]:
    """Of the first erasure: deleted, remaining, and whether it is over."""
    async with house.db.uow() as uow:
        row = await uow.fetchrow("select deleted, remaining, done_at from erasure order by id")
    assert row is not None
    return row["deleted"], row["remaining"], row["done_at"] is not None


def said(house: House) -> list[str]:
    return [outbound.text for outbound in house.telegram.sent]


async def talking(house: House) -> Contact:
    await house.comes("вопрос", name="1")
    contact = await house.taken_by(ANA)
    await house.work(now=True)
    house.telegram.sent.clear()
    return contact


async def test_what_was_queued_is_not_sent_either_while_our_copy_is_held(house: House) -> None:
    house.holds.now = True
    contact = await talking(house)
    house.telegram.failures = [DeliveryError("slow-down", permanent=False, retry_after_s=0.0)]
    sent = await house.chat.send(ANA, contact.id, "c1", "Мы едем к вам")
    await house.work(now=True)
    await erases(house)
    await house.work(now=True)
    await house.work(now=True)

    assert said(house) == [house.catalogue.t("ru", "bot-deleted-held")]
    found = await house.chat.message(sent.id, ANA)
    assert found is not None
    assert (found.text, found.state, found.error) == (
        "Мы едем к вам",
        MessageState.FAILED,
        "erased",
    )
    with pytest.raises(Conflict, match="message-decided"):
        await house.chat.decide(ANA, sent.id, "resend")


@pytest.mark.parametrize(
    "failure",
    [DeliveryError("unreachable", permanent=False), DeliveryError("blocked", permanent=True)],
)
async def test_an_outage_or_being_locked_out_does_not_end_it(
    db: Database, vault: Vault, failure: HotlineError
) -> None:
    house = House(db, vault, tries=1)
    await house.comes("вопрос", name="1")
    await house.work()
    await erases(house)
    for _ in range(3):
        house.telegram.failures = [failure]
        assert await house.work(now=True) == ["Later"]
    assert await outcome(house) == (0, 0, False)
    assert house.catalogue.t("ru", "bot-deleted") not in said(house)
    while "Later" in await house.work(now=True):
        pass
    assert await outcome(house) == (3, 0, True)
    assert said(house)[-1] == house.catalogue.t("ru", "bot-deleted")


async def test_until_it_is_too_old(house: House) -> None:
    await house.comes("вопрос", name="1")
    await house.work()
    await erases(house)
    house.telegram.failures = [DeliveryError("blocked", permanent=True)]
    await house.work(now=True)
    async with house.db.uow() as uow:
        await uow.execute("update message set at = now() - interval '48 hours'")
    await house.work(now=True)
    assert await outcome(house) == (0, 3, True)


async def test_one_that_cannot_be_deleted_yet_holds_up_no_other(house: House) -> None:
    number = "+996555123456"
    house.sms.erases = Erases(at_once=1)
    await house.comes("вопрос", channel="sms", address=number, name="SM1")
    await house.comes("delete", "command", channel="sms", address=number, name="SM2")
    house.sms.failures = [DeliveryError("conflict", permanent=False)]
    assert await house.work(now=True) == ["Later"]
    assert house.sms.erased == ["SM2"]
    await house.work(now=True)
    assert house.sms.erased == ["SM2", "SM1"]


async def test_where_it_never_is_too_old_it_ends_on_record_all_the_same(house: House) -> None:
    number = "+996555123456"
    house.sms.erases = Erases(at_once=1)
    await house.comes("вопрос", channel="sms", address=number, name="SM1")
    await house.comes("delete", "command", channel="sms", address=number, name="SM2")
    async with house.db.uow() as uow:
        await uow.execute("update message set at = at - interval '30 days'")
        await uow.execute("update erasure set asked_at = now() - interval '8 days'")
    house.sms.failures = [DeliveryError("conflict", permanent=False)]
    await house.work(now=True)
    assert await outcome(house) == (1, 1, True)
    assert house.sms.erased == ["SM2"]


@pytest.mark.parametrize("when", ["over", "unsafe"])
async def test_nobody_is_told_whom_it_could_hurt_or_who_did_not_ask(
    house: House, when: str
) -> None:
    contact = await talking(house)
    if when == "over":
        await house.chat.close(ANA, contact.id)
    else:
        await house.safe.write(ANA, contact.id, 0, Safety(never=True))
    await house.work(now=True)
    house.telegram.sent.clear()
    await house.erasing.by_staff(ANA, contact.id)
    await house.work(now=True)
    assert "1" in house.telegram.erased
    assert said(house) == []


async def test_an_answer_that_comes_late_is_given_only_where_that_is_safe(house: House) -> None:
    contact = await talking(house)
    await house.safe.write(ANA, contact.id, 0, Safety(never=True))
    await erases(house)
    async with house.db.uow() as uow:
        await uow.execute("update erasure set asked_at = now() - interval '1 hour'")
    await house.work(now=True)
    assert (await outcome(house))[2]
    assert said(house) == []


async def test_what_a_killed_worker_may_have_sent_counts_as_left(house: House) -> None:
    contact = await talking(house)
    sent = await house.chat.send(ANA, contact.id, "c1", "Адрес")
    async with house.db.uow() as uow:
        await partstore.intend(uow, sent.id, 0, 1)
        await uow.execute("update message set state = 'sending' where id = $1", sent.id)
    await erases(house)
    await house.work(now=True)
    assert (await outcome(house))[1:] == (1, True)
    assert said(house) == [house.catalogue.t("ru", "bot-deleted-some")]


async def blocked(house: House, number: int) -> None:
    """Returns when so many transactions wait for the locks of others."""
    waiting = 0
    while waiting < number:
        async with house.db.uow() as uow:
            waiting = await uow.fetchval(
                "select count(*) from pg_stat_activity"
                " where datname = current_database() and wait_event_type = 'Lock'"
            )


class Slow:
    """Sends files when it is told to."""

    def __init__(self, house: House) -> None:
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self._send = house.telegram.send
        house.telegram.send = self.send  # type: ignore[method-assign]

    async def send(self, outbound: Outbound) -> Sent:
        if outbound.file is not None:
            self.begun.set()
            await self.go.wait()
        return await self._send(outbound)


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_deleted_is_not_said_while_a_file_is_still_leaving(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=replace(RULES, send_bytes_per_s=1))
    contact = await talking(house)
    slow = Slow(house)
    await house.sending.send(ANA, contact.id, "f1", pieces(evil.PDF))
    async with asyncio.TaskGroup() as group:
        group.create_task(house.work())
        await slow.begun.wait()
        await erases(house)
        other = House(db, vault, rules=house.rules)
        assert "Later" in await other.work(now=True)
        assert "1" in other.telegram.erased  # what can go goes at once
        assert not (await outcome(house))[2]
        slow.go.set()
    await house.work(now=True)
    file = next(f"{one.message_id}.0" for one in house.telegram.sent if one.file)
    assert file in house.telegram.erased
    assert (await outcome(house))[1:] == (0, True)
    assert said(house)[-1] == house.catalogue.t("ru", "bot-deleted")


async def test_what_arrives_after_the_end_is_deleted_all_the_same(house: House) -> None:
    contact = await talking(house)
    slow = Slow(house)
    await house.sending.send(ANA, contact.id, "f1", pieces(evil.PDF))
    async with asyncio.TaskGroup() as group:
        group.create_task(house.work())
        await slow.begun.wait()
        await erases(house)
        # Nobody waits longer than the attempt may last: here not at all.
        await House(house.db, house.vault).work(now=True)
        assert (await outcome(house))[1:] == (1, True)
        slow.go.set()
    await house.work(now=True)
    file = next(f"{one.message_id}.0" for one in house.telegram.sent if one.file)
    assert file in house.telegram.erased
    assert await house.count("erasure") == 2
    assert said(house)[1:] == [house.catalogue.t("ru", "bot-deleted-some")]


async def test_a_report_names_what_a_killed_worker_sent_and_what_is_forgotten_stays_so(
    house: House,
) -> None:
    number = "+996555123456"
    await house.comes("вопрос", channel="sms", address=number, name="SM1")
    contact = await house.taken_by(ANA)
    await house.work(now=True)
    sent = await house.chat.send(ANA, contact.id, "c1", "Адрес")
    async with house.db.uow() as uow:
        await partstore.intend(uow, sent.id, 0, 1)
        await uow.execute("update message set state = 'sending' where id = $1", sent.id)
    await house.erasing.by_staff(ANA, contact.id)
    await house.work(now=True)
    for state in (MessageState.SENT, MessageState.DELIVERED):
        await house.delivery.report(Report("sms", sent.id, 0, "SM9", state))
        await house.work(now=True)
    assert house.sms.erased.count("SM9") == 1


async def test_words_that_are_changed_in_the_moment_of_shredding_leave_nothing(
    house: House,
) -> None:
    contact = await talking(house)
    sent = await house.chat.send(ANA, contact.id, "c1", "Где вы?")
    await house.work(now=True)
    house.holds.now = True
    await house.erasing.by_staff(ANA, contact.id)
    house.holds.now = False
    async with asyncio.TaskGroup() as group, house.db.uow() as uow:
        number = await uow.fetchval("select id from erasure")
        await store.get(uow, contact.id, lock=True)
        await revisionstore.revise(uow, sent.id, b"sealed")
        group.create_task(house.erasing.release(number))
        await blocked(house, 1)
    assert await house.count("message_revision") == 0
    assert await words_left(house) == 0


async def test_a_file_that_is_kept_in_the_moment_of_erasing_does_not_stay(house: House) -> None:
    house.files.held["f"] = evil.picture()
    await house.brings("photo", Attached("photo", "f"))
    async with asyncio.TaskGroup() as group, house.db.uow() as uow:
        number = await uow.fetchval("select id from attachment for update")
        job = JobContext(1, "chat.fetch", "x", attempt=1, last=False, owner="x")
        group.create_task(house.fetching.fetch({"id": str(number)}, job))
        await blocked(house, 1)  # all but committed
        group.create_task(erases(house))
        await blocked(house, 2)
    assert await house.count("blob_part") == 0
