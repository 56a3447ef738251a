"""Telegram's refusals in the words of chat: final, to be tried again, or unknown."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bots.telegram.wire import Flood, in_words_of_chat
from hotline.chat.ports import DeliveryError, OutcomeUnknown


def after(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "permanent"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked", True),
        (BadRequest("Chat not found"), "no-address", True),
        (BadRequest("message is too long"), "too-long", True),
        (BadRequest("message to edit not found"), "gone", True),
        (BadRequest("can't parse entities"), "refused", True),
        (ChatMigrated(-5), "no-address", True),
        (InvalidToken("Unauthorized"), "bad-token", False),
        (Flood(7), "slow-down", False),
        (after(NetworkError("x"), httpx.ConnectError("x")), "unreachable", False),
        (after(TimedOut(), httpx.ConnectTimeout("x")), "unreachable", False),
        (after(TimedOut(), httpx.PoolTimeout("x")), "unreachable", False),
    ],
)
def test_certainly_not_taken(error: TelegramError, code: str, permanent: bool) -> None:  # noqa: FBT001 - a table
    found = in_words_of_chat(error)
    assert isinstance(found, DeliveryError)
    assert (found.code, found.permanent) == (code, permanent)
    assert found.retry_after_s == (7 if code == "slow-down" else None)


@pytest.mark.parametrize(
    "error",
    [
        after(TimedOut(), httpx.ReadTimeout("x")),
        after(NetworkError("x"), httpx.ReadError("x")),
        after(NetworkError("x"), httpx.RemoteProtocolError("x")),
        NetworkError("Internal Server Error"),
        TelegramError("Invalid server response"),
    ],
)
def test_perhaps_taken(error: TelegramError) -> None:
    assert isinstance(in_words_of_chat(error), OutcomeUnknown)
