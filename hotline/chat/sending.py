"""Files that operators send: looked at like those of strangers, then on their way like words."""

from collections.abc import AsyncIterator, Mapping
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.chat import store
from hotline.chat.model import FileKind, Message, Stored
from hotline.chat.ports import Channel, FilePort
from hotline.chat.service import Chat, answered, usable
from hotline.chat.transcript import Transcript
from hotline.infra.blobs import Blob, Blobs, TooLong
from hotline.infra.db import Database, Uow
from hotline.infra.scrub import TYPES, Looked, Refused, Scrub, gather
from hotline.kernel.errors import Conflict, Invalid

# What is sent in our name is of a kind that a telephone opens; the desk lists the same.
SENT: Final[Mapping[str, FileKind]] = {
    name: "photo" if one.shown == "picture" else "document"
    for name, one in TYPES.items()
    if name not in {"other", "heic", "webm"}
}

_WRONG: Final = {
    "empty": "file-empty",
    "too-large": "file-too-large",
    "too-many-pixels": "file-too-large",
}


class Sending:
    """From the bytes of a browser to a queued message. The type is what the content says."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        chat: Chat,
        blobs: Blobs,
        scrub: Scrub,
        channels: Mapping[str, Channel],
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._chat = chat
        self._blobs = blobs
        self._scrub = scrub
        self._channels = channels

    async def send(
        self,
        actor: Actor,
        contact_id: UUID,
        client_id: str,
        chunks: AsyncIterator[bytes],
        *,
        reply_to: int | None = None,
    ) -> Message:
        """Send a file. The same `client_id` again gives the same message, sent once.

        Raises Conflict("chat-not-open") or Conflict("no-files-here"), and Invalid with what is
        wrong with the file: file-empty, file-damaged, file-too-large, file-not-listed.
        """
        if not usable(client_id):
            raise Invalid("message-invalid", client_id="length")
        earlier = await self._chat.sent_before(actor, contact_id, client_id)
        if earlier is not None:
            return earlier
        port = await self._port(contact_id)
        try:
            raw = await gather(chunks, port.longest_out)
            async with self._scrub.look(raw) as looked:
                draft = await self._draft(looked, port)
        except TooLong:
            raise Invalid("file-too-large") from None
        except Refused as error:
            raise Invalid(_WRONG.get(error.code, "file-damaged")) from None

        async def write(uow: Uow) -> Stored | None:
            kind = SENT[looked.type]
            stored = await self._transcript.answer(
                uow,
                contact_id,
                None,
                kind=kind,
                staff_id=actor.staff_id,
                client_id=client_id,
                reply_to=await answered(uow, contact_id, reply_to),
            )
            if stored is not None:
                await self._transcript.attachments.enclose(uow, stored.id, kind, looked, draft)
                await self._blobs.keep(uow, draft.id)
            return stored

        return await self._chat.post(actor, contact_id, client_id, write)

    async def _draft(self, looked: Looked, port: FilePort) -> Blob:
        if looked.type not in SENT:
            raise Invalid("file-not-listed")
        return await self._blobs.put(
            looked.media_type, looked.content, longest=port.longest_out, shape=looked
        )

    async def _port(self, contact_id: UUID) -> FilePort:
        async with self._db.reads() as uow:
            conversation = await store.get(uow, contact_id)
        channel = self._channels.get(conversation.channel) if conversation else None
        if channel is None or channel.files is None:
            raise Conflict("no-files-here")
        return channel.files
