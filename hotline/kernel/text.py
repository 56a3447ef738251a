"""Text from outside, made safe to store without losing a word of it."""

import unicodedata

_KEEP = {"\n", "\t"}


def clean(text: str, *, limit: int) -> str:
    """Drop what PostgreSQL or a screen cannot take: NUL, lone surrogates, controls; cut at `limit`.

    Zero-width and right-to-left marks stay: they are part of some people's writing, and the desk
    shows text only as text.
    """
    if text.isprintable():  # true for most, and then nothing is to be dropped
        return text[:limit]
    kept = (ch for ch in text if ch in _KEEP or unicodedata.category(ch) not in {"Cc", "Cs"})
    return "".join(kept)[:limit]
