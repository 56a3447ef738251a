"""The telephones of staff themselves: which may be rung for work, kept sealed, shown masked."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel import phone
from hotline.kernel.errors import Invalid, NotFound
from hotline.kernel.ids import StaffId
from hotline.staff import store

_SIP: Final = re.compile(
    r"sips?:[\w.+-]{1,64}@[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?(:\d{2,5})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PhoneRules:
    """What may be rung at the hotline's expense: SIP addresses, and numbers that begin so.

    `numbers` is False where the carrier cannot ask for a key before it connects: a voicemail of
    the network would take the call.
    """

    prefixes: tuple[str, ...]
    numbers: bool

    def address(self, typed: str) -> str:
        """What to ring, from what somebody typed. Raises Invalid."""
        found = phone.parse(typed)
        if found.kind == "sip" and _SIP.fullmatch(found.raw.lower()):
            return found.raw.lower()
        if found.e164 is None:
            raise Invalid("own-phone", number="format")
        if not self.numbers:
            raise Invalid("own-phone-sip", number="kind")
        if not (phone.ordinary(found.e164) and found.e164.startswith(self.prefixes)):
            raise Invalid("own-phone", number="kind")
        return found.e164


class Phones:
    """Addresses leave here for the carrier alone; people see `masked` ones."""

    def __init__(self, db: Database, vault: Vault, audit: Audit, rules: PhoneRules) -> None:
        self._db = db
        self._vault = vault
        self._audit = audit
        self._rules = rules

    async def masked(self, actor: Actor) -> str | None:
        """The actor's own telephone as they may see it; None when there is none."""
        require(actor, Permission.STAFF_SELF_EDIT)
        async with self._db.uow() as uow:
            address = await self.address(uow, actor.staff_id)
        return phone.parse(address).masked if address else None

    async def choose(self, actor: Actor, typed: str) -> str | None:
        """Set one's own telephone, or forget it when nothing is typed; it comes back masked."""
        require(actor, Permission.STAFF_SELF_EDIT)
        return await self.assign(actor, actor.staff_id, typed)

    async def assign(self, actor: Actor | None, staff_id: UUID, typed: str) -> str | None:
        """The same for anybody, by the house (None) or by those who manage accounts."""
        if actor is not None and actor.staff_id != staff_id:
            require(actor, Permission.STAFF_ACCOUNT_MANAGE)
        address = self._rules.address(typed) if typed.strip() else None
        sealed = self._vault.seal(address, aad=_aad(staff_id)) if address else None
        async with self._db.uow() as uow:
            if not await store.set_phone(uow, staff_id, sealed):
                raise NotFound
            await self._audit.record(
                uow, actor, Tag.STAFF_PHONE_CHANGED, object_type="staff", object_id=staff_id
            )
        return phone.parse(address).masked if address else None

    async def address(self, uow: Uow, staff_id: StaffId) -> str | None:
        """What the carrier is to ring; None also for what the rules do not allow any more."""
        sealed = await store.phone_of(uow, staff_id)
        if sealed is None:
            return None
        try:
            return self._rules.address(self._vault.open(sealed, aad=_aad(staff_id)))
        except Invalid:
            return None


def _aad(staff_id: UUID) -> str:
    return f"staff|{staff_id}|phone"
