"""Telegram itself: accounts, chats, messages, files and the one bot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import aiohttp

from hotline.simulator.clock import Clock
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks
from hotline.simulator.telegram import members
from hotline.simulator.telegram.chats import DELETABLE, Account, Chat, ChatMessage, ChatType
from hotline.simulator.telegram.courier import Courier
from hotline.simulator.telegram.errors import BotError, bad
from hotline.simulator.telegram.files import Files, Kind
from hotline.simulator.telegram.limits import Limits
from hotline.simulator.telegram.params import Json

_SPOKEN = {"text", "location", "contact", *Kind}
_SEPARATE = (ChatType.SUPERGROUP, ChatType.CHANNEL)


class Platform:
    """State and the moves both sides can make; the wire is ``server``, people ``people``."""

    def __init__(
        self,
        token: str,
        username: str,
        *,
        clock: Clock,
        journal: Journal,
        tasks: Tasks,
        faults: Faults,
    ) -> None:
        self.token = token
        self.username = username
        self.clock = clock
        self.journal = journal
        self.faults = faults
        self.courier = Courier(clock, journal, tasks=tasks, faults=faults)
        self.files = Files(clock)
        self.limits = Limits(clock)
        self.chats: dict[int, Chat] = {}
        self.commands: list[object] = []
        self.open_queries: dict[str, int] = {}
        self._numbers = count(1)
        self._queries = count(4_000_000_001)
        self._albums = count(13_000_000_000_000_001)

    def use(self, session: aiohttp.ClientSession) -> None:
        """Take the HTTP session; called when the world starts."""
        self.courier.session = session

    def bot_json(self) -> Json:
        """Return the bot as a User."""
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "189",
            "username": self.username,
        }

    def chat(self, user_id: int) -> Chat:
        """Return a person's chat; opens an account for a new person."""
        if user_id not in self.chats:
            account = Account(user_id, f"Guest {user_id % 1000}")
            self.chats[user_id] = Chat(user_id, ChatType.PRIVATE, account)
        return self.chats[user_id]

    def new_album(self) -> str:
        """Return a name for messages that belong together."""
        return str(next(self._albums))

    def writable(self, chat_id: int) -> Chat:
        """Return the chat if the bot may write there."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.type is not ChatType.PRIVATE:
            _may_write(chat)
        elif chat.deactivated:
            raise BotError(403, "Forbidden: user is deactivated")
        elif not chat.started:
            raise BotError(403, "Forbidden: bot can't initiate conversation with a user")
        elif chat.blocked:
            raise BotError(403, "Forbidden: bot was blocked by the user")
        return chat

    def from_person(
        self, chat: Chat, content: Json, author: Account | None, *, reply_to: int | None = None
    ) -> ChatMessage:
        """Let a person write; in a channel nobody in particular does."""
        chat.started = True
        message = self._new(chat, content, author, reply_to)
        message.posted = author is None
        self._note(chat, message, "new")
        self._tell(chat, message, edited=False)
        return message

    def from_bot(
        self, chat: Chat, content: Json, *, reply_to: int | None = None, silent: bool = False
    ) -> ChatMessage:
        """Let the bot write."""
        message = self._new(chat, content, None, reply_to)
        message.silent = silent
        self._note(chat, message, "new")
        return message

    def edit(self, chat: Chat, message: ChatMessage, content: Json) -> None:
        """Change a message, by whom it may be."""
        message.content = content
        message.edited = self.clock.now()
        self._note(chat, message, "edited")
        if not message.from_bot:
            self._tell(chat, message, edited=True)

    def delete(self, chat: Chat, message_ids: Sequence[int], *, by_bot: bool = True) -> int:
        """Delete for both sides, all or, when one is older than 48 hours, none; returns how many.

        The limit is the bot's; people delete what they like, and the bot is never told.
        """
        found = [chat.messages[one] for one in message_ids if one in chat.messages]
        if by_bot and any(self.clock.now() - one.date > DELETABLE for one in found):
            raise bad("message can't be deleted for everyone")
        for message in found:
            del chat.messages[message.message_id]
            chat.deleted.append(message.message_id)
            self._note(chat, message, "deleted")
        return len(found)

    def press(self, chat: Chat, message: ChatMessage, data: str, *, who: Account) -> str:
        """Let a person press an inline button; returns the id of the query."""
        query_id = str(next(self._queries))
        self.open_queries[query_id] = chat.chat_id
        self.courier.push(
            chat.chat_id,
            "callback_query",
            {
                "id": query_id,
                "from": who.user_json(),
                "message": chat.message_json(message, self.bot_json()),
                "chat_instance": str(chat.chat_id * 7919),
                "data": data,
            },
        )
        return query_id

    def answer_query(self, query_id: str, text: str, *, alert: bool = False) -> None:
        """Stop the button's spinning."""
        chat_id = self.open_queries.pop(query_id, None)
        if chat_id is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.journal.write(
            "telegram.answered", chat=chat_id, query=query_id, text=text, alert=alert
        )

    def block(self, chat: Chat, *, blocked: bool) -> None:
        """Let a person stop or restart the bot; twice is once."""
        if chat.blocked == blocked or chat.account is None:
            return
        chat.blocked = blocked
        states = ("member", "kicked") if blocked else ("kicked", "member")
        self._tell_standing(chat, chat.account.user_json(), states)
        self.journal.write("telegram.blocked", chat=chat.chat_id, blocked=blocked)

    def gather(self, chat: Chat) -> Chat:
        """Take in a group or channel that people have made."""
        self.chats[chat.chat_id] = chat
        return chat

    def stand(self, chat: Chat, standing: str, *, by: Account | None) -> None:
        """Change what the bot is in a group or channel; None: by its own doing."""
        states = (chat.standing, standing)
        if states[0] == states[1]:
            return
        chat.standing = standing
        self._tell_standing(chat, self.bot_json() if by is None else by.user_json(), states)
        self.journal.write("telegram.standing", chat=chat.chat_id, standing=standing)

    def file_body(self, path: str) -> bytes | None:
        """Return what stands at a link, None when nothing does."""
        if self.faults.strikes(Fault.TELEGRAM_FILE_404):
            return None
        return self.files.linked(path)

    def _new(
        self, chat: Chat, content: Json, author: Account | None, reply_to: int | None
    ) -> ChatMessage:
        """Numbers rise: in a supergroup or channel its own, over all other chats together."""
        numbers = chat.numbers if chat.type in _SEPARATE else self._numbers
        message = ChatMessage(next(numbers), self.clock.now(), author, content, reply_to)
        chat.messages[message.message_id] = message
        return message

    def _tell(self, chat: Chat, message: ChatMessage, *, edited: bool) -> None:
        kind = "channel_post" if chat.type is ChatType.CHANNEL else "message"
        if chat.type is ChatType.PRIVATE or self._sees(chat, message):
            told = chat.message_json(message, self.bot_json())
            self.courier.push(chat.chat_id, f"edited_{kind}" if edited else kind, told)

    def _sees(self, chat: Chat, message: ChatMessage) -> bool:
        """In a group the bot sees commands, what names or answers it, and what Telegram says."""
        if chat.standing == "administrator":
            return True
        if chat.standing != "member":
            return False
        answered = chat.messages.get(message.reply_to or 0)
        spoken = message.text
        service = not _SPOKEN & message.content.keys()
        named = spoken.startswith("/") or f"@{self.username}" in spoken
        return service or named or (answered is not None and answered.from_bot)

    def _tell_standing(self, chat: Chat, who: Json, states: tuple[str, str]) -> None:
        bot, when = self.bot_json(), int(self.clock.now().timestamp())
        old, new = (members.member(one, bot, chat) for one in states)
        change = members.change(chat, who, when, states=(old, new))
        self.courier.push(chat.chat_id, "my_chat_member", change)

    def _note(self, chat: Chat, message: ChatMessage, what: str) -> None:
        self.journal.write(
            "telegram.message",
            chat=chat.chat_id,
            message=message.message_id,
            what=what,
            from_bot=message.from_bot,
            content=message.content,
        )


def _may_write(chat: Chat) -> None:
    if chat.moved_to is not None:
        raise BotError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to=chat.moved_to,
        )
    if chat.standing == "kicked":
        raise BotError(403, f"Forbidden: bot was kicked from the {chat.type.value} chat")
    if chat.standing == "left":
        raise BotError(403, f"Forbidden: bot is not a member of the {chat.type.value} chat")
    if chat.type is ChatType.CHANNEL and chat.standing != "administrator":
        raise bad("need administrator rights in the channel chat")
