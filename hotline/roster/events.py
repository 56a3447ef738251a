"""What the desks learn about the roster."""

from dataclasses import dataclass
from typing import ClassVar

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RosterChanged(Event):
    """Something of the plan is different; `what` is the word of the record: *shift.planned*."""

    hurry: ClassVar[bool] = False

    what: str
