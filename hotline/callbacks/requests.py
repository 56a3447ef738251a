"""Somebody who writes asks to be called on a number: a call that waits in the queue like any other.

Anybody can name any number. So it is one of those that may be rung, a few times a day at most; an
operator makes the call, and whoever picks up stands before the gate and learns nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from hotline.callbacks.anew import wait_anew
from hotline.callbacks.model import Rules
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Channel, Contact
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.destinations import may_ring
from hotline.kernel.languages import Lang
from hotline.kernel.phone import Number
from hotline.line.reader import LineReader
from hotline.routing.service import Routing


class Answer(StrEnum):
    """What became of the wish; nothing is promised that is not written down."""

    PROMISED = "promised"
    ALREADY = "already"
    CANNOT = "cannot"


class Requests:
    """Takes part in the transaction of whoever heard the wish. `asked`: as for `Agreements`."""

    def __init__(
        self,
        contacts: Contacts,
        routing: Routing,
        callbacks: Callbacks,
        safe: SafeContact,
        rules: Rules,
        line: LineReader,
        asked: Callable[[Lang | None], dict[str, Any]],
    ) -> None:
        self._contacts = contacts
        self._routing = routing
        self._callbacks = callbacks
        self._safe = safe
        self._rules = rules
        self._line = line
        self._asked = asked

    async def ask(self, uow: Uow, contact: Contact, number: Number) -> Answer:
        """Promise to call this number for a contact that is held in writing."""
        if not may_ring(number, self._rules.prefixes) or await self._blocked(uow, contact, number):
            return Answer.CANNOT
        if not await self._callbacks.welcome(uow, number):
            return Answer.ALREADY
        asked = self._asked(contact.language)
        spoken = replace(contact, channel=Channel.VOICE)
        new = await wait_anew(uow, self._contacts, spoken, number, asked)
        await self._safe.carry(uow, contact.caller_id, new.caller_id)
        await self._callbacks.ask(uow, new)
        await self._routing.enqueue(uow, new)
        await self._contacts.note(uow, contact.id, "callback_asked", contact=str(new.id))
        return Answer.PROMISED

    async def _blocked(self, uow: Uow, contact: Contact, number: Number) -> bool:
        """Kept off the line, or never to be contacted."""
        index = self._contacts.index(Channel.VOICE, number.index_key or "")
        protects = await self._callbacks.protects(uow, contact)
        never = protects is not None and protects.never
        return never or (await self._line.now(uow)).blocks(index, await uow.time())
