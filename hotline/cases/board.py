"""What staff see of cases: cards, lists, one case with its words; reading words goes on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases import store
from hotline.cases.history import History
from hotline.cases.model import Case, CaseEntry, CaseState
from hotline.cases.sealing import Sealing
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import NotFound
from hotline.staff.directory import Directory

PAGE: Final = 100
Json = dict[str, Any]
Seen = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Cards, newest first; `next` continues, None says there are no more."""

    cards: list[Json]
    next: Seen | None


class Board:
    """Turns cases into what the desk shows; see docs/api.md for the shapes."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        audit: Audit,
        staff: Directory,
        history: History,
        sealing: Sealing,
        *,
        page_size: int = PAGE,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._staff = staff
        self._history = history
        self._sealing = sealing
        self._size = page_size

    async def listed(
        self, actor: Actor, state: CaseState | None, *, before: Seen | None = None
    ) -> CasePage:
        """A page of cases in a state, or of all: codes and names of staff, no words."""
        require(actor, Permission.CASE_RECORD_READ)
        states = [state] if state is not None else None
        async with self._db.uow() as uow:
            found = await store.page_of_list(uow, states, before=before, limit=self._size + 1)
            cards = await self.cards(uow, found[: self._size])
        last = found[self._size - 1] if len(found) > self._size else None
        return CasePage(cards, (last.raised_at, last.id) if last else None)

    async def read(self, actor: Actor, case_id: UUID) -> Json:
        """One case with its reason and notes. The read is on record or does not happen."""
        require(actor, Permission.CASE_RECORD_READ)
        async with self._db.uow() as uow:
            case = await self._get(uow, case_id)
            await self._audit.record(
                uow,
                actor,
                Tag.CASE_READ,
                object_type="case",
                object_id=case.id,
                groups=["case.reason", "case.history", "contact.masked"],
            )
            contact = await self._contacts.get(uow, case.contact_id)
            seen = await self._contacts.callers(uow, [contact.caller_id])
            return {
                "case": (await self.cards(uow, [case]))[0],
                "reason": self._history.reason(case),
                "timeline": await self._timeline(uow, case.id),
                "contact": {
                    "id": contact.id,
                    "channel": contact.channel,
                    "language": contact.language,
                    "topic": contact.topic,
                    "masked": seen[contact.caller_id].masked,
                },
            }

    async def card(self, case_id: UUID) -> Json:
        """One card after a change; who may see it was decided by the change."""
        async with self._db.uow() as uow:
            return (await self.cards(uow, [await self._get(uow, case_id)]))[0]

    async def of_contact(self, uow: Uow, contact_id: UUID) -> Json | None:
        """The card of a contact's newest case; the asking room checks the right."""
        case = await store.latest(uow, contact_id)
        return (await self.cards(uow, [case]))[0] if case else None

    async def cards(self, uow: Uow, cases: Sequence[Case]) -> list[Json]:
        """CaseCards in the order given."""
        people = {one for c in cases for one in (c.owner_id, c.acked_by) if one is not None}
        names = await self._staff.names(people, uow)
        now = await uow.time()
        return [_card_json(case, names, now) for case in cases]

    async def snapshot(self, uow: Uow, actor: Actor) -> Json:
        """The unfinished escalations, for whoever may take one, most pressing first.

        And whose person waits, of the sealed cases.
        """
        if not allow(actor, Permission.CASE_ESCALATION_ACK):
            return {}
        found = await store.inbox(uow, limit=self._size)
        return {"escalations": await self.cards(uow, found), "back": await self._back(uow)}

    async def live_card(self, body: Json, actor: Actor) -> Json | None:
        """Fill in `escalation.alert` and `escalation.changed` with the case of now."""
        if not allow(actor, Permission.CASE_ESCALATION_ACK):
            return None
        return await self.card(UUID(body["id"]))

    async def live_back(self, _hint: Json, actor: Actor) -> Json | None:
        """Fill in `case.back` with whose person waits now."""
        if not allow(actor, Permission.CASE_ESCALATION_ACK):
            return None
        async with self._db.reads() as uow:
            return {"back": await self._back(uow)}

    async def _back(self, uow: Uow) -> list[Json]:
        return [_back_json(case, contact) for case, contact in await self._sealing.back(uow)]

    async def _timeline(self, uow: Uow, case_id: UUID) -> list[Json]:
        entries = await self._history.read(uow, case_id)
        names = await self._staff.names({e.staff_id for e in entries if e.staff_id}, uow)
        return [_entry_json(entry, names) for entry in entries]

    async def _get(self, uow: Uow, case_id: UUID) -> Case:
        case = await store.get(uow, case_id)
        if case is None:
            raise NotFound
        return case


def _card_json(case: Case, names: dict[UUID, str], now: datetime) -> Json:
    return {
        "id": case.id,
        "code": case.code,
        "kind": case.kind,
        "level": case.level,
        "state": case.state,
        "contact_id": case.contact_id,
        "raised_at": case.raised_at,
        "deadline_at": case.deadline_at,
        "owner": _person(case.owner_id, names),
        "acked_at": case.acked_at,
        "acked_by": _person(case.acked_by, names),
        "overdue": case.state is CaseState.OPEN and now >= case.deadline_at,
        "step": case.step,
        "sealed": case.seniors_only and case.state is not CaseState.CLOSED,
    }


def _back_json(case: Case, contact: Contact) -> Json:
    return {
        "case_id": case.id,
        "code": case.code,
        "contact_id": contact.id,
        "since": contact.waiting_since,
    }


def _person(staff_id: UUID | None, names: dict[UUID, str]) -> Json | None:
    return {"id": staff_id, "name": names.get(staff_id, "")} if staff_id else None


def _entry_json(entry: CaseEntry, names: dict[UUID, str]) -> Json:
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind,
        "staff": names.get(entry.staff_id) if entry.staff_id else None,
        "fields": entry.fields,
    }
