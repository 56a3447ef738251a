"""What people say of a flood: counted otherwise, it stands, is on record, and is taken back."""

from datetime import timedelta

import pytest

from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext, Later
from hotline.line.floods import OVER, Floods, counted
from hotline.line.model import FloodMode
from hotline.line.reader import LineReader
from tests.builders import ANA, VERA
from tests.service.line.test_line import REASON, ahead, audited
from tests.service.stage_records import Browser

FLOOD = "/api/line/floods"


async def held(db: Database, reader: LineReader, prefix: str) -> FloodMode | None:
    async with db.reads() as uow:
        return (await reader.now(uow)).flood(prefix, await uow.time())


@pytest.mark.parametrize("said", ["+9965551", "+996 555 12 34 56", "0555 123456"])
async def test_a_person_says_what_holds_for_a_prefix_and_takes_it_back(
    browser: Browser, db: Database, reader: LineReader, said: str
) -> None:
    body = {"prefix": said, "mode": "open", "until": ahead(hours=3), "reason": REASON}

    status, now = await browser.ask(VERA, "PUT", FLOOD, body)
    assert status == 200
    (flood,) = now["floods"]
    assert (flood["prefix"], flood["mode"], flood["reason"]) == ("+9965551", "open", REASON)
    assert flood["by"] == str(VERA.staff_id)
    assert await held(db, reader, "+9965551") is FloodMode.OPEN
    async with db.reads() as uow:
        kept = await uow.fetchval("select reason_sealed from line_flood")
    assert REASON.encode() not in kept

    status, now = await browser.ask(VERA, "POST", f"{FLOOD}/end", {"prefix": "+9965551"})
    assert (status, now["floods"]) == (200, [])
    assert await held(db, reader, "+9965551") is None
    assert (await browser.ask(VERA, "POST", f"{FLOOD}/end", {"prefix": "+9965551"}))[0] == 404
    assert await audited(db) == [(VERA.staff_id, ["line.flood"])] * 2


async def test_what_a_person_said_stands_whatever_is_counted_until_its_end(
    browser: Browser, db: Database, reader: LineReader
) -> None:
    body = {"prefix": "hidden", "mode": "open", "until": ahead(hours=1), "reason": REASON}
    await browser.ask(VERA, "PUT", FLOOD, body)
    for over, holds in ((False, FloodMode.OPEN), (True, FloodMode.FLOOD)):
        async with db.uow() as uow:
            await uow.execute("update line_flood set until = now() where $1", over)
        async with db.uow() as uow:
            await counted(uow, "hidden", timedelta(minutes=15))
        reader.forget()

        assert await held(db, reader, "hidden") is holds
    (flood,) = (await browser.ask(VERA, "GET", FLOOD))[1]["floods"]
    assert (flood["by"], flood["reason"]) == (None, None)


async def test_when_a_flood_ends_by_itself_it_is_told_unless_something_else_holds(
    db: Database, vault: Vault, reader: LineReader
) -> None:
    floods = Floods(db, vault, Audit(db, vault.audit_mac), reader)
    lasts, job = timedelta(minutes=15), JobContext(1, OVER, "", 1, last=False, owner="test")

    async def told() -> list[bool]:
        async with db.uow() as uow:
            rows = await uow.fetch("select payload from job where kind = 'event' order by id")
        return [row["payload"]["row"]["flood"] for row in rows]

    for _ in range(2):  # counted again, it lasts longer, and is the same flood
        async with db.uow() as uow:
            await counted(uow, "+9965551", lasts)
    async with db.uow() as uow:
        (row,) = await uow.fetch(
            "select payload, run_at > now() as later from job where kind = $1", OVER
        )
    assert row["later"]
    with pytest.raises(Later):
        await floods.over(row["payload"], job)
    assert await told() == [True]

    async with db.uow() as uow:
        await uow.execute("update line_flood set until = now()")
    await floods.over(row["payload"], job)
    assert await told() == [True, False]
    async with db.uow() as uow:
        await counted(uow, "+9965551", lasts)
    await floods.over(row["payload"], job)
    assert await told() == [True, False, True], "another flood has its own end"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"prefix": "abc"}, "prefix"),
        ({"prefix": "+99655512345"}, "prefix"),
        ({"prefix": "189"}, "prefix"),
        ({"until": ahead(days=4)}, "until"),
        ({"until": ahead(hours=-1)}, "until"),
    ],
)
async def test_what_cannot_hold_for_a_prefix_is_refused(
    browser: Browser, db: Database, change: dict[str, str], place: str
) -> None:
    body = {"prefix": "+9965551", "mode": "flood", "until": ahead(hours=3), "reason": REASON}

    status, said = await browser.ask(VERA, "PUT", FLOOD, body | change)

    assert (status, list(said["fields"])) == (400, [place])
    assert await audited(db) == []


async def test_only_who_sets_the_line_sees_floods(browser: Browser) -> None:
    body = {"prefix": "+9965551", "mode": "open", "until": ahead(hours=3), "reason": REASON}
    assert (await browser.ask(ANA, "GET", FLOOD))[0] == 404
    assert (await browser.ask(ANA, "PUT", FLOOD, body))[0] == 404
