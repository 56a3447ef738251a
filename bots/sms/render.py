"""How a message looks as SMS: numbered choices, and pieces of one segment each.

Some networks do not join the segments of a long message, so each piece stands on its own.
"""

import re

from bots.sms import segments
from hotline.chat.cutting import cut
from hotline.chat.ports import Button


def fits(piece: str) -> bool:
    """Whether it is one segment."""
    return segments.count(piece) <= 1


def pieces(text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
    """The text with its choices as numbers, in pieces that are sent one by one.

    A text that names the number itself ("0: urgent") is not followed by the same again.
    """
    unsaid = [button for button in buttons if not _named(button.key, text)]
    lines = [text, *(f"{button.key} {button.text}" for button in unsaid)]
    return cut("\n".join(lines), fits)


def _named(key: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None
