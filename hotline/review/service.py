"""The log for supervisors: lists of contacts, and one contact read back. Both go on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases.board import Board
from hotline.consultations.contactpage import ContactPage
from hotline.consultations.forms import Form
from hotline.consultations.model import record_json
from hotline.consultations.risk import risk_of
from hotline.consultations.service import Consultations
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Invalid, NotFound
from hotline.review import store
from hotline.review.model import LogEntry, LogFilter, Seen
from hotline.review.ports import Legs, Recorded, Transcript
from hotline.review.waited import people_of, why_json
from hotline.routing.explaining import Explaining
from hotline.staff.directory import Directory

PAGE: Final = 100
_CALL: Final = "voice"
_READ: Final = (
    "contact.timeline",
    "contact.record",
    "contact.messages",
    "contact.legs",
    "contact.case",
)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows, newest first; `next` continues, None says there are no more."""

    rows: list[Json]
    next: Seen | None
    operators: list[Json]


@dataclass(frozen=True, slots=True)
class Sources:
    """The rooms whose words a contact's page brings together."""

    consultations: Consultations
    contacts: ContactPage
    board: Board
    transcript: Transcript
    legs: Legs
    recordings: Recorded
    explaining: Explaining


class Review:
    """Who reads the log is on record in the same transaction."""

    def __init__(
        self,
        db: Database,
        audit: Audit,
        staff: Directory,
        sources: Sources,
        *,
        page_size: int = PAGE,
    ) -> None:
        self._db = db
        self._audit = audit
        self._staff = staff
        self._sources = sources
        self._size = page_size

    @property
    def form(self) -> Form:
        """The form whose topics the log is filtered by."""
        return self._sources.consultations.form

    async def log(self, actor: Actor, wanted: LogFilter, *, before: Seen | None = None) -> LogPage:
        """A page of contacts: codes, masked sources, names of staff; no words of anybody.

        Raises Invalid for a topic the form does not have.
        """
        require(actor, Permission.CONTACT_LOG_READ)
        wanted = self._with_intake_topics(wanted)
        async with self._db.uow() as uow:
            found = await store.page(uow, wanted, before=before, limit=self._size + 1)
            rows = await self._rows(uow, found[: self._size])
            able = await self._staff.who_may(Permission.OFFER_OWN_ANSWER, uow)
            await self._audit.record(
                uow, actor, Tag.CONTACT_LOG_READ, object_type="contact-log", object_id=None
            )
        last = found[self._size - 1] if len(found) > self._size else None
        operators = sorted(
            ({"id": a.staff_id, "name": a.name} for a in able), key=lambda one: str(one["name"])
        )
        return LogPage(rows, (last.opened_at, last.id) if last else None, operators)

    async def contact(self, actor: Actor, contact_id: UUID) -> Json:
        """Everything about one contact. The read is on record or does not happen."""
        require(actor, Permission.CONTACT_LOG_READ)
        require(actor, Permission.CONTACT_RECORD_READ)
        around = self._sources
        async with self._db.uow() as uow:
            entry = await store.one(uow, contact_id)
            if entry is None:
                raise NotFound
            await self._audit.record(
                uow,
                actor,
                Tag.CONTACT_READ,
                object_type="contact",
                object_id=contact_id,
                groups=_READ,
            )
            is_call = entry.channel == _CALL
            messages, more = (
                (None, False) if is_call else await around.transcript.messages(uow, contact_id)
            )
            return {
                "row": (await self._rows(uow, [entry]))[0],
                "timeline": await around.contacts.timeline(uow, contact_id),
                "record": await self._record(uow, contact_id),
                "messages": messages,
                "more": more,
                "legs": await around.legs.legs(uow, contact_id) if is_call else [],
                "recordings": await around.recordings.of_contact(uow, contact_id),
                "left": await around.legs.left(uow, contact_id) if is_call else [],
                "case": await around.board.of_contact(uow, contact_id),
            }

    async def why(self, actor: Actor, contact_id: UUID) -> Json | None:
        """Why it waited, or waits: names of staff, no words of anybody; None: it never waited."""
        require(actor, Permission.CONTACT_LOG_READ)
        async with self._db.uow() as uow:
            if await store.one(uow, contact_id) is None:
                raise NotFound
            await self._audit.record(
                uow,
                actor,
                Tag.CONTACT_READ,
                object_type="contact",
                object_id=contact_id,
                groups=("contact.wait",),
            )
            why = await self._sources.explaining.why(uow, contact_id)
            return why_json(why, await self._staff.names(people_of(why), uow)) if why else None

    async def _record(self, uow: Uow, contact_id: UUID) -> Json | None:
        record = await self._sources.consultations.record(uow, contact_id)
        if record is None:
            return None
        names = await self._staff.names([record.author_id], uow)
        return record_json(record, names.get(record.author_id))

    async def _rows(self, uow: Uow, entries: Sequence[LogEntry]) -> list[Json]:
        people = {e.operator_id for e in entries if e.operator_id}
        names = await self._staff.names(people, uow)
        return [self._row(entry, names) for entry in entries]

    def _row(self, entry: LogEntry, names: dict[UUID, str]) -> Json:
        return {
            "id": entry.id,
            "opened_at": entry.opened_at,
            "channel": entry.channel,
            "masked": entry.masked,
            "language": entry.language,
            "topic": entry.record_topic or entry.intake_topic,
            "operator": names.get(entry.operator_id) if entry.operator_id else None,
            "length_s": entry.length_s,
            "wait_s": entry.wait_s,
            "kind": entry.kind,
            "outcome": entry.outcome,
            "state": entry.state,
            "danger": entry.danger,
            "risk": risk_of(self.form, entry.answers, danger=entry.danger),
            "case": _case(entry),
        }

    def _with_intake_topics(self, wanted: LogFilter) -> LogFilter:
        if wanted.topic is None:
            return wanted
        if wanted.topic not in self.form.list_keys("topics"):
            raise Invalid("invalid-input", topic="not-an-option")
        same = (chosen for chosen, key in self.form.intake_topics.items() if key == wanted.topic)
        return replace(wanted, intake_topics=tuple(same))


def _case(entry: LogEntry) -> Json | None:
    if entry.case_id is None:
        return None
    return {"id": entry.case_id, "code": entry.case_code, "state": entry.case_state}
