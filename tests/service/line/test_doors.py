"""Queues at one press: open, overflow, closed; by rule or by hand, on record, true at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hotline.audit.service import Audit
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.intake.hours import always
from hotline.intake.queues import Door, Queues
from hotline.kernel.clock import ManualClock
from hotline.kernel.errors import NotFound
from hotline.line.doors import QueueDesk, endless, unknown
from hotline.line.reader import FRESH_S, LineReader
from hotline.line.service import LineDesk
from hotline.routing.service import Routing
from hotline.staff.directory import Directory
from tests.builders import ANA, IGOR, VERA, a_contact
from tests.service.line.conftest import CALLS, REST
from tests.service.line.test_line import ahead, audited
from tests.service.routing.floor import RULES
from tests.service.stage_records import Browser

QUEUES = "/api/line/queues"


async def door(db: Database, reader: LineReader, kind: str = "call") -> Door:
    """How the next contact of that kind is taken."""
    async with db.reads() as uow:
        line, now = await reader.now(uow), await uow.time()
        return line.doors_at(now).at(kind, "ru", None)[0]


async def press(browser: Browser, how: str | None, until: str | None = None) -> dict[str, Any]:
    status, now = await browser.ask(VERA, "PUT", f"{QUEUES}/calls", {"door": how, "until": until})
    assert status == 200
    calls: dict[str, Any] = now["queues"][0]
    return calls


async def calls_wait(db: Database, vault: Vault, count: int) -> None:
    contacts = Contacts(vault)
    routing = Routing(db, contacts, Audit(db, vault.audit_mac), RULES)
    async with db.uow() as uow:
        for number in range(count):
            one = await a_contact(uow, contacts, caller=f"+9967000000{number}", language="ru")
            await routing.enqueue(uow, await contacts.wait(uow, one))


async def test_one_press_sets_a_queue_for_the_next_caller_and_one_gives_it_back_to_its_rule(
    browser: Browser, db: Database, reader: LineReader, hand: ManualClock
) -> None:
    for how in Door:
        for _ in "twice":
            calls = await press(browser, how)
            assert (calls["door"], calls["hand"]["until"]) == (how, None)
        assert await door(db, reader) is how
        assert await door(db, reader, "chat") is Door.OPEN, "the other queue is as it was"
    calls = await press(browser, None)
    assert (calls["door"], calls["hand"]) == ("open", None)
    assert await audited(db) == [(VERA.staff_id, ["line.queues"])] * 4, "twice is once"

    elsewhere = LineReader(always(), hand, queues=reader.queues)
    assert await door(db, elsewhere) is Door.OPEN
    await press(browser, "closed")
    hand.advance(timedelta(seconds=FRESH_S))
    assert await door(db, elsewhere) is Door.CLOSED


async def test_a_queue_overflows_by_its_rule_unless_somebody_says_otherwise(
    browser: Browser, db: Database, vault: Vault, reader: LineReader
) -> None:
    await calls_wait(db, vault, 2)
    status, now = await browser.ask(VERA, "GET", QUEUES)

    assert status == 200
    calls, rest = now["queues"]
    assert (calls["door"], calls["hand"], calls["waiting"]) == ("overflow", None, 2)
    assert calls["since"] is not None
    assert (rest["door"], rest["waiting"], rest["since"]) == ("open", 0, None)
    assert calls["says"]["closed"]["voice"]["ky"] == "calls closed"
    assert await door(db, reader) is Door.OVERFLOW

    assert (await press(browser, "open"))["door"] == "open"
    assert await door(db, reader) is Door.OPEN


async def test_what_was_set_ends_by_itself(browser: Browser, db: Database) -> None:
    until = ahead(hours=1)
    assert (await press(browser, "closed", until))["hand"]["until"][:16] == until[:16]
    async with db.uow() as uow:
        await uow.execute(
            "update line_setting set value = jsonb_set(value, '{calls,until}', to_jsonb($1::text))",
            ahead(seconds=-1),
        )

    _, now = await browser.ask(VERA, "GET", QUEUES)
    assert (now["queues"][0]["door"], now["queues"][0]["hand"]) == ("open", None)


async def test_two_who_press_at_two_queues_at_once_both_have_it(browser: Browser) -> None:
    both = [
        browser.ask(VERA, "PUT", f"{QUEUES}/{one}", {"door": "closed", "until": None})
        for one in (CALLS.id, REST.id)
    ]
    assert [status for status, _ in await asyncio.gather(*both)] == [200, 200]

    _, now = await browser.ask(VERA, "GET", QUEUES)
    assert [one["door"] for one in now["queues"]] == ["closed", "closed"]


async def test_a_queue_that_is_gone_is_named_and_its_contacts_wait_in_the_last(
    browser: Browser, db: Database, hand: ManualClock
) -> None:
    await press(browser, "closed")
    fewer = Queues((REST,))

    assert await unknown(db, Queues((CALLS, REST))) == []
    assert await unknown(db, fewer) == ["calls"]
    assert [(one, said.door) for one, said in await endless(db, Queues((CALLS, REST)))] == [
        ("calls", Door.CLOSED)
    ]
    assert await door(db, LineReader(always(), hand, queues=fewer)) is Door.OPEN


async def test_what_was_set_for_a_queue_that_is_gone_can_be_taken_away_and_nothing_else(
    browser: Browser, db: Database, vault: Vault, hand: ManualClock
) -> None:
    await press(browser, "closed")
    reader = LineReader(always(), hand, queues=Queues((REST,)))
    line = LineDesk(db, vault, Audit(db, vault.audit_mac), reader, ())
    fewer = QueueDesk(db, line, reader, Directory(db, vault), lambda *_: {})

    for how in (Door.OPEN, Door.CLOSED):
        with pytest.raises(NotFound):
            await fewer.set(VERA, "calls", how, None)
    await fewer.set(VERA, "calls", None, None)
    assert (await fewer.listed(VERA))["gone"] == []
    assert await unknown(db, Queues((REST,))) == []
    with pytest.raises(NotFound):
        await fewer.set(VERA, "calls", None, None)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("calls", {"door": "closed", "until": ahead(days=70)}, 400),
        ("calls", {"door": "closed", "until": ahead(hours=-1)}, 400),
        ("calls", {"door": "ajar"}, 400),
        ("nowhere", {"door": "closed"}, 404),
    ],
)
async def test_what_cannot_be_changes_nothing(
    browser: Browser, db: Database, path: str, body: dict[str, Any], status: int
) -> None:
    assert (await browser.ask(VERA, "PUT", f"{QUEUES}/{path}", body))[0] == status
    assert await audited(db) == []


async def test_only_who_sets_the_line_sees_and_sets_queues(browser: Browser, db: Database) -> None:
    body = {"door": "closed"}
    assert (await browser.ask(ANA, "GET", QUEUES))[0] == 404
    assert (await browser.ask(ANA, "PUT", f"{QUEUES}/calls", body))[0] == 404
    assert (await browser.ask(IGOR, "GET", QUEUES))[0] == 200
    assert await audited(db) == []
