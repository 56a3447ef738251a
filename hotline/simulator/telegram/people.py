"""People with a Telegram account, who write to the bot and press its buttons."""

from __future__ import annotations

from datetime import timedelta

from hotline.simulator.telegram import keyboards
from hotline.simulator.telegram.chats import ChatMessage
from hotline.simulator.telegram.params import Json
from hotline.simulator.telegram.platform import Platform

_WITHIN_S = 10.0


class TelegramPerson:
    """Writing returns at once; the update is delivered in the background."""

    def __init__(
        self, platform: Platform, user_id: int, *, language_code: str | None = None
    ) -> None:
        self._platform = platform
        self.user_id = user_id
        self.chat = platform.chat(user_id)
        self.chat.language_code = language_code
        self._seen = 0

    async def start(self, payload: str = "") -> ChatMessage:
        """Press Start, perhaps with a deep link's payload."""
        if self.chat.blocked:
            self._platform.block(self.chat, blocked=False)
        return await self.text(f"/start {payload}".strip())

    async def text(self, text: str) -> ChatMessage:
        """Write a text; a leading slash makes a command of it."""
        content: Json = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._platform.from_person(self.chat, content)

    async def photo(self, body: bytes, caption: str = "") -> ChatMessage:
        """Send a photo."""
        size = self._platform.keep_file(body, "photos/file.jpg") | {"width": 90, "height": 90}
        return self._send({"photo": [size]}, caption)

    async def voice(self, body: bytes, *, duration_s: int = 3) -> ChatMessage:
        """Send a voice message."""
        voice = self._platform.keep_file(body, "voice/file.oga")
        return self._send({"voice": voice | {"duration": duration_s, "mime_type": "audio/ogg"}})

    async def document(self, body: bytes, file_name: str, caption: str = "") -> ChatMessage:
        """Send a file."""
        document = self._platform.keep_file(body, "documents/file.bin")
        return self._send({"document": document | {"file_name": file_name}}, caption)

    async def location(self, latitude: float, longitude: float) -> ChatMessage:
        """Send a place."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def contact(self, phone_number: str) -> ChatMessage:
        """Send one's own contact card."""
        card = {"phone_number": phone_number, "first_name": self.chat.first_name}
        return self._send({"contact": card | {"user_id": self.user_id}})

    async def sticker(self, emoji: str) -> ChatMessage:
        """Send a sticker."""
        sticker = self._platform.keep_file(emoji.encode(), "stickers/file.webp")
        more: Json = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
        flags: Json = {"is_animated": False, "is_video": False}
        return self._send({"sticker": sticker | more | flags})

    async def edit(self, message_id: int, text: str) -> None:
        """Change one's own message."""
        message = self.chat.messages[message_id]
        self._platform.edit(self.chat, message, message.content | {"text": text})

    async def press(self, button: str | int, *, message_id: int | None = None) -> str:
        """Press an inline button by its data, its label, or its index.

        Without ``message_id`` the youngest message with such a button is meant. Raises
        ``LookupError`` when there is none.
        """
        for message in reversed(self.messages):
            if message_id not in {None, message.message_id}:
                continue
            data = self._find(message, button)
            if data is not None:
                return self._platform.press(self.chat, message, data)
        raise LookupError(button)

    async def block(self) -> None:
        """Stop the bot."""
        self._platform.block(self.chat, blocked=True)

    async def unblock(self) -> None:
        """Restart the bot without writing."""
        self._platform.block(self.chat, blocked=False)

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

    def _send(self, content: Json, caption: str = "") -> ChatMessage:
        return self._platform.from_person(
            self.chat, content | ({"caption": caption} if caption else {})
        )

    @staticmethod
    def _find(message: ChatMessage, button: str | int) -> str | None:
        found = keyboards.buttons(_markup(message))
        for index, one in enumerate(found):
            if button in {index, one.get("callback_data"), one["text"]}:
                return str(one["callback_data"])
        return None


def _markup(message: ChatMessage) -> Json | None:
    markup = message.content.get("reply_markup")
    return markup if isinstance(markup, dict) else None
