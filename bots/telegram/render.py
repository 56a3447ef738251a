"""How a message looks in Telegram: pieces that fit, and the keyboard under the last one."""

from typing import Final

from hotline.chat.cutting import cut
from hotline.chat.ports import Button

LIMIT: Final = 4096
SHORT: Final = 14
Rows = tuple[tuple[Button, ...], ...]


def units(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str) -> tuple[str, ...]:
    """The text in messages that Telegram takes."""
    return cut(text, lambda piece: units(piece) <= LIMIT)


def rows(buttons: tuple[Button, ...]) -> Rows:
    """The keyboard: short labels in pairs, long ones alone, so that no label is cut off."""
    made: list[tuple[Button, ...]] = []
    for button in buttons:
        last = made[-1] if made else ()
        if len(last) == 1 and units(last[0].text) <= SHORT and units(button.text) <= SHORT:
            made[-1] = (*last, button)
        else:
            made.append((button,))
    return tuple(made)
