"""A refusal of the Bot API, worded as Telegram words it."""

from __future__ import annotations


class BotError(Exception):
    """Shown as ``{ok: false, error_code, description, parameters?}``."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def body(self) -> dict[str, object]:
        """Return the JSON body."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def bad(text: str) -> BotError:
    """Return a 400."""
    return BotError(400, f"Bad Request: {text}")
