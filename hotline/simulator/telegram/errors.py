"""A refusal of the Bot API, worded as Telegram words it."""

from __future__ import annotations


class BotError(Exception):
    """Shown as ``{ok: false, error_code, description, parameters?}``."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """Return the JSON body."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(text: str) -> BotError:
    """Return a 400."""
    return BotError(400, f"Bad Request: {text}")
