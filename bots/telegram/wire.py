"""The Bot API over HTTP, and its refusals put into the words of chat, here and nowhere else."""

import json
from typing import Any, Final

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError
from telegram.request import HTTPXRequest
from typing_extensions import override

from hotline.chat.ports import DeliveryError, OutcomeUnknown
from hotline.settings import Telegram

_CONNECT_S: Final = 5.0
_READ_S: Final = 10.0
_POOL: Final = 64
_TOO_MANY: Final = 429
_DEFAULT_FLOOD_S: Final = 5.0
# The request never left: trying again cannot double anything.
_NOT_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
_NO_ADDRESS: Final = ("chat not found", "user not found", "peer_id_invalid")
_GONE: Final = ("message to edit not found", "message can't be edited")


class Flood(TelegramError):  # noqa: N818 - Telegram's own word
    """Telegram wants to be left alone for `retry_after_s` seconds."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("flood")
        self.retry_after_s = retry_after_s


class Wire(HTTPXRequest):
    """HTTP without the environment's proxies; a flood answer keeps its seconds."""

    def __init__(self) -> None:
        super().__init__(
            connection_pool_size=_POOL,
            read_timeout=_READ_S,
            write_timeout=_READ_S,
            connect_timeout=_CONNECT_S,
            pool_timeout=_CONNECT_S,
            httpx_kwargs={"trust_env": False},
        )

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status == _TOO_MANY:
            raise Flood(_retry_after(body))
        return status, body


def make_bot(section: Telegram, wire: Wire) -> Bot:
    """The typed client. It makes no request by itself: Telegram may be away at the start."""
    base = section.api_base_url
    return Bot(
        section.token.reveal(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=wire,
        get_updates_request=wire,
    )


def in_words_of_chat(error: TelegramError) -> DeliveryError | OutcomeUnknown:
    """What a failed request means for the message. BadRequest is a NetworkError: it comes first."""
    match error:
        case Flood():
            found = DeliveryError("slow-down", permanent=False, retry_after_s=error.retry_after_s)
        case Forbidden():
            found = DeliveryError("blocked", permanent=True)
        case BadRequest():
            found = _refusal(error.message.lower())
        case ChatMigrated():
            found = DeliveryError("no-address", permanent=True)
        case InvalidToken():
            # Ours to repair: whoever waits gets the message once the token is right.
            found = DeliveryError("bad-token", permanent=False)
        case _ if type(error.__cause__).__name__ in _NOT_SENT:
            found = DeliveryError("unreachable", permanent=False)
        case _:
            return OutcomeUnknown()
    return found


def _refusal(words: str) -> DeliveryError:
    if any(said in words for said in _NO_ADDRESS):
        return DeliveryError("no-address", permanent=True)
    if any(said in words for said in _GONE):
        return DeliveryError("gone", permanent=True)
    if "message is too long" in words:
        return DeliveryError("too-long", permanent=True)
    return DeliveryError("refused", permanent=True)


def _retry_after(body: bytes) -> float:
    try:
        wait = json.loads(body)["parameters"]["retry_after"]
    except (ValueError, KeyError, TypeError):
        return _DEFAULT_FLOOD_S
    usable = isinstance(wait, int | float) and wait > 0
    return float(wait) if usable else _DEFAULT_FLOOD_S
