"""A floor for every test."""

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.service.routing.floor import Floor


@pytest.fixture
def floor(db: Database, vault: Vault) -> Floor:
    return Floor(db, vault)
