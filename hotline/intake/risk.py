"""What raises the priority of a contact, decided from codes and words alone."""

import re
import unicodedata

from hotline.intake.model import Risk

_APOSTROPHES = str.maketrans(dict.fromkeys("\u02bb\u02bc\u2018\u2019`\u00b4", "'"))
_NOT_WORDS = re.compile(r"[^\w']+")


def head_start_s(risk: Risk, *, topic: str | None, danger: bool) -> int:
    """Seconds a contact is moved forward; waiting itself counts on top, so nobody starves."""
    by_topic = risk.topics_s.get(topic, 0) if topic else 0
    return max(risk.danger_s, by_topic) if danger else by_topic


def hears_danger(risk: Risk, words: str) -> bool:
    """Whether a text holds a danger word or phrase of any of the languages.

    All languages are tried, because people mix them. An entry matches at the start of a word, so
    one stem covers its endings. A false alarm costs a place in the queue; a miss costs more.
    """
    heard = f" {fold(words)}"
    return any(f" {entry}" in heard for entries in risk.words.values() for entry in entries)


def fold(words: str) -> str:
    """Lower case, one kind of apostrophe, single spaces: the form in which words are compared."""
    text = unicodedata.normalize("NFC", words).casefold().replace("ё", "е").translate(_APOSTROPHES)
    return " ".join(_NOT_WORDS.sub(" ", text).split())
