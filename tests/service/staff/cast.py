"""What the tests of this room share: the cast's passwords, and ways to look behind the service."""

from datetime import timedelta
from uuid import UUID

from hotline.access.roles import Role
from hotline.infra.db import Database
from hotline.kernel.secret import Secret
from hotline.staff.model import LoggedIn, Member, NewMember, Work
from hotline.staff.seed import CAST
from hotline.staff.service import Staff

PASSWORDS = {one.login: one.password for one in CAST}
LAKES = "seven quiet lakes at dawn"
WRONG = Secret("a wrong but long password")
Cast = dict[str, Member]


async def sign_in(staff: Staff, login: str) -> str:
    result = await staff.login(login, Secret(PASSWORDS[login]))
    assert isinstance(result, LoggedIn)
    return result.token.reveal()


async def tags(db: Database) -> list[tuple[str, str, UUID | None, str | None]]:
    async with db.uow() as uow:
        rows = await uow.fetch(
            "select tag, outcome, actor_id, object_id from audit_row order by id"
        )
    return [(row["tag"], row["outcome"], row["actor_id"], row["object_id"]) for row in rows]


async def told(db: Database) -> list[str]:
    async with db.uow() as uow:
        rows = await uow.fetch("select payload from job where kind = 'event' order by id")
    return [row["payload"]["name"] for row in rows]


async def age(db: Database, column: str, by: timedelta) -> None:
    statements = {
        "seen": "update session set seen_at = seen_at - $1::interval",
        "created": "update session set created_at = created_at - $1::interval",
        "tried": "update login_try set last_at = last_at - $1::interval",
    }
    async with db.uow() as uow:
        assert await uow.execute(statements[column], by) > 0


def a_newcomer(
    *,
    login: str = "nurlan",
    name: str = "Nurlan",
    password: str = LAKES,
    roles: frozenset[Role] = frozenset({Role.OPERATOR}),
) -> NewMember:
    work = Work(languages=("ru",))
    return NewMember(login=login, name=name, password=Secret(password), roles=roles, work=work)
