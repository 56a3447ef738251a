"""The message to the duty telephone: neutral, at most once when unsure, and never lost silently."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import MultiDict
from typing_extensions import override

from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import CarrierError, MessageFound, MessageRef, OutcomeUnknown
from hotline.carrier.signature import sign
from hotline.cases.climbing import DUTY_SMS
from hotline.cases.model import Case, CaseKind, Level, Wish
from hotline.cases.webhook import STATUS_PATH, Webhook
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.web.routes import add_routes
from hotline.kernel.clock import SystemClock
from tests.builders import ANA, VERA
from tests.service.stage_records import CAST, DUTY, ORIGIN, SIGNED, TOKEN, Stage


class Watching(MemoryCarrier):
    """A carrier that looks into the database before it takes a message."""

    look: Callable[[], Awaitable[tuple[str, str | None]]]
    seen: list[tuple[str, str | None]]

    @override
    async def send_message(
        self, to: str, body: str, status_url: str, *, validity_s: int
    ) -> MessageRef:
        self.seen = [await self.look()]
        return await super().send_message(to, body, status_url, validity_s=validity_s)


WORDS = "Паспорт забрали, дверь заперта"


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault)
    await made.hire(*CAST)
    return made


@pytest.fixture
async def case(stage: Stage) -> Case:
    """A case whose deadline has passed, with its message about to be sent."""
    contact = await stage.contact()
    made = await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.URGENT, WORDS))
    await stage.later(minutes=15)
    await stage.climb()
    return made


async def state_of(stage: Stage) -> tuple[str, str | None]:
    async with stage.db.uow() as uow:
        row = await uow.fetchrow("select state, error from page where target = 'duty_phone'")
    assert row is not None
    return row["state"], row["error"]


async def history(stage: Stage, case: Case) -> list[dict[str, str]]:
    page = await stage.board.read(VERA, case.id)
    return [entry["fields"] for entry in page["timeline"] if entry["kind"] == "duty_sms"]


async def test_the_words_are_neutral(stage: Stage, case: Case) -> None:
    assert await stage.send_sms() == ["done"]
    (message,) = stage.carrier.messages
    assert message.to == DUTY
    assert case.code in message.body
    assert len(message.body) <= 70
    for forbidden in (WORDS, "опасн", "торгов", "+996", "·"):
        assert forbidden not in message.body.lower()
    assert await state_of(stage) == ("sent", None)
    assert await history(stage, case) == [{"state": "sent"}]


async def test_the_intent_is_committed_before_the_send(stage: Stage, case: Case) -> None:
    watching = Watching(SystemClock())
    watching.look = lambda: state_of(stage)
    stage.carrier = watching
    stage.duty = stage.duty_with(DUTY)
    assert await stage.send_sms() == ["done"]
    assert watching.seen == [("sending", None)]
    assert case.code in watching.messages[0].body


async def test_a_repeated_job_sends_nothing(stage: Stage, case: Case) -> None:
    (row,) = await stage.waiting(DUTY_SMS)
    await stage.send_sms()
    await stage.put_back(row)
    assert await stage.send_sms(attempt=2) == ["done"]
    assert len(stage.carrier.messages) == 1
    assert len(await history(stage, case)) == 1


async def test_nothing_is_sent_when_a_person_took_the_case(stage: Stage, case: Case) -> None:
    await stage.cases.acknowledge(VERA, case.id)
    assert await stage.send_sms() == ["done"]
    assert stage.carrier.messages == []
    assert (await state_of(stage))[0] == "cancelled"


async def test_an_unknown_outcome_is_looked_up_and_not_sent_again(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(OutcomeUnknown())
    assert await stage.send_sms() == ["later"]
    assert await stage.send_sms() == ["later"]  # it may still be under way
    await stage.later(seconds=31)
    assert await stage.send_sms() == ["done"]
    assert len(stage.carrier.messages) == 1
    assert (await state_of(stage))[0] == "sent"
    assert await history(stage, case) == [{"state": "sent"}]


async def test_what_the_carrier_does_not_know_of_is_sent_again(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(OutcomeUnknown())
    await stage.send_sms()
    stage.carrier.messages.clear()
    await stage.later(seconds=31)
    assert await stage.send_sms() == ["retry"]
    assert stage.carrier.messages == []
    assert await state_of(stage) == ("queued", "sms-unknown")
    assert await stage.send_sms(attempt=2) == ["done"]
    assert len(stage.carrier.messages) == 1
    assert await history(stage, case) == [{"state": "sent"}]


async def test_after_all_tries_a_person_decides(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(OutcomeUnknown())
    await stage.send_sms()
    stage.carrier.messages.clear()
    await stage.later(seconds=31)
    (row,) = await stage.waiting(DUTY_SMS)
    assert await stage.send_sms(last=True) == ["sms-unknown"]
    assert stage.carrier.messages == []
    assert await history(stage, case) == [{"state": "unknown", "error": "sms-unknown"}]
    # The runner was lost before it put the job on the list: still nothing is sent blindly.
    await stage.put_back(row)
    assert await stage.send_sms(attempt=2) == ["sms-failed"]
    assert stage.carrier.messages == []
    # A person pressed "try again": the attempts count from one.
    await stage.put_back(row)
    assert await stage.send_sms(attempt=1) == ["done"]
    assert len(stage.carrier.messages) == 1


async def test_what_can_never_be_looked_up_is_not_sent_blindly(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(OutcomeUnknown())
    await stage.send_sms()
    stage.carrier.messages.clear()
    await stage.later(seconds=31)
    stage.carrier.failures.append(CarrierError("20003", permanent=True))

    assert await stage.send_sms() == ["sms-unknown"]

    assert stage.carrier.messages == []
    assert await history(stage, case) == [{"state": "unknown", "error": "sms-unknown"}]


async def test_a_report_that_comes_while_it_is_looked_up_stands(stage: Stage, case: Case) -> None:
    class Late(MemoryCarrier):
        @override
        async def find_messages(self, to: str, since: datetime) -> list[MessageFound]:
            async with stage.db.uow() as uow:
                page = await uow.fetchval("select id from page where target = 'duty_phone'")
            await reported(stage, "failed", page=str(page), sid="SM1")
            return []

    stage.carrier.failures.append(OutcomeUnknown())
    await stage.send_sms()
    await stage.later(seconds=31)
    stage.carrier = Late(SystemClock())
    stage.duty = stage.duty_with(DUTY)
    await stage.send_sms()

    assert await state_of(stage) == ("failed", "30003")
    assert await history(stage, case) == [{"state": "failed", "error": "30003"}]


async def test_a_message_of_an_earlier_step_is_not_taken_for_this_one(
    stage: Stage, case: Case
) -> None:
    await stage.send_sms()
    await stage.later(minutes=15)
    await stage.climb()
    stage.carrier.failures.append(OutcomeUnknown())
    await stage.send_sms()
    del stage.carrier.messages[1:]
    await stage.later(seconds=31)
    assert await stage.send_sms(last=True) == ["sms-unknown"]
    assert [f["state"] for f in await history(stage, case)] == ["sent", "unknown"]


async def test_a_refusal_that_may_pass_is_tried_again(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(CarrierError("unreachable", permanent=False))
    assert await stage.send_sms() == ["retry"]
    assert await state_of(stage) == ("queued", "unreachable")
    assert await stage.send_sms(attempt=2) == ["done"]
    assert len(stage.carrier.messages) == 1
    assert await history(stage, case) == [{"state": "sent"}]


@pytest.mark.parametrize(("permanent", "last"), [(True, False), (False, True)])
async def test_a_final_refusal_is_seen(
    stage: Stage,
    case: Case,
    permanent: bool,  # noqa: FBT001 - a table
    last: bool,  # noqa: FBT001 - a table
) -> None:
    stage.carrier.failures.append(CarrierError("21211", permanent=permanent))
    assert await stage.send_sms(last=last) == ["sms-failed"]
    assert await state_of(stage) == ("failed", "21211")
    assert await history(stage, case) == [{"state": "failed", "error": "21211"}]


async def test_without_a_duty_telephone_it_is_seen_too(stage: Stage, case: Case) -> None:
    stage.duty = stage.duty_with("")
    assert await stage.send_sms() == ["no-duty-phone"]
    assert await history(stage, case) == [{"state": "failed", "error": "no-duty-phone"}]


def page_named(stage: Stage) -> str:
    """The alert that the address given to the carrier names."""
    _, asked = stage.carrier.asked[-1]
    address, _, page = str(asked["status_url"]).partition("?page=")
    assert address == ORIGIN + STATUS_PATH
    return page


async def reported(stage: Stage, status: str, *, page: str, sid: str) -> int:
    """As the carrier posts what became of a message."""
    form = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": "30003"}
    path = f"{STATUS_PATH}?page={page}"
    app = web.Application()
    add_routes(app, Webhook(stage.duty, stage.gate).routes())
    async with TestClient(TestServer(app)) as client:
        signed = {SIGNED: sign(TOKEN, ORIGIN + path, MultiDict(form))}
        return (await client.post(path, data=form, headers=signed)).status


async def test_a_message_that_never_arrived_is_seen_once(stage: Stage, case: Case) -> None:
    await stage.send_sms()
    (message,) = stage.carrier.messages
    page = page_named(stage)

    for status in ("sent", "undelivered", "undelivered", "delivered"):
        assert await reported(stage, status, page=page, sid=message.sid) == 200

    assert await state_of(stage) == ("failed", "30003")
    assert await history(stage, case) == [{"state": "sent"}, {"state": "failed", "error": "30003"}]


async def test_a_report_faster_than_our_own_writing_is_not_overwritten(
    stage: Stage, case: Case
) -> None:
    class Hasty(MemoryCarrier):
        @override
        async def send_message(
            self, to: str, body: str, status_url: str, *, validity_s: int
        ) -> MessageRef:
            sent = await super().send_message(to, body, status_url, validity_s=validity_s)
            await reported(stage, "failed", page=status_url.partition("page=")[2], sid=sent.sid)
            return sent

    stage.carrier = Hasty(SystemClock())
    stage.duty = stage.duty_with(DUTY)
    await stage.send_sms()

    assert await state_of(stage) == ("failed", "30003")
    assert await history(stage, case) == [{"state": "failed", "error": "30003"}]


@pytest.mark.parametrize("page", ["99", "", "1e3", "9" * 40])
async def test_reports_of_nothing_we_sent_change_nothing(
    stage: Stage, case: Case, page: str
) -> None:
    await stage.send_sms()
    sid = stage.carrier.messages[0].sid

    assert await reported(stage, "failed", page=page, sid=sid) == 200
    assert await history(stage, case) == [{"state": "sent"}]


async def test_a_report_of_an_earlier_attempt_is_not_taken_for_the_later(
    stage: Stage, case: Case
) -> None:
    await stage.send_sms()
    page = page_named(stage)

    assert await reported(stage, "failed", page=page, sid="SMother") == 200

    assert await history(stage, case) == [{"state": "sent"}]


async def test_a_telephone_that_fails_does_not_stop_the_ladder(stage: Stage, case: Case) -> None:
    stage.carrier.failures.append(CarrierError("21211", permanent=True))
    await stage.send_sms()
    await stage.later(minutes=15)
    assert await stage.climb() == 1
    assert await stage.send_sms() == ["done"]
    assert [f["state"] for f in await history(stage, case)] == ["failed", "sent"]
