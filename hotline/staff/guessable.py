"""Which passwords are guessed first: common words, this place, the keyboard. Pure, offline."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# What remains after these are taken away is what an attacker really has to guess.
_PIECES: Final = """
189 1189 hotline helpline callcenter operator supervisor administrator admin auditor senior demo
горячаялиния линия оператор администратор супервизор ишенимтелефону телефон ishonchtelefoni
migration migrant миграция мигрант trafficking human торговлялюдьми police милиция
kyrgyzstan kyrgyz kirgizstan kirgizia кыргызстан кыргыз киргизия bishkek бишкек frunze фрунзе
osh ош jalalabad jalal abad жалалабад джалалабад naryn нарын talas талас batken баткен
issykkul issyk kul ысыккөл иссыккуль karakol каракол chuy чуй чүй tokmok токмок uzgen узген
manas манас alatoo алатоо russia россия moscow москва turkey турция kazakhstan казахстан
uzbekistan узбекистан tashkent ташкент
password passwort passwd pass word parol пароль сырсөз qwerty qwertz azerty йцукен letmein
welcome login secret changeme default temp test user guest root master access trustno dragon
monkey football baseball iloveyou sunshine princess superman batman starwars whatever michael
jordan charlie computer internet google facebook telegram whatsapp instagram samsung iphone
love lovely forever family mother father привет любовь солнце спартак зенит
correcthorsebatterystaple correct horse battery staple thisisa mypassword
qwertyuiop asdfghjkl zxcvbnm qazwsxedc qazwsx wsxedc йцукенгшщзхъ фывапролджэ ячсмитьбю
abcdefghijklmnopqrstuvwxyz abcdefgh abcdef abc 1q2w3e4r5t6y7u8i9o0p 1q2w3e4r 1q2w3e 1qaz2wsx
01234567890123456789 1234567890 9876543210 123456789 12345678 1234567 123456 12345 1234 123
январь февраль март апрель июнь июль август сентябрь октябрь ноябрь декабрь
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
"""

_LOOKALIKES: Final = str.maketrans({"@": "a", "$": "s", "0": "o", "3": "e", "5": "s"})
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_RUN: Final = re.compile(r"(.{1,4}?)\1{2,}")
_LEAST_LEFT: Final = 8
_LEAST_SIGNS: Final = 6


def is_guessable(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether too little is left without common words, `own_words` (login, name) and patterns."""
    plain = _plain(password)
    own = {_plain(part) for text in own_words for part in (text, *text.split())}
    pieces = sorted(_pieces() | {word for word in own if len(word) > 1}, key=len, reverse=True)
    spellings = (plain, plain.translate(_LOOKALIKES))
    return len(set(plain)) < _LEAST_SIGNS or any(
        _left(spelling, pieces) < _LEAST_LEFT for spelling in spellings
    )


@functools.cache
def _pieces() -> frozenset[str]:
    return frozenset(_plain(piece) for piece in _PIECES.split())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or sign in "@$")


def _left(plain: str, pieces: Iterable[str]) -> int:
    rest = plain
    for piece in pieces:
        rest = rest.replace(piece, "\x00")
    rest = _YEAR.sub("\x00", rest)
    rest = _RUN.sub(r"\1", rest)
    return len(rest.replace("\x00", ""))
