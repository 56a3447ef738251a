"""A local SMS provider: what it posts without a name, from machines, late or wrong; its answers."""

import json
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bots.sms.byaggregator import ByAggregator
from hotline.chat.model import MessageState
from hotline.chat.ports import DeliveryError, Inbound, Outbound, OutcomeUnknown
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.simulator.faults import Fault
from tests.builders import ANA
from tests.contracts.messengers import NUMBER, Line, open_line


@pytest.fixture
async def line(db: Database, vault: Vault) -> AsyncIterator[Line]:
    async with open_line("aggregator", db, vault) as opened:
        yield opened


def posted(**fields: object) -> bytes:
    return json.dumps(fields).encode()


async def test_a_message_without_a_name_is_named_by_what_it_says(line: Line) -> None:
    body = posted(**{"from": NUMBER, "text": "\ud800 помогите", "id": "a b/c"})
    assert await line.knock(body) == 200
    assert await line.knock(body) == 200
    contact = await line.house.contact()
    (heard,) = [m for m in await line.house.all_messages(contact.id) if m.author == "caller"]
    assert heard.text == "\N{REPLACEMENT CHARACTER} помогите"


async def test_machines_and_broken_posts_are_kept_and_not_answered(line: Line) -> None:
    for body in (posted(**{"id": "1", "from": "BANK", "text": "x"}), b"[]", b"\xff", b"{"):
        assert await line.knock(body) == 200
    assert await line.house.count("contact") == 0
    assert await line.house.count("inbox") == 4


async def test_a_message_that_breaks_us_every_time_ends_before_a_person(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = line.house.reception.receive

    async def fragile(inbound: Inbound) -> bool:
        if inbound.text == "ломает":
            raise ValueError
        return await receive(inbound)

    monkeypatch.setattr(line.house.reception, "receive", fragile)
    bad = posted(**{"id": "7", "from": NUMBER, "text": "ломает"})
    with capture_logs() as logs:
        statuses = [await line.knock(bad) for _ in range(5)]
    assert statuses == [503, 503, 503, 503, 200]
    assert {entry["event"] for entry in logs} == {"sms.message_failed"}
    assert await line.knock(posted(**{"id": "8", "from": NUMBER, "text": "следующее"})) == 200
    async with line.house.db.uow() as uow:
        (job,) = await uow.fetch("select payload from job where kind = 'chat.set_aside'")
    assert job["payload"] == {"channel": "sms", "event_id": "7"}


async def test_reports_late_twice_unknown_and_out_of_order(line: Line) -> None:
    await line.person.writes("вопрос")
    contact = await line.house.taken_by(ANA)
    sent = await line.house.chat.send(ANA, contact.id, "a", "Ответ")
    for _ in range(3):  # the automatic answer has two parts, each sent by itself
        await line.house.work(now=True)
    for status in ("delivered", "sent", "delivered", "accepted", "nonsense"):
        body = posted(id="A1", ref=f"{sent.id}.0", status=status)
        assert await line.knock(body, path="/sms/status") == 200
    for body in (posted(id="A1", ref="9999.0", status="sent"), posted(status="sent"), b"x"):
        assert await line.knock(body, path="/sms/status") == 200
    assert await line.knock(posted(ref="1.0"), genuine=False, path="/sms/status") == 403
    found = await line.house.chat.message(sent.id, ANA)
    assert found is not None
    assert found.state is MessageState.DELIVERED


async def test_its_answers_are_taken_for_what_they_are(line: Line) -> None:
    transport = ByAggregator(line.settings.aggregator, line.url)
    outbound = Outbound(1, 0, NUMBER, "слова")
    try:
        line.world.faults.arm(Fault.REST_429)
        with pytest.raises(DeliveryError) as slow:
            await transport.send(outbound)
        assert (slow.value.code, slow.value.retry_after_s) == ("slow-down", 1.0)
        line.world.faults.arm(Fault.REST_500)
        with pytest.raises(OutcomeUnknown):
            await transport.send(outbound)
        line.person.refuses()
        with pytest.raises(DeliveryError, match="opted-out") as refused:
            await transport.send(outbound)
        assert refused.value.permanent
    finally:
        await transport.close()
