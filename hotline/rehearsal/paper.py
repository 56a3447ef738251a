"""Contacts and the record on paper: the real verbs and the real machine, kept in memory.

What is rehearsed is routing. Its neighbour moves a contact as always; only where it would write the
row of the contact, or a line of its history, the row is an entry of a dictionary.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.errors import NotFound
from hotline.kernel.ids import ContactId, StaffId


class PaperContacts(Contacts):
    """The contacts that are not over; `closed` are those that ended since last asked."""

    rows: dict[UUID, Contact]
    closed: list[Contact]

    def begin(self) -> None:
        """Nobody yet."""
        self.rows = {}
        self.closed = []

    def forget(self) -> list[Contact]:
        """Who came to their end since last asked; they are not kept any longer."""
        over, self.closed = self.closed, []
        for contact in over:
            self.rows.pop(contact.id, None)
        return over

    @override
    async def get(self, uow: Uow, contact_id: UUID, *, lock: bool = False) -> Contact:
        contact = self.rows.get(contact_id)
        if contact is None:
            raise NotFound
        return contact

    @override
    async def several(
        self, uow: Uow, ids: Sequence[UUID], *, lock: bool = False
    ) -> dict[ContactId, Contact]:
        return {one.id: one for i in ids if (one := self.rows.get(i)) is not None}

    @override
    async def of_operator(self, uow: Uow, staff_id: StaffId) -> list[Contact]:
        return [one for one in self.rows.values() if one.operator_id == staff_id]

    @override
    async def note(
        self, uow: Uow, contact_id: UUID, kind: str, staff_id: UUID | None = None, **fields: object
    ) -> None:
        """Nobody reads it."""

    @override
    def note_each(self, uow: Uow, kind: str, whom: Sequence[tuple[UUID, UUID]]) -> None:
        """Nobody reads it."""

    @override
    async def _save(self, uow: Uow, contact: Contact, changes: dict[str, Any]) -> Contact:
        saved = replace(contact, rev=contact.rev + 1, **changes)
        self.rows[contact.id] = saved
        if saved.state is ContactState.CLOSED:
            self.closed.append(saved)
        return saved


class PaperAudit(Audit):
    """Nothing that concerns a person happens."""

    @override
    async def record(
        self,
        uow: Uow,
        actor: Actor | None,
        tag: Tag,
        *,
        object_type: str,
        object_id: UUID | int | None,
        groups: Sequence[str] = (),
        outcome: Any = "ok",
    ) -> None:
        """Nobody reads it."""
