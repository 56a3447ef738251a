"""Reads the log as a supervisor does, until nothing is under way in it any more."""

import asyncio
import contextlib
from typing import Any, Final

from hotline.cli.reckoning import Inside
from hotline.simulator.operators import Desk, Refused

Json = dict[str, Any]
AWAY: Final = (OSError, TimeoutError, Refused)
_PAUSE_S: Final = 1.0


async def settled(reader: Desk, *, within_s: float) -> Inside:
    """The log when all is over, or as it is at the end of that time. The reader signs in here."""
    await reader.open()
    inside = Inside()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while not (inside.rows and inside.calm):
                    await asyncio.sleep(_PAUSE_S)
                    with contextlib.suppress(*AWAY):
                        inside = await look(reader, inside)
    finally:
        await reader.close()
    return inside


async def look(reader: Desk, before: Inside) -> Inside:
    """All rows, and the pages of those that were not over when we looked before."""
    rows: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await reader.get("/api/log", **({"cursor": cursor} if cursor else {}))
        rows += page["rows"]
        cursor = page["next"]
    known = {row["id"]: row for row in before.rows}
    pages = {}
    for row in rows:
        name = row["id"]
        over = row == known.get(name) and Inside((row,), before.pages).calm
        pages[name] = before.pages[name] if over else await reader.get(f"/api/log/{name}")
    dead = (await reader.get("/api/dead-letters"))["jobs"]
    return Inside(tuple(rows), pages, tuple((job["kind"], str(job["error"])) for job in dead))
