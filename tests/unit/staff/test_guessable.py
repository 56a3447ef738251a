"""Passwords that are long and still the first to be tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.staff.guessable import is_guessable
from hotline.staff.seed import CAST


@pytest.mark.parametrize(
    "password",
    [
        "123456789012345",
        "PasswordPassword1",
        "P@ssw0rdP@ssw0rd",
        "qwertyuiopasdfgh",
        "Kyrgyzstan2024!",
        "hotline189hotline",
        "горячая линия 189",
        "Bishkek-Osh-Naryn-2025",
        "correct horse battery staple",
        "aaaaaaaaaaaaaaaaa",
        "xyxyxyxyxyxyxyxyxy",
        "пароль-пароль-пароль",
    ],
)
def test_common_words_and_patterns_are_not_enough(password: str) -> None:
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    [
        "my cousin paints blue goats",
        "зелёный чайник поёт",
        "tR7-vq9!kLw2_zPx",
        "көк бука сүт ичет 7",
    ],
)
def test_own_words_of_enough_length_pass(password: str) -> None:
    assert not is_guessable(password)


def test_the_persons_own_name_does_not_count() -> None:
    assert not is_guessable("nurjamal-toktogulova")
    assert is_guessable("nurjamal-toktogulova", ("nurjamal", "Nurjamal Toktogulova"))


@given(st.text(st.characters(), max_size=128))
def test_any_text_gets_an_answer(password: str) -> None:
    assert is_guessable(password) in {True, False}


@pytest.mark.parametrize("person", CAST)
def test_the_demo_itself_keeps_the_rule(person: object) -> None:
    login, name, password = (getattr(person, key) for key in ("login", "name", "password"))

    assert not is_guessable(password, (login, name))
