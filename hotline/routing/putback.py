"""SQL of a clock that was put back: what lies further ahead than it can counts from now.

Who waits is moved as a whole, so that each keeps what they have waited and nobody passes another;
when the newest came says by how much. An index finds the rest.
"""

from datetime import timedelta

from hotline.infra.db import Uow

_OFFERS = """
update offer set made_at = now(), deadline = now() + (deadline - made_at)
where state = 'pending' and made_at > clock_timestamp()
"""
_PAUSES = """
update operator_state set pause_until = now() + $1::interval
where pause_until > clock_timestamp() + $1::interval
"""
_WRITING = """
update assignment set wrap_until = now() + $1::interval
where until is null and wrap_until > clock_timestamp() + $1::interval
"""
_KEPT = """
update queue_entry set wanted_until = now() + $1::interval
where wanted_until > clock_timestamp() + $1::interval
"""
_WISHES = """
update routing_wish set due_at = now() where due_at > clock_timestamp() + interval '15 seconds'
"""
_WAITING = """
update queue_entry q set since = since - m.ahead, effective_at = effective_at - m.ahead,
  relax_at = relax_at - m.ahead
from (select max(since) - clock_timestamp() as ahead from queue_entry) m
where m.ahead > interval '0'
"""


async def offers(uow: Uow) -> None:
    """Offers that were made later than now: their time begins now."""
    await uow.execute(_OFFERS)


async def count_anew(
    uow: Uow, *, pause_for: timedelta, writing: timedelta, offer_for: timedelta
) -> int:
    """Pauses, writing up, whom somebody is kept for, wishes, and all who wait; how many rows."""
    return (
        await uow.execute(_PAUSES, pause_for)
        + await uow.execute(_WRITING, writing)
        + await uow.execute(_KEPT, offer_for)
        + await uow.execute(_WISHES)
        + await uow.execute(_WAITING)
    )
