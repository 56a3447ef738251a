"""What moves somebody forward, and which words are heard as danger."""

import pytest

from hotline.intake import risk
from hotline.intake.model import Risk
from hotline.intake.script import guess
from tests.unit.intake.flowing import shipped_flows

RISK = Risk(3600, {"missing": 300, "worse": 5000}, {"ru": ("заперли", "бьют меня")})


@pytest.mark.parametrize(
    ("topic", "danger", "seconds"),
    [
        (None, False, 0),
        ("wages", False, 0),
        ("missing", False, 300),
        ("missing", True, 3600),
        (None, True, 3600),
        ("worse", True, 5000),
    ],
)
def test_head_start(topic: str | None, *, danger: bool, seconds: int) -> None:
    assert risk.head_start_s(RISK, topic=topic, danger=danger) == seconds


@pytest.mark.parametrize("words", ["ЗАПЕРЛИ", "нас заперли!", "бьют   меня", "…бьют\nменя"])
def test_danger_is_heard(words: str) -> None:
    assert risk.hears_danger(RISK, words)


@pytest.mark.parametrize("words", ["", "назаперли", "бьют", "как получить патент"])
def test_other_words_are_not(words: str) -> None:
    assert not risk.hears_danger(RISK, words)


@pytest.mark.parametrize(
    "words",
    [
        "Меня избивают",
        "хозяин отобрал паспорт, нас заставляют работать",
        "Мени камап коюшту",
        "паспортумду алып койду, өлтүрөм деп коркутуп жатат",
        "Pasportimni olib qoʻyishdi",
        "oʻldiraman deb qoʻrqityapti",
        "they locked me up, he will kill me",
    ],
)
def test_shipped_words_hear_cries_for_help(words: str) -> None:
    assert risk.hears_danger(shipped_flows().telegram.risk, words)


@pytest.mark.parametrize(
    "words",
    [
        "Как проверить агентство занятости?",
        "Какие документы нужны для работы в Корее",
        "Коопсуз миграция жөнүндө сурайын дегем",
        "Xavfsiz migratsiya haqida maslahat kerak",
        "Хавфсиз миграция",
        "Do I need a patent in Russia?",
        "Не платят зарплату два месяца",
    ],
)
def test_shipped_words_let_plain_questions_pass(words: str) -> None:
    assert not risk.hears_danger(shipped_flows().telegram.risk, words)


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Здравствуйте", "ru"),
        ("Салам", "ky"),
        ("өлкө", "ky"),
        ("Assalomu alaykum", "uz"),
        ("oʻzbek", "uz"),
        ("қандай", "uz"),
        ("Hello there", "en"),
        ("Two men took me", "en"),
        ("Who's there at one o'clock", "en"),
        ("Bo'ldi", "uz"),
        ("123 ?!", None),
        ("", None),
    ],
)
def test_language_is_guessed_from_the_writing(words: str, lang: str | None) -> None:
    assert guess(words) == lang
