"""The files of messages: what is awaited, what is shown of each, what goes out."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from hotline.chat import attachmentstore as store
from hotline.chat.model import Attachment, FileState, Message, Stored
from hotline.chat.ports import LONGEST, Attached, Enclosed
from hotline.infra.blobs import Blob, Blobs
from hotline.infra.crypto import Vault
from hotline.infra.db import Uow
from hotline.infra.scrub import OPAQUE, TYPES, FileType, Looked
from hotline.kernel.errors import NotFound
from hotline.kernel.ids import new_id
from hotline.kernel.text import clean

FETCH: Final = "chat.fetch"
TOO_LARGE: Final = "too-large"
_LONGEST_NAME: Final = 120
_WORDS: Final = frozenset({"text", "note", "press", "command", "location", "contact"})


def too_large(attached: Sequence[Attached]) -> bool:
    """Whether one of them is known to be more than can be fetched."""
    return any((one.length or 0) > LONGEST for one in attached)


class Attachments:
    """Files have rows of their own beside their message; handles and names in them are sealed."""

    def __init__(self, vault: Vault, blobs: Blobs) -> None:
        self._vault = vault
        self._blobs = blobs

    async def expect(self, uow: Uow, message: Stored, attached: Sequence[Attached]) -> None:
        """Write down what came with a message, and have it fetched; what is too large is not."""
        for one in attached:
            number, refused = new_id(), too_large([one])
            name = clean(one.name, limit=_LONGEST_NAME).strip() if one.name else None
            await store.add(
                uow,
                Attachment(
                    id=number,
                    message_id=message.id,
                    kind=one.kind,
                    state=FileState.REFUSED if refused else FileState.AWAITED,
                    error_code=TOO_LARGE if refused else None,
                    handle_sealed=self._sealed(number, "handle", None if refused else one.handle),
                    name_sealed=self._sealed(number, "name", name),
                    length=one.length,
                    width=one.width,
                    height=one.height,
                    duration_ms=None if one.duration_s is None else one.duration_s * 1000,
                    album=one.album,
                    type=None,
                    blob_id=None,
                ),
            )
            if not refused:
                # A lane of its own: one that does not come holds up no other.
                name = f"{FETCH}:{number}"
                uow.enqueue(FETCH, {"id": str(number)}, lane=name, key=name)

    async def enclose(
        self, uow: Uow, message_id: int, kind: str, looked: Looked, blob: Blob
    ) -> None:
        """Write down a file that goes out with a message; its content is kept already."""
        await store.add(
            uow,
            Attachment(
                id=new_id(),
                message_id=message_id,
                kind=kind,
                state=FileState.KEPT,
                error_code=None,
                handle_sealed=None,
                name_sealed=None,
                length=blob.length,
                width=looked.width,
                height=looked.height,
                duration_ms=looked.duration_ms,
                album=None,
                type=looked.type,
                blob_id=blob.id,
            ),
        )

    def handle(self, one: Attachment) -> str:
        """By which the provider finds it. Only for the channel that fetches."""
        assert one.handle_sealed is not None  # noqa: S101 - what is awaited has one
        return self._vault.open(one.handle_sealed, aad=_aad(one.id, "handle"))

    async def enclosed(self, one: Attachment) -> Enclosed:
        """The file as it goes out. Raises NotFound and Unreadable for what is gone."""
        if one.blob_id is None:
            raise NotFound
        pieces = [piece async for piece in self._blobs.read(one.blob_id, 0, one.length or 0)]
        about = type_of(one)
        return Enclosed(one.kind, f"{one.kind}.{about.ending}", about.media_type, b"".join(pieces))

    async def beside(self, uow: Uow, messages: Sequence[Message]) -> dict[int, tuple[Any, ...]]:
        """What the desk knows of the files of messages, by message; those of words have none."""
        wanted = [message.id for message in messages if message.kind not in _WORDS]
        found: dict[int, tuple[Any, ...]] = {}
        for one in await store.of(uow, wanted) if wanted else ():
            found[one.message_id] = (*found.get(one.message_id, ()), self._card(one))
        return found

    def _card(self, one: Attachment) -> Mapping[str, Any]:
        name = None
        if one.name_sealed is not None:
            name = self._vault.open(one.name_sealed, aad=_aad(one.id, "name"))
        return {
            "id": one.id,
            "kind": one.kind,
            "state": one.state,
            "error": one.error_code,
            "type": one.type,
            "show": type_of(one).shown,
            "length": one.length,
            "width": one.width,
            "height": one.height,
            "duration_s": None if one.duration_ms is None else one.duration_ms / 1000,
            "album": one.album,
            "name": name,
        }

    def _sealed(self, number: UUID, column: str, text: str | None) -> bytes | None:
        return self._vault.seal(text, aad=_aad(number, column)) if text else None


def type_of(one: Attachment) -> FileType:
    """How its content may be shown; what is not kept is nothing yet."""
    return TYPES.get(one.type or "", OPAQUE)


def _aad(number: UUID, column: str) -> str:
    return f"attachment|{number}|{column}"
