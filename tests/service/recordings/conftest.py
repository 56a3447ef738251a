"""A telephone exchange whose line records talks."""

import pytest

from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import VERA
from tests.service.telephony.exchange import Exchange

SWITCH = """
insert into line_setting (kind, version, value, set_by)
select 'recording', coalesce(max(version), 0) + 1, $1, $2 from line_setting
where kind = 'recording'
"""


async def switch(exchange: Exchange, *, on: bool) -> None:
    async with exchange.db.uow() as uow:
        await uow.execute(SWITCH, {"on": on}, VERA.staff_id)
    exchange.line.forget()


@pytest.fixture
async def exchange(db: Database, vault: Vault) -> Exchange:
    made = Exchange(db, vault)
    await switch(made, on=True)
    return made
