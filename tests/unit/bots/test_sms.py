"""SMS without a network: segments, words that stop, codes, and what a strange provider may send."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.sms import bycarrier, codes, fields, model, render, segments, words
from bots.sms.byaggregator import ByAggregator
from bots.sms.door import read
from hotline.carrier.form import Form
from hotline.chat import speech, templates
from hotline.chat.model import MessageState
from hotline.chat.ports import Outbound, Report
from hotline.kernel.languages import LANGS, Lang
from hotline.settings import CONFIG_DIR, load
from hotline.settings.aggregator import CODES
from tests.unit.intake.flowing import shipped_catalogue, shipped_flows

CATALOGUE = shipped_catalogue()
TEMPLATES = templates.load(CONFIG_DIR)
EMERGENCY = {"102", "103"}
AGGREGATOR = ByAggregator(load({}, CONFIG_DIR, "test").aggregator, "http://127.0.0.1:1")
STRANGE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(["", "\x00", "\ud800", "\udcff", "\u202eabc\u200b", "я" * 1700, "👩‍👩‍👧" * 30]),
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # what takes two places is not cut in two
        ("ң" * 70, 1),
        ("ң" * 71, 2),
        ("ң" * 134, 2),
        ("ң" * 135, 3),
        ("oʻ" * 35, 1),
        ("ң" * 66 + "😀" + "ң" * 66, 3),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, count: int) -> None:
    assert segments.count(text) == count


@given(STRANGE)
@settings(max_examples=60)
def test_every_piece_is_one_segment_and_nothing_is_lost(text: str) -> None:
    pieces = render.pieces(text, ())
    assert all(segments.count(piece) <= 1 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "word", ["СТОП", "стоп!", " «Стоп» ", "Токтот", "ТОКТОТУҢУЗ.", "TOʻXTA", "to'xta", "toxta"]
)
@pytest.mark.parametrize("seen", ["{}", "\u200b{}\u2069", "{}\x00"])
def test_a_word_alone_stops(word: str, seen: str) -> None:
    assert words.wish(seen.format(word)) == "stop"


@pytest.mark.parametrize("word", ["СТАРТ", "start", "Башта", "BOSHLA", "unstop"])
def test_a_word_alone_resumes(word: str) -> None:
    assert words.wish(word) == "resume"


@pytest.mark.parametrize(
    "text",
    ["стоп помогите", "Help me stop him", "end", "help", "", "0", "токтот мени сабап жатат", "да"],
)
def test_more_than_the_word_is_somebody_who_says_something(text: str) -> None:
    assert words.wish(text) is None


def test_codes_are_the_same_in_settings_and_have_words_at_the_desk() -> None:
    assert codes.OURS == CODES
    for code in (*codes.OURS, "asked-to-stop", "not-safe"):
        assert all(CATALOGUE.has(lang, f"why-{code}") for lang in LANGS), code
    assert codes.of_number("21610") == "opted-out"
    assert codes.of_number("12345") == "carrier-12345"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text_id", sorted(TEMPLATES.ids))
def test_an_automatic_sms_is_short_and_gives_nothing_away(text_id: str, lang: Lang) -> None:
    said = CATALOGUE.t(lang, text_id, opens="08:00", hours="08:00-20:00", code="K7Q2M9XA")
    assert segments.count(said) == 1
    assert len(said) <= 70
    assert not re.search(r"https?:|www\.|\w\.\w", said)
    numbers = set(re.findall(r"(?<![\d:])\d{3,}", said.replace("K7Q2M9XA", "")))
    assert numbers <= EMERGENCY


def test_a_text_that_nobody_approved_stops_the_start() -> None:
    flow = shipped_flows().sms
    assert templates.unapproved(TEMPLATES, flow) == []
    fewer = TEMPLATES.model_copy(update={"templates": TEMPLATES.templates[1:]})
    (problem,) = templates.unapproved(fewer, flow)
    assert TEMPLATES.templates[0].id in problem
    assert set(speech.LINES["sms"].values()) <= TEMPLATES.ids
    # And nobody says anything by SMS beside those lines.
    room = Path(speech.__file__).parent
    naming = {path.name for path in room.glob("*.py") if '"bot-sms-' in path.read_text("utf-8")}
    assert naming == {"speech.py"}


@given(st.dictionaries(st.sampled_from(["From", "To", "Body", "NumMedia", "X"]), STRANGE))
@settings(max_examples=60)
def test_whatever_a_carrier_posts_is_read(posted: dict[str, str]) -> None:
    form = Form(posted)
    arrival = bycarrier.arrival(form)
    assert model.NAME.fullmatch(arrival.event_id)
    assert arrival == bycarrier.arrival(form)
    arrival.raw.encode()
    inbound = read(arrival)
    if inbound is not None:
        (inbound.text or "").encode()


@given(st.dictionaries(st.sampled_from(["id", "from", "to", "text", "media", "ref"]), STRANGE))
@settings(max_examples=60)
def test_whatever_a_local_provider_posts_is_read(posted: dict[str, str]) -> None:
    form = Form(posted)
    assert model.NAME.fullmatch(AGGREGATOR.parse_inbound(form).event_id)
    assert AGGREGATOR.parse_status(form, "") is None


def test_reports_of_a_local_provider_are_ranked_by_the_words_of_the_settings() -> None:
    form = fields.of_json(
        b'{"id": 7, "ref": "12.0", "status": "UNDELIVERED", "error": "absent", "more": {"x": [1]}}'
    )
    assert AGGREGATOR.parse_status(form, "") == Report(
        "sms", 12, 0, "7", MessageState.FAILED, "phone-off"
    )
    assert AGGREGATOR.parse_status(Form({"ref": "12.0", "status": "odd"}), "") is None
    whole = model.ref(Outbound(12, 0, "+996", "", tried=77))
    report = AGGREGATOR.parse_status(Form({"status": "sent"}), whole)
    assert report is not None
    assert (report.message_id, report.part, report.tried) == (12, 0, 77)


def test_json_of_any_depth_is_a_form() -> None:
    body = b'{"m": {"to": "+1", "tags": ["a", true, null]}, "n": 5}'
    assert dict(fields.of_json(body)) == {
        "m.to": "+1",
        "m.tags.0": "a",
        "m.tags.1": "true",
        "n": "5",
    }
    assert fields.nested({"m.to": "+1", "m.text": "x", "n": "5"}) == {
        "m": {"to": "+1", "text": "x"},
        "n": "5",
    }
    for broken in (b"", b"\xff", b"[" * 100_000, b'"text"', b'{"a": "\\ud800"}'):
        fields.of_json(broken)
