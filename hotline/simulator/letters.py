"""Telegram's webhook as bounded load: private texts, each of one of so many chats."""

import json
from typing import Final
from urllib.parse import urlsplit

FIRST_CHAT: Final = 800_000_000


class Writer:
    """Makes the requests of updates: the n-th text, in the chat of that number."""

    def __init__(self, url: str, secret: str, *, chats: int) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self._path = parts.path
        self._secret = secret
        self._chats = chats

    def request(self, number: int, digits: str | None = None) -> bytes:
        """The bytes of one update; `digits` are its words where they are given."""
        chat = FIRST_CHAT + number % self._chats
        person = {"id": chat, "is_bot": False, "first_name": "Guest", "language_code": "ru"}
        message = {
            "message_id": number % 2**31 + 1,
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "Guest"},
            "date": 1_790_000_000,
            "text": digits or f"n{number} Здравствуйте, где узнать о визе для работы?",
        }
        body = json.dumps({"update_id": number, "message": message}).encode()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self._secret}\r\n\r\n"
        )
        return head.encode() + body
