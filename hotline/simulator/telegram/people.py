"""People with a Telegram account, who write to the bot and press its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hotline.simulator.telegram import keyboards, media
from hotline.simulator.telegram.chats import Account, Chat, ChatMessage, ChatType
from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.formatting import found_in
from hotline.simulator.telegram.groups import TelegramGroup
from hotline.simulator.telegram.params import Json, Upload
from hotline.simulator.telegram.platform import Platform

_WITHIN_S = 10.0


class TelegramPerson:
    """Writing returns at once; the update is delivered in the background.

    ``reply_to`` is the number of a message in the chat that is answered.
    """

    def __init__(
        self, platform: Platform, user_id: int, *, language_code: str | None = None
    ) -> None:
        self._platform = platform
        self.user_id = user_id
        self.chat: Chat = platform.chat(user_id)
        self.account.language_code = language_code
        self._seen = 0

    @property
    def account(self) -> Account:
        """Return the account that others see."""
        assert self.chat.account is not None  # noqa: S101 - a private chat has one
        return self.chat.account

    async def start(self, payload: str = "") -> ChatMessage:
        """Press Start, perhaps with a deep link's payload."""
        self._platform.block(self.chat, blocked=False)
        return await self.text(f"/start {payload}".strip())

    async def text(self, text: str, *, reply_to: int | None = None) -> ChatMessage:
        """Write a text; a leading slash makes a command of it."""
        content: Json = {"text": text}
        return self._send(content | _marked("entities", text), reply_to=reply_to)

    async def photo(
        self, body: bytes, caption: str = "", *, reply_to: int | None = None
    ) -> ChatMessage:
        """Send a photo."""
        return await self.file(Kind.PHOTO, Upload(body), caption, reply_to=reply_to)

    async def voice(
        self, body: bytes, *, duration_s: int = 3, reply_to: int | None = None
    ) -> ChatMessage:
        """Send a voice message; an OGG says itself how long it is."""
        return await self.file(Kind.VOICE, Upload(body, seconds=duration_s), reply_to=reply_to)

    async def video_note(self, body: bytes, *, duration_s: int = 3) -> ChatMessage:
        """Send a round video."""
        return await self.file(Kind.VIDEO_NOTE, Upload(body, seconds=duration_s))

    async def video(self, body: bytes, caption: str = "", *, duration_s: int = 3) -> ChatMessage:
        """Send a video."""
        upload = Upload(body, "video.mp4", "video/mp4", seconds=duration_s)
        return await self.file(Kind.VIDEO, upload, caption)

    async def audio(self, body: bytes, file_name: str, caption: str = "") -> ChatMessage:
        """Send music or a recording that is no voice message."""
        return await self.file(Kind.AUDIO, Upload(body, file_name, seconds=3), caption)

    async def document(
        self, body: bytes, file_name: str, caption: str = "", *, mime: str = ""
    ) -> ChatMessage:
        """Send a file; the type is what the name promises, or what the sender claims."""
        return await self.file(Kind.DOCUMENT, Upload(body, file_name, mime), caption)

    async def sticker(self, emoji: str, body: bytes = b"") -> ChatMessage:
        """Send a sticker."""
        held = media.content(self._platform.files, Kind.STICKER, Upload(body or emoji.encode()))
        sticker = held["sticker"]
        assert isinstance(sticker, dict)  # noqa: S101 - as it was made
        return self._send({"sticker": sticker | {"emoji": emoji}})

    async def file(
        self, kind: Kind, upload: Upload, caption: str = "", *, reply_to: int | None = None
    ) -> ChatMessage:
        """Send a file of any kind."""
        held = media.content(self._platform.files, kind, upload)
        return self._send(held | _captioned(caption), reply_to=reply_to)

    async def album(
        self, files: Sequence[tuple[Kind, Upload]], caption: str = ""
    ) -> list[ChatMessage]:
        """Send several files as one: the words stand at the first; the bot gets one by one."""
        album: Json = {"media_group_id": self._platform.new_album()}
        words = [_captioned(caption), *[Json() for _ in files[1:]]]
        contents = [media.content(self._platform.files, *one) for one in files]
        return [self._send(one | album | w) for one, w in zip(contents, words, strict=True)]

    async def location(self, latitude: float, longitude: float) -> ChatMessage:
        """Send a place."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def contact(self, phone_number: str) -> ChatMessage:
        """Send one's own contact card."""
        card: Json = {"phone_number": phone_number, "first_name": self.account.first_name}
        return self._send({"contact": card | {"user_id": self.user_id}})

    async def edit(self, message_id: int, text: str) -> None:
        """Change one's own words, also those beside a file.

        Raises ``LookupError`` for what is not one's own or is gone.
        """
        message = self.chat.messages[message_id]
        if message.from_bot:
            raise LookupError(message_id)
        words = _marked("entities", text) if message.field == "text" else _marked_caption(text)
        gone = {message.field, "entities", "caption_entities"}
        content = {name: one for name, one in message.content.items() if name not in gone}
        told: Json = {message.field: text} if text else {}
        self._platform.edit(self.chat, message, content | told | words)

    async def delete(self, *message_ids: int) -> int:
        """Delete messages for both sides; the bot is not told. Returns how many there were."""
        return self._platform.delete(self.chat, message_ids, by_bot=False)

    async def press(self, button: str | int, *, message_id: int | None = None) -> str:
        """Press an inline button by its data, its label, or its index.

        Without ``message_id`` the youngest message with such a button is meant. Raises
        ``LookupError`` when there is none.
        """
        for message in reversed(self.messages):
            if message_id not in {None, message.message_id}:
                continue
            data = _find(message, button)
            if data is not None:
                return self._platform.press(self.chat, message, data, who=self.account)
        raise LookupError(button)

    async def block(self) -> None:
        """Stop the bot."""
        self._platform.block(self.chat, blocked=True)

    async def unblock(self) -> None:
        """Restart the bot without writing."""
        self._platform.block(self.chat, blocked=False)

    async def group(self, title: str, kind: ChatType = ChatType.GROUP) -> TelegramGroup:
        """Make a group or channel and take the bot into it (in a channel: as administrator)."""
        return TelegramGroup(self._platform, self.account, title, kind)

    def age(self, message_id: int, *, hours: float) -> None:
        """Make a message older, for the 48-hour rule."""
        self.chat.messages[message_id].date -= timedelta(hours=hours)

    @property
    def messages(self) -> list[ChatMessage]:
        """Return what the person sees in the chat."""
        return list(self.chat.messages.values())

    @property
    def inbox(self) -> list[str]:
        """Return the texts of the bot."""
        return [message.text for message in self.messages if message.from_bot]

    def buttons(self) -> list[str]:
        """Return the labels of the youngest message that has buttons."""
        for message in reversed(self.messages):
            found = keyboards.buttons(_markup(message))
            if found:
                return [str(one["text"]) for one in found]
        return []

    async def wait_for(self, text: str, *, within_s: float = _WITHIN_S) -> ChatMessage:
        """Wait for a message of the bot that contains ``text``; each is found once."""
        entry = await self._platform.journal.wait_for(
            "telegram.message",
            within_s=within_s,
            chat=self.user_id,
            from_bot=True,
            where=lambda one: int(str(one["seq"])) > self._seen and text in str(one["content"]),
        )
        self._seen = int(str(entry["seq"]))
        return self.chat.messages[int(str(entry["message"]))]

    def _send(self, content: Json, *, reply_to: int | None = None) -> ChatMessage:
        return self._platform.from_person(self.chat, content, self.account, reply_to=reply_to)


def _find(message: ChatMessage, button: str | int) -> str | None:
    found = keyboards.buttons(_markup(message))
    for index, one in enumerate(found):
        if button in {index, one.get("callback_data"), one["text"]}:
            return str(one["callback_data"])
    return None


def _markup(message: ChatMessage) -> Json | None:
    markup = message.content.get("reply_markup")
    return markup if isinstance(markup, dict) else None


def _captioned(caption: str) -> Json:
    words: Json = {"caption": caption} if caption else {}
    return words | _marked_caption(caption)


def _marked_caption(caption: str) -> Json:
    return _marked("caption_entities", caption)


def _marked(field: str, text: str) -> Json:
    found = found_in(text)
    return {field: found} if found else {}
