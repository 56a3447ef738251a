"""Writes and reads the sealed pages of a conversation; the only place that opens a message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.chat import revisionstore, speech, store
from hotline.chat.attachments import Attachments
from hotline.chat.events import MessageQueued, MessageReceived
from hotline.chat.model import (
    Author,
    Conversation,
    Message,
    MessageState,
    Option,
    Quote,
    Revision,
    Stored,
)
from hotline.chat.ports import Inbound
from hotline.contacts.model import Contact
from hotline.i18n.catalogue import Catalogue
from hotline.infra.blobs import Blobs
from hotline.infra.crypto import Unreadable, Vault
from hotline.infra.db import Uow
from hotline.kernel.languages import Lang
from hotline.kernel.text import clean

TEXT_LIMIT: Final = 4000
# No messenger delivers more than a quarter of it at once: nothing anybody wrote is cut.
HEARD_LIMIT: Final = 16_000
HOUSE: Final = "house:"
DELIVER: Final = "chat.deliver"
EDIT: Final = "chat.edit"
NOTE: Final = "note"
_QUOTED: Final = 160
_REVISIONS: Final = 100


class Transcript:
    """Every message of every conversation, sealed; its number is allocated before it is sealed."""

    def __init__(self, vault: Vault, catalogue: Catalogue, blobs: Blobs) -> None:
        self._vault = vault
        self.catalogue = catalogue
        self.attachments = Attachments(vault, blobs)

    def seal_address(self, contact_id: UUID, address: str) -> bytes:
        """An address bound to its conversation."""
        return self._vault.seal(address, aad=_address_aad(contact_id))

    def seal_event(self, channel: str, event_id: str, raw: str) -> bytes:
        """All of an event that nobody acts on, bound to its claim."""
        return self._vault.seal(raw, aad=f"inbox|{channel}|{event_id}")

    def open_address(self, contact_id: UUID, sealed: bytes) -> str:
        """Where to write to. Only for the channel that sends."""
        return self._vault.open(sealed, aad=_address_aad(contact_id))

    def find(self, channel: str, line: str, address: str) -> bytes:
        """The keyed hash by which an open conversation is found."""
        return self._vault.index("conversation", f"{channel}|{line}|{address}")

    async def hear(
        self,
        uow: Uow,
        contact_id: UUID,
        inbound: Inbound,
        text: str | None,
        *,
        reply_to: int | None = None,
        waits: bool = True,
    ) -> Stored:
        """The caller's words, or a note of the kind of what came instead; files are awaited.

        `waits`: a person is to answer it; not so what the bot answers by itself.
        """
        words = clean(text, limit=HEARD_LIMIT) if text else None
        stored = await self._new(uow, contact_id, Author.CALLER, words)
        stored = replace(stored, kind=inbound.kind, state=MessageState.RECEIVED, reply_to=reply_to)
        stored = await store.hear(uow, stored, inbound, waits=waits)
        await self.attachments.expect(uow, stored, inbound.files)
        uow.publish(MessageReceived(contact_id=contact_id, message_id=stored.id))
        return stored

    async def mark(self, uow: Uow, contact_id: UUID, kind: str, *, provider_id: str | None) -> None:
        """That something came, without its words, and without anybody waiting for an answer."""
        new = await self._new(uow, contact_id, Author.CALLER, None)
        stored = replace(new, kind=kind, state=MessageState.RECEIVED)
        await store.add(uow, stored, provider_id=provider_id)

    async def write(
        self,
        uow: Uow,
        contact_id: UUID,
        text: str,
        *,
        options: tuple[Option, ...] = (),
        client_id: str | None = None,
    ) -> Stored | None:
        """Queue a text of the house's own; None when `client_id` was written already."""
        new = await self._new(uow, contact_id, Author.BOT, text)
        return await self._queue(uow, replace(new, options=options, client_id=client_id))

    async def answer(
        self,
        uow: Uow,
        contact_id: UUID,
        text: str | None,
        *,
        staff_id: UUID,
        client_id: str,
        kind: str = "text",
        reply_to: int | None = None,
    ) -> Stored | None:
        """Queue what an operator sends; None when `client_id` was written already."""
        new = await self._new(uow, contact_id, Author.OPERATOR, text)
        named = replace(new, staff_id=staff_id, client_id=client_id)
        return await self._queue(uow, replace(named, kind=kind, reply_to=reply_to))

    async def note(
        self, uow: Uow, contact_id: UUID, text: str, *, staff_id: UUID, client_id: str
    ) -> Stored | None:
        """A line for colleagues only: it has no way out, and no state that anything sends from."""
        new = await self._new(uow, contact_id, Author.OPERATOR, text)
        named = replace(new, staff_id=staff_id, client_id=client_id)
        stored = await store.add(uow, replace(named, kind=NOTE, state=MessageState.RECEIVED))
        if stored is not None:
            uow.publish(MessageQueued(contact_id=contact_id, message_id=stored.id))
        return stored

    async def reword(self, uow: Uow, message: Stored, inbound: Inbound) -> bool:
        """The caller changed their words: the new ones stand, the earlier ones are kept.

        False, and nothing changes, when there are no new words.
        """
        words = clean(inbound.text or "", limit=HEARD_LIMIT)
        if not words.strip() or words == self._readable(message):
            return False
        await revisionstore.revise(uow, message.id, self._seal(message.id, words))
        await store.heard(uow, message.contact_id, inbound.at)
        uow.publish(MessageReceived(contact_id=message.contact_id, message_id=message.id))
        return True

    async def precede(self, uow: Uow, message_id: int, text: str, at: datetime) -> None:
        """These are the words a message had before others that were here first."""
        sealed = self._seal(message_id, clean(text, limit=HEARD_LIMIT))
        await revisionstore.precede(uow, message_id, sealed, at)

    async def change(self, uow: Uow, message: Stored, text: str) -> None:
        """An operator changes what they sent: written here, and on its way to the other side."""
        sealed = self._seal(message.id, text)
        await revisionstore.revise(uow, message.id, sealed, edit_state="queued")
        uow.enqueue(
            EDIT,
            {"message_id": message.id},
            lane=f"chat:{message.contact_id}",
            key=f"{EDIT}:{message.id}",
        )
        uow.publish(MessageQueued(contact_id=message.contact_id, message_id=message.id))

    async def earlier(self, uow: Uow, message_id: int) -> list[Revision]:
        """The words a message had before, oldest first; None for what cannot be read any more."""
        found = await revisionstore.earlier(uow, message_id, limit=_REVISIONS)
        return [Revision(at, self._opened(message_id, sealed)) for at, sealed in found]

    async def say(
        self,
        uow: Uow,
        conversation: Conversation,
        which: speech.Line,
        *,
        lang: Lang,
        once: str | None = None,
    ) -> None:
        """A line of the house's own. `once` keeps a repeated event from saying it again."""
        text_id = speech.line(conversation.channel, which)
        if text_id is not None:
            await self.write(
                uow,
                conversation.contact_id,
                self.catalogue.t(lang, text_id),
                client_id=f"{HOUSE}{once}" if once else None,
            )

    def deliver(self, uow: Uow, message: Stored) -> None:
        """Put the message on its way; one after the other within a chat."""
        uow.enqueue(
            DELIVER,
            {"message_id": message.id},
            lane=f"chat:{message.contact_id}",
            key=f"{DELIVER}:{message.id}",
        )

    def text(self, message: Stored) -> str | None:
        """The words of a message; None where there are none."""
        if message.body_sealed is None:
            return None
        return self._vault.open(message.body_sealed, aad=_body_aad(message.id))

    async def shown(
        self, uow: Uow, messages: Sequence[Stored], names: Mapping[UUID, str]
    ) -> list[Message]:
        """Messages as their readers see them, with files and quotes; `names` are those of staff."""
        quoted = await _quoted(uow, messages)
        shown = [self._shown(m, names, quoted.get(m.reply_to or 0)) for m in messages]
        files = await self.attachments.beside(uow, shown)
        return [replace(m, files=files[m.id]) if m.id in files else m for m in shown]

    def _shown(self, message: Stored, names: Mapping[UUID, str], quoted: Stored | None) -> Message:
        text, error = self._readable(message), message.error_code
        if text is None and message.body_sealed is not None:
            error = "unreadable"
        client_id = message.client_id
        return Message(
            id=message.id,
            contact_id=message.contact_id,
            author=message.author,
            kind=message.kind,
            text=text,
            state=message.state,
            error=error,
            at=message.at,
            client_id=None if client_id and client_id.startswith(HOUSE) else client_id,
            staff_id=message.staff_id,
            staff=names.get(message.staff_id) if message.staff_id else None,
            reply=self._quote(quoted) if quoted else None,
            edited_at=message.edited_at,
            edit_state=message.edit_state,
            edit_error=message.edit_error,
        )

    async def _new(self, uow: Uow, contact_id: UUID, author: Author, text: str | None) -> Stored:
        number = await store.next_id(uow)
        return Stored(
            id=number,
            contact_id=contact_id,
            author=author,
            staff_id=None,
            kind="text",
            body_sealed=None if text is None else self._seal(number, text),
            options=(),
            client_id=None,
            state=MessageState.QUEUED,
            error_code=None,
            at=await uow.time(),
        )

    async def _queue(self, uow: Uow, message: Stored) -> Stored | None:
        stored = await store.add(uow, message)
        if stored is not None:
            self.deliver(uow, stored)
            uow.publish(MessageQueued(contact_id=stored.contact_id, message_id=stored.id))
        return stored

    def _quote(self, message: Stored) -> Quote:
        words = self._readable(message)
        return Quote(message.id, message.author, message.kind, words[:_QUOTED] if words else None)

    def _readable(self, message: Stored) -> str | None:
        if message.body_sealed is None:
            return None
        return self._opened(message.id, message.body_sealed)

    def _opened(self, number: int, sealed: bytes) -> str | None:
        try:
            return self._vault.open(sealed, aad=_body_aad(number))
        except Unreadable:
            return None  # one damaged row must not hide the rest of a conversation

    def _seal(self, number: int, text: str) -> bytes:
        return self._vault.seal(text, aad=_body_aad(number))


async def _quoted(uow: Uow, messages: Sequence[Stored]) -> dict[int, Stored]:
    wanted = {m.reply_to for m in messages if m.reply_to}
    there = {m.id: m for m in messages if m.id in wanted}
    missing = wanted - there.keys()
    return there | (await store.several(uow, list(missing)) if missing else {})


def language_of(contact: Contact) -> Lang:
    """The language to write to this caller in."""
    return contact.language or "ru"


def _body_aad(number: int) -> str:
    return f"message|{number}|body"


def _address_aad(contact_id: UUID) -> str:
    return f"conversation|{contact_id}|address"
