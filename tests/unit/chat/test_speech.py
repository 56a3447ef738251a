"""What the house says in chats has words in every language, and every line it needs."""

import pytest

from hotline.chat import speech
from hotline.intake import engine
from hotline.intake.model import State, Turn
from hotline.kernel.languages import LANGS, Lang
from tests.unit.intake.flowing import shipped_catalogue, shipped_flows

CATALOGUE = shipped_catalogue()
FLOWS = shipped_flows()


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_is_written_in_every_language(lang: Lang) -> None:
    wanted = {text for lines in speech.LINES.values() for text in lines.values()}
    kinds = ("photo", "video", "voice", "document", "location", "contact", "sticker", "other")
    wanted |= {text for kind in kinds if (text := speech.kept("telegram", kind))}
    assert [text for text in sorted(wanted) if not CATALOGUE.has(lang, text)] == []


def test_words_are_not_answered_as_if_they_were_pictures() -> None:
    assert {speech.kept("telegram", kind) for kind in ("text", "edited", "press", "command")} == {
        None
    }
    assert speech.kept("sms", "text") is None


def test_danger_is_not_offered_again_to_who_said_it() -> None:
    flow = FLOWS.telegram
    queue = flow.steps["wait_text"]
    calm = Turn(State("wait_text"), queue.kind, (), engine.offered(flow, queue))
    urgent = Turn(State("wait_text", danger=True), queue.kind, (), engine.offered(flow, queue))
    assert "danger" in [option.id for option in speech.options(calm, "ru")]
    assert "danger" not in [option.id for option in speech.options(urgent, "ru")]


def test_options_keep_the_language_of_their_own_words() -> None:
    turn = engine.start(FLOWS.telegram)
    words = [button.text for button in speech.buttons(CATALOGUE, speech.options(turn, "en"))]
    assert words[:4] == [CATALOGUE.t(lang, "bot-language") for lang in LANGS]
