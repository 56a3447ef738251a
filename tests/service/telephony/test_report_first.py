"""What the carrier reports of an operator's telephone may be faster than its answer to us."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typing_extensions import override

from hotline.carrier.capabilities import Dialect
from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import CallRef
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from hotline.telephony.model import LegState
from tests.service.telephony.exchange import Exchange


class Hasty(MemoryCarrier):
    """Tells how a call ended before it says that the call was made."""

    exchange: Exchange
    how: str
    heard: list[bool]

    @override
    async def call(self, to: str, url: str, status_url: str, **how: Any) -> CallRef:
        made = await super().call(to, url, status_url, **how)
        self.calls[made.sid].status = self.how
        report = self.exchange.form(made.sid, self.how)
        named = parse_qs(urlsplit(status_url).query)["room"][0]
        self.heard = [await self.exchange.entrance.rung(report, named) for _ in range(2)]
        return made


# Where the carrier has no rooms the caller's own Dial rings the operator and says how it went.
@pytest.fixture(params=["twilio", "signalwire"])
def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    carrier = Hasty(SystemClock())
    made = Exchange(db, vault, dialect, outside=carrier)
    carrier.exchange, made.carrier = made, carrier
    return made


@pytest.mark.parametrize("how", ["busy", "no-answer", "failed", "canceled"])
async def test_a_refusal_that_comes_first_gives_the_caller_to_somebody_else_at_once(
    exchange: Exchange, how: str
) -> None:
    assert isinstance(exchange.carrier, Hasty)
    exchange.carrier.how = how

    caller = await exchange.waiting()
    await exchange.on_shift()
    await exchange.accept()

    assert exchange.carrier.heard == [True, False], "the second report is a repetition"
    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert (await exchange.operator_leg(caller)).state is LegState(how)
    assert await exchange.count("select count(*) from outgoing_call where sid is null") == 0


async def test_a_report_of_a_room_nobody_knows_means_nothing(exchange: Exchange) -> None:
    report = exchange.form("CA9", "busy")

    assert not await exchange.entrance.rung(report, "c-unknown")
    assert await exchange.count("select count(*) from call_leg") == 0
