"""Telegram itself: accounts, chats, messages, files and the one bot."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import aiohttp

from hotline.simulator.clock import Clock
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks
from hotline.simulator.telegram.chats import DELETABLE, Chat, ChatMessage
from hotline.simulator.telegram.courier import Courier
from hotline.simulator.telegram.errors import BotError, bad
from hotline.simulator.telegram.params import Json

File: TypeAlias = tuple[str, bytes]


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
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.commands: list[object] = []
        self.open_queries: dict[str, int] = {}
        self._next_message_id = 1
        self._next_query_id = 4_000_000_001

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
            self.chats[user_id] = Chat(
                user_id=user_id,
                first_name=f"Guest {user_id % 1000}",
                username=None,
                language_code=None,
            )
        return self.chats[user_id]

    def writable(self, chat_id: int) -> Chat:
        """Return the chat if the bot may write there."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if not chat.started:
            raise BotError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.blocked:
            raise BotError(403, "Forbidden: bot was blocked by the user")
        return chat

    def from_person(self, chat: Chat, content: Json) -> ChatMessage:
        """Let a person write."""
        chat.started = True
        message = self._add(chat, content, from_bot=False)
        self.courier.push(chat.user_id, "message", chat.message_json(message, self.bot_json()))
        return message

    def from_bot(self, chat: Chat, content: Json) -> ChatMessage:
        """Let the bot write."""
        return self._add(chat, content, from_bot=True)

    def edit(self, chat: Chat, message: ChatMessage, content: Json) -> None:
        """Change a message, by whom it may be."""
        message.content = content
        message.edited = self.clock.now()
        self._note(chat, message, "edited")
        if not message.from_bot:
            self.courier.push(
                chat.user_id, "edited_message", chat.message_json(message, self.bot_json())
            )

    def delete(self, chat: Chat, message_id: int) -> bool:
        """Delete for both sides; the bot can only do it for 48 hours."""
        message = chat.messages.get(message_id)
        if message is None:
            return False
        if self.clock.now() - message.date > DELETABLE:
            raise bad("message can't be deleted for everyone")
        del chat.messages[message_id]
        self._note(chat, message, "deleted")
        return True

    def press(self, chat: Chat, message: ChatMessage, data: str) -> str:
        """Let a person press an inline button; returns the id of the query."""
        query_id, self._next_query_id = str(self._next_query_id), self._next_query_id + 1
        self.open_queries[query_id] = chat.user_id
        self.courier.push(
            chat.user_id,
            "callback_query",
            {
                "id": query_id,
                "from": chat.user_json(),
                "message": chat.message_json(message, self.bot_json()),
                "chat_instance": str(chat.user_id * 7919),
                "data": data,
            },
        )
        return query_id

    def answer_query(self, query_id: str, text: str) -> None:
        """Stop the button's spinning."""
        chat_id = self.open_queries.pop(query_id, None)
        if chat_id is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.journal.write("telegram.answered", chat=chat_id, query=query_id, text=text)

    def block(self, chat: Chat, *, blocked: bool) -> None:
        """Let a person stop or restart the bot."""
        bot = self.bot_json()
        states = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = (_member(one, bot) for one in states)
        chat.blocked = blocked
        self.courier.push(
            chat.user_id,
            "my_chat_member",
            {
                "chat": chat.chat_json(),
                "from": chat.user_json(),
                "date": int(self.clock.now().timestamp()),
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )

    def keep_file(self, body: bytes, path: str) -> Json:
        """Store a file; returns its id fields."""
        unique = hashlib.sha256(body + path.encode()).hexdigest()[:16]
        file_id = f"AgACAgI{unique}"
        self.files[file_id] = (f"{path.partition('.')[0]}_{unique}.{path.partition('.')[2]}", body)
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(body)}

    def file_body(self, path: str) -> bytes | None:
        """Return what stands at a file path, None when nothing does."""
        if self.faults.strikes(Fault.TELEGRAM_FILE_404):
            return None
        return next((body for known, body in self.files.values() if known == path), None)

    def _add(self, chat: Chat, content: Json, *, from_bot: bool) -> ChatMessage:
        message = ChatMessage(self._next_message_id, self.clock.now(), from_bot, content)
        self._next_message_id += 1
        chat.messages[message.message_id] = message
        self._note(chat, message, "new")
        return message

    def _note(self, chat: Chat, message: ChatMessage, what: str) -> None:
        self.journal.write(
            "telegram.message",
            chat=chat.user_id,
            message=message.message_id,
            what=what,
            from_bot=message.from_bot,
            content=message.content,
        )


def _member(status: str, bot: Json) -> Json:
    member: Json = {"status": status, "user": bot}
    return member | {"until_date": 0} if status == "kicked" else member
