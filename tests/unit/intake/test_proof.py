"""A flow that could lose somebody is refused, and every fault is named."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from hotline.i18n.catalogue import Catalogue
from hotline.intake import flows
from hotline.intake.model import Choice, Flow, Kind, Prompt, Step
from hotline.intake.proof import Texts, prove
from tests.unit.intake.flowing import (
    DANGER,
    ROOT,
    EverySound,
    NoSound,
    a_flow,
    an_ask,
    shipped_catalogue,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shipped_catalogue()


def faults(flow: Flow, catalogue: Catalogue) -> str:
    return "\n".join(prove(flow, Texts(catalogue, EverySound())))


def test_sound_flow_has_no_faults(catalogue: Catalogue) -> None:
    work = Choice("work", "1", "bot-topic-wages", topic="wages", goto="wait")

    assert faults(a_flow(an_ask("ask", work)), catalogue) == ""


def test_unknown_step_is_named(catalogue: Catalogue) -> None:
    lost = Choice("lost", "1", "bot-topic-other", goto="nowhere")

    assert "steps.ask.lost: there is no step 'nowhere'" in faults(
        a_flow(an_ask("ask", lost)), catalogue
    )


def test_nobody_who_writes_is_promised_a_call(catalogue: Catalogue) -> None:
    ring = Choice("ring", "1", "bot-topic-other", goto="wait", callback=True)

    assert "steps.ask.ring: only callers can be called back" in faults(
        a_flow(an_ask("ask", ring)), catalogue
    )


def test_unreachable_step_is_named(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask"), Step("island", Kind.QUEUE, (Prompt("bot-wait"),)))

    assert "steps.island: nothing leads here" in faults(flow, catalogue)


def test_way_back_is_refused(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask", otherwise="next"), an_ask("next", otherwise="ask"))

    assert "steps.ask: a way leads back here" in faults(flow, catalogue)
    assert "steps.next: a way leads back here" in faults(flow, catalogue)


def test_question_that_only_repeats_itself_is_refused(catalogue: Catalogue) -> None:
    assert "steps.ask: a way leads back" in faults(
        a_flow(an_ask("ask", otherwise="ask")), catalogue
    )


def test_asking_again_by_a_key_is_no_loop(catalogue: Catalogue) -> None:
    again = Choice("again", "1", "bot-topic-other", goto="ask")

    assert faults(a_flow(an_ask("ask", again)), catalogue) == ""


def test_a_way_back_that_says_so_is_counted_and_no_loop(catalogue: Catalogue) -> None:
    back = Choice("back", "1", "bot-topic-other", goto="ask", back=True)

    assert faults(a_flow(an_ask("ask", otherwise="next"), an_ask("next", back)), catalogue) == ""
    silent = replace(back, back=False)
    flow = a_flow(an_ask("ask", otherwise="next"), an_ask("next", silent))
    assert "a way leads back here" in faults(flow, catalogue)


def test_path_without_end_is_refused(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask", otherwise=None))

    assert "steps.ask: the path stops here" in faults(flow, catalogue)


def test_danger_must_lead_to_a_queue(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask"), danger=replace(DANGER, goto="ask"))

    assert "danger.goto: 'ask' must be a queue step" in faults(flow, catalogue)


def test_danger_must_raise_danger(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask"), danger=replace(DANGER, danger=False))

    assert "danger: the choice must set danger: true" in faults(flow, catalogue)


def test_danger_key_cannot_be_taken(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask", Choice("work", "0", "bot-topic-wages", goto="wait")))

    assert "steps.ask.work: key 0 is taken by danger" in faults(flow, catalogue)


@pytest.mark.parametrize("key", ["A", "10", ""])
def test_key_must_be_on_a_telephone(catalogue: Catalogue, key: str) -> None:
    flow = a_flow(an_ask("ask", Choice("work", key, "bot-topic-wages", goto="wait")))

    assert "is not a key" in faults(flow, catalogue)


def test_long_button_id_is_refused(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask", Choice("ж" * 33, "1", "bot-topic-wages", goto="wait")))

    assert "the id is longer than 64 bytes" in faults(flow, catalogue)


def test_same_id_twice_is_refused(catalogue: Catalogue) -> None:
    work = Choice("work", "1", "bot-topic-wages", goto="next")
    flow = a_flow(an_ask("ask", work), an_ask("next", replace(work, goto="wait")))

    assert "steps.next.work: the id is taken in steps.ask" in faults(flow, catalogue)


def test_missing_text_is_named_per_language(catalogue: Catalogue) -> None:
    flow = a_flow(replace(an_ask("ask"), prompts=(Prompt("bot-no-such"),)))

    found = faults(flow, catalogue)
    assert all(f"bot-no-such ({lang}): no such text" in found for lang in ("ky", "ru", "uz", "en"))


def test_spoken_flow_needs_sounds(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask"), spoken=True)

    found = prove(flow, Texts(catalogue, NoSound()))
    assert "bot-wait (ky): no sound" in found
    assert prove(replace(flow, spoken=False), Texts(catalogue, NoSound())) == []


def test_spoken_text_cannot_use_variables(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask"), spoken=True)

    assert "bot-closed (ru): uses variables nobody fills in" in faults(flow, catalogue)


def test_sms_texts_fit_one_message(catalogue: Catalogue) -> None:
    flow = replace(a_flow(an_ask("ask")), channel="sms")

    assert "more than 70" in faults(flow, catalogue)


def test_closed_line_may_not_lead_back_to_itself(catalogue: Catalogue) -> None:
    closed = an_ask("shut", otherwise="wait")
    flow = replace(a_flow(an_ask("ask"), closed, spoken=True), closed="shut")

    assert "leads to the queue step 'wait' while the line is shut" in faults(flow, catalogue)


def test_only_callers_speak_after_a_tone(catalogue: Catalogue) -> None:
    flow = a_flow(an_ask("ask", otherwise="speak"), Step("speak", Kind.MESSAGE))

    assert "steps.speak: only callers can speak after a tone" in faults(flow, catalogue)


def test_words_are_never_turned_away_at_night(catalogue: Catalogue) -> None:
    flow = replace(a_flow(an_ask("ask"), Step("shut", Kind.CLOSED)), closed="shut")

    assert "'shut' must be a queue step" in faults(flow, catalogue)


def test_shipped_configuration_is_proved(catalogue: Catalogue) -> None:
    assert flows.check(ROOT / "config", catalogue, sounds=None) == []


def test_all_problems_of_all_files_are_named_at_once(catalogue: Catalogue, tmp_path: Path) -> None:
    config = tmp_path / "config"
    copytree(ROOT / "config", config)
    (config / "hours.toml").write_text('timezone = "Mars"\n[week]\nmonday = ["9-10"]\n')
    (config / "flows" / "sms.yaml").write_text("start: [")
    (config / "danger_words.yaml").write_text("review: none\nwords: {ru: [ab]}\n")
    telegram = config / "flows" / "telegram.yaml"
    telegram.write_text(telegram.read_text().replace("safe: wait_text", "safe: wait_txt"))
    (config / "flows" / "voice.yaml").unlink()

    found = "\n".join(flows.check(config, catalogue, sounds=None))
    for fault in (
        "hours.toml: timezone: Value error, 'Mars' is not a time zone",
        "hours.toml: week.monday: Value error, '9' is not a time",
        "hours.toml: week.tuesday: Field required",
        "sms.yaml: not YAML",
        "danger_words.yaml: words.ru.0",
        "telegram.yaml: safe: there is no step 'wait_txt'",
        "voice.yaml: cannot be read",
    ):
        assert fault in found


def test_start_is_refused_with_every_problem(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(flows.FlowProblems) as refused:
        flows.load_all(tmp_path, catalogue, sounds=None)

    assert len(refused.value.problems) == 7


def test_a_notice_of_recording_without_a_way_to_refuse_is_a_fault(catalogue: Catalogue) -> None:
    refuse = Choice("no", "2", "bot-topic-other", unrecorded=True, goto="wait")
    told = replace(an_ask("told", refuse), otherwise=Choice("", "", "", goto="wait"))
    say = Step("ask", Kind.SAY, otherwise=Choice("", "", "", goto="wait"), recorded="told")

    assert "told" not in faults(a_flow(say, told, spoken=True), catalogue)
    mute = replace(told, choices=(replace(refuse, unrecorded=False),))
    assert "must ask, with a key that refuses" in faults(a_flow(say, mute, spoken=True), catalogue)
    assert "there is no step 'told'" in faults(a_flow(say, spoken=True), catalogue)
