"""How a message looks as SMS: numbered choices, and pieces of one segment each.

Some networks do not join the segments of a long message, so each piece stands on its own: 160
signs of the GSM alphabet, or 70 UTF-16 units as soon as one sign is outside it (any Cyrillic is).
"""

import re
from typing import Final

from hotline.chat.cutting import cut
from hotline.chat.ports import Button

GSM_LIMIT: Final = 160
UCS2_LIMIT: Final = 70
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE: Final = frozenset("^{}\\[~]|€\f")


def fits(piece: str) -> bool:
    """Whether it is one segment."""
    if all(sign in _GSM or sign in _GSM_DOUBLE for sign in piece):
        return len(piece) + sum(sign in _GSM_DOUBLE for sign in piece) <= GSM_LIMIT
    return len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= UCS2_LIMIT


def pieces(text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
    """The text with its choices as numbers, in pieces that are sent one by one.

    A text that names the number itself ("0: urgent") is not followed by the same again.
    """
    unsaid = [button for button in buttons if not _named(button.key, text)]
    lines = [text, *(f"{button.key} {button.text}" for button in unsaid)]
    return cut("\n".join(lines), fits)


def _named(key: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None
