"""Deletes at the provider what an erasure left there, as far as it lets us; then tells the caller.

May be killed and come again at any point: an id is forgotten only when it is dealt with, and what
is gone already is no error to the provider. What cannot be deleted now is tried until it can be, or
until that is too old; nothing else is ever held up by it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import erasurestore, store
from hotline.chat.model import Asked, ChatRules, Erasure
from hotline.chat.ports import Channel, DeliveryError, OutcomeUnknown
from hotline.chat.speech import Line
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.model import Contact
from hotline.contacts.outreach import Outreach
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later

# After a quarter of the time that it has taken already, within these bounds.
_AGAIN_S: Final = 3.0
_SELDOM_S: Final = 60.0
# Where the provider sets no age it ends in words on record all the same.
_TRIED_FOR: Final = timedelta(days=7)
# Said later than this it is no answer any more, and may meet other eyes.
_ANSWER: Final = timedelta(minutes=10)
# Clocks differ, and a request takes its time: what is nearly too old counts as too old.
_MARGIN: Final = timedelta(minutes=5)
# Nothing can be deleted in such a chat, whatever it is: never, or while they lock us out.
_HOPELESS: Final = "no-address"
_BLOCKED: Final = "blocked"


class _Batch(NamedTuple):
    channel: Channel
    address: str
    ids: list[str]


class Wiping:
    """The provider's side of erasures."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        audit: Audit,
        channels: Mapping[str, Channel],
        rules: ChatRules,
        outreach: Outreach,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._audit = audit
        self._channels = channels
        self._rules = rules
        self._outreach = outreach

    async def run(self, erasure_ids: Sequence[int], job: JobContext) -> None:
        """Delete batch by batch. Raises Later as long as something may still be deleted."""
        waits = [await self._wipe(one) for one in erasure_ids]
        if any(waits):
            raise Later(max(waits))
        for one in erasure_ids:
            await self._end(one)
        async with self._db.uow() as uow:
            await self._say(uow, erasure_ids)
            await job.done(uow)

    async def _wipe(self, erasure_id: int) -> float:
        """Delete what can be deleted now; in how many seconds there may be more, 0 for never."""
        beside: list[str] = []
        while (found := await self._next(erasure_id, beside)) is not None:
            erasure, batch = found
            gone, refused = await self._delete(batch, batch.ids)
            beside += [one for one in batch.ids if one not in {*gone, *refused}]
            async with self._db.uow() as uow:
                await store.get(uow, erasure.contact_id, lock=True)
                await erasurestore.settled(uow, erasure, deleted=gone, remaining=refused)
        rules = self._rules
        async with self._db.uow() as uow:
            known = await erasurestore.get(uow, erasure_id)
            if known is None or known.done_at is not None:
                return 0.0
            taken = await uow.time() - known.asked_at
            if beside and taken < _TRIED_FOR:
                return min(max(_AGAIN_S, taken.total_seconds() / 4), _SELDOM_S)
            if beside:
                await store.get(uow, known.contact_id, lock=True)
                await erasurestore.settled(uow, known, remaining=beside)
            leaving = await erasurestore.leaving(uow, known, rules.settle, rules.send_bytes_per_s)
        return _AGAIN_S if leaving else 0.0

    async def _next(self, erasure_id: int, beside: Sequence[str]) -> tuple[Erasure, _Batch] | None:
        """The next ids to delete; what is too old for that is counted on the way."""
        async with self._db.uow() as uow:
            erasure = await erasurestore.get(uow, erasure_id)
            if erasure is None or erasure.done_at is not None:
                return None
            conversation = await store.get(uow, erasure.contact_id, lock=True)
            channel = self._channels.get(conversation.channel) if conversation else None
            within = channel.erases.within if channel else timedelta(0)
            if within:
                within -= _MARGIN
            while True:
                size = channel.erases.at_once if channel else 1
                ids, old = await erasurestore.left(uow, erasure, within, limit=size, beside=beside)
                if not ids:
                    return None
                if not old and channel is not None and conversation is not None:
                    break
                await erasurestore.settled(uow, erasure, remaining=ids)
        sealed = conversation.address_sealed
        address = self._transcript.open_address(erasure.contact_id, sealed)
        return erasure, _Batch(channel, address, ids)

    async def _delete(self, batch: _Batch, ids: list[str]) -> tuple[list[str], list[str]]:
        """The ids that are gone, and those that will never be; what is left is for later.

        One that is bad may spoil a whole batch.
        """
        try:
            async with asyncio.timeout(self._rules.send_timeout_s):
                await batch.channel.erase(batch.address, ids)
        except (OutcomeUnknown, TimeoutError):
            return [], []
        except DeliveryError as error:
            if error.retry_after_s is not None:
                raise Later(error.retry_after_s) from None
            if not error.permanent or error.code == _BLOCKED:
                return [], []
            if len(ids) == 1 or error.code == _HOPELESS:
                return [], ids
            half = len(ids) // 2
            gone, refused = await self._delete(batch, ids[:half])
            more_gone, more_refused = await self._delete(batch, ids[half:])
            return gone + more_gone, refused + more_refused
        return ids, []

    async def _end(self, erasure_id: int) -> None:
        """All that can be deleted is: the outcome goes on record, once."""
        async with self._db.uow() as uow:
            known = await erasurestore.get(uow, erasure_id)
            if known is None:
                return
            await store.get(uow, known.contact_id, lock=True)
            one = await erasurestore.done(uow, erasure_id)
            if one is None:
                return
            await self._contacts.note(
                uow, one.contact_id, "erased", deleted=one.deleted, remaining=one.remaining
            )
            await self._audit.record(
                uow,
                None,
                Tag.SYSTEM_CONTENT_ERASED,
                object_type="contact",
                object_id=one.contact_id,
                outcome="failed" if one.remaining else "ok",
            )

    async def _say(self, uow: Uow, erasure_ids: Sequence[int]) -> None:
        """Where the outcome is to be said, it is said without any word of what is gone."""
        found = [await erasurestore.get(uow, one) for one in erasure_ids]
        erasures = [one for one in found if one is not None]
        for one in erasures:
            if not one.says:
                continue
            conversation = await store.get(uow, one.contact_id, lock=True)
            contact = await self._contacts.get(uow, one.contact_id)
            if conversation is None or not await self._welcome(uow, one, contact):
                continue
            which: Line = "erased"
            if any(other.held for other in erasures):
                which = "erased_held"
            elif any(other.remaining for other in erasures):
                which = "erased_some"
            lang, once = language_of(contact), f"erased:{one.id}"
            await self._transcript.say(uow, conversation, which, lang=lang, once=once)

    async def _welcome(self, uow: Uow, one: Erasure, contact: Contact) -> bool:
        """Whoever wanted it is answered; unasked, or long afterwards, only where it is safe."""
        asked = one.asked_by is Asked.CALLER and await uow.time() - one.asked_at < _ANSWER
        return asked or (await self._outreach.leave(uow, contact)).now
