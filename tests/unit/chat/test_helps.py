"""Small decisions of what the bot does by itself."""

from datetime import UTC, datetime

import pytest

from hotline.chat.alarming import says
from hotline.chat.helping import number_in
from hotline.chat.model import ChatRules
from hotline.chat.reminding import loud


@pytest.mark.parametrize(
    ("words", "e164"),
    [
        ("0700 123 456", "+996700123456"),
        ("позвоните на +7 (926) 123-45-67 вечером", "+79261234567"),
        ("+996700123456", "+996700123456"),
        ("меня держат в доме 5", None),
        ("0700 123 456 или 0555 123 456", None),
        ("", None),
    ],
)
def test_one_number_in_a_text_is_read_and_two_are_not_chosen_from(
    words: str, e164: str | None
) -> None:
    found = number_in(words)
    assert (found.e164 if found else None) == e164


@pytest.mark.parametrize(
    ("at", "then"),
    [  # UTC; Bishkek is six hours ahead, and quiet from 22 to 8
        ("2026-03-01T10:00", "2026-03-01T10:00"),
        ("2026-03-01T16:30", "2026-03-02T02:00"),
        ("2026-03-01T23:30", "2026-03-02T02:00"),
        ("2026-03-02T02:00", "2026-03-02T02:00"),
    ],
)
def test_nobody_is_reminded_in_the_quiet_hours(at: str, then: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert loud(moment(at), ChatRules()) == moment(then)


@pytest.mark.parametrize(
    ("word", "text", "heard"),
    [
        ("Синий чай", "есть ли СИНИЙ, чай?", True),
        ("чай", "чайник", False),
        ("", "что угодно", False),
        ("...", "что угодно", False),
    ],
)
def test_the_word_is_heard_as_a_whole_word(word: str, text: str, *, heard: bool) -> None:
    assert says(word, text) is heard
