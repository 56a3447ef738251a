"""The words of background work: what a job handler is given and how it says stop."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from hotline.infra.db import Uow


class Drop(Exception):  # noqa: N818 - it is a decision, not an error
    """Trying again cannot help: to the dead-letter list at once, with this reason code."""


class Later(Exception):  # noqa: N818 - it is a decision, not an error
    """Come again after `delay_s` seconds without counting it as a failure."""

    def __init__(self, delay_s: float) -> None:
        super().__init__(delay_s)
        self.delay_s = delay_s


@dataclass(frozen=True, slots=True)
class JobContext:
    """The job a handler works on. `attempt` counts from 1; `last` says there is no further try."""

    id: int
    kind: str
    lane: str
    attempt: int
    last: bool
    owner: str

    async def done(self, uow: Uow) -> bool:
        """Close the job in the same transaction as its effects.

        False when the lease was lost meanwhile and another runner has it: then roll back.
        """
        touched = await uow.execute(
            "delete from job where id = $1 and owner = $2 and attempts = $3 and state = 'running'",
            self.id,
            self.owner,
            self.attempt,
        )
        return touched == 1


JobHandler = Callable[[dict[str, Any], JobContext], Awaitable[None]]
