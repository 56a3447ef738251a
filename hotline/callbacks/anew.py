"""A contact that stands for one that is over: the same person, and nothing is asked twice."""

from typing import Any

from hotline.contacts.model import Contact, Newcomer
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.phone import Number


async def wait_anew(
    uow: Uow, contacts: Contacts, before: Contact, number: Number, intake: dict[str, Any]
) -> Contact:
    """A new contact of who is behind `number`, waiting and locked, with what was learned before."""
    newcomer = Newcomer(
        before.channel,
        before.line,
        address=number.index_key,
        source=number.raw,
        masked=number.masked,
    )
    recalled = await contacts.recall(uow, newcomer)
    new_id = contacts.admit(uow, newcomer, recalled, intake)
    await uow.flush()
    new = await contacts.get(uow, new_id, lock=True)
    new = await contacts.set_intake(
        uow,
        new,
        intake,
        language=before.language,
        topic=before.topic,
        priority=before.priority,
        danger=before.danger,
    )
    return await contacts.wait(uow, new)
