"""The verbs of staff: sign in and out, open, change and close accounts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.access.roles import Role
from hotline.audit.service import Audit, Outcome
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.web.session import SessionInfo
from hotline.kernel.errors import Conflict, Invalid, NotFound, TooMany
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import Lang, as_lang
from hotline.kernel.secret import Secret
from hotline.staff import store
from hotline.staff.browsers import Browsers
from hotline.staff.directory import Directory, sealed_identity
from hotline.staff.events import SessionsEnded, StaffChanged, StaffDisabled
from hotline.staff.model import (
    ANSWERING,
    LoggedIn,
    Member,
    NeedsFactor,
    NewMember,
    Work,
    normal_login,
)
from hotline.staff.passwords import Passwords
from hotline.staff.ports import SecondFactor
from hotline.staff.sessions import Sessions

FREE_TRIES: Final = 5
LONGEST_WAIT_S: Final = 60
FORGET_TRIES: Final = timedelta(minutes=15)


class Staff(Directory):
    """Accounts and sessions; reading who is who is inherited from the directory.

    `sessions` serves the web side. A member of staff acts through `actor`; None is the house
    itself (the command line on the server).
    """

    def __init__(
        self,
        db: Database,
        vault: Vault,
        audit: Audit,
        *,
        passwords: Passwords,
        sessions: Sessions,
        factor: SecondFactor,
    ) -> None:
        super().__init__(db, vault)
        self.sessions = sessions
        self._audit = audit
        self._passwords = passwords
        self._factor = factor
        self._browsers = Browsers(vault)

    def close(self) -> None:
        """End the threads that hash passwords. Blocks for one hash at most."""
        self._passwords.close()

    # Signing in and out.

    async def login(
        self, login: str, password: Secret, lang: Lang | None = None, browser: str = ""
    ) -> LoggedIn | NeedsFactor:
        """Sign in; `lang`, when given, becomes the language of the person's screens.

        `browser` is what the browser kept of earlier sign-ins (`LoggedIn.browser`).

        The same `Invalid("login-wrong")` for an unknown name, a closed account and a wrong
        password. After some failures a name has to wait (`TooMany`, known or not, never for
        good; a browser where it signed in before counts by itself); `Unavailable("login-busy")`
        when too many sign in at once.
        """
        index = self._login_index(login)
        counted = self._browsers.counted(index, browser)
        await self._count_try(counted)
        async with self._db.uow() as uow:
            row = await store.by_login(uow, index)
        stored = row["password_hash"] if row is not None and row["disabled_at"] is None else None
        right = await self._passwords.verify(stored, password.reveal())
        if row is None or stored is None or not right:
            known = row["id"] if row is not None else None
            async with self._db.uow() as uow:
                await self._note(uow, None, Tag.LOGIN_FAILED, known, outcome="failed")
            raise Invalid("login-wrong")
        renewed = await self._passwords.renewed(stored, password.reveal())
        entered = await self._enter(row["id"], stored, renewed, lang, counted)
        if isinstance(entered, LoggedIn):
            return replace(entered, browser=self._browsers.remember(index, browser))
        return entered

    async def _enter(
        self, staff_id: UUID, stored: str, renewed: str | None, lang: Lang | None, counted: bytes
    ) -> LoggedIn | NeedsFactor:
        async with self._db.uow() as uow:
            row = await store.locked(uow, staff_id)
            # Closed, or given a new password, while this one was being compared.
            if row is None or row["disabled_at"] is not None or row["password_hash"] != stored:
                raise Invalid("login-wrong")
            await store.forget_tries(uow, counted)
            if renewed is not None:
                await store.set_password(uow, staff_id, renewed)
            if lang is not None:
                await store.set_lang(uow, staff_id, lang)
                self.sessions.forget_member(uow, staff_id)
            ticket = await self._factor.challenge(uow, StaffId(staff_id))
            if ticket is not None:
                return NeedsFactor(ticket)
            token = await self.sessions.begin(uow, staff_id)
            member = replace(self.member(row), lang=lang or as_lang(row["lang"]))
            await self._note(uow, member.actor, Tag.LOGIN_OK, staff_id)
        return LoggedIn(token, member.actor)

    async def logout(self, session: SessionInfo) -> None:
        """End this session; doing it twice is no error."""
        async with self._db.uow() as uow:
            if await self.sessions.end(uow, session.session_id):
                await self._note(uow, session.actor, Tag.LOGOUT, session.actor.staff_id)

    async def resolve(self, token: str, *, touch: bool = True) -> SessionInfo | None:
        """Who holds the token, at most a second old; `touch` counts as an act of the person."""
        return await self.sessions.resolve(token, touch=touch)

    # Accounts.

    async def add(self, actor: Actor | None, new: NewMember) -> Member:
        """Open an account. `Invalid` names wrong fields; `Conflict("login-taken")`."""
        _may_manage(actor)
        wrong = new.problems()
        if wrong:
            raise Invalid("staff-invalid", **wrong)
        login = normal_login(new.login)
        hashed = await self._passwords.hash(new.password.reveal(), (login, new.name))
        staff_id = StaffId(new_id())
        async with self._db.uow() as uow:
            identity = {"login": login, "name": new.name.strip()}
            row = store.NewRow(
                id=staff_id,
                login_index=self._login_index(login),
                identity=sealed_identity(self._vault, staff_id, identity),
                roles=sorted(new.roles),
                languages=list(new.work.languages),
                skills=list(new.work.skills),
                max_chats=new.work.max_chats,
                phone_mode=new.work.phone_mode,
                lang=new.lang,
                password_hash=hashed,
                helps=new.work.helps,
                expert=new.work.expert,
                call_beside=new.work.call_beside,
            )
            if not await store.insert(uow, row):
                raise Conflict("login-taken")
            await self._note(uow, actor, Tag.STAFF_ADDED, staff_id, "roles")
            uow.publish(StaffChanged(staff_id))
            found = await self.by_ids([staff_id], uow)
        return found[staff_id]

    async def members(self, actor: Actor | None) -> list[Member]:
        """All accounts, closed ones last. Only for those who manage them."""
        _may_manage(actor)
        found = await self.everybody()
        async with self._db.uow() as uow:
            await self._note(uow, actor, Tag.STAFF_LISTED, None)
        return found

    async def disable(self, actor: Actor | None, staff_id: UUID) -> None:
        """Close an account and end its sessions. `Conflict` for the last administrator."""
        _may_manage(actor)
        async with self._db.uow() as uow:
            await _keep_an_administrator(uow, staff_id)
            if not await store.disable(uow, staff_id):
                raise NotFound
            await self._sign_out_everywhere(uow, staff_id)
            await self._note(uow, actor, Tag.STAFF_DISABLED, staff_id)
            uow.publish(StaffDisabled(staff_id))

    async def set_roles(self, actor: Actor | None, staff_id: UUID, roles: Collection[Role]) -> None:
        """Give other roles; the person must sign in again. `Conflict` as in `disable`."""
        _may_manage(actor)
        if not roles:
            raise Invalid("staff-invalid", roles="empty")
        async with self._db.uow() as uow:
            if Role.ADMINISTRATOR not in roles:
                await _keep_an_administrator(uow, staff_id)
            if not await store.set_roles(uow, staff_id, roles):
                raise NotFound
            await self._sign_out_everywhere(uow, staff_id)
            await self._note(uow, actor, Tag.STAFF_ROLES_CHANGED, staff_id, "roles")
            uow.publish(StaffChanged(staff_id))

    async def set_work(self, actor: Actor | None, staff_id: UUID, work: Work) -> None:
        """Say in which languages, on which topics and how a person works.

        `Invalid` names wrong fields; `NotFound` for a closed or unknown account.
        """
        _may_manage(actor)
        wrong = work.problems()
        if wrong:
            raise Invalid("staff-invalid", **wrong)
        async with self._db.uow() as uow:
            row = await store.locked(uow, staff_id)
            if row is None or row["disabled_at"] is not None:
                raise NotFound
            if ANSWERING.intersection(row["roles"]) and not work.languages:
                raise Invalid("staff-invalid", languages="empty")
            await store.set_work(uow, staff_id, work)
            self.sessions.forget_member(uow, staff_id)
            await self._note(uow, actor, Tag.STAFF_CHANGED, staff_id, "work")
            uow.publish(StaffChanged(staff_id))

    async def set_lang(self, actor: Actor, lang: Lang) -> None:
        """Choose the language of one's own screens."""
        require(actor, Permission.STAFF_SELF_EDIT)
        async with self._db.uow() as uow:
            await store.set_lang(uow, actor.staff_id, lang)
            self.sessions.forget_member(uow, actor.staff_id)

    async def change_password(self, actor: Actor, current: Secret, new: Secret) -> None:
        """Change one's own password; every session ends, this one too.

        Wrong current passwords are slowed like failed sign-ins: an open desk is no way around.
        """
        require(actor, Permission.STAFF_SELF_EDIT)
        member = (await self.by_ids([actor.staff_id]))[actor.staff_id]
        index = self._login_index(member.login)
        # A count of its own: who fails to sign in elsewhere must not keep the person from this.
        counted = self._vault.index("password-change", index.hex())
        await self._count_try(counted)
        async with self._db.uow() as uow:
            row = await store.by_login(uow, index)
        if row is None or not await self._passwords.verify(row["password_hash"], current.reveal()):
            raise Invalid("login-wrong", current="wrong")
        hashed = await self._passwords.hash(new.reveal(), (member.login, member.name))
        async with self._db.uow() as uow:
            await store.set_password(uow, actor.staff_id, hashed)
            await store.forget_tries(uow, counted)
            await self._sign_out_everywhere(uow, actor.staff_id)
            await self._note(uow, actor, Tag.PASSWORD_CHANGED, actor.staff_id)

    async def sweep(self) -> None:
        """Remove sessions and counts of failures that are over by age."""
        await self.sessions.sweep()
        async with self._db.uow() as uow:
            await store.forget_old_tries(uow, FORGET_TRIES)

    async def _count_try(self, index: bytes) -> None:
        """Counted before it is checked: a thousand guesses at once are a thousand guesses."""
        async with self._db.uow() as uow:
            if await store.count_try(
                uow, index, free=FREE_TRIES, longest_s=LONGEST_WAIT_S, forget=FORGET_TRIES
            ):
                return
            left = await store.wait_left(uow, index, free=FREE_TRIES, longest_s=LONGEST_WAIT_S)
        raise TooMany("login-wait", seconds=str(left))

    async def _sign_out_everywhere(self, uow: Uow, staff_id: UUID) -> None:
        await self.sessions.end_all(uow, staff_id)
        uow.publish(SessionsEnded(staff_id))

    async def _note(
        self,
        uow: Uow,
        actor: Actor | None,
        tag: Tag,
        staff_id: UUID | None,
        *groups: str,
        outcome: Outcome = "ok",
    ) -> None:
        await self._audit.record(
            uow,
            actor,
            tag,
            object_type="staff",
            object_id=staff_id,
            groups=groups,
            outcome=outcome,
        )

    def _login_index(self, login: str) -> bytes:
        return self._vault.index("login", normal_login(login))


def _may_manage(actor: Actor | None) -> None:
    if actor is not None:
        require(actor, Permission.STAFF_ACCOUNT_MANAGE)


async def _keep_an_administrator(uow: Uow, leaving: UUID) -> None:
    """Somebody must always be able to manage accounts."""
    if await store.administrators(uow) == {leaving}:
        raise Conflict("last-administrator")
