"""Brings the files that callers sent here: fetched, looked at apart, sealed. Nothing else is kept.

What is in words or in a file is never followed: only the provider is asked, for its own handle.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.chat import attachmentstore, store
from hotline.chat.attachments import TOO_LARGE, Attachments
from hotline.chat.events import AttachmentChanged
from hotline.chat.model import Attachment, ChatRules, FileState, Stored
from hotline.chat.ports import Channel, FetchError, FilePort
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.service import Contacts
from hotline.infra.blobs import Blobs, TooLong
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.scrub import Refused, Scrub, gather

log = structlog.get_logger(__name__)

# A picture made anew may be longer than it was.
LONGEST_KEPT: Final = 48 * 1024 * 1024
_OF_A_CONTACT: Final = 200 * 1024 * 1024
# At most so many files of 20 MB are in memory.
_AT_ONCE: Final = 4
_ROOM_S: Final = 0.5
_NEW_ADDRESSES: Final = 3


class Fetching:
    """The job `chat.fetch`. Twice is once: the second copy is thrown away."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        blobs: Blobs,
        scrub: Scrub,
        channels: Mapping[str, Channel],
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._blobs = blobs
        self._scrub = scrub
        self._channels = channels
        self._rules = rules
        self._room = asyncio.Semaphore(_AT_ONCE)

    @property
    def _attachments(self) -> Attachments:
        return self._transcript.attachments

    async def fetch(self, payload: dict[str, Any], job: JobContext) -> None:
        """One file: kept, or refused with a code that the desk puts into words."""
        due = await self._due(UUID(payload["id"]))
        if due is None:
            return
        one, message, port = due
        if self._room.locked():
            raise Later(_ROOM_S)  # messages must not wait behind files
        try:
            async with self._room:
                await self._take(one, message, port)
        except (Refused, TooLong) as error:
            await self._refuse(
                one, message, TOO_LARGE if isinstance(error, TooLong) else error.code
            )
        except FetchError as error:
            await self._away(one, message, error, job)
        except Exception:
            if job.last:
                await self._refuse(one, message, "not-fetched")
            raise

    async def _due(self, number: UUID) -> tuple[Attachment, Stored, FilePort] | None:
        """What is still to be fetched and from whom; what nobody can fetch is refused."""
        async with self._db.uow() as uow:
            one = await attachmentstore.get(uow, number)
            if one is None or one.state is not FileState.AWAITED:
                return None
            message = await store.message(uow, one.message_id)
            assert message is not None  # noqa: S101 - a file belongs to a message
            conversation = await store.get(uow, message.contact_id)
            channel = self._channels.get(conversation.channel) if conversation else None
            full = await attachmentstore.kept_length(uow, message.contact_id) > _OF_A_CONTACT
        port = channel.files if channel is not None else None
        if port is None or full:
            await self._refuse(one, message, "too-many" if port else "no-channel")
            return None
        return one, message, port

    async def _take(self, one: Attachment, message: Stored, port: FilePort) -> None:
        raw = await gather(port.fetch(self._attachments.handle(one)), port.longest_in)
        async with self._scrub.look(raw) as looked:
            draft = await self._blobs.put(
                looked.media_type, looked.content, longest=LONGEST_KEPT, shape=looked
            )
        kept = replace(
            one,
            type=looked.type,
            length=draft.length,
            width=looked.width or one.width,
            height=looked.height or one.height,
            duration_ms=looked.duration_ms or one.duration_ms,
            blob_id=draft.id,
        )
        async with self._db.uow() as uow:
            # Whoever erases has the conversation locked: they find the file here, or it is refused.
            await store.get(uow, message.contact_id, lock=True)
            await self._blobs.keep(uow, draft.id)
            if await attachmentstore.keep(uow, kept):
                _tell(uow, message)
            else:
                await self._blobs.shred(uow, draft.id)

    async def _away(
        self, one: Attachment, message: Stored, error: FetchError, job: JobContext
    ) -> None:
        """Not to be had now: again, as long as it makes sense."""
        log.info("chat.fetch_failed", code=error.code, attempt=job.attempt)
        if error.permanent and not (error.code == "gone" and job.attempt < _NEW_ADDRESSES):
            await self._refuse(one, message, error.code)
        elif error.permanent:
            raise error
        elif await self._late(message):
            await self._refuse(one, message, "not-fetched")
        else:
            raise Later(error.retry_after_s or self._rules.fetch_pause_s)

    async def _late(self, message: Stored) -> bool:
        async with self._db.reads() as uow:
            return await uow.time() - message.at > self._rules.fetch_for

    async def _refuse(self, one: Attachment, message: Stored, code: str) -> None:
        """The desk is told why; the caller only what they can do something about, and once."""
        async with self._db.uow() as uow:
            conversation = await store.get(uow, message.contact_id, lock=True)
            if not await attachmentstore.refuse(uow, one.id, code):
                return
            _tell(uow, message)
            if code == TOO_LARGE and conversation is not None and conversation.open:
                contact = await self._contacts.get(uow, message.contact_id)
                lang = language_of(contact)
                await self._transcript.say(uow, conversation, "too-large", lang=lang, once=code)


def _tell(uow: Uow, message: Stored) -> None:
    uow.publish(AttachmentChanged(contact_id=message.contact_id, message_id=message.id))
