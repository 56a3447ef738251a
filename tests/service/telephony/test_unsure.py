"""A caller of whom nobody knows whether the carrier has taken them to the operator."""

import pytest

from hotline.carrier.ports import OutcomeUnknown
from tests.service.telephony.exchange import Exchange


@pytest.mark.parametrize("arrived", [True, False])
async def test_who_was_perhaps_pulled_is_pulled_again_only_if_they_did_not_come(
    exchange: Exchange,
    arrived: bool,  # noqa: FBT001 - drawn
) -> None:
    caller, room = await exchange.accepted()
    operator = (await exchange.operator_leg(caller)).sid
    await exchange.operator(operator, rung=True)
    exchange.carrier.failures.append(OutcomeUnknown())
    await exchange.joins(operator, room)
    assert await exchange.work() == ["Later"]
    exchange.carrier.calls[caller].url = ""

    if arrived:
        await exchange.bridge(caller)
        await exchange.joins(caller, room)
    assert await exchange.again() == []

    assert ("/voice/bridge" in exchange.carrier.calls[caller].url) is not arrived
