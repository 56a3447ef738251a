"""One town per journey, on an empty database, looked over at the end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bots.registry import BUILDERS, Builders
from hotline.app.ground import Urls
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from tests.afterwards import all_is_well
from tests.founding import town_in
from tests.town import Town
from tests.wire import Wire, wire_to


@pytest.fixture
def environ() -> dict[str, str]:
    """Settings of a journey that differ from the town's; override it by parametrizing."""
    return {}


@pytest.fixture
def builders() -> Builders:
    """The messengers of the town; override it to have others."""
    return BUILDERS


@pytest.fixture
async def town(
    db: Database, servers: Servers, tmp_path: Path, environ: dict[str, str], builders: Builders
) -> AsyncIterator[Town]:
    before = asyncio.all_tasks()
    urls = Urls(db.url, servers.redis_url)
    async with town_in(tmp_path, urls, db, environ, builders=builders) as made:
        yield made
        await all_is_well(made)
    await _nothing_runs(before, but="RequestHandler." if made.unanswered else None)


@pytest.fixture
async def wire(town: Town) -> AsyncIterator[Wire]:
    async with wire_to(town) as made:
        yield made


async def _nothing_runs(before: set[asyncio.Task[Any]], *, but: str | None) -> None:
    """Nothing that the town started outlives it, except tasks of a kind."""
    left = {task for task in asyncio.all_tasks() - before if task is not asyncio.current_task()}
    left = {task for task in left if not (but and but in repr(task.get_coro()))}
    _, still = await asyncio.wait(left, timeout=2) if left else (left, left)
    assert not still, still
