"""Accounts, and the chats in which people and the bot meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from hotline.simulator.telegram.params import Json

DELETABLE = timedelta(hours=48)


class ChatType(StrEnum):
    """What kind of chat it is, as the Bot API says."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(slots=True, eq=False)
class Account:
    """A person's account."""

    user_id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None

    def user_json(self) -> Json:
        """Return the person as a User."""
        user: Json = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        return user | _given(username=self.username, language_code=self.language_code)


@dataclass(slots=True, eq=False)
class ChatMessage:
    """One message; ``content`` are the fields of the Bot API (text, voice, reply_markup ...)."""

    message_id: int
    date: datetime
    author: Account | None
    """None: the bot wrote it, or the channel itself."""
    content: Json
    reply_to: int | None = None
    edited: datetime | None = None
    silent: bool = False
    posted: bool = False
    """It is a post of people in a channel, which has no author."""

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.author is None and not self.posted

    @property
    def text(self) -> str:
        """Return the text, or the caption of a file."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def field(self) -> str:
        """Where its words stand: ``text``, or ``caption`` beside a file."""
        return "text" if "text" in self.content else "caption"


@dataclass(slots=True, eq=False)
class Chat:
    """A chat with the bot. In a private one it may write once ``started``, until ``blocked``.

    In others ``standing`` says what the bot is there: left, member, administrator, kicked.
    """

    chat_id: int
    type: ChatType
    account: Account | None = None
    title: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    standing: str = "left"
    moved_to: int | None = None
    messages: dict[int, ChatMessage] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def chat_json(self) -> Json:
        """Return the chat as a Chat."""
        chat: Json = {"id": self.chat_id, "type": self.type.value}
        if self.account is None:
            return chat | {"title": self.title}
        names = _given(first_name=self.account.first_name, username=self.account.username)
        return chat | names

    def message_json(self, message: ChatMessage, bot: Json, *, replies: bool = True) -> Json:
        """Return a message as a Message; what it answers is inside, but not what that answers."""
        body: Json = {
            "message_id": message.message_id,
            "date": int(message.date.timestamp()),
            "chat": self.chat_json(),
        }
        if self.type is ChatType.CHANNEL:
            body["sender_chat"] = self.chat_json()
        else:
            body["from"] = bot if message.author is None else message.author.user_json()
        if message.edited is not None:
            body["edit_date"] = int(message.edited.timestamp())
        answered = self.messages.get(message.reply_to or 0)
        if answered is not None and replies:
            body["reply_to_message"] = self.message_json(answered, bot, replies=False)
        return body | message.content


def _given(**values: str | None) -> Json:
    return {name: value for name, value in values.items() if value is not None}
