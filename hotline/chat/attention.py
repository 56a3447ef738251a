"""Who waits for whom: shown on every card, and nobody is left waiting for one person alone."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.chat import attentionstore, store
from hotline.chat.events import AnswerOwed
from hotline.chat.model import ChatRules
from hotline.chat.ports import Channel, DeliveryError, OutcomeUnknown, lively
from hotline.chat.transcript import Transcript
from hotline.contacts.model import ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Forbidden, Unavailable
from hotline.kernel.ids import ContactId

log = structlog.get_logger(__name__)

TYPING: Final = "chat.typing"
# A messenger shows it for five seconds.
TYPING_EVERY: Final = timedelta(seconds=4)
_TYPING_TIMEOUT_S: Final = 3.0
_LOOK_EVERY_S: Final = 2.0


class Attention:
    """Waiting in a chat: what the desk shows of it, what it leads to, and the sign of writing."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        channels: Mapping[str, Channel],
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._channels = channels
        self._rules = rules

    async def chat_states(
        self, uow: Uow, contact_ids: Sequence[UUID]
    ) -> dict[ContactId, dict[str, Any]]:
        """The `chat` of each card that is one: who waits, since when, and what it goes on from."""
        found = await attentionstore.waiting(uow, contact_ids)
        return {ContactId(one.contact_id): _state_json(one) for one in found}

    async def typing(self, actor: Actor, contact_id: UUID) -> None:
        """The operator writes. At most one job at a time, and none when the last is fresh."""
        require(actor, Permission.CHAT_MESSAGE_SEND)
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            if contact.operator_id != actor.staff_id:
                raise Forbidden
            if contact.state is not ContactState.TALKING:
                return
            if await attentionstore.types(uow, contact_id, TYPING_EVERY):
                name = f"{TYPING}:{contact_id}"
                until = (await uow.time() + TYPING_EVERY).timestamp()
                payload = {"contact_id": str(contact_id), "until": until}
                uow.enqueue(TYPING, payload, lane=name, key=name)

    async def show_typing(self, contact_id: UUID, until: float) -> None:
        """Tell the messenger, once; what is late or refused is let go."""
        async with self._db.uow() as uow:
            late = (await uow.time()).timestamp() > until
            conversation = await store.get(uow, contact_id)
        if late or conversation is None or not conversation.open:
            return
        channel = lively(self._channels.get(conversation.channel))
        if channel is None:
            return
        address = self._transcript.open_address(contact_id, conversation.address_sealed)
        try:
            async with asyncio.timeout(_TYPING_TIMEOUT_S):
                await channel.typing(address)
        except (DeliveryError, OutcomeUnknown, TimeoutError) as error:
            log.info("chat.typing_not_shown", code=getattr(error, "code", "timeout"))

    async def look(self) -> int:
        """Ring where an answer is owed, give back what nobody answers; how many were given back."""
        async with self._db.uow() as uow:
            for contact_id in await attentionstore.alert(uow, self._rules.alert):
                uow.publish(AnswerOwed(contact_id=contact_id))
        if not self._rules.unattended:
            return 0
        async with self._db.uow() as uow:
            late = await attentionstore.unattended(uow, self._rules.unattended)
        return sum([await self._give_back(contact_id) for contact_id in late])

    async def watch(self) -> None:
        """Look again and again; several may."""
        while True:
            try:
                await self.look()
            except Unavailable:
                log.info("chat.attention_waits")
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _give_back(self, contact_id: UUID) -> bool:
        async with self._db.uow() as uow:
            if not await attentionstore.give_back(uow, contact_id, self._rules.unattended):
                return False
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.state is not ContactState.TALKING:
                return False
            await self._contacts.requeue(uow, contact, "unattended")
        return True


def _state_json(one: attentionstore.Waiting) -> dict[str, Any]:
    state = "resolved" if not one.open else "waiting_us" if one.since else "waiting_caller"
    return {"state": state, "waiting_since": one.since, "reopens": one.reopens}
