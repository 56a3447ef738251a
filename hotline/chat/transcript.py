"""Writes and reads the sealed pages of a conversation; the only place that opens a message."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from hotline.chat import revisionstore, speech, store
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
from hotline.contacts.model import Contact
from hotline.i18n.catalogue import Catalogue
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

    def __init__(self, vault: Vault, catalogue: Catalogue) -> None:
        self._vault = vault
        self.catalogue = catalogue

    def seal_address(self, contact_id: UUID, address: str) -> bytes:
        """An address bound to its conversation."""
        return self._vault.seal(address, aad=_address_aad(contact_id))

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
        kind: str,
        text: str | None,
        *,
        provider_id: str | None,
        reply_to: int | None = None,
    ) -> Stored:
        """The caller's words, or a note of the kind of what came instead of words."""
        number = await store.next_id(uow)
        stored = Stored(
            id=number,
            contact_id=contact_id,
            author=Author.CALLER,
            staff_id=None,
            kind=kind,
            body_sealed=self._sealed(number, clean(text, limit=HEARD_LIMIT) if text else None),
            options=(),
            client_id=None,
            state=MessageState.RECEIVED,
            error_code=None,
            at=await uow.time(),
            reply_to=reply_to,
        )
        await store.add(uow, stored, provider_id=provider_id)
        await store.heard(uow, contact_id)
        uow.publish(MessageReceived(contact_id=contact_id, message_id=number))
        return stored

    async def write(
        self,
        uow: Uow,
        contact_id: UUID,
        text: str,
        *,
        options: tuple[Option, ...] = (),
        staff_id: UUID | None = None,
        client_id: str | None = None,
        reply_to: int | None = None,
    ) -> Stored | None:
        """Queue a message to the caller; None when `client_id` was written already."""
        number = await store.next_id(uow)
        stored = await store.add(
            uow,
            Stored(
                id=number,
                contact_id=contact_id,
                author=Author.OPERATOR if staff_id else Author.BOT,
                staff_id=staff_id,
                kind="text",
                body_sealed=self._sealed(number, text),
                options=options,
                client_id=client_id,
                state=MessageState.QUEUED,
                error_code=None,
                at=await uow.time(),
                reply_to=reply_to,
            ),
        )
        if stored is not None:
            self.deliver(uow, stored)
            uow.publish(MessageQueued(contact_id=contact_id, message_id=number))
        return stored

    async def note(
        self, uow: Uow, contact_id: UUID, text: str, *, staff_id: UUID, client_id: str
    ) -> Stored | None:
        """A line for colleagues only: it has no way out, and no state that anything sends from."""
        number = await store.next_id(uow)
        stored = await store.add(
            uow,
            Stored(
                id=number,
                contact_id=contact_id,
                author=Author.OPERATOR,
                staff_id=staff_id,
                kind=NOTE,
                body_sealed=self._sealed(number, text),
                options=(),
                client_id=client_id,
                state=MessageState.RECEIVED,
                error_code=None,
                at=await uow.time(),
            ),
        )
        if stored is not None:
            uow.publish(MessageQueued(contact_id=contact_id, message_id=number))
        return stored

    async def reword(self, uow: Uow, message: Stored, text: str) -> bool:
        """The caller changed their words: the new ones stand, the earlier ones are kept.

        False, and nothing changes, when there are no new words.
        """
        words = clean(text, limit=HEARD_LIMIT)
        if not words.strip() or words == self._readable(message):
            return False
        await revisionstore.revise(uow, message.id, self._seal(message.id, words))
        await store.heard(uow, message.contact_id)
        uow.publish(MessageReceived(contact_id=message.contact_id, message_id=message.id))
        return True

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

    def shown(
        self,
        messages: Iterable[Stored],
        names: Mapping[UUID, str],
        quoted: Mapping[int, Stored],
    ) -> list[Message]:
        """Messages as their readers see them; `names` are those of staff."""
        return [
            self._shown(message, names, quoted.get(message.reply_to or 0)) for message in messages
        ]

    def _shown(self, message: Stored, names: Mapping[UUID, str], quoted: Stored | None) -> Message:
        error = message.error_code
        try:
            text = self.text(message)
        except Unreadable:
            # One damaged row must not hide the rest of a conversation.
            text, error = None, "unreadable"
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
            return None

    def _sealed(self, number: int, text: str | None) -> bytes | None:
        return None if text is None else self._seal(number, text)

    def _seal(self, number: int, text: str) -> bytes:
        return self._vault.seal(text, aad=_body_aad(number))


def language_of(contact: Contact) -> Lang:
    """The language to write to this caller in."""
    return contact.language or "ru"


def _body_aad(number: int) -> str:
    return f"message|{number}|body"


def _address_aad(contact_id: UUID) -> str:
    return f"conversation|{contact_id}|address"
