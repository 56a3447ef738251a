"""Facts in the past tense: how rooms tell rooms above what happened."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from typing_extensions import override

REGISTRY: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all facts. Fields are ids, codes, numbers and times; never personal data.

    Delivered at least once and in order within a `lane`; handlers must be idempotent. A kind that
    is in no `hurry` may come half a second later and costs the writer less.
    """

    name: ClassVar[str] = ""
    hurry: ClassVar[bool] = True

    @override
    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__
        REGISTRY[cls.__name__] = cls

    @property
    def lane(self) -> str:
        """What keeps order: by default the contact the fact is about, else its own kind."""
        contact = getattr(self, "contact_id", None)
        return f"contact:{contact}" if contact is not None else f"event:{self.name}"

    def to_row(self) -> dict[str, Any]:
        """JSON-ready fields; ids and times are tagged so that they come back as what they were."""
        return {f.name: _out(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """The fact again, from what `to_row` gave; unknown fields of newer writers are dropped."""
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: _back(v) for k, v in row.items() if k in known})


def _out(value: object) -> object:
    if isinstance(value, UUID):
        return {"u": str(value)}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return value


def _back(value: object) -> object:
    if isinstance(value, dict):
        if "u" in value:
            return UUID(value["u"])
        return datetime.fromisoformat(value["t"])
    return value
