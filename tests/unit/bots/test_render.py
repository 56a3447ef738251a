"""How messages look in Telegram and in an SMS."""

import pytest

from bots.sms import render as sms
from bots.telegram import render as telegram
from hotline.chat.ports import Button
from hotline.kernel.languages import LANGS, Lang
from tests.unit.intake.flowing import shipped_catalogue, shipped_flows

CATALOGUE = shipped_catalogue()
FLOWS = shipped_flows()


def labels(lang: Lang, step: str) -> tuple[Button, ...]:
    choices = FLOWS.telegram.steps[step].choices
    return tuple(Button(c.id, c.key, CATALOGUE.t(c.lang or lang, c.label)) for c in choices)


def test_telegram_counts_in_utf16_units() -> None:
    pieces = telegram.pieces("😀" * 3000)
    assert [telegram.units(piece) for piece in pieces] == [4096, 1904]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("step", ["language", "topic"])
def test_no_button_is_lost_and_short_ones_pair_up(lang: Lang, step: str) -> None:
    buttons = labels(lang, step)
    rows = telegram.rows(buttons)
    assert tuple(button for row in rows for button in row) == buttons
    assert all(len(row) <= 2 for row in rows)
    assert all(telegram.units(b.text) <= telegram.SHORT for row in rows if row[1:] for b in row)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_an_sms_is_one_segment_or_several_of_them(text: str, parts: int) -> None:
    pieces = sms.pieces(text, ())
    assert len(pieces) == parts
    assert all(sms.fits(piece) for piece in pieces)
    assert "".join(pieces) == text


def test_choices_are_numbered_unless_the_text_names_the_number() -> None:
    buttons = (Button("danger", "0", "Urgent"), Button("change.en", "4", "English"))
    assert sms.pieces("Received. 0 is urgent.", buttons) == ("Received. 0 is urgent.\n4 English",)
    assert sms.pieces("It costs 10 or 40.", buttons) == ("It costs 10 or 40.\n0 Urgent\n4 English",)


@pytest.mark.parametrize("lang", LANGS)
def test_every_automatic_sms_is_one_segment_with_its_choices(lang: Lang) -> None:
    flow = FLOWS.sms
    for step in filter(lambda one: one.prompts, flow.steps.values()):
        said = [CATALOGUE.t(lang, p.id, hours="08:00-20:00") for p in step.prompts]
        buttons = tuple(Button(c.id, c.key, CATALOGUE.t(lang, c.label)) for c in step.choices)
        pieces = sms.pieces("\n\n".join(said), buttons)
        assert "\n\n".join(pieces) == "\n\n".join(said), step.name
        assert all(sms.fits(text) for text in (*said, *pieces)), step.name
