"""The verbs of a contact. Each takes the caller's unit of work and leaves a line in the timeline.

A late, repeated or reordered event asks for a move that is no longer legal: then the contact comes
back unchanged and nothing is told. That is normal, not an error.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hotline.contacts import linkstore, store
from hotline.contacts.events import (
    CallerLeft,
    ContactClosed,
    ContactHandedOver,
    ContactOpened,
    ContactRequeued,
    ContactReserved,
    ContactTalking,
    ContactWaiting,
    TalkEnded,
    WrapUpEnded,
)
from hotline.contacts.machine import after_caller_left, may
from hotline.contacts.model import (
    CallerSeen,
    Channel,
    Contact,
    ContactState,
    EarlierContact,
    Newcomer,
    Outcome,
    Recalled,
    TimelineEntry,
)
from hotline.infra.crypto import Vault
from hotline.infra.db import Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.kernel.ids import CallerId, ContactId, StaffId, new_id
from hotline.kernel.languages import Lang

_EARLIER = 5


class Contacts:
    """The life of contacts."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def open(
        self,
        uow: Uow,
        channel: Channel,
        line: str,
        *,
        address: str | None,
        source: str,
        masked: str,
    ) -> Contact:
        """Somebody reached us; see `Newcomer` for what the words mean."""
        newcomer = Newcomer(channel, line, address, source, masked)
        contact_id = self.admit(uow, newcomer, await self.recall(uow, newcomer), {})
        await uow.flush()
        return await self.get(uow, contact_id)

    async def recall(
        self, uow: Uow, newcomer: Newcomer, beside: str = "", args: Sequence[object] = ()
    ) -> Recalled:
        """What to greet somebody in, before anything is written.

        `beside` is a query of another room that is answered in the same statement: one row of other
        columns. Its $1 is the keyed hash, `args` follow.
        """
        address = newcomer.address
        index = self.index(newcomer.channel, address) if address else None
        language, at, seen = await store.remembered(uow, index, beside, args)
        return Recalled(index, language, at, seen)

    def index(self, channel: Channel, address: str) -> bytes:
        """The keyed hash by which a caller is known."""
        return self._vault.index("caller", f"{channel.address_kind}|{address}")

    async def address(self, uow: Uow, contact: Contact) -> tuple[bytes | None, str]:
        """The keyed hash of the caller (None: hidden), and what staff see of the number."""
        return await store.address(uow, contact.caller_id)

    def admit(
        self, uow: Uow, newcomer: Newcomer, recalled: Recalled, intake: dict[str, Any]
    ) -> ContactId:
        """Write them down as a new contact in intake; true, and readable, with the next flush."""
        contact_id, caller_id = ContactId(new_id()), CallerId(new_id())
        sealed = self._vault.seal(newcomer.source, aad=_aad(caller_id))
        caller = store.NewCaller(caller_id, recalled.index, sealed, newcomer.masked)
        store.insert(uow, contact_id, newcomer, caller, language=recalled.language, intake=intake)
        uow.publish(ContactOpened(contact_id=contact_id, channel=newcomer.channel))
        return contact_id

    async def get(self, uow: Uow, contact_id: UUID, *, lock: bool = False) -> Contact:
        """The contact. Raises NotFound."""
        contact = await store.get(uow, contact_id, lock=lock)
        if contact is None:
            raise NotFound
        return contact

    async def several(
        self, uow: Uow, ids: Sequence[UUID], *, lock: bool = False
    ) -> dict[ContactId, Contact]:
        """These contacts, in one statement."""
        return {one.id: one for one in await store.several(uow, ids, lock=lock)}

    async def beside(
        self, uow: Uow, clauses: str, *args: object
    ) -> list[tuple[dict[str, Any], Contact]]:
        """Rows of another room, each with its contact, in one statement.

        `clauses` are that room's, of a `with`; the last one is named `found`, and has a contact_id
        and an opened_at, which orders the rows.
        For what is asked so often that a second statement would be felt.
        """
        return await store.beside(uow, clauses, args)

    async def set_intake(
        self,
        uow: Uow,
        contact: Contact,
        state: dict[str, Any],
        *,
        language: Lang | None = None,
        topic: str | None = None,
        priority: int | None = None,
        danger: bool = False,
    ) -> Contact:
        """Store where the caller is in the flow and what it learned; danger is never taken back."""
        changes: dict[str, Any] = {"intake": state} if state != contact.intake else {}
        if language and language != contact.language:
            changes["language"] = language
        if topic and topic != contact.topic:
            changes["topic"] = topic
        if priority is not None and priority > contact.priority:
            changes["priority"] = priority
        if danger and not contact.danger:
            changes["danger"] = True
            await self.note(uow, contact.id, "danger")
        learned = {k: v for k, v in changes.items() if k in {"language", "topic"}}
        if learned:
            await self.note(uow, contact.id, "answered", **learned)
        return await self._save(uow, contact, changes) if changes else contact

    async def came_by(self, uow: Uow, contact: Contact, campaign: str) -> Contact:
        """Which link of ours brought them; the first one counts."""
        if contact.campaign is not None:
            return contact
        await self.note(uow, contact.id, "campaign", code=campaign)
        return await self._save(uow, contact, {"campaign": campaign})

    async def alarm(self, uow: Uow, contact: Contact, priority: int) -> Contact:
        """They wrote their word for "I am not alone": staff see it, and they never do."""
        if contact.alarm_at is not None:
            return contact
        await self.note(uow, contact.id, "silent_alarm")
        raised = {"danger": True, "priority": max(priority, contact.priority)}
        return await self._save(uow, contact, {"alarm_at": await uow.time(), **raised})

    async def remember_language(self, uow: Uow, contact: Contact, language: Lang) -> None:
        """The caller chose it: they are greeted in it next time."""
        await store.remember_language(uow, contact.caller_id, language)

    async def wait(self, uow: Uow, contact: Contact) -> Contact:
        """Intake is over: the caller waits."""
        moved = await self._move(uow, contact, ContactState.WAITING, waiting_since=await uow.time())
        if moved is not contact:
            await self.note(uow, contact.id, "waiting")
            uow.publish(ContactWaiting(contact_id=contact.id))
        return moved

    async def wait_anew(self, uow: Uow, contact: Contact, since: datetime | None = None) -> Contact:
        """Who waits without waiting, for an agreed time, waits from now on, or `since` then."""
        return await self._save(uow, contact, {"waiting_since": since or await uow.time()})

    async def reserve(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Contact:
        """An operator took the offer."""
        moved = await self._move(
            uow, contact, ContactState.RESERVED, reserved_at=await uow.time(), operator_id=staff_id
        )
        if moved is not contact:
            await self.note(uow, contact.id, "reserved", staff_id)
            uow.publish(ContactReserved(contact_id=contact.id, staff_id=staff_id))
        return moved

    async def talk(self, uow: Uow, contact: Contact) -> Contact:
        """Caller and operator are together."""
        moved = await self._move(uow, contact, ContactState.TALKING, talking_since=await uow.time())
        if moved is not contact and moved.operator_id is not None:
            await self.note(uow, contact.id, "talking", moved.operator_id)
            uow.publish(ContactTalking(contact_id=contact.id, staff_id=moved.operator_id))
        return moved

    async def requeue(self, uow: Uow, contact: Contact, why: str) -> Contact:
        """Nobody has them now (`why`: see `ContactRequeued`); the caller waits again."""
        lost = contact.operator_id
        moved = await self._move(uow, contact, ContactState.WAITING, operator_id=None)
        if moved is not contact:
            await self.note(uow, contact.id, "requeued", lost, why=why)
            uow.publish(ContactRequeued(contact_id=contact.id, staff_id=lost, why=why))
        return moved

    async def hand_over(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Contact:
        """Another operator goes on with the talk; nothing unless somebody talks now."""
        before = contact.operator_id
        if contact.state is not ContactState.TALKING or before is None or before == staff_id:
            return contact
        moved = await self._save(uow, contact, {"operator_id": staff_id})
        await self.note(uow, contact.id, "handed_over", before, to=str(staff_id))
        uow.publish(ContactHandedOver(contact_id=contact.id, from_staff=before, staff_id=staff_id))
        return moved

    async def caller_left(
        self, uow: Uow, contact: Contact, *, outcome: Outcome | None = None
    ) -> Contact:
        """The caller's side is over; `outcome` overrides the usual one (out of hours, rejected)."""
        after = after_caller_left(contact.state)
        if after is None:
            return contact
        state, usual = after
        now = await uow.time()
        if state is ContactState.CLOSED:
            final = outcome or usual
            moved = await self._move(
                uow, contact, state, caller_left_at=now, closed_at=now, outcome=final
            )
            uow.publish(ContactClosed(contact_id=contact.id, outcome=final))
        else:
            final = usual
            moved = await self._move(uow, contact, state, caller_left_at=now, outcome=final)
        await self.note(uow, contact.id, "caller_left", outcome=final)
        uow.publish(CallerLeft(contact_id=contact.id, outcome=final, staff_id=contact.operator_id))
        return moved

    async def end_talk(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Contact:
        """The operator ends the talk; the record is still to be finished."""
        moved = await self._move(
            uow,
            contact,
            ContactState.WRAP_UP,
            caller_left_at=await uow.time(),
            outcome=Outcome.ANSWERED,
        )
        if moved is not contact:
            await self.note(uow, contact.id, "talk_ended", staff_id)
            uow.publish(TalkEnded(contact_id=contact.id, staff_id=staff_id))
        return moved

    async def give_up(self, uow: Uow, contact: Contact) -> Contact:
        """Nobody comes to write it up: closed as it is. Its record may be finished all the same."""
        moved = await self._move(
            uow,
            contact,
            ContactState.CLOSED,
            closed_at=await uow.time(),
            outcome=Outcome.UNFINISHED,
        )
        if moved is not contact and moved.operator_id is not None:
            await self.note(uow, contact.id, "closed", outcome=Outcome.UNFINISHED)
            uow.publish(
                WrapUpEnded(contact_id=contact.id, staff_id=moved.operator_id),
                ContactClosed(contact_id=contact.id, outcome=Outcome.UNFINISHED),
            )
        return moved

    async def finish(self, uow: Uow, contact: Contact, closed_kind: str) -> Contact:
        """The consultation is written: the contact is closed and its operator free of it."""
        if contact.state is ContactState.CLOSED and not contact.over:
            await self.note(uow, contact.id, "closed", contact.operator_id, closed_kind=closed_kind)
            written = {"outcome": Outcome.ANSWERED, "closed_kind": closed_kind}
            return await self._save(uow, contact, written)
        moved = await self._move(
            uow, contact, ContactState.CLOSED, closed_at=await uow.time(), closed_kind=closed_kind
        )
        if moved is not contact and moved.operator_id is not None:
            await self.note(uow, contact.id, "closed", moved.operator_id, closed_kind=closed_kind)
            uow.publish(
                WrapUpEnded(contact_id=contact.id, staff_id=moved.operator_id),
                ContactClosed(contact_id=contact.id, outcome=moved.outcome or Outcome.ANSWERED),
            )
        return moved

    async def note(
        self, uow: Uow, contact_id: UUID, kind: str, staff_id: UUID | None = None, **fields: object
    ) -> None:
        """A line in the timeline; `fields` hold codes and ids, never personal data."""
        await store.note(uow, contact_id, kind, staff_id, fields)

    def note_each(self, uow: Uow, kind: str, whom: Sequence[tuple[UUID, UUID]]) -> None:
        """The same line for each contact with its operator, written before the commit."""
        store.note_each(uow, kind, whom)

    async def timeline(self, uow: Uow, contact_id: UUID) -> list[TimelineEntry]:
        """The history, oldest first."""
        return await store.timeline(uow, contact_id)

    async def earlier(self, uow: Uow, contact: Contact) -> list[EarlierContact]:
        """The last contacts of the same person, on whichever channel."""
        return await store.earlier(uow, contact, limit=_EARLIER)

    async def last_talk(self, uow: Uow, contact: Contact, within: timedelta) -> UUID | None:
        """The talk of the same caller that ended last, not longer ago than this."""
        return await store.last_talk(uow, contact, within)

    async def same_person(self, uow: Uow, one: Contact, other: Contact) -> bool:
        """Whether two contacts are of one person."""
        return await linkstore.same(uow, one.caller_id, other.caller_id)

    async def of_same_person(
        self, uow: Uow, contact: Contact, among: Sequence[UUID]
    ) -> list[ContactId]:
        """Which of these contacts are of the same person."""
        return await linkstore.of_same(uow, contact.caller_id, among)

    async def waiting(self, uow: Uow, contact: Contact) -> list[ContactId]:
        """The contacts of the same person that wait now."""
        return await linkstore.waiting(uow, contact.caller_id)

    async def of_operator(self, uow: Uow, staff_id: StaffId) -> list[Contact]:
        """What somebody has in hand."""
        return await store.of_operator(uow, staff_id)

    async def forgotten(self, uow: Uow, older_than: timedelta) -> list[Contact]:
        """What nobody wrote up for so long after the caller left, locked."""
        return await store.forgotten(uow, older_than)

    async def talks(
        self, uow: Uow, contact: Contact, *, newest: int, within: timedelta, writing: timedelta
    ) -> list[float]:
        """Seconds from first word to a free operator, of the last of its channel and language.

        `writing`: the longest that they are kept for writing up after the caller left.
        """
        return await store.talks(uow, contact, newest=newest, within=within, writing=writing)

    async def answered_since(self, uow: Uow, contact: Contact) -> int:
        """How many of the same channel and language were answered since this one waits."""
        return await store.answered_since(uow, contact)

    async def callers(self, uow: Uow, ids: list[CallerId]) -> dict[CallerId, CallerSeen]:
        """Masked sources and numbers of contacts."""
        return await store.callers(uow, ids)

    async def source(self, uow: Uow, caller_id: CallerId) -> str | None:
        """The full number or account. Only for reaching the caller or an audited reveal."""
        sealed = await store.number_sealed(uow, caller_id)
        return self._vault.open(sealed, aad=_aad(caller_id)) if sealed else None

    async def _move(
        self, uow: Uow, contact: Contact, then: ContactState, **changes: object
    ) -> Contact:
        if not may(contact.state, then):
            return contact
        return await self._save(uow, contact, {"state": then, **changes})

    async def _save(self, uow: Uow, contact: Contact, changes: dict[str, Any]) -> Contact:
        """Swap, or raise Conflict when the caller of this method read without a lock and lost."""
        moved = await store.save(uow, contact, changes)
        if moved is None:
            code = "conflict"
            raise Conflict(code)
        return moved


def _aad(caller_id: CallerId) -> str:
    return f"caller|{caller_id}|number_sealed"
