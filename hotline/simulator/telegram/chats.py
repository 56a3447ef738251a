"""Private chats between people and the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.simulator.telegram.params import Json

DELETABLE = timedelta(hours=48)


@dataclass(slots=True, eq=False)
class ChatMessage:
    """One message; ``content`` are the fields of the Bot API (text, voice, reply_markup ...)."""

    message_id: int
    date: datetime
    from_bot: bool
    content: Json
    edited: datetime | None = None

    @property
    def text(self) -> str:
        """Return the text, or the caption of a file."""
        return str(self.content.get("text", self.content.get("caption", "")))


@dataclass(slots=True, eq=False)
class Chat:
    """A person's chat with the bot. The bot may write once ``started``, until ``blocked``."""

    user_id: int
    first_name: str
    username: str | None
    language_code: str | None
    started: bool = False
    blocked: bool = False
    messages: dict[int, ChatMessage] = field(default_factory=dict)

    def user_json(self) -> Json:
        """Return the person as a User."""
        user: Json = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        if self.username is not None:
            user["username"] = self.username
        if self.language_code is not None:
            user["language_code"] = self.language_code
        return user

    def chat_json(self) -> Json:
        """Return the chat as a Chat."""
        chat: Json = {"id": self.user_id, "type": "private", "first_name": self.first_name}
        if self.username is not None:
            chat["username"] = self.username
        return chat

    def message_json(self, message: ChatMessage, bot: Json) -> Json:
        """Return a message as a Message."""
        body: Json = {
            "message_id": message.message_id,
            "from": bot if message.from_bot else self.user_json(),
            "chat": self.chat_json(),
            "date": int(message.date.timestamp()),
        }
        if message.edited is not None:
            body["edit_date"] = int(message.edited.timestamp())
        return body | message.content
