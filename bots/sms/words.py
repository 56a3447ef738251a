"""Words that stop and resume what is sent automatically: only where the word is all there is.

The same word inside a sentence is a sentence, and a sentence is somebody who may need help.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from hotline.chat.model import InboundKind
from hotline.intake.risk import fold


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


_STOP: Final = _folded(
    (
        *("стоп", "хватит", "отписаться", "отписка", "не пишите", "не пишите мне"),
        *("токтот", "токто", "токтоткула", "токтотуңуз", "жазба", "жазбагыла", "жазбаңыз"),
        *("toʻxta", "toxta", "toʻxtat", "toxtat", "toʻxtang", "toʻxtating", "yozma", "yozmang"),
        *("тўхта", "тохта", "тўхтат", "тўхтанг", "тўхтатинг", "ёзма", "ёзманг"),
        *("stop", "stopall", "stop all", "unsubscribe", "optout", "opt out"),
    )
)
_RESUME: Final = _folded(
    (
        *("старт", "начать", "возобновить", "пишите", "можно писать"),
        *("башта", "баштоо", "баштагыла", "улант", "уланта бер"),
        *("boshla", "boshlash", "davom", "davom et", "бошла", "давом эт"),
        *("start", "unstop", "resume"),
    )
)
_ERASE: Final = _folded(("удалить", "удали", "delete", "өчүр", "өчүрүү", "oʻchir", "ўчир"))
# Apostrophes fall away: people write toʻxta, to'xta and to`xta, and phones add marks nobody sees.
_MARKS: Final = re.compile(r"(?<=\w)'(?=\w)")


def wish(text: str) -> InboundKind | None:
    """What a message that is nothing but such a word asks for."""
    said = _said(text)
    for name, words in (("stop", _STOP), ("resume", _RESUME)):
        if said in words or _MARKS.sub("", said) in words:
            return "stop" if name == "stop" else "resume"
    return None


def erases(text: str) -> bool:
    """Whether it is nothing but the word that makes a conversation disappear."""
    said = _said(text)
    return said in _ERASE or _MARKS.sub("", said) in _ERASE


def _said(text: str) -> str:
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Mn", "Cc"})
    return fold(seen)
