"""The words of the record: an entry, a linked entry, and what checking the chain found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

GENESIS: Final = bytes(32)  # what the first link points back to

Broken = Literal["gap", "order", "changed", "head"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `groups` are names of field groups, never their content."""

    id: int
    at: datetime
    actor_id: UUID | None
    tag: str
    object_type: str
    object_id: str | None
    groups: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Linked:
    """An entry in the chain. `number` counts from 1 without gaps."""

    entry: Entry
    number: int
    prev: bytes
    mac: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link, kept apart from the entries, so that a cut-off end is noticed."""

    number: int
    mac: bytes


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check found: `checked` links hold, `broken_at` is the first that does not."""

    ok: bool
    checked: int
    broken_at: int | None = None
    why: Broken | None = None
    at: datetime | None = None
