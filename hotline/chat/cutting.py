"""Cuts a long text where it hurts least: between paragraphs, sentences, words, then anywhere."""

import re
from collections.abc import Callable, Iterator
from typing import Final

Fits = Callable[[str], bool]

# A piece keeps the white space behind it, so that putting pieces together changes nothing.
_PIECES: Final = (
    re.compile(r".*?(?:\n\s*\n\s*|\Z)", re.DOTALL),
    re.compile(r".*?(?:(?<=[.!?…])\s+|\n+|\Z)", re.DOTALL),
    re.compile(r"\S*\s*"),
    re.compile(r".", re.DOTALL),
)


def cut(text: str, fits: Fits) -> tuple[str, ...]:
    """The text in as few pieces as reading allows, each of which fits; the same every time."""
    whole = text.strip()
    if fits(whole):
        return (whole,)
    found = (piece.strip() for piece in _cut(whole, fits, 0))
    return tuple(piece for piece in found if piece)


def _cut(text: str, fits: Fits, level: int) -> Iterator[str]:
    held = ""
    for piece in filter(None, _PIECES[level].findall(text)):
        if fits((held + piece).strip()):
            held += piece
            continue
        if held:
            yield held
            held = ""
        if level == len(_PIECES) - 1 or fits(piece.strip()):
            held = piece
            continue
        *whole, held = _cut(piece, fits, level + 1)
        yield from whole
    if held:
        yield held
