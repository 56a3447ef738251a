"""Files of callers from Telegram: asked for by handle, taken from the Bot API's host alone."""

from collections.abc import AsyncIterator
from typing import Final

import aiohttp
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError
from yarl import URL

from bots.telegram.wire import Flood
from hotline.chat.ports import LONGEST, FetchError

# The Bot API takes pictures up to 10 MB.
LONGEST_OUT: Final = 10 * 1024 * 1024
_CHUNK: Final = 64 * 1024
# A line so slow still brings the longest file; one that brings nothing is given up much sooner.
SLOWEST_PER_S: Final = 16 * 1024
TIMES: Final = aiohttp.ClientTimeout(
    total=LONGEST / SLOWEST_PER_S, sock_connect=5.0, sock_read=15.0
)
_OK: Final = 200
_GONE: Final = frozenset({403, 404, 410})
_TOO_BIG: Final = "too big"


class TelegramFiles:
    """Implements chat's FilePort. The address of a file holds the token: it stays in here."""

    longest_in = LONGEST
    longest_out = LONGEST_OUT

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, handle: str) -> AsyncIterator[bytes]:
        """A new address every time, because each works for an hour only; then the bytes."""
        url = await self._address(handle)
        try:
            async with (
                aiohttp.ClientSession(timeout=TIMES, trust_env=False) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status != _OK:
                    gone = answer.status in _GONE
                    raise FetchError("gone" if gone else "unreachable", permanent=gone)
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError):
            # Not chained: the address stands in the words of such errors.
            raise FetchError("unreachable", permanent=False) from None

    async def _address(self, handle: str) -> URL:
        try:
            found = await self._bot.get_file(handle)
        except TelegramError as error:
            raise _in_words_of_chat(error) from None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise FetchError("unreachable", permanent=False) from None
        address = found.file_path or ""
        base = self._bot.base_file_url
        if not address.startswith(f"{base}/"):
            raise FetchError("gone", permanent=True)
        return URL(address)


def _in_words_of_chat(error: TelegramError) -> FetchError:
    match error:
        case Flood():
            return FetchError("slow-down", permanent=False, retry_after_s=error.retry_after_s)
        case BadRequest():
            large = _TOO_BIG in error.message.lower()
            return FetchError("too-large" if large else "gone", permanent=True)
        case InvalidToken():
            return FetchError("bad-token", permanent=False)
        case _:
            return FetchError("unreachable", permanent=False)
