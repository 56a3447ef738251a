"""Opens, reads and writes records; the only place where personal words are sealed and opened."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from hotline.consultations import store
from hotline.consultations.forms import Form
from hotline.consultations.model import (
    NO_ESCALATION_REASON,
    Record,
    RecordState,
    Touch,
    Values,
)
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Uow
from hotline.kernel.errors import Conflict
from hotline.kernel.ids import ContactId, StaffId

_IN_HAND: Final = frozenset({ContactState.RESERVED, ContactState.TALKING, ContactState.WRAP_UP})


class Records:
    """Records by contact. Order of locks: contact, record."""

    def __init__(self, contacts: Contacts, vault: Vault, form: Form) -> None:
        self._contacts = contacts
        self._vault = vault
        self._form = form
        self._personal = form.sealed() | {NO_ESCALATION_REASON}

    async def get(self, uow: Uow, contact_id: UUID, *, lock: bool = False) -> Record | None:
        """The record, or None."""
        row = await store.get(uow, contact_id, lock=lock)
        return self._opened(row) if row else None

    async def ensure(self, uow: Uow, contact_id: UUID, *, lock: bool = False) -> Record | None:
        """The record, begun where there is none; None for a contact that nobody has in hand."""
        found = await self.get(uow, contact_id, lock=lock)
        if found is not None:
            return found
        contact = await self._contacts.get(uow, contact_id, lock=True)
        if contact.operator_id is None or contact.state not in _IN_HAND:
            return None
        await store.open_draft(
            uow,
            contact_id,
            contact.operator_id,
            fields=self._prefilled(contact),
            form_version=self._form.version,
        )
        return await self.get(uow, contact_id, lock=lock)

    async def author(self, uow: Uow, contact_id: UUID) -> StaffId | None:
        """Whose record it is; None where there is none."""
        return await store.author(uow, contact_id)

    async def reserved(self, uow: Uow, contact_id: UUID, staff_id: UUID) -> None:
        """The contact is in somebody's hands: their draft, or the one begun before them."""
        await self.ensure(uow, contact_id)
        contact = await self._contacts.get(uow, contact_id)
        if contact.operator_id == staff_id:
            await store.hand_over(uow, contact_id, StaffId(staff_id))

    async def save(
        self,
        uow: Uow,
        record: Record,
        values: Values,
        *,
        touched: Mapping[str, Touch],
        state: RecordState = RecordState.DRAFT,
    ) -> Record:
        """Write over a locked draft. Raises Conflict when it was not locked and somebody won."""
        personal = {k: v for k, v in values.items() if k in self._personal}
        change = store.Change(
            state=state,
            fields={k: v for k, v in values.items() if k not in self._personal},
            sealed=self._sealed(record.contact_id, personal),
            touched={k: {"rev": t.rev, "by": str(t.by)} for k, t in touched.items()},
            form_version=self._form.version,
        )
        row = await store.save(uow, record.contact_id, record.rev, change)
        if row is None:
            code = "conflict"
            raise Conflict(code)
        return self._opened(row)

    async def drop_blank(self, uow: Uow, contact_id: UUID) -> bool:
        """Remove a draft into which nobody wrote; whether there was one."""
        return await store.drop_blank(uow, contact_id)

    def _prefilled(self, contact: Contact) -> Values:
        """What the caller said before the talk need not be asked again."""
        known: Values = {"topic": self._form.prefill(contact.topic)}
        field = self._form.field("language")
        if field is not None and contact.language in (self._form.keys(field) or ()):
            known["language"] = contact.language
        return {k: v for k, v in known.items() if v is not None and self._form.field(k)}

    def _sealed(self, contact_id: UUID, personal: Values) -> bytes | None:
        return self._vault.seal_json(personal, aad=_aad(contact_id)) if personal else None

    def _opened(self, row: store.Row) -> Record:
        sealed = row.sealed
        words: dict[str, Any] = (
            self._vault.open_json(sealed, aad=_aad(row.contact_id)) if sealed else {}
        )
        return Record(
            contact_id=ContactId(row.contact_id),
            author_id=StaffId(row.author_id),
            state=RecordState(row.state),
            rev=row.rev,
            form_version=row.form_version,
            opened_at=row.opened_at,
            values={**row.fields, **words},
            touched={k: Touch(t["rev"], StaffId(UUID(t["by"]))) for k, t in row.touched.items()},
            saved_at=row.saved_at,
            finished_at=row.finished_at,
        )


def _aad(contact_id: UUID) -> str:
    return f"consultation|{contact_id}|sealed"
