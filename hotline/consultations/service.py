"""The verbs of a record: read it, write into it, finish it, close what was no consultation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.consultations import machine, merging, risk
from hotline.consultations.events import (
    ConsultationFinished,
    EscalationLeftUnsaid,
    RecordChanged,
)
from hotline.consultations.forms import Form, validate_fields
from hotline.consultations.model import (
    NO_ESCALATION_REASON,
    REASON_LIMIT,
    Record,
    RecordState,
    Values,
)
from hotline.consultations.ports import Escalated
from hotline.consultations.records import Records
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import ContactId
from hotline.kernel.text import clean

UNTOLD_DANGER: Final = "danger-without-escalation"
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a patch. `clashes` are fields somebody else wrote meanwhile: not moved."""

    record: Record
    clashes: frozenset[str]
    offer: risk.EscalationOffer | None


class Consultations:
    """Records belong to the operator of the contact; who may read any contact may step in."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        audit: Audit,
        records: Records,
        form: Form,
        escalated: Escalated,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._records = records
        self._escalated = escalated
        self.form = form

    async def read(self, actor: Actor, contact_id: UUID) -> Record:
        """The record; one's own contact in hand is read freely, all else goes on record."""
        async with self._db.uow() as uow:
            contact = await self._mine(uow, actor, contact_id)
            record = await self._records.ensure(uow, contact_id)
            if record is None:
                raise NotFound
            if contact.operator_id != actor.staff_id or contact.state is ContactState.CLOSED:
                await self._note(uow, actor, Tag.RECORD_READ, contact_id, record.values)
        return record

    async def record(self, uow: Uow, contact_id: UUID) -> Record | None:
        """The record for another room's page; that room checks the right and records the read."""
        return await self._records.get(uow, contact_id)

    async def patch(
        self, actor: Actor, contact_id: UUID, base_rev: int, patch: Mapping[str, Any]
    ) -> Saved:
        """Write answers into a draft; fields that clash stay as they are and are named.

        Raises Invalid naming the fields that do not fit (then nothing is written), and
        Conflict("contact-over") when the record is finished.
        """
        require(actor, Permission.CONTACT_RECORD_WRITE)
        answers = self._checked(patch)
        async with self._db.uow() as uow:
            contact = await self._mine(uow, actor, contact_id)
            record = await self._draft(uow, contact_id)
            merged = merging.merge(record, answers, base_rev=base_rev, by=actor.staff_id)
            if merged.changed:
                self._fits(merged.values, merged.changed)
                record = await self._write(uow, actor, contact, record, merged)
            offer = await self._offer(uow, contact, record.values)
        return Saved(record, merged.clashes, offer)

    async def finish(self, actor: Actor, contact_id: UUID, *, reason: str = "") -> ContactId:
        """The record is complete: end the talk if it still goes on, and close the contact.

        `reason` says why nobody was told although an escalation is proposed. A second press changes
        nothing. Raises Invalid naming the fields that are missing.
        """
        require(actor, Permission.CONTACT_RECORD_WRITE)
        async with self._db.uow() as uow:
            contact = await self._mine(uow, actor, contact_id, lock=True)
            if contact.over:
                return contact.id
            record = await self._draft(uow, contact_id)
            answers = _with_reason(record.values, reason)
            values = merging.shown(self.form, answers)
            problems = validate_fields(self.form, self._known(values))
            problems |= await self._asked_why(uow, contact, answers)
            _refuse(problems)
            await self._close(uow, actor, contact, record, values)
        return contact.id

    async def close_as(
        self, actor: Actor, contact_id: UUID, kind: str, *, reason: str = ""
    ) -> ContactId:
        """Close in one press what was no consultation: nothing more is asked.

        Raises Invalid for a kind that is a consultation, and when an escalation is proposed but
        nobody told and no `reason` given.
        """
        require(actor, Permission.CONTACT_RECORD_WRITE)
        if not self.form.is_non_data(kind):
            _refuse({"kind": "not-an-option"})
        async with self._db.uow() as uow:
            contact = await self._mine(uow, actor, contact_id, lock=True)
            if contact.over:
                return contact.id
            record = await self._draft(uow, contact_id)
            values = _with_reason(record.values, reason)
            _refuse(await self._asked_why(uow, contact, values))
            values = merging.shown(self.form, {**values, "kind": kind})
            await self._close(uow, actor, contact, record, values)
        return contact.id

    async def begin(self, contact_id: UUID, staff_id: UUID) -> None:
        """An operator took the contact: their draft is open from the first second."""
        async with self._db.uow() as uow:
            await self._records.reserved(uow, contact_id, staff_id)

    async def settle(self, contact_id: UUID) -> None:
        """The contact closed and nobody finished its record: its caller left, nobody had them.

        A blank draft goes; one that somebody wrote into is kept as it is, finished; that of a
        contact nobody came to write up stays, for whoever does. Nobody is left to be asked why
        nobody was told, so what calls for an escalation is told to rooms above.
        """
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.state is not ContactState.CLOSED:
                return
            record = await self._records.get(uow, contact_id, lock=True)
            if record is None or not machine.may(record.state, RecordState.FINISHED):
                return
            unsaid = await self._unsaid(uow, contact, record.values)
            if unsaid is not None:
                uow.publish(
                    EscalationLeftUnsaid(
                        contact_id=contact.id,
                        staff_id=record.author_id,
                        kind=unsaid.kind,
                        level=unsaid.level,
                    )
                )
            if contact.over and not await self._records.drop_blank(uow, contact_id):
                await self._finished(uow, record, record.values)

    async def _mine(
        self, uow: Uow, actor: Actor, contact_id: UUID, *, lock: bool = False
    ) -> Contact:
        require(actor, Permission.CONTACT_OWN_READ)
        contact = await self._contacts.get(uow, contact_id, lock=lock)
        own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
        return contact

    async def _draft(self, uow: Uow, contact_id: UUID) -> Record:
        record = await self._records.ensure(uow, contact_id, lock=True)
        if record is None:
            raise NotFound
        if not machine.may(record.state, RecordState.FINISHED):
            code = "contact-over"
            raise Conflict(code)
        return record

    async def _write(
        self, uow: Uow, actor: Actor, contact: Contact, record: Record, merged: merging.Merged
    ) -> Record:
        first = all(t.by != actor.staff_id for t in record.touched.values())
        touched = merging.touch(record, merged.changed, rev=record.rev + 1, by=actor.staff_id)
        record = await self._records.save(uow, record, merged.values, touched=touched)
        other = contact.operator_id != actor.staff_id
        # Autosave writes every second: an operator's own draft is put on record when it begins
        # and when it is finished, another person's hand in it every time.
        if first or other:
            await self._note(uow, actor, Tag.RECORD_WRITTEN, contact.id, merged.changed)
        if other:
            uow.publish(
                RecordChanged(contact_id=contact.id, staff_id=actor.staff_id, rev=record.rev)
            )
        return record

    async def _close(
        self, uow: Uow, actor: Actor, contact: Contact, record: Record, values: Values
    ) -> None:
        if contact.state is ContactState.TALKING:
            contact = await self._contacts.end_talk(uow, contact, actor.staff_id)
        if contact.live:
            # Still being joined: to end it now would drop a caller whom nobody has heard.
            code = "contact-not-talking"
            raise Conflict(code)
        await self._finished(uow, record, values)
        await self._contacts.finish(uow, contact, str(values["kind"]))
        await self._note(uow, actor, Tag.RECORD_FINISHED, contact.id, values)

    async def _finished(self, uow: Uow, record: Record, values: Values) -> None:
        touched = {name: touch for name, touch in record.touched.items() if name in values}
        await self._records.save(uow, record, values, touched=touched, state=RecordState.FINISHED)
        uow.publish(ConsultationFinished(contact_id=record.contact_id, staff_id=record.author_id))

    async def _offer(
        self, uow: Uow, contact: Contact, values: Mapping[str, Any]
    ) -> risk.EscalationOffer | None:
        offer = risk.offer(self.form, values, danger=contact.danger)
        if offer is None or await self._escalated.is_escalated(uow, contact.id):
            return None
        return offer

    async def _unsaid(
        self, uow: Uow, contact: Contact, values: Mapping[str, Any]
    ) -> risk.EscalationOffer | None:
        """An escalation that is proposed; None once it is raised, or a reason says why not."""
        if values.get(NO_ESCALATION_REASON):
            return None
        return await self._offer(uow, contact, values)

    async def _asked_why(
        self, uow: Uow, contact: Contact, values: Mapping[str, Any]
    ) -> dict[str, str]:
        unsaid = await self._unsaid(uow, contact, values)
        return {} if unsaid is None else {"escalation": UNTOLD_DANGER}

    def _known(self, values: Values) -> Values:
        """Answers the form still has: it may have changed since the draft was begun."""
        return {k: v for k, v in values.items() if self.form.field(k) is not None}

    def _checked(self, patch: Mapping[str, Any]) -> Values:
        """The patch with clean texts. Raises Invalid for fields that do not exist."""
        answers = {name: _cleaned(value) for name, value in patch.items()}
        reason = answers.get(NO_ESCALATION_REASON)
        problems = {
            name: "unknown-field"
            for name in answers
            if name != NO_ESCALATION_REASON and self.form.field(name) is None
        }
        if reason is not None and not isinstance(reason, str):
            problems[NO_ESCALATION_REASON] = "wrong-type"
        elif reason is not None and len(reason) > REASON_LIMIT:
            problems[NO_ESCALATION_REASON] = "too-long"
        _refuse(problems)
        return answers

    def _fits(self, values: Values, changed: Iterable[str]) -> None:
        problems = validate_fields(self.form, self._known(values), complete=False)
        _refuse({name: code for name, code in problems.items() if name in set(changed)})

    async def _note(
        self, uow: Uow, actor: Actor, tag: Tag, contact_id: UUID, fields: Iterable[str]
    ) -> None:
        await self._audit.record(
            uow,
            actor,
            tag,
            object_type="contact",
            object_id=contact_id,
            groups=sorted(f"record.{name}" for name in fields),
        )


def _cleaned(value: object) -> object:
    return clean(value, limit=_LONGEST) if isinstance(value, str) else value


def _with_reason(values: Values, reason: str) -> Values:
    words = clean(reason, limit=REASON_LIMIT).strip()
    return {**values, NO_ESCALATION_REASON: words} if words else dict(values)


def _refuse(problems: dict[str, str]) -> None:
    """Raise Invalid with a code per field; a single code of its own speaks for the whole."""
    if problems:
        codes = set(problems.values())
        error = Invalid(UNTOLD_DANGER if codes == {UNTOLD_DANGER} else "invalid")
        error.fields = problems
        raise error
