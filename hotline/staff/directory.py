"""Who is who: members by id, by role, by right. Names are sealed in the table and opened here."""

import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.roles import GRANTS, Role
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.ids import StaffId
from hotline.kernel.languages import as_lang
from hotline.staff import store
from hotline.staff.model import Member


class Directory:
    """Read-only. Every question may take part in the caller's transaction by `uow`."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def by_ids(self, ids: Iterable[UUID], uow: Uow | None = None) -> dict[UUID, Member]:
        """Members by id, disabled ones too; unknown ids are left out."""
        wanted = set(ids)
        if not wanted:
            return {}
        async with self._within(uow) as inside:
            rows = await store.by_ids(inside, wanted)
        return {row["id"]: self.member(row) for row in rows}

    async def names(self, ids: Iterable[UUID], uow: Uow | None = None) -> dict[UUID, str]:
        """Names by id, of former colleagues too."""
        return {key: member.name for key, member in (await self.by_ids(ids, uow)).items()}

    async def actors_on(self, ids: Iterable[UUID], uow: Uow | None = None) -> list[Actor]:
        """Those of the ids whose accounts are open, oldest account first."""
        found = await self.by_ids(ids, uow)
        return [member.actor for member in found.values() if member.disabled_at is None]

    async def supervisors(self, uow: Uow | None = None) -> list[Actor]:
        """Everybody with the role supervisor and an open account, oldest account first."""
        return await self._with_roles({Role.SUPERVISOR}, uow)

    async def who_may(self, permission: Permission, uow: Uow | None = None) -> list[Actor]:
        """Everybody with an open account and this right, oldest account first."""
        roles = {role for role, rights in GRANTS.items() if permission in rights}
        return await self._with_roles(roles, uow)

    async def everybody(self) -> list[Member]:
        """All accounts, closed ones last. Who may ask is the caller's business."""
        async with self._db.uow() as uow:
            return [self.member(row) for row in await store.everybody(uow)]

    def member(self, row: store.Row) -> Member:
        """A member from a row, with the name opened."""
        identity = self._vault.open_json(row["identity"], aad=aad(row["id"]))
        return Member(
            id=StaffId(row["id"]),
            login=identity["login"],
            name=identity["name"],
            roles=frozenset(Role(role) for role in row["roles"]),
            languages=tuple(as_lang(code) for code in row["languages"]),
            skills=tuple(row["skills"]),
            max_chats=row["max_chats"],
            phone_mode=row["phone_mode"],
            lang=as_lang(row["lang"]),
            created_at=row["created_at"],
            disabled_at=row["disabled_at"],
            helps=tuple(as_lang(code) for code in row["helps"]),
            expert=tuple(row["expert"]),
            call_beside=row["call_beside"],
        )

    async def _with_roles(self, roles: set[Role], uow: Uow | None) -> list[Actor]:
        async with self._within(uow) as inside:
            rows = await store.with_role(inside, roles)
        return [self.member(row).actor for row in rows]

    @contextlib.asynccontextmanager
    async def _within(self, uow: Uow | None) -> AsyncIterator[Uow]:
        if uow is not None:
            yield uow
            return
        async with self._db.uow() as own:
            yield own


def aad(staff_id: UUID) -> str:
    """The place a sealed identity is bound to."""
    return f"staff|{staff_id}|identity"


def sealed_identity(vault: Vault, staff_id: UUID, identity: dict[str, Any]) -> bytes:
    """Login and name, bound to their row."""
    return vault.seal_json(identity, aad=aad(staff_id))
