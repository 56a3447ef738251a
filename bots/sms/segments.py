"""How many segments a text takes on the air, counted as networks count; the desk counts the same.

160 signs of the GSM alphabet, some of which take two places, or 70 UTF-16 units as soon as one
sign is outside it: any Cyrillic is, and so is the mark of oʻ. Joined segments lose room to their
header (153 and 67), and nothing that takes two places is cut in two.
`hotline/console/static/core/fmt.js` is the same for the browser.
"""

from typing import Final

GSM_ONE: Final = 160
GSM_JOINED: Final = 153
UCS2_ONE: Final = 70
UCS2_JOINED: Final = 67
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE: Final = frozenset("^{}\\[~]|€\f")
_TWO_UNITS: Final = 0x10000


def plain(text: str) -> bool:
    """Whether the GSM alphabet has every sign."""
    return all(sign in _GSM or sign in _GSM_DOUBLE for sign in text)


def places(text: str) -> int:
    """Places of the GSM alphabet, or UTF-16 units."""
    return sum(_sizes(text))


def count(text: str) -> int:
    """Segments; 0 for an empty text."""
    sizes = _sizes(text)
    one, joined = (GSM_ONE, GSM_JOINED) if plain(text) else (UCS2_ONE, UCS2_JOINED)
    if sum(sizes) <= one:
        return min(1, len(sizes))
    segments, used = 1, 0
    for size in sizes:
        if used + size > joined:
            segments, used = segments + 1, 0
        used += size
    return segments


def _sizes(text: str) -> list[int]:
    if plain(text):
        return [2 if sign in _GSM_DOUBLE else 1 for sign in text]
    return [2 if ord(sign) >= _TWO_UNITS else 1 for sign in text]
