"""What callers meet in the shipped flows, turn by turn."""

import pytest

from hotline.intake import engine
from hotline.intake.flows import Flows
from hotline.intake.model import (
    Enqueue,
    Key,
    Kind,
    LeaveMessage,
    Nothing,
    OutOfHours,
    Pressed,
    Prompt,
    RaiseDanger,
    Recording,
    SetLanguage,
    SetTopic,
    State,
    Text,
)
from tests.unit.intake.flowing import shipped_flows


@pytest.fixture(scope="module")
def flows() -> Flows:
    return shipped_flows()


def test_voice_offers_each_language_in_its_own_words(flows: Flows) -> None:
    turn = engine.start(flows.voice)

    assert turn.kind is Kind.ASK
    assert [p.lang for p in turn.prompts if p.id == "ivr-language"] == ["ky", "ru", "uz", "en"]
    heard = [p.id for p in turn.prompts if p.lang == "uz"]
    assert heard == ["ivr-language", "ivr-press-3", "ivr-danger", "ivr-press-0"]


def test_language_then_topic_then_queue(flows: Flows) -> None:
    asked = engine.step(flows.voice, engine.start(flows.voice).state, Key("1"))
    waiting = engine.step(flows.voice, asked.state, Key("3"))

    assert asked.effects == (SetLanguage("ky"),)
    assert asked.prompts[:3] == (Prompt("ivr-notice"), Prompt("ivr-emergency"), Prompt("ivr-topic"))
    assert waiting.effects == (SetTopic("wages"), Enqueue(0))
    assert waiting.kind is Kind.QUEUE
    assert waiting.state == State("wait", "ky", "wages")


def test_silence_ends_in_the_queue_and_chooses_no_language(flows: Flows) -> None:
    turn = engine.start(flows.voice)
    effects = list(turn.effects)
    for _ in range(5):
        turn = engine.step(flows.voice, turn.state, Nothing())
        effects += turn.effects

    assert effects == [Enqueue(0)]
    assert turn.state == State("wait")


@pytest.mark.parametrize("keys", ["0", "10", "240", "130"])
def test_danger_key_leads_to_the_queue_from_anywhere(flows: Flows, keys: str) -> None:
    turn = engine.start(flows.voice)
    effects = list(turn.effects)
    for digit in keys:
        turn = engine.step(flows.voice, turn.state, Key(digit))
        effects += turn.effects

    assert effects.count(RaiseDanger()) == 1
    assert effects[-1] == Enqueue(flows.voice.risk.danger_s)
    assert turn.state.danger


def test_danger_key_pressed_again_changes_nothing(flows: Flows) -> None:
    first = engine.step(flows.voice, engine.start(flows.voice).state, Key("0"))
    again = engine.step(flows.voice, first.state, Key("0"))

    assert again.effects == ()
    assert again.state == first.state


def test_wrong_key_puts_the_question_again_then_goes_on(flows: Flows) -> None:
    asked = engine.step(flows.voice, engine.start(flows.voice).state, Key("2"))
    again = engine.step(flows.voice, asked.state, Key("9"))
    third = engine.step(flows.voice, again.state, Key("9"))
    waiting = engine.step(flows.voice, third.state, Key("9"))

    assert again.state.retries == 1
    assert again.prompts[0] == Prompt("ivr-topic")
    assert third.kind is Kind.ASK
    assert waiting.effects == (Enqueue(0),)


def test_repeat_key_counts_as_a_try(flows: Flows) -> None:
    state = engine.step(flows.voice, engine.start(flows.voice).state, Key("2")).state
    for _ in range(3):
        turn = engine.step(flows.voice, state, Key("*"))
        state = turn.state

    assert state.step == "wait"


def test_closed_line_is_said_and_ends(flows: Flows) -> None:
    state = State("topic", "ru")
    told = engine.step(flows.voice, state, Key("1"), is_open=False)
    again = engine.step(flows.voice, told.state, Nothing(), is_open=False)
    ended = engine.step(flows.voice, again.state, Nothing(), is_open=False)

    assert told.kind is Kind.ASK
    assert told.prompts[0] == Prompt("ivr-closed")
    assert ended.effects == (OutOfHours(),)
    assert ended.ended


def test_after_hours_there_is_information_and_a_message_and_only_then_the_end(flows: Flows) -> None:
    menu = engine.step(flows.voice, State("topic", "ru"), Key("1"), is_open=False)
    listed = engine.step(flows.voice, menu.state, Key("2"), is_open=False)
    told = engine.step(flows.voice, listed.state, Key("1"), is_open=False)
    speaks = engine.step(flows.voice, told.state, Key("1"), is_open=False)

    assert told.prompts[0] == Prompt("ivr-about")
    assert (speaks.kind, speaks.prompts) == (Kind.MESSAGE, (Prompt("ivr-message"),))
    assert speaks.effects == (LeaveMessage(),)
    assert speaks.ended


def test_danger_gets_from_the_message_to_a_person_and_nothing_else_moves_it(flows: Flows) -> None:
    speaks = engine.step(flows.voice, State("out_of_hours", "ru"), Key("1"), is_open=False)

    assert engine.step(flows.voice, speaks.state, Key("5"), is_open=False).state == speaks.state
    waits = engine.step(flows.voice, speaks.state, Key("0"), is_open=False)
    assert waits.effects == (RaiseDanger(), Enqueue(flows.voice.risk.danger_s))


def test_who_waits_may_leave_a_message_or_listen_and_keep_the_place(flows: Flows) -> None:
    listed = engine.step(flows.voice, State("wait", "ru"), Key("7"))
    heard = engine.step(flows.voice, listed.state, Key("2"))
    back = engine.step(flows.voice, heard.state, Key("*"))
    speaks = engine.step(flows.voice, back.state, Key("8"))

    assert heard.prompts[0] == Prompt("ivr-emergency")
    assert [turn.effects for turn in (listed, heard, back)] == [(), (), ()]
    assert speaks.effects == (LeaveMessage(),)


def test_the_steps_of_a_shut_line_are_known(flows: Flows) -> None:
    assert flows.voice.shut == {
        "out_of_hours",
        "closed_information",
        "closed_about",
        "closed_numbers",
        "closed_again",
        "queue_closed",
        "closed_consular",
        "goodbye",
    }


def test_danger_gets_in_while_the_line_is_closed(flows: Flows) -> None:
    told = engine.step(flows.voice, State("topic", "ru"), Key("1"), is_open=False)
    waiting = engine.step(flows.voice, told.state, Key("0"), is_open=False)

    assert waiting.effects == (RaiseDanger(), Enqueue(flows.voice.risk.danger_s))
    assert waiting.state.step == "wait_danger"


def test_words_at_night_wait_for_the_morning(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("topic", "ru"), Text("Вопрос"), is_open=False)

    assert turn.effects == (Enqueue(0),)
    assert turn.prompts == (Prompt("bot-closed"),)


@pytest.mark.parametrize("step", ["language", "topic"])
def test_text_goes_to_a_person_from_every_question(flows: Flows, step: str) -> None:
    turn = engine.step(flows.telegram, State(step), Text("Здравствуйте, есть вопрос"))

    assert turn.kind is Kind.QUEUE
    assert turn.effects == (SetLanguage("ru", chosen=False), Enqueue(0))
    assert turn.prompts[0] == Prompt("bot-got-text")


def test_text_with_a_danger_word_raises_danger(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("topic", "ru"), Text("Меня ЗАПЕРЛИ, помогите"))

    assert turn.effects == (RaiseDanger(), Enqueue(flows.telegram.risk.danger_s))


def test_danger_word_while_waiting_raises_the_head_start(flows: Flows) -> None:
    calm = engine.step(flows.telegram, State("topic", "ky"), Text("суроо бар"))
    turn = engine.step(flows.telegram, calm.state, Text("мени камап коюшту"))

    assert turn.effects == (RaiseDanger(), Enqueue(flows.telegram.risk.danger_s))
    assert turn.prompts == (Prompt("bot-wait-danger"),)


def test_more_words_while_waiting_are_only_kept(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("wait", "ru"), Text("и ещё одно"))

    assert turn.effects == ()
    assert turn.prompts == ()


def test_returning_caller_keeps_the_language(flows: Flows) -> None:
    turn = engine.start(flows.telegram, "uz")

    assert turn.effects == ()
    assert (turn.state.step, turn.state.language) == ("topic", "uz")
    assert Prompt("bot-notice") in turn.prompts


def test_button_of_an_older_message_sets_and_moves_nothing(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("wait", "ru", "wages"), Pressed("language.en"))

    assert turn.effects == (SetLanguage("en"),)
    assert turn.state == State("wait", "en", "wages")


def test_older_topic_button_while_waiting_moves_the_head_start(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("wait", "ru"), Pressed("topic.missing"))

    assert turn.effects == (SetTopic("missing"), Enqueue(300))


def test_danger_topic_is_danger(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("topic", "ru"), Pressed("topic.danger"))

    assert turn.effects == (
        SetTopic("danger"),
        RaiseDanger(),
        Enqueue(flows.telegram.risk.danger_s),
    )


def test_unknown_button_counts_as_a_try(flows: Flows) -> None:
    turn = engine.step(flows.telegram, State("topic", "ru"), Pressed("no.such"))

    assert turn.state.retries == 1
    assert turn.kind is Kind.ASK


def test_first_sms_waits_at_once(flows: Flows) -> None:
    opened = engine.start(flows.sms)
    turn = engine.step(flows.sms, opened.state, engine.read(flows.sms, opened.state, "Салам!"))

    assert opened.prompts == ()
    assert turn.effects == (SetLanguage("ky", chosen=False), Enqueue(0))
    assert turn.prompts == (Prompt("bot-sms-received"), Prompt("bot-sms-about"))


def test_number_by_sms_chooses_the_language_and_another_may_be_chosen_after(flows: Flows) -> None:
    state = engine.step(flows.sms, engine.start(flows.sms, "ru").state, Text("и снова я")).state
    turn = engine.step(flows.sms, state, engine.read(flows.sms, state, " 3. "))
    again = engine.step(flows.sms, turn.state, engine.read(flows.sms, turn.state, "1"))

    assert turn.effects == (SetLanguage("uz"),)
    assert again.effects == (SetLanguage("ky"),)


def test_a_guessed_language_can_be_chosen(flows: Flows) -> None:
    guessed = engine.step(flows.sms, engine.start(flows.sms).state, Text("Салам!"))
    chosen = engine.step(flows.sms, guessed.state, Key("1"))

    assert guessed.effects[0] == SetLanguage("ky", chosen=False)
    assert chosen.effects == (SetLanguage("ky"),)


def test_number_that_is_not_on_offer_is_text(flows: Flows) -> None:
    assert engine.read(flows.sms, State("wait", "ru"), "7") == Text("7")


def test_menu_edited_during_the_call_leads_to_safety(flows: Flows) -> None:
    turn = engine.step(flows.voice, State("gone", "ru"), Key("1"))
    urgent = engine.step(flows.voice, State("gone", "ru", danger=True), Key("1"))

    assert turn.effects == (Enqueue(0),)
    assert urgent.state.step == "wait_danger"


def test_nothing_moves_after_goodbye(flows: Flows) -> None:
    turn = engine.step(flows.voice, State("goodbye", "ru"), Key("1"))

    assert turn.effects == ()
    assert turn.kind is Kind.CLOSED


def test_who_finds_the_line_shut_has_chosen_no_language_by_that(flows: Flows) -> None:
    told = engine.step(flows.voice, engine.start(flows.voice).state, Text(), is_open=False)

    assert told.effects == ()
    assert told.state == State("out_of_hours")


def test_a_remembered_language_is_not_asked_for_but_can_be_changed_and_all_may_hear_how(
    flows: Flows,
) -> None:
    turn = engine.start(flows.voice, "ru")
    told = {p.lang for p in turn.prompts if p == Prompt("ivr-change-language", p.lang)}
    asked = engine.step(flows.voice, turn.state, Key("#"))
    chosen = engine.step(flows.voice, asked.state, Key("1"))

    assert told == {"ky", "ru", "uz", "en", None}
    assert asked.state.step == flows.voice.start
    assert chosen.effects == (SetLanguage("ky"),)
    assert (chosen.state.step, chosen.state.language) == ("topic", "ky")


@pytest.mark.parametrize("keys", ["0", "27"])
def test_the_language_can_be_changed_while_waiting_and_the_place_is_kept(
    flows: Flows, keys: str
) -> None:
    turn = engine.start(flows.voice)
    for digit in keys:
        turn = engine.step(flows.voice, turn.state, Key(digit))
    before = turn.state
    menu = engine.step(flows.voice, before, Key("#"))
    chosen = engine.step(flows.voice, menu.state, Key("3"))

    assert [p.lang for p in menu.prompts if p.id == "ivr-language"] == ["ky", "ru", "uz", "en"]
    assert chosen.effects == (SetLanguage("uz"),)
    assert chosen.kind is Kind.QUEUE
    assert (chosen.state.danger, chosen.state.topic) == (before.danger, before.topic)


def test_who_waits_without_a_language_is_told_in_all_how_to_choose_one(flows: Flows) -> None:
    stranger = engine.step(flows.voice, engine.start(flows.voice).state, Key("0"))
    known = engine.step(flows.voice, engine.start(flows.voice, "ky").state, Key("0"))

    def tongues(prompts: tuple[Prompt, ...]) -> list[str | None]:
        return [p.lang for p in prompts if p.id == "ivr-change-language"]

    assert tongues(stranger.prompts) == ["ky", "ru", "uz", "en"]
    assert tongues(known.prompts) == [None]


def test_going_back_to_the_languages_without_end_ends_in_the_queue(flows: Flows) -> None:
    turn = engine.start(flows.voice)
    for _ in range(20):
        turn = engine.step(flows.voice, turn.state, Key("2" if turn.state.step != "topic" else "#"))
        if turn.ended:
            break

    assert turn.state.step == "wait"


def test_only_who_lets_the_notice_play_out_has_heard_it(flows: Flows) -> None:
    start = engine.start(flows.voice, recorded=True)
    notice = engine.step(flows.voice, start.state, Key("2"))
    assert (notice.state.step, notice.state.recording) == ("notice_recorded", Recording.UNHEARD)
    assert Prompt("ivr-notice") not in notice.prompts

    told = {
        answer: engine.step(flows.voice, notice.state, answer).state
        for answer in (Nothing(), Key("1"), Key("2"), Key("0"), Key("#"))
    }
    assert {answer: state.recording for answer, state in told.items()} == {
        Nothing(): Recording.HEARD,
        Key("1"): Recording.UNHEARD,
        Key("2"): Recording.REFUSED,
        Key("0"): Recording.UNHEARD,
        Key("#"): Recording.UNHEARD,
    }
    assert [told[answer].step for answer in (Nothing(), Key("1"), Key("2"))] == ["topic"] * 3


def test_a_refusal_holds_when_the_notice_is_heard_again(flows: Flows) -> None:
    state = State("topic", "ru", recording=Recording.REFUSED)
    again = engine.step(flows.voice, engine.step(flows.voice, state, Key("#")).state, Key("1"))
    assert again.state.step == "notice_recorded"

    after = engine.step(flows.voice, again.state, Nothing())

    assert after.state.recording is Recording.REFUSED
    assert State.from_json(after.state.to_json()) == after.state


def test_while_nothing_is_recorded_nobody_hears_of_it(flows: Flows) -> None:
    asked = engine.step(flows.voice, engine.start(flows.voice).state, Key("2"))

    assert (asked.state.step, asked.state.recording) == ("topic", None)
    assert State.from_json({"step": "topic", "recording": "agreed"}).recording is None
