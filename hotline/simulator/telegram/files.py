"""Files as Telegram keeps them: by kind, with ids for ever and links that run out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.simulator.clock import Clock
from hotline.simulator.telegram.errors import bad
from hotline.simulator.telegram.params import Json

LARGEST = 20 * 1024 * 1024
_LINK_S = 3600.0


class Kind(StrEnum):
    """Under which name a file stands in a message."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"


# How its id begins, the folder of its link, and the ending there.
_PLACES: dict[Kind, tuple[str, str, str]] = {
    Kind.PHOTO: ("AgACAgI", "photos", "jpg"),
    Kind.VOICE: ("AwACAgI", "voice", "oga"),
    Kind.VIDEO_NOTE: ("DQACAgI", "video_notes", "mp4"),
    Kind.VIDEO: ("BAACAgI", "videos", "mp4"),
    Kind.ANIMATION: ("CgACAgI", "animations", "mp4"),
    Kind.AUDIO: ("CQACAgI", "music", "mp3"),
    Kind.DOCUMENT: ("BQACAgI", "documents", ""),
    Kind.STICKER: ("CAACAgI", "stickers", "webp"),
}


@dataclass(slots=True, eq=False)
class Kept:
    """One file; ``content`` is what a message that carries it says, also when sent again."""

    kind: Kind
    file_id: str
    unique_id: str
    path: str
    body: bytes = field(repr=False)
    mime: str
    content: Json = field(default_factory=dict)
    linked_at: float | None = None

    def ids(self) -> Json:
        """Return the fields that every kind of file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.body),
        }


class Files:
    """All files of both sides. A link is made by getFile and lives an hour, simulated."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Kept] = {}
        self._by_path: dict[str, Kept] = {}

    def keep(self, kind: Kind, body: bytes, *, mime: str, name: str = "") -> Kept:
        """Take a file in; the same bytes of the same kind and name are the same file."""
        prefix, folder, ending = _PLACES[kind]
        digest = hashlib.sha256(f"{kind} {name} {mime} ".encode() + body).hexdigest()
        file_id = f"{prefix}{digest[:40]}"
        if file_id not in self._by_id:
            ending = ending or name.rpartition(".")[2].lower()
            ending = ending if ending.isascii() and ending.isalnum() else "bin"
            path = f"{folder}/file_{len(self._by_id)}.{ending}"
            made = Kept(kind, file_id, digest[40:56], path, body, mime)
            self._by_id[file_id] = self._by_path[path] = made
        return self._by_id[file_id]

    def find(self, file_id: str) -> Kept | None:
        """Return a file by its id."""
        return self._by_id.get(file_id)

    def link(self, file_id: str) -> Json:
        """Return a File with a fresh link; refuses what is over 20 MB."""
        kept = self._by_id.get(file_id)
        if kept is None:
            raise bad("invalid file_id")
        if len(kept.body) > LARGEST:
            raise bad("file is too big")
        kept.linked_at = self._clock.instant()
        return kept.ids() | {"file_path": kept.path}

    def linked(self, path: str) -> bytes | None:
        """Return what stands at a link, None when there is none or it has run out."""
        kept = self._by_path.get(path)
        if kept is None or kept.linked_at is None:
            return None
        return kept.body if self._clock.instant() - kept.linked_at <= _LINK_S else None
