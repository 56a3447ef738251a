"""A telephone exchange per test."""

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.service.telephony.exchange import Exchange


@pytest.fixture
def exchange(db: Database, vault: Vault) -> Exchange:
    return Exchange(db, vault)
