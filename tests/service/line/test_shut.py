"""What is shut by hand stands on every desk, and no longer than it holds."""

from typing import Any

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.memory import MemoryLive
from hotline.line.reader import LineReader
from hotline.line.shut import Shut
from hotline.staff.directory import Directory
from tests.builders import ANA, VERA
from tests.service.line.test_doors import QUEUES, press
from tests.service.line.test_line import ahead, closing
from tests.service.stage_records import Browser


@pytest.fixture
def shut(db: Database, vault: Vault, reader: LineReader) -> Shut:
    return Shut(db, reader, Directory(db, vault), MemoryLive())


async def told(shut: Shut) -> list[tuple[str | None, str]]:
    """What an operator's desk is told, as at the first look and as live."""
    said: dict[str, Any] = await shut.live_shut({}, ANA)
    return [(one["queue"], one["door"]) for one in said["shut"]]


async def test_the_line_and_queues_that_take_fewer_by_hand_are_told(
    browser: Browser, shut: Shut
) -> None:
    assert await told(shut) == []
    await browser.ask(VERA, "POST", "/api/line/close", closing(None, "x"))
    await press(browser, "overflow", ahead(hours=1))
    await browser.ask(VERA, "PUT", f"{QUEUES}/rest", {"door": "closed", "until": None})
    assert await told(shut) == [(None, "closed"), ("calls", "overflow"), ("rest", "closed")]

    await press(browser, "open")
    await browser.ask(VERA, "POST", "/api/line/open", {})
    assert await told(shut) == [("rest", "closed")], "who is let in always misses nobody"


async def test_what_ended_by_itself_is_not_told(browser: Browser, db: Database, shut: Shut) -> None:
    await browser.ask(VERA, "POST", "/api/line/close", closing(ahead(hours=1), "x"))
    assert await told(shut) == [(None, "closed")]
    async with db.uow() as uow:
        await uow.execute(
            "update line_setting set value = value || jsonb_build_object('until', $1::text)",
            ahead(seconds=-1),
        )
    assert await told(shut) == []
