"""Sealed cases: whoever such a case is about is served by senior operators only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases import store
from hotline.cases.climbing import Climbing
from hotline.cases.events import CaseSealed
from hotline.cases.history import History
from hotline.cases.model import Case, CaseState
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.routing.seals import Seals

_ACK: Final = Permission.CASE_ESCALATION_ACK
# So often the duty telephone hears of somebody who still waits while nobody is there.
_AGAIN: Final = timedelta(minutes=15)


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

        The duty telephone too, where none of them can hear it. That they wait stands on the desks
        each time.
        """
        await self._alert(contact_id, within=None)

    async def back(self, uow: Uow) -> list[tuple[Case, Contact]]:
        """Sealed cases whose person waits now, and the contact; who waits longest first."""
        sealed, found = await store.sealed(uow), []
        for contact_id in await self._seals.perhaps_sealed(uow) if sealed else ():
            contact = await self._contacts.get(uow, contact_id)
            about = await self._about(uow, contact, sealed)
            cases = [await store.get(uow, one) for one in about]
            found += [(case, contact) for case in cases if case is not None]
        return found

    async def sweep(self) -> None:
        """Whoever waits agrees with the cases; who waits where nobody can hear it is told of again.

        Somebody may join, or be linked, at the moment at which a case is sealed or opened.
        """
        async with self._db.uow() as uow:
            waiting = await self._seals.waiting(uow)
            about = [*await store.sealed(uow), *waiting]
        for contact_id in about:
            await self.follow(contact_id)
        async with self._db.uow() as uow:
            heard = not waiting or await self._climbing.present(uow)
        if not heard:
            for contact_id in waiting:
                await self._alert(contact_id, within=_AGAIN)

    async def _alert(self, contact_id: UUID, *, within: timedelta | None) -> None:
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            for found in await self._cases_of(uow, contact):
                case = await store.get(uow, found, lock=True)
                if case is None or await self._history.knows(
                    uow, case.id, "caller_waits", contact_id, within=within
                ):
                    continue
                await self._history.add(uow, case.id, "caller_waits", contact=str(contact_id))
                await self._climbing.call_in(uow, case)

    async def _cases_of(self, uow: Uow, contact: Contact) -> list[UUID]:
        return await self._about(uow, contact, await store.sealed(uow))

    async def _about(self, uow: Uow, contact: Contact, sealed: Mapping[UUID, UUID]) -> list[UUID]:
        if not sealed:
            return []
        same = await self._contacts.of_same_person(uow, contact, list(sealed))
        return [sealed[contact_id] for contact_id in same]
