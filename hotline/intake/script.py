"""Which language a first text seems to be in, when its writer has not chosen one yet."""

import re

from hotline.kernel.languages import Lang

_KYRGYZ = re.compile(r"[ңөү]", re.IGNORECASE)
_UZBEK_CYRILLIC = re.compile(r"[ўқғҳ]", re.IGNORECASE)
_UZBEK_LATIN = re.compile(
    r"[og][\u02bb\u02bc\u2018\u2019'`](?!s\b|d\b|ll\b|re\b|clock)"
    r"|\b(?:salom|assalomu|alaykum|yordam|kerak|menga|qanday|iltimos|rahmat|ishlamoqchi|bormi"
    r"|qayerda|nima|uchun|pasportim|pasportimni)\b",
    re.IGNORECASE,
)
_KYRGYZ_WORDS = re.compile(
    r"\b(?:салам|саламатсызбы|жардам|керек|мага|мени|кантип|барбы|жок|рахмат|жумуш|кайда)\b",
    re.IGNORECASE,
)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]{3}", re.IGNORECASE)


def guess(words: str) -> Lang | None:
    """A guess for the first reply and the queue only; `None` when there is nothing to go by."""
    if _UZBEK_CYRILLIC.search(words):
        return "uz"
    if _KYRGYZ.search(words) or _KYRGYZ_WORDS.search(words):
        return "ky"
    if _CYRILLIC.search(words):
        return "ru"
    if _UZBEK_LATIN.search(words):
        return "uz"
    return "en" if _LATIN.search(words) else None
