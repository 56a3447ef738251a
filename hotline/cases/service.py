"""The verbs of a case: raise an escalation, take it, note, close."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases import machine, store
from hotline.cases.climbing import Climbing
from hotline.cases.events import (
    EscalationAcknowledged,
    EscalationClosed,
    EscalationNoted,
    EscalationRaised,
)
from hotline.cases.history import History
from hotline.cases.model import (
    NOTE_LIMIT,
    REASON_LIMIT,
    Case,
    CaseResult,
    CaseState,
    Wish,
)
from hotline.consultations.records import Records
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import CaseId, StaffId, new_code, new_id
from hotline.kernel.text import clean

_ACK: Final = Permission.CASE_ESCALATION_ACK


class Cases:
    """Escalations and what becomes of them. Order of locks: contact, case."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        audit: Audit,
        records: Records,
        history: History,
        climbing: Climbing,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._records = records
        self._history = history
        self._climbing = climbing

    async def escalate(self, actor: Actor, contact_id: UUID, wish: Wish) -> Case:
        """Hand the contact to whoever may take it; only its operator may, or who reads all.

        Nobody has it in hand: then whoever wrote its record, because the line broke, still may.
        A contact has one case at a time: a second call gives that one, with the new reason in its
        history. A more urgent wish makes an untaken case climb anew from now.
        """
        require(actor, Permission.CASE_ESCALATION_RAISE)
        wish = replace(wish, reason=clean(wish.reason, limit=REASON_LIMIT).strip())
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            owner = contact.operator_id or await self._records.author(uow, contact_id)
            own_or(actor, owner, Permission.CONTACT_RECORD_READ)
            known = await store.unfinished(uow, contact_id)
            if known is None:
                case = await self._open(uow, contact, wish, actor.staff_id)
                await self._raised(uow, case, actor.staff_id)
            else:
                case = await self._insist(uow, actor, known, wish)
            await self._record(uow, actor, Tag.ESCALATION_RAISED, case)
            uow.publish(EscalationRaised(contact_id=contact.id, case_id=case.id, level=case.level))
        return case

    async def raise_unsaid(self, contact_id: UUID, wish: Wish, author: StaffId) -> None:
        """The house escalates what `author` recorded; nothing when somebody did meanwhile."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if await store.exists(uow, contact_id):
                return
            case = await self._open(uow, contact, wish, author)
            await self._raised(uow, case, None)
            await self._record(uow, None, Tag.SYSTEM_ESCALATION_RAISED, case)
            uow.publish(EscalationRaised(contact_id=contact.id, case_id=case.id, level=case.level))

    async def acknowledge(self, actor: Actor, case_id: UUID) -> Case:
        """Take it: the actor owns it and the ladder stands still.

        A second press of the same person changes nothing; another person hears
        Conflict("already-acknowledged").
        """
        require(actor, _ACK)
        async with self._db.uow() as uow:
            case = await self._locked_after_contact(uow, case_id)
            if not machine.may(case.state, CaseState.ACKNOWLEDGED):
                if case.acked_by == actor.staff_id:
                    return case
                code = "already-acknowledged"
                raise Conflict(code)
            await self._climbing.stop(uow, case)
            case = await store.save(
                uow,
                case,
                {
                    "state": CaseState.ACKNOWLEDGED,
                    "owner_id": actor.staff_id,
                    "acked_by": actor.staff_id,
                    "acked_at": await uow.time(),
                },
            )
            await self._history.add(uow, case.id, "acknowledged", actor.staff_id)
            await self._contacts.note(
                uow, case.contact_id, "acknowledged", actor.staff_id, case=case.code
            )
            await self._record(uow, actor, Tag.ESCALATION_ACKNOWLEDGED, case)
            uow.publish(
                EscalationAcknowledged(
                    contact_id=case.contact_id, case_id=case.id, staff_id=actor.staff_id
                )
            )
        return case

    async def note(self, actor: Actor, case_id: UUID, text: str) -> Case:
        """Write into the history. Raises Invalid for no words, Conflict("case-closed")."""
        require(actor, _ACK)
        words = _words(text)
        async with self._db.uow() as uow:
            case = await _locked(uow, case_id)
            if case.state is CaseState.CLOSED:
                code = "case-closed"
                raise Conflict(code)
            await self._history.add(uow, case.id, "note", actor.staff_id, words=words)
            await self._record(uow, actor, Tag.ESCALATION_NOTED, case)
            uow.publish(EscalationNoted(contact_id=case.contact_id, case_id=case.id))
        return case

    async def close(self, actor: Actor, case_id: UUID, result: CaseResult, text: str) -> Case:
        """End it, with a result and words.

        Raises Conflict("case-not-acknowledged") before a person took it: an escalation is never
        made to disappear unanswered.
        """
        require(actor, _ACK)
        words = _words(text)
        async with self._db.uow() as uow:
            case = await _locked(uow, case_id)
            if not machine.may(case.state, CaseState.CLOSED):
                closed = case.state is CaseState.CLOSED
                raise Conflict("case-closed" if closed else "case-not-acknowledged")
            case = await store.save(
                uow,
                case,
                {"state": CaseState.CLOSED, "closed_at": await uow.time(), "result": result},
            )
            await self._history.add(
                uow, case.id, "closed", actor.staff_id, words=words, result=result
            )
            await self._record(uow, actor, Tag.ESCALATION_CLOSED, case)
            uow.publish(
                EscalationClosed(contact_id=case.contact_id, case_id=case.id, result=result)
            )
        return case

    async def is_escalated(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether an escalation was ever raised for the contact."""
        return await store.exists(uow, contact_id)

    async def _locked_after_contact(self, uow: Uow, case_id: UUID) -> Case:
        """The case, locked in the order of `escalate`: a line for the contact needs its row too."""
        known = await store.get(uow, case_id)
        if known is None:
            raise NotFound
        await self._contacts.get(uow, known.contact_id, lock=True)
        return await _locked(uow, case_id)

    async def _open(self, uow: Uow, contact: Contact, wish: Wish, author: StaffId) -> Case:
        now = await uow.time()
        first = await self._climbing.foot(uow, wish.level)
        case_id = CaseId(new_id())
        case = await store.insert(
            uow,
            Case(
                id=case_id,
                code=new_code(),
                contact_id=contact.id,
                kind=wish.kind,
                level=wish.level,
                state=CaseState.OPEN,
                rev=1,
                raised_by=author,
                raised_at=now,
                owner_id=first.owner,
                round=1,
                step=0,
                ladder_at=now,
                deadline_at=now + self._climbing.deadline(wish.level),
                next_at=now + first.next_after,
                reason_sealed=self._history.seal_reason(case_id, wish.reason),
            ),
        )
        await self._climbing.lay(uow, case, first)
        return case

    async def _insist(self, uow: Uow, actor: Actor, case: Case, wish: Wish) -> Case:
        """Escalated again: nothing that was said is lost, and urgency only ever grows."""
        urgent = wish.level.above(case.level)
        if urgent:
            case = await self._more_urgent(uow, case, wish)
        if urgent or wish.reason:
            await self._history.add(
                uow, case.id, "raised", actor.staff_id, words=wish.reason, level=case.level
            )
        return case

    async def _more_urgent(self, uow: Uow, case: Case, wish: Wish) -> Case:
        """The new level; while nobody took the case, its ladder begins again from now."""
        changes: dict[str, Any] = {"level": wish.level, "kind": wish.kind}
        if case.state is not CaseState.OPEN:
            return await store.save(uow, case, changes)
        await self._climbing.stop(uow, case)
        now = await uow.time()
        first = await self._climbing.foot(uow, wish.level)
        changes |= {
            "round": case.round + 1,
            "step": first.step,
            "ladder_at": now,
            "deadline_at": now + self._climbing.deadline(wish.level),
            "next_at": now + first.next_after,
            "owner_id": first.owner or case.owner_id,
        }
        case = await store.save(uow, case, changes)
        await self._climbing.lay(uow, case, first)
        return case

    async def _raised(self, uow: Uow, case: Case, by: StaffId | None) -> None:
        """The first line of its history; None: the house itself raised it."""
        await self._history.add(uow, case.id, "raised", by, level=case.level)
        if case.owner_id is not None:
            await self._history.add(uow, case.id, "owner", case.owner_id)
        await self._contacts.note(
            uow, case.contact_id, "escalated", by, case=case.code, level=case.level
        )

    async def _record(self, uow: Uow, actor: Actor | None, tag: Tag, case: Case) -> None:
        await self._audit.record(uow, actor, tag, object_type="case", object_id=case.id)


async def _locked(uow: Uow, case_id: UUID) -> Case:
    case = await store.get(uow, case_id, lock=True)
    if case is None:
        raise NotFound
    return case


def _words(text: str) -> str:
    words = clean(text, limit=NOTE_LIMIT + 1).strip()
    if not words or len(words) > NOTE_LIMIT:
        raise Invalid("invalid", text="required" if not words else "too-long")
    return words
