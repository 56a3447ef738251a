"""Plain functions that put a cast and its contacts on stage."""

from uuid import UUID, uuid5

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId
from hotline.kernel.languages import Lang

_CAST = UUID(int=189)


def staff_id(name: str) -> StaffId:
    """The same id for the same name in every test."""
    return StaffId(uuid5(_CAST, name))


def an_actor(
    name: str,
    *roles: Role,
    languages: tuple[Lang, ...] = ("ky", "ru"),
    skills: tuple[str, ...] = (),
    max_chats: int = 3,
    helps: tuple[Lang, ...] = (),
    expert: tuple[str, ...] = (),
    call_beside: int = 0,
) -> Actor:
    """Somebody of the cast, acting."""
    return Actor(
        staff_id=staff_id(name),
        name=name,
        roles=frozenset(roles),
        languages=languages,
        skills=skills,
        max_chats=max_chats,
        helps=helps,
        expert=expert,
        call_beside=call_beside,
    )


ANA = an_actor("ana", Role.OPERATOR)
BORIS = an_actor("boris", Role.OPERATOR)
VERA = an_actor("vera", Role.SUPERVISOR)
IGOR = an_actor("igor", Role.ADMINISTRATOR)
MALLORY = an_actor("mallory")


async def a_contact(
    uow: Uow,
    contacts: Contacts,
    channel: Channel = Channel.VOICE,
    *,
    caller: str = "+996555000001",
    language: Lang | None = "ru",
    topic: str | None = None,
    priority: int = 0,
) -> Contact:
    """Somebody who reached us and went through intake; not waiting yet."""
    contact = await contacts.open(
        uow, channel, "189", address=caller, source=caller, masked="+996 555 ··· ·01"
    )
    return await contacts.set_intake(
        uow, contact, {}, language=language, topic=topic, priority=priority
    )
