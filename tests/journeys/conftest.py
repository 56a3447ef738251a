"""One town per journey, on an empty database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hotline.app.ground import Urls
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from tests.town import Town, town_in


@pytest.fixture
async def town(db: Database, servers: Servers, tmp_path: Path) -> AsyncIterator[Town]:
    async with town_in(tmp_path, Urls(db.url, servers.redis_url)) as made:
        yield made
