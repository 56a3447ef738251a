"""Who waits and who is on shift, counted for whoever sorts contacts into queues."""

from typing import Final

from hotline.infra.db import Uow
from hotline.intake.queues import Crowd, OnShift
from hotline.kernel.ids import StaffId
from hotline.routing import operatorstore
from hotline.routing.model import shown_state

_CROWDS: Final = """
select kind, language, topic, count(*)::int as count, min(since) as since
from queue_entry group by kind, language, topic
"""
_ABLE: Final = """
select staff_id, languages, skills from operator_state where presence <> 'offline'
order by since limit 1000
"""


class QueueCounts:
    """Takes part in the caller's transaction."""

    async def crowds(self, uow: Uow) -> list[Crowd]:
        """Everybody who waits, with those who are alike."""
        return [Crowd(**row) for row in await uow.fetch(_CROWDS)]

    async def on_shift(self, uow: Uow) -> list[OnShift]:
        """Everybody who is not offline, longest on shift first: a language, whatever the level."""
        rows = await uow.fetch(_ABLE)
        states = await operatorstore.operators(uow, [row["staff_id"] for row in rows])
        return [
            OnShift(
                StaffId(row["staff_id"]),
                shown_state(states[StaffId(row["staff_id"])]),
                _codes(row["languages"]),
                _codes(row["skills"]),
            )
            for row in rows
        ]


def _codes(tokens: list[str]) -> frozenset[str]:
    return frozenset(token.partition(":")[0] for token in tokens)
