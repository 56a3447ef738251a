"""Messages at the desk: what is shown of them, and listening, which is on record."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.callbacks import messagestore as store
from hotline.callbacks import store as callbackstore
from hotline.callbacks.model import MessageState, VoiceMessage
from hotline.callbacks.service import Callbacks
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.sounds import Sound, Sounds
from hotline.infra.tickets import Tickets
from hotline.kernel.errors import NotFound

_TICKET_LIVES: Final = timedelta(minutes=15)


def due(messages: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The one to listen to next: the oldest that nobody has heard, else the last; None of none."""
    waiting = (MessageState.FETCHING, MessageState.KEPT)
    unheard = (one for one in messages if not one["heard"] and one["state"] in waiting)
    return next(unheard, messages[-1] if messages else None)


class Listening:
    """A ticket is asked for first, and is what goes on record; it opens one message to one person.

    So a browser may fetch the sound in as many pieces as it likes, and each listening is one row.
    """

    def __init__(
        self,
        db: Database,
        vault: Vault,
        sounds: Sounds,
        contacts: Contacts,
        callbacks: Callbacks,
        audit: Audit,
    ) -> None:
        self._db = db
        self._tickets = Tickets(vault, "sound-ticket", _TICKET_LIVES)
        self._sounds = sounds
        self._contacts = contacts
        self._callbacks = callbacks
        self._audit = audit

    async def of(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        """The messages of each contact that has some, oldest first.

        Each `{id, length_s, at, state, heard}`.
        """
        found: dict[UUID, list[dict[str, Any]]] = {}
        for one in await store.of(uow, contact_ids) if contact_ids else ():
            found.setdefault(one.contact_id, []).append(
                {
                    "id": one.id,
                    "length_s": one.length_s,
                    "at": one.at,
                    "state": one.state,
                    "heard": one.heard_at is not None,
                }
            )
        return found

    async def snapshot(self, uow: Uow, actor: Actor) -> dict[str, Any]:
        """The console's `SnapshotPart`: how many messages, and callbacks, wait for somebody."""
        found = {}
        if allow(actor, Permission.CALLBACK_PROMISE_MANAGE):
            found["messages"] = await store.waiting(uow)
        if allow(actor, Permission.CALLBACK_PROMISE_DECIDE):
            found["undecided"] = await callbackstore.undecided(uow)
        return found

    async def live_count(self, _hint: dict[str, Any], _actor: Actor) -> dict[str, Any] | None:
        """The same, as a live event; read when it is delivered."""
        async with self._db.reads() as uow:
            return {"n": await store.waiting(uow)}

    async def live_undecided(self, _hint: dict[str, Any], _actor: Actor) -> dict[str, Any] | None:
        """How many callbacks wait for a decision, the newest since when; read when delivered."""
        async with self._db.reads() as uow:
            n, newest = await callbackstore.undecided(uow), await callbackstore.last_undecided(uow)
            return {"n": n, "newest": newest}

    async def unheard(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether there is something that must be listened to before anybody is called."""
        return bool(await store.unheard(uow, [contact_id]))

    async def ticket(self, actor: Actor, message_id: UUID) -> dict[str, Any]:
        """The address of the sound for this person, for 15 minutes. On record.

        With it `duration_s`, and at most 800 `peaks` of 0 to 255.
        """
        async with self._db.uow() as uow:
            message = await self._audible(uow, actor, message_id)
            await store.heard(uow, message.id)
            await self._audit.record(
                uow, actor, Tag.MESSAGE_PLAYED, object_type="contact", object_id=message.contact_id
            )
            ticket = self._tickets.give(actor.staff_id, message_id, await uow.time())
            sound = await self._sounds.about(uow, message.sound_id) if message.sound_id else None
        duration_ms = (sound.duration_ms if sound else None) or message.length_s * 1000
        return {
            "url": f"/api/messages/{message_id}/sound?t={ticket}",
            "duration_s": duration_ms / 1000,
            "peaks": list((sound.peaks if sound else None) or b""),
        }

    async def sound(self, actor: Actor, message_id: UUID, ticket: str) -> Sound:
        """What there is to hear. Raises `NotFound` without a ticket that is theirs and new."""
        async with self._db.reads() as uow:
            self._tickets.check(actor.staff_id, message_id, ticket, await uow.time())
            message = await self._audible(uow, actor, message_id)
            if message.sound_id is None:
                raise NotFound
            return await self._sounds.about(uow, message.sound_id)

    def read(self, sound: Sound, start: int, stop: int) -> AsyncIterator[bytes]:
        """Its bytes from `start` up to but not including `stop`."""
        return self._sounds.read(sound.id, start, stop)

    async def _audible(self, uow: Uow, actor: Actor, message_id: UUID) -> VoiceMessage:
        """Work that waits is for every operator; the rest for its own, and who may read all."""
        require(actor, Permission.MESSAGE_SOUND_PLAY)
        message = await store.named(uow, message_id)
        if message is None or message.state is not MessageState.KEPT:
            raise NotFound
        contact = await self._contacts.get(uow, message.contact_id)
        if contact.operator_id != actor.staff_id:
            waits = contact.operator_id is None and contact.live
            if not waits:
                require(actor, Permission.CONTACT_RECORD_READ)
        return message
