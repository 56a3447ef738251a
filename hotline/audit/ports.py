"""What the record needs from the floor above: names for the ids it holds."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

Names = Callable[[Iterable[UUID]], Awaitable[dict[UUID, str]]]
