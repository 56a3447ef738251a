"""The words of a record."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from hotline.kernel.ids import ContactId, StaffId

Json = dict[str, Any]
Values = dict[str, Any]

# Why an escalation was not raised although somebody is in danger: free words, kept sealed. It is
# no field of the form, because it is asked only in that one situation.
NO_ESCALATION_REASON: Final = "no_escalation_reason"
REASON_LIMIT: Final = 500

# Fields the desk finds at the top of a record; all others are in its `fields`.
TOP: Final = ("kind", "topic", "country", "region", "danger_now", "summary", "advice")


class RecordState(StrEnum):
    """A record is written once; what is finished stays as it is."""

    DRAFT = "draft"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Touch:
    """Who wrote a field last, and with which revision of the record."""

    rev: int
    by: StaffId


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its personal texts opened. Times are UTC by PostgreSQL's clock.

    `values` maps field ids to answers, empty ones left out; `touched` knows only fields a person
    wrote. `saved_at` is None until then.
    """

    contact_id: ContactId
    author_id: StaffId
    state: RecordState
    rev: int
    form_version: str
    opened_at: datetime
    values: Values = field(repr=False)
    touched: dict[str, Touch]
    saved_at: datetime | None = None
    finished_at: datetime | None = None


def record_json(record: Record, author: str | None) -> Json:
    """The record as the desk knows it."""
    values = record.values
    return {
        "contact_id": record.contact_id,
        "rev": record.rev,
        "state": record.state,
        **{name: values.get(name) for name in TOP},
        "screening": values.get("screening", []),
        "form_version": record.form_version,
        "fields": {k: v for k, v in values.items() if k not in {*TOP, "screening"}},
        "saved_at": record.saved_at,
        "author": {"id": record.author_id, "name": author or ""},
    }
