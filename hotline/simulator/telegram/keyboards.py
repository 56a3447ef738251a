"""Checking of keyboards, with Telegram's own refusals."""

from __future__ import annotations

from hotline.simulator.telegram.errors import bad
from hotline.simulator.telegram.params import Json

_KINDS = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
_MAX_DATA_BYTES = 64
_ACTIONS = {"callback_data", "url", "web_app", "login_url", "switch_inline_query", "pay",
            "switch_inline_query_current_chat", "copy_text", "callback_game"}  # fmt: skip


def checked(markup: Json | None) -> Json | None:
    """Return the keyboard, or refuse it."""
    if not markup:
        return None
    if not _KINDS & markup.keys():
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise bad("can't parse inline keyboard button: Expected an Array of Array")
    for row in rows:
        if not isinstance(row, list):
            raise bad("can't parse inline keyboard button: Expected an Array of Array")
        for button in row:
            _check(button)
    return markup


def _check(button: object) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed")
    chosen = [name for name in _ACTIONS if name in button]
    if len(chosen) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= _MAX_DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")


def buttons(markup: Json | None) -> list[Json]:
    """Return the inline buttons, row by row."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [one for row in rows for one in row] if isinstance(rows, list) else []
