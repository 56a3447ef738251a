"""Hours, closing and announcement: set by who may, kept with versions, true for callers at once."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.contacts.model import Channel
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.intake.hours import always
from hotline.kernel.clock import ManualClock, SystemClock
from hotline.line.reader import FRESH_S, LineReader
from tests.builders import ANA, IGOR, VERA, a_contact
from tests.service.stage_records import UNKNOWN, Browser

NIGHT: dict[str, list[str]] = {
    day: [] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "sunday")
}
NEVER = {**NIGHT, "saturday": []}
TOPICS = ("abroad", "documents")
REASON = "Переезд в другое здание"


async def is_open(db: Database, reader: LineReader) -> bool:
    async with db.reads() as uow:
        return (await reader.now(uow)).is_open(await uow.time())


async def announced(db: Database, reader: LineReader) -> str | None:
    async with db.reads() as uow:
        return (await reader.now(uow)).announced(await uow.time())


async def audited(db: Database) -> list[tuple[Any, list[str]]]:
    async with db.reads() as uow:
        rows = await uow.fetch(
            "select actor_id, fields from audit_row where tag = 'staff:line:changed' order by id"
        )
    return [(row["actor_id"], row["fields"]) for row in rows]


def closing(until: str | None, reason: str = "x", *, version: int = 0) -> dict[str, Any]:
    """What a press at "Close the line" sends."""
    return {"until": until, "reason": reason, "version": version}


def ahead(**by: float) -> str:
    return (SystemClock().now() + timedelta(**by)).isoformat()


def hours(version: int, week: dict[str, list[str]], **days: list[str]) -> dict[str, Any]:
    return {"version": version, "timezone": "Asia/Bishkek", "week": week, "days": days}


async def test_the_file_is_in_force_until_somebody_sets_other_hours(
    browser: Browser, db: Database, reader: LineReader
) -> None:
    status, seed = await browser.ask(VERA, "GET", "/api/line/hours")
    assert (status, seed["version"], seed["open"]) == (200, 0, True)
    assert seed["week"]["monday"] == ["00:00-24:00"]
    assert await is_open(db, reader)

    days = {"2027-01-01": ["10:00-11:30"]}
    status, now = await browser.ask(VERA, "PUT", "/api/line/hours", hours(0, NEVER, **days))

    assert (status, now["version"], now["open"]) == (200, 1, False)
    assert now["days"] == days
    assert not await is_open(db, reader)
    assert await audited(db) == [(VERA.staff_id, ["line.hours"])]


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(browser: Browser) -> None:
    await browser.ask(VERA, "PUT", "/api/line/hours", hours(0, NEVER))

    status, said = await browser.ask(IGOR, "PUT", "/api/line/hours", hours(0, NEVER))

    assert (status, said["error"]) == (409, "conflict")
    assert (await browser.ask(VERA, "GET", "/api/line/hours"))[1]["version"] == 1


@pytest.mark.parametrize(
    ("week", "place"),
    [
        ({**NEVER, "monday": ["9-17"]}, "week.monday"),
        ({**NEVER, "monday": ["09:00-12:00", "11:00-13:00"]}, "week.monday"),
        (NIGHT, "week.saturday"),
    ],
)
async def test_hours_that_make_no_sense_change_nothing(
    browser: Browser, week: dict[str, list[str]], place: str
) -> None:
    status, said = await browser.ask(VERA, "PUT", "/api/line/hours", hours(0, week))

    assert (status, list(said["fields"])) == (400, [place])
    assert (await browser.ask(VERA, "GET", "/api/line/hours"))[1]["version"] == 0


async def test_one_press_closes_the_line_and_one_opens_it(
    browser: Browser, db: Database, reader: LineReader
) -> None:
    _, shut = await browser.ask(VERA, "POST", "/api/line/close", closing(None, REASON))
    assert (shut["open"], shut["opens_at"]) == (False, None)
    assert shut["closing"]["reason"] == REASON
    assert shut["closing"]["by"] == str(VERA.staff_id)
    assert not await is_open(db, reader)
    assert (await rows_with(db, REASON)) == 0

    for _ in "twice":
        _, opened = await browser.ask(IGOR, "POST", "/api/line/open", {})
        assert (opened["open"], opened["closing"]) == (True, None)
    assert await is_open(db, reader)
    assert len(await audited(db)) == 2


async def rows_with(db: Database, words: str) -> int:
    async with db.reads() as uow:
        found: int = await uow.fetchval(
            "select count(*) from line_setting s where position($1 in s::text) > 0", words
        )
    return found


async def test_nobody_s_end_replaces_a_closing_that_was_not_seen(browser: Browser) -> None:
    path = "/api/line/close"
    _, before = await browser.ask(IGOR, "GET", "/api/line/hours")
    _, shut = await browser.ask(VERA, "POST", path, closing(None, REASON))

    late = closing(ahead(hours=1), version=before["closing_version"])
    status, said = await browser.ask(IGOR, "POST", path, late)
    assert (status, said["error"]) == (409, "conflict")
    _, now = await browser.ask(IGOR, "GET", "/api/line/hours")
    assert now["closing"] == shut["closing"]

    assert (await browser.ask(IGOR, "POST", path, late | {"version": now["closing_version"]}))[
        0
    ] == 200


async def test_a_closing_ends_by_itself(browser: Browser, db: Database) -> None:
    _, shut = await browser.ask(VERA, "POST", "/api/line/close", closing(ahead(hours=1), "x"))
    assert shut["open"] is False
    assert shut["opens_at"][:16] == shut["closing"]["until"][:16]

    async with db.uow() as uow:
        await uow.execute(
            "update line_setting set value = value || jsonb_build_object('until', $1::text)",
            ahead(seconds=-1),
        )

    _, again = await browser.ask(VERA, "GET", "/api/line/hours")
    assert (again["open"], again["closing"]) == (True, None)


async def test_another_process_knows_within_two_seconds(
    browser: Browser, db: Database, hand: ManualClock
) -> None:
    edge = LineReader(always(), hand)
    assert await is_open(db, edge)

    await browser.ask(VERA, "POST", "/api/line/close", closing(None, "x"))
    hand.advance(timedelta(seconds=FRESH_S))

    assert not await is_open(db, edge)


async def test_what_was_read_a_moment_ago_is_not_read_again(
    db: Database, reader: LineReader
) -> None:
    async with db.uow() as uow:
        first = await reader.now(uow)
        assert await reader.now(uow) is first


async def test_hours_in_the_database_that_cannot_be_read_do_not_shut_the_line(
    db: Database, reader: LineReader
) -> None:
    async with db.uow() as uow:
        await uow.execute(
            "insert into line_setting (kind, version, value, set_by)"
            " values ('hours', 1, '{\"week\": 7}', $1)",
            VERA.staff_id,
        )

    assert await is_open(db, reader)


async def test_an_announcement_has_a_topic_and_an_end(
    browser: Browser, db: Database, reader: LineReader
) -> None:
    path = "/api/line/announcement"
    until = ahead(hours=3)
    assert await announced(db, reader) is None

    status, told = await browser.ask(VERA, "PUT", path, {"topic": "documents", "until": until})

    assert (status, told["topic"], told["topics"]) == (200, "documents", list(TOPICS))
    assert await announced(db, reader) == "documents"
    for body in (
        {"topic": "weather", "until": until},
        {"topic": "documents", "until": None},
        {"topic": "documents", "until": ahead(hours=-1)},
        {"topic": "documents", "until": ahead(days=8)},
        {"topic": "documents", "until": "2026-11-26T10:00:00"},
    ):
        assert (await browser.ask(VERA, "PUT", path, body))[0] == 400, body
    _, over = await browser.ask(VERA, "PUT", path, {"topic": None, "until": None})
    assert (over["topic"], over["until"]) == (None, None)
    assert await announced(db, reader) is None
    assert [groups for _, groups in await audited(db)] == [["line.announcement"]] * 2


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/line/hours"),
        ("PUT", "/api/line/hours"),
        ("POST", "/api/line/close"),
        ("POST", "/api/line/open"),
        ("GET", "/api/line/announcement"),
        ("PUT", "/api/line/announcement"),
        ("GET", "/api/line/blocks"),
        ("POST", "/api/line/blocks"),
        ("DELETE", f"/api/line/blocks/{UNKNOWN}"),
    ],
)
async def test_an_operator_finds_nothing_there(browser: Browser, method: str, path: str) -> None:
    assert (await browser.ask(ANA, method, path, {}))[0] == 404


@pytest.mark.parametrize("who", [VERA, IGOR], ids=lambda who: who.name)
async def test_supervisors_and_administrators_may_look(browser: Browser, who: Actor) -> None:
    assert (await browser.ask(who, "GET", "/api/line/hours"))[0] == 200


async def is_blocked(db: Database, vault: Vault, reader: LineReader, number: str) -> bool:
    async with db.reads() as uow:
        index = Contacts(vault).index(Channel.VOICE, number)
        return (await reader.now(uow)).blocks(index, await uow.time())


async def test_a_number_is_blocked_with_a_reason_until_anybody_in_charge_lifts_it(
    browser: Browser, db: Database, vault: Vault, reader: LineReader
) -> None:
    body = {"number": "0555 123 456", "until": ahead(hours=2), "reason": REASON}

    status, said = await browser.ask(VERA, "POST", "/api/line/blocks", body)

    (block,) = said["blocks"]
    assert (status, block["masked"], block["reason"]) == (200, "+996 555 ··· ·56", REASON)
    assert await is_blocked(db, vault, reader, "+996555123456")
    assert not await is_blocked(db, vault, reader, "+996555123457")
    path = f"/api/line/blocks/{block['id']}"
    assert await browser.ask(IGOR, "DELETE", path) == (200, {"blocks": []})
    assert not await is_blocked(db, vault, reader, "+996555123456")
    assert (await browser.ask(IGOR, "DELETE", path))[0] == 404
    assert [who for who, _ in await audited(db)] == [VERA.staff_id, IGOR.staff_id]


async def test_a_block_ends_by_itself(
    browser: Browser, db: Database, vault: Vault, reader: LineReader
) -> None:
    body = {"number": "+996555123456", "until": ahead(hours=2), "reason": "x"}
    await browser.ask(VERA, "POST", "/api/line/blocks", body)
    assert await is_blocked(db, vault, reader, "+996555123456")

    async with db.uow() as uow:
        line, now = await reader.now(uow), await uow.time()
        index = Contacts(vault).index(Channel.VOICE, "+996555123456")
        assert not line.blocks(index, now + timedelta(hours=2))


async def test_the_number_of_a_call_is_blocked_without_anybody_seeing_it(
    browser: Browser, db: Database, vault: Vault, reader: LineReader
) -> None:
    contacts = Contacts(vault)
    async with db.uow() as uow:
        call = await a_contact(uow, contacts, caller="+996555000001")
        chat = await a_contact(uow, contacts, Channel.TELEGRAM, caller="77")
    more = {"until": ahead(hours=2), "reason": "x"}

    made = await browser.ask(VERA, "POST", "/api/line/blocks", {"contact": str(call.id), **more})
    no = await browser.ask(VERA, "POST", "/api/line/blocks", {"contact": str(chat.id), **more})

    assert (made[0], no[0]) == (200, 400)
    assert await is_blocked(db, vault, reader, "+996555000001")


@pytest.mark.parametrize(
    "body",
    [
        {"number": "102", "until": ahead(hours=1)},
        {"number": "anonymous", "until": ahead(hours=1)},
        {"number": "+996555123456", "until": ahead(days=31)},
        {"number": "+996555123456", "until": ahead(hours=-1)},
        {"number": "+996555123456", "until": None},
        {"number": "+996555123456", "contact": str(UNKNOWN), "until": ahead(hours=1)},
        {"until": ahead(hours=1)},
    ],
)
async def test_a_block_without_a_number_or_an_end_is_none(
    browser: Browser, body: dict[str, Any]
) -> None:
    assert (await browser.ask(VERA, "POST", "/api/line/blocks", {**body, "reason": "x"}))[0] == 400
    assert await browser.ask(VERA, "GET", "/api/line/blocks") == (200, {"blocks": []})
