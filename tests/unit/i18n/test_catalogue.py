"""One function for every text, in the language asked for or the next best."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.i18n import formats
from hotline.i18n.catalogue import Catalogue, CatalogueProblems
from hotline.i18n.negotiation import negotiate
from hotline.kernel.languages import LANGS, Lang

RU = """
-line = линия
hello = Здравствуйте, это { -line }.
    .audio = hello-1
only-russian = Только по-русски
count = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[many] { $n } человек
}
"""
KY = """
hello = Саламатсызбы
count = { $n ->
    [one] { $n } киши
   *[other] { $n } киши
}
only-kyrgyz = Кыргызча гана
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        {
            "ru": {"common": RU},
            "ky": {"common": KY},
            "uz": {"common": "number = { NUMBER($n) }"},
            "en": {"common": "number = { $n }", "bot": "late = { $when }"},
        }
    )


def test_own_language_first(catalogue: Catalogue) -> None:
    assert catalogue.t("ky", "hello") == "Саламатсызбы"
    assert catalogue.t("ru", "hello") == "Здравствуйте, это линия."


@pytest.mark.parametrize("lang", ["ky", "uz", "en"])
def test_missing_text_is_said_in_russian(catalogue: Catalogue, lang: Lang) -> None:
    assert catalogue.t(lang, "only-russian") == "Только по-русски"


def test_text_missing_in_russian_is_said_in_kyrgyz(catalogue: Catalogue) -> None:
    assert catalogue.t("ru", "only-kyrgyz") == "Кыргызча гана"


def test_unknown_text_is_its_id(catalogue: Catalogue) -> None:
    assert catalogue.t("uz", "no-such.audio") == "no-such.audio"


def test_attributes_fall_back_too(catalogue: Catalogue) -> None:
    assert catalogue.t("ru", "hello.audio") == "hello-1"
    assert catalogue.t("ky", "hello.audio") == "hello-1"
    assert not catalogue.has("ky", "hello.audio")


def test_missing_argument_never_raises(catalogue: Catalogue) -> None:
    assert catalogue.t("en", "late") == "when"


@pytest.mark.parametrize(
    ("n", "text"), [(1, "1 человек"), (3, "3 человека"), (11, "11 человек"), (21, "21 человек")]
)
def test_russian_plurals(catalogue: Catalogue, n: int, text: str) -> None:
    assert catalogue.t("ru", "count", n=n) == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [("uz", "1\u00a0234\u00a0567,5"), ("en", "1,234,567.5")],
)
def test_numbers_of_the_language(catalogue: Catalogue, lang: Lang, text: str) -> None:
    assert catalogue.t(lang, "number", n=1234567.5) == text


def test_texts_carry_no_invisible_marks(catalogue: Catalogue) -> None:
    assert catalogue.t("en", "late", when="now") == "now"


def test_ids_attributes_variables_and_forms(catalogue: Catalogue) -> None:
    assert catalogue.ids("common") == ("hello", "only-russian", "count")
    assert catalogue.attributes("ru", "hello") == ("audio",)
    assert catalogue.variables("ru", "count") == {"n"}
    assert catalogue.selectors("ru", "count") == (frozenset({"one", "few", "many"}),)
    assert catalogue.areas("en") == ("common", "bot")


def test_source_is_the_raw_text_of_the_files_asked_for(catalogue: Catalogue) -> None:
    source = catalogue.source("en", ["bot", "common", "no-such"])

    assert source == "late = { $when }\n\nnumber = { $n }\n"


def test_every_fault_is_named() -> None:
    with pytest.raises(CatalogueProblems) as refused:
        Catalogue({"ru": {"common": "a = 1\nthis is no message\n", "bot": "a = 2"}})

    assert refused.value.problems == [
        "ru/common.ftl: line 2 is not Fluent",
        "ru/bot.ftl: a is written twice",
    ]


def test_missing_language_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "common.ftl").write_text("a = 1")

    with pytest.raises(CatalogueProblems) as refused:
        Catalogue.load(tmp_path)
    assert refused.value.problems == [
        f"{lang}: no catalogue files" for lang in LANGS if lang != "ru"
    ]


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("ky-KG,ky;q=0.9,ru;q=0.8", "ky"),
        ("de,uz;q=0.3,en;q=0.4", "en"),
        ("kk-KZ", "ru"),
        ("RU", "ru"),
        ("uz;q=0,en;q=nonsense", "ru"),
        ("fr", "ru"),
        ("", "ru"),
        (None, "ru"),
        ("uz;q=0.5,ky;q=0.5", "uz"),
        ("en;level=1", "en"),
        ("en;q=7,ky;q=0.1", "ky"),
    ],
)
def test_language_of_a_browser(header: str | None, lang: str) -> None:
    assert negotiate(header) == lang


AT = datetime(2026, 11, 23, 20, 5, tzinfo=UTC)  # already the 24th in Bishkek


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "24 ноября 2026\u202fг., 02:05"),
        ("ky", "2026-ж., 24-ноябрь, 02:05"),
        ("uz", "24-noyabr, 2026, 02:05"),
        ("en", "November 24, 2026, 02:05"),
    ],
)
def test_times_are_those_of_bishkek(lang: Lang, text: str) -> None:
    assert formats.moment(lang, AT) == text


def test_opening_names_the_day_only_when_it_is_another() -> None:
    assert formats.opens("ru", AT, AT.replace(hour=19)) == "02:05"
    assert formats.opens("en", AT, AT.replace(hour=12)) == "November 24, 2026, 02:05"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ru", "5 минут назад"), ("ky", "5 мүнөт мурун"), ("uz", "5 daqiqa oldin")],
)
def test_how_long_ago(lang: Lang, text: str) -> None:
    assert formats.ago(lang, AT, AT.replace(minute=10)) == text


def test_plain_numbers() -> None:
    assert formats.number("ky", 12345.5) == "12\u00a0345,5"
