"""What a desk and routing know of a talk that is handed on."""

from typing import Any

from hotline.access.model import Actor
from hotline.routing import operatorstore
from hotline.telephony.talks import Goal
from tests.builders import ANA
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.test_talks import NUMBER

TO_NUMBER = Goal("number", NUMBER)


async def presence(exchange: Exchange, actor: Actor) -> tuple[int, int]:
    """Calls in hand, and of these still talked."""
    async with exchange.db.uow() as uow:
        state = (await operatorstore.operators(uow, [actor.staff_id]))[actor.staff_id]
    return state.calls, state.talking


async def transfer_of(exchange: Exchange, caller: str, actor: Actor = ANA) -> Any:  # noqa: ANN401 - JSON
    return (await exchange.card(caller, actor))["transfer"]
