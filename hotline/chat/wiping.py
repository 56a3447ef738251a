"""Deletes at the provider what an erasure left there, as far as it lets us; then tells the caller.

May be killed and come again at any point: an id is forgotten only when it is dealt with, and what
is gone already is no error to the provider.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import erasurestore, store
from hotline.chat.model import ChatRules, Erasure
from hotline.chat.ports import Channel, DeliveryError, OutcomeUnknown
from hotline.chat.speech import Line
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later

_AGAIN_S: Final = 3.0
# Clocks differ, and a request takes its time: what is nearly too old counts as too old.
_MARGIN: Final = timedelta(minutes=5)
# Nothing can be deleted in such a chat, whatever it is.
_HOPELESS: Final = frozenset({"blocked", "no-address"})


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
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._audit = audit
        self._channels = channels
        self._rules = rules

    async def run(self, erasure_ids: Sequence[int], job: JobContext) -> None:
        """Delete batch by batch. Raises Later, or DeliveryError when worth a retry."""
        for erasure_id in erasure_ids:
            while (found := await self._next(erasure_id)) is not None:
                erasure, batch = found
                refused = await self._delete(batch, batch.ids)
                gone = [one for one in batch.ids if one not in refused]
                async with self._db.uow() as uow:
                    await erasurestore.settled(uow, erasure, deleted=gone, remaining=refused)
        async with self._db.uow() as uow:
            ended = [await erasurestore.done(uow, one) for one in erasure_ids]
            await self._finish(uow, [one for one in ended if one is not None])
            await job.done(uow)

    async def _next(self, erasure_id: int) -> tuple[Erasure, _Batch] | None:
        """The next ids to delete; what is too old for that is counted on the way."""
        async with self._db.uow() as uow:
            erasure = await erasurestore.get(uow, erasure_id)
            if erasure is None or erasure.done_at is not None:
                return None
            if await erasurestore.leaving(uow, erasure, self._rules.settle):
                raise Later(_AGAIN_S)
            conversation = await store.get(uow, erasure.contact_id)
            channel = self._channels.get(conversation.channel) if conversation else None
            within = channel.erases.within if channel else timedelta(0)
            if within:
                within -= _MARGIN
            while True:
                size = channel.erases.at_once if channel else 1
                ids, old = await erasurestore.left(uow, erasure, within, size)
                if not ids:
                    return None
                if not old and channel is not None and conversation is not None:
                    break
                await erasurestore.settled(uow, erasure, remaining=ids)
        sealed = conversation.address_sealed
        address = self._transcript.open_address(erasure.contact_id, sealed)
        return erasure, _Batch(channel, address, ids)

    async def _delete(self, batch: _Batch, ids: list[str]) -> list[str]:
        """The ids that the provider will never delete: one that is bad may spoil a whole batch."""
        try:
            async with asyncio.timeout(self._rules.send_timeout_s):
                await batch.channel.erase(batch.address, ids)
        except (OutcomeUnknown, TimeoutError):
            raise Later(_AGAIN_S) from None
        except DeliveryError as error:
            if error.retry_after_s is not None:
                raise Later(error.retry_after_s) from None
            if not error.permanent:
                raise
            if len(ids) == 1 or error.code in _HOPELESS:
                return ids
            half = len(ids) // 2
            first = await self._delete(batch, ids[:half])
            return first + await self._delete(batch, ids[half:])
        return []

    async def _finish(self, uow: Uow, erasures: Sequence[Erasure]) -> None:
        """The outcome goes on record; where it is to be said, it is said without any word of it."""
        remaining = sum(one.remaining for one in erasures)
        held = any(one.held for one in erasures)
        for one in erasures:
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
            conversation = await store.get(uow, one.contact_id)
            if one.says and conversation is not None:
                which: Line = "erased_some" if remaining else "erased"
                which = "erased_held" if held else which
                lang = language_of(await self._contacts.get(uow, one.contact_id))
                once = f"erased:{one.id}"
                await self._transcript.say(uow, conversation, which, lang=lang, once=once)
