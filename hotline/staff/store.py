"""SQL of accounts, sessions and failed sign-ins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.staff.model import PRIVILEGED, SessionRules, Work

Row = asyncpg.Record

_INSERT = """
insert into staff (id, login_index, identity, roles, languages, skills, max_chats, phone_mode,
                   lang, password_hash, helps, expert, call_beside)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (login_index) do nothing
"""
_BY_LOGIN = "select * from staff where login_index = $1"
_LOCKED = "select * from staff where id = $1 for update"
_BY_IDS = "select * from staff where id = any($1::uuid[]) order by created_at, id"
_ALL = "select * from staff order by disabled_at is not null, created_at, id"
_WITH_ROLE = """
select * from staff
where disabled_at is null and roles && $1::text[] order by created_at, id
"""
# The lock makes two administrators who disable each other at once queue up here.
_ADMINISTRATORS = """
select id from staff where disabled_at is null and 'administrator' = any(roles)
order by id for update
"""
_SET_WORK = """
update staff set languages = $2, skills = $3, max_chats = $4, phone_mode = $5, helps = $6,
  expert = $7, call_beside = $8
where id = $1
"""
# Waiting time doubles with each failure beyond the free ones; a quiet quarter of an hour forgets.
_TRY = """
insert into login_try (login_index, tries) values ($1, 1)
on conflict (login_index) do update
set tries = case when login_try.last_at < now() - $4::interval then 1 else login_try.tries + 1 end,
    last_at = now()
where login_try.tries < $2
   or login_try.last_at + least(power(2, least(login_try.tries - $2, 30)), $3)
                          * interval '1 second' <= now()
returning tries
"""
_WAIT_LEFT = """
select ceil(extract(epoch from last_at - now()) + least(power(2, least(tries - $2, 30)), $3))::int
from login_try where login_index = $1
"""
_NEW_SESSION = "insert into session (id, token_hash, staff_id) values ($1, $2, $3)"
_RESOLVE = """
select m.*, s.id as session_id, s.seen_at < now() - interval '30 seconds' as stale,
  least(till.idle, till.absolute) as ends_at, till.idle < till.absolute as renewable
from session s join staff m on m.id = s.staff_id
cross join lateral (
  select s.created_at + $2::interval as absolute,
    s.seen_at + case when m.roles && $5::text[] then $4::interval else $3::interval end as idle
) till
where s.token_hash = $1 and m.disabled_at is null and least(till.idle, till.absolute) > now()
"""
_EXPIRED = """
delete from session where created_at < now() - $1::interval or seen_at < now() - $2::interval
"""


@dataclass(frozen=True, slots=True)
class NewRow:
    """What an account's row holds at the beginning, already sealed."""

    id: UUID
    login_index: bytes
    identity: bytes
    roles: list[str]
    languages: list[str]
    skills: list[str]
    max_chats: int
    phone_mode: str
    lang: str
    password_hash: str
    helps: Sequence[str] = ()
    expert: Sequence[str] = ()
    call_beside: int = 0


async def insert(uow: Uow, new: NewRow) -> bool:
    """False when the login is taken."""
    touched = await uow.execute(
        _INSERT,
        new.id,
        new.login_index,
        new.identity,
        new.roles,
        new.languages,
        new.skills,
        new.max_chats,
        new.phone_mode,
        new.lang,
        new.password_hash,
        list(new.helps),
        list(new.expert),
        new.call_beside,
    )
    return touched == 1


async def by_login(uow: Uow, login_index: bytes) -> Row | None:
    """The account of a login, disabled ones too."""
    return await uow.fetchrow(_BY_LOGIN, login_index)


async def locked(uow: Uow, staff_id: UUID) -> Row | None:
    """The account, held until the transaction ends: sign-in and disabling exclude each other."""
    return await uow.fetchrow(_LOCKED, staff_id)


async def by_ids(uow: Uow, ids: Collection[UUID]) -> list[Row]:
    """Accounts in order of age, disabled ones too."""
    return await uow.fetch(_BY_IDS, list(ids))


async def everybody(uow: Uow) -> list[Row]:
    """All accounts, the disabled ones last."""
    return await uow.fetch(_ALL)


async def with_role(uow: Uow, roles: Collection[str]) -> list[Row]:
    """Enabled accounts that hold one of the roles, oldest first."""
    return await uow.fetch(_WITH_ROLE, list(roles))


async def administrators(uow: Uow) -> set[UUID]:
    """Ids of the enabled administrators, whose rows are locked until the transaction ends."""
    return {row["id"] for row in await uow.fetch(_ADMINISTRATORS)}


async def disable(uow: Uow, staff_id: UUID) -> bool:
    """Close an account; False when it is closed or unknown."""
    return bool(
        await uow.execute(
            "update staff set disabled_at = now(), phone = null"
            " where id = $1 and disabled_at is null",
            staff_id,
        )
    )


async def set_roles(uow: Uow, staff_id: UUID, roles: Collection[str]) -> bool:
    """Replace the roles; False when the account is closed or unknown."""
    return bool(
        await uow.execute(
            "update staff set roles = $2 where id = $1 and disabled_at is null",
            staff_id,
            sorted(roles),
        )
    )


async def set_work(uow: Uow, staff_id: UUID, work: Work) -> None:
    """Replace how the person works."""
    await uow.execute(
        _SET_WORK,
        staff_id,
        list(work.languages),
        list(work.skills),
        work.max_chats,
        work.phone_mode,
        list(work.helps),
        list(work.expert),
        work.call_beside,
    )


async def set_lang(uow: Uow, staff_id: UUID, lang: str) -> None:
    """The language of the person's screens."""
    await uow.execute("update staff set lang = $2 where id = $1", staff_id, lang)


async def set_phone(uow: Uow, staff_id: UUID, sealed: bytes | None) -> bool:
    """Replace the person's own telephone; False when the account is closed or unknown."""
    return bool(
        await uow.execute(
            "update staff set phone = $2 where id = $1 and disabled_at is null", staff_id, sealed
        )
    )


async def phone_of(uow: Uow, staff_id: UUID) -> bytes | None:
    """The person's own telephone, sealed."""
    found: bytes | None = await uow.fetchval("select phone from staff where id = $1", staff_id)
    return found


async def set_password(uow: Uow, staff_id: UUID, password_hash: str) -> None:
    """Replace the password hash."""
    await uow.execute("update staff set password_hash = $2 where id = $1", staff_id, password_hash)


async def count_try(
    uow: Uow, login_index: bytes, *, free: int, longest_s: int, forget: timedelta
) -> bool:
    """Count a sign-in before it is checked; False when this login must wait (not counted then).

    One row, one statement: guesses sent at the same moment are counted one after the other.
    """
    tries = await uow.fetchval(_TRY, login_index, free, longest_s, forget)
    return tries is not None


async def wait_left(uow: Uow, login_index: bytes, *, free: int, longest_s: int) -> int:
    """Seconds until the next sign-in is checked, at least one."""
    left = await uow.fetchval(_WAIT_LEFT, login_index, free, longest_s)
    return max(1, left or 1)


async def forget_tries(uow: Uow, login_index: bytes) -> None:
    """A right password clears the count."""
    await uow.execute("delete from login_try where login_index = $1", login_index)


async def forget_old_tries(uow: Uow, age: timedelta) -> None:
    """Counts nobody needs any more."""
    await uow.execute("delete from login_try where last_at < now() - $1::interval", age)


async def new_session(uow: Uow, session_id: UUID, token_hash: bytes, staff_id: UUID) -> None:
    """Begin a session."""
    await uow.execute(_NEW_SESSION, session_id, token_hash, staff_id)


async def resolve(uow: Uow, token_hash: bytes, rules: SessionRules) -> Row | None:
    """The living session of a token, with its member; `stale` asks for a `touch`."""
    return await uow.fetchrow(
        _RESOLVE,
        token_hash,
        rules.absolute,
        rules.idle,
        rules.idle_privileged,
        sorted(PRIVILEGED),
    )


async def touch(uow: Uow, session_id: UUID) -> None:
    """The person did something just now."""
    await uow.execute("update session set seen_at = now() where id = $1", session_id)


async def end_session(uow: Uow, session_id: UUID) -> bool:
    """End one session; False when it is over already."""
    return bool(await uow.execute("delete from session where id = $1", session_id))


async def end_sessions(uow: Uow, staff_id: UUID) -> int:
    """End all sessions of a member; how many there were."""
    return await uow.execute("delete from session where staff_id = $1", staff_id)


async def end_expired(uow: Uow, rules: SessionRules) -> int:
    """Remove sessions that cannot come back to life."""
    return await uow.execute(_EXPIRED, rules.absolute, rules.idle)
