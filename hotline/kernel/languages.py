"""The four languages, and what is said when a text is missing in one of them."""

from typing import Final, Literal, TypeGuard

Lang = Literal["ky", "ru", "uz", "en"]
LANGS: Final[tuple[Lang, ...]] = ("ky", "ru", "uz", "en")
SOURCE: Final[Lang] = "ru"
FALLBACK: Final[dict[Lang, Lang]] = {"ky": "ru", "uz": "ru", "en": "ru", "ru": "ky"}


def is_lang(value: object) -> TypeGuard[Lang]:
    """Whether a value from outside names one of the four."""
    return value in LANGS


def as_lang(value: object, default: Lang = SOURCE) -> Lang:
    """The language a value names, else the default: a stored code is never a reason to fail."""
    return value if is_lang(value) else default
