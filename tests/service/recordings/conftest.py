"""A line that records talks."""

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.service.recordings.recorded import Recorded


@pytest.fixture
async def exchange(db: Database, vault: Vault) -> Recorded:
    made = Recorded(db, vault)
    await made.switch(on=True)
    return made
