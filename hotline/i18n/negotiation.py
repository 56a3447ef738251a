"""Which language a browser asks for, from its Accept-Language header."""

from typing import Final

from hotline.kernel.languages import SOURCE, Lang, is_lang

_MAX_HEADER: Final = 500
# Readers of these understand Russian more likely than English.
_NEAR: Final[dict[str, Lang]] = {"kk": "ru", "tg": "ru", "be": "ru", "uk": "ru", "kir": "ky"}


def negotiate(accept_language: str | None) -> Lang:
    """The best of the four; the source language when nothing fits. Never raises."""
    wanted: list[tuple[float, int, Lang]] = []
    for order, part in enumerate((accept_language or "")[:_MAX_HEADER].split(",")):
        tag, _, parameters = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        lang = primary if is_lang(primary) else _NEAR.get(primary)
        quality = _quality(parameters)
        if lang is not None and quality > 0:
            wanted.append((-quality, order, lang))
    return min(wanted)[2] if wanted else SOURCE


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
