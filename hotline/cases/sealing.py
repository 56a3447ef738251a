"""Sealed cases: whoever such a case is about is served by senior operators only."""

from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases import store
from hotline.cases.climbing import Climbing
from hotline.cases.events import CaseSealed, EscalationPaged
from hotline.cases.history import History
from hotline.cases.model import Case, CaseState
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.routing.seals import Seals

_ACK: Final = Permission.CASE_ESCALATION_ACK


class Sealing:
    """Who may seal and open again, and what follows for the person when they come back.

    A case is sealed until it is closed: from then on the person is everybody's caller again.
    """

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        audit: Audit,
        seals: Seals,
        history: History,
        climbing: Climbing,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._seals = seals
        self._history = history
        self._climbing = climbing

    async def seal(self, actor: Actor, case_id: UUID, *, sealed: bool) -> Case:
        """Seal the case, or take that back; twice is once. Raises Conflict("case-closed")."""
        require(actor, _ACK)
        async with self._db.uow() as uow:
            case = await store.get(uow, case_id, lock=True)
            if case is None:
                raise NotFound
            if case.state is CaseState.CLOSED:
                code = "case-closed"
                raise Conflict(code)
            if case.seniors_only is sealed:
                return case
            case = await store.save(uow, case, {"seniors_only": sealed})
            kind = "sealed" if sealed else "unsealed"
            await self._history.add(uow, case.id, kind, actor.staff_id)
            tag = Tag.CASE_SEALED if sealed else Tag.CASE_UNSEALED
            await self._audit.record(uow, actor, tag, object_type="case", object_id=case.id)
            uow.publish(CaseSealed(contact_id=case.contact_id, case_id=case.id))
        return case

    async def is_sealed(self, uow: Uow, contact: Contact) -> bool:
        """Whether the contact is of a person whom a sealed case is about."""
        return bool(await self._cases_of(uow, contact))

    async def follow(self, contact_id: UUID) -> None:
        """A case of this contact's person was sealed, opened or closed: so are those who wait."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            sealed = await self.is_sealed(uow, contact)
            await self._seals.seal(uow, await self._contacts.waiting(uow, contact), sealed=sealed)

    async def caller_waits(self, contact_id: UUID) -> None:
        """The person is back and waits: whoever may take the case is alerted, once a contact.

        The duty telephone too, where none of them is on shift.
        """
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            for found in await self._cases_of(uow, contact):
                case = await store.get(uow, found, lock=True)
                if case is None or await self._history.knows(
                    uow, case.id, "caller_waits", contact_id
                ):
                    continue
                await self._history.add(uow, case.id, "caller_waits", contact=str(contact_id))
                await self._climbing.call_in(uow, case)
                uow.publish(
                    EscalationPaged(contact_id=case.contact_id, case_id=case.id, step=case.step)
                )

    async def _cases_of(self, uow: Uow, contact: Contact) -> list[UUID]:
        sealed = await store.sealed(uow)
        if not sealed:
            return []
        same = await self._contacts.of_same_person(uow, contact, list(sealed))
        return [sealed[contact_id] for contact_id in same]
