"""The contact of a call promised in another one: it waits from the start, and is asked nothing."""

from typing import Any

from hotline.contacts.model import Channel, Contact, Newcomer
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.phone import Number


def newcomer_of(contact: Contact, number: Number) -> Newcomer:
    """Whoever a number belongs to, as if they had phoned."""
    return Newcomer(
        Channel.VOICE,
        contact.line,
        address=number.index_key,
        source=number.e164 or "",
        masked=number.masked,
    )


async def open_call(
    uow: Uow,
    contacts: Contacts,
    safe: SafeContact,
    contact: Contact,
    number: Number,
    *,
    asked: dict[str, Any],
) -> Contact:
    """What is known of the person goes along: nothing is asked twice."""
    newcomer = newcomer_of(contact, number)
    recalled = await contacts.recall(uow, newcomer)
    new_id = contacts.admit(uow, newcomer, recalled, asked)
    await uow.flush()
    new = await contacts.get(uow, new_id, lock=True)
    new = await contacts.set_intake(
        uow,
        new,
        asked,
        language=contact.language,
        topic=contact.topic,
        priority=contact.priority,
        danger=contact.danger,
    )
    await safe.carry(uow, contact.caller_id, new.caller_id)
    return await contacts.wait(uow, new)
