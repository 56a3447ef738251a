"""What other rooms learn about the line."""

from dataclasses import dataclass

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class LineShut(Event):
    """Something was shut by hand, or opened again: the line or a queue."""


@dataclass(frozen=True, slots=True)
class FloodChanged(Event):
    """The numbers of a prefix flood us from now on, or count as others do."""

    prefix: str
    flood: bool
