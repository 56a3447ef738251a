"""Groups and channels that people make, and into which they take the bot."""

from __future__ import annotations

from hotline.simulator.telegram.chats import Account, Chat, ChatMessage, ChatType
from hotline.simulator.telegram.formatting import found_in
from hotline.simulator.telegram.params import Json
from hotline.simulator.telegram.platform import Platform

_SUPER = -1_000_000_000_000


class TelegramGroup:
    """The bot joins with the group: it is told by ``my_chat_member``, and by a service message."""

    def __init__(
        self,
        platform: Platform,
        founder: Account,
        title: str,
        kind: ChatType,
        *,
        grown_from: int | None = None,
    ) -> None:
        self._platform = platform
        self.founder = founder
        number = 5_000_000_000 + len(platform.chats)
        chat_id = -number if kind is ChatType.GROUP else _SUPER - number
        self.chat: Chat = platform.gather(Chat(chat_id, kind, title=title))
        standing = "administrator" if kind is ChatType.CHANNEL else "member"
        platform.stand(self.chat, standing, by=founder)
        if grown_from is not None:
            self._write({"migrate_from_chat_id": grown_from}, founder)
        elif kind is not ChatType.CHANNEL:
            self._write({"new_chat_members": [platform.bot_json()]}, founder)

    def write(self, text: str, *, who: Account | None = None) -> ChatMessage:
        """Write there; in a channel it is a post."""
        found = found_in(text)
        content: Json = {"text": text} | ({"entities": found} if found else {})
        author = None if self.chat.type is ChatType.CHANNEL else who or self.founder
        return self._write(content, author)

    def edit(self, message: ChatMessage, text: str) -> None:
        """Change what was written."""
        self._platform.edit(self.chat, message, {"text": text})

    def remove_bot(self) -> None:
        """Throw the bot out."""
        self._platform.stand(self.chat, "kicked", by=self.founder)

    def become_supergroup(self) -> TelegramGroup:
        """Turn a group into a supergroup: it has another number from then on."""
        old = self.chat
        grown = TelegramGroup(
            self._platform,
            self.founder,
            old.title,
            ChatType.SUPERGROUP,
            grown_from=old.chat_id,
        )
        self._write({"migrate_to_chat_id": grown.chat.chat_id}, self.founder)
        old.moved_to = grown.chat.chat_id
        return grown

    def _write(self, content: Json, author: Account | None) -> ChatMessage:
        return self._platform.from_person(self.chat, content, author)
