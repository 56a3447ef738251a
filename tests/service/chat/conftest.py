"""A house per test."""

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.service.chat.house import House


@pytest.fixture
def house(db: Database, vault: Vault) -> House:
    return House(db, vault)
