"""The reckoning of a simulated run finds each thing that was lost, doubled or left over."""

from dataclasses import replace
from typing import Any

import pytest

from hotline.cli.reckoning import Desks, Dialled, Inside, Outside, Reckoning, Text, source

Json = dict[str, Any]
CALLER = source("voice", "+996555000001")
CHATTER = source("telegram", "700002")
TEXTER = source("sms", "+996700000003")
ASKED, QUESTION, ANSWER = "Где узнать?", "На каком языке?", "Вот здесь."


def row(name: str, channel: str, masked: str, **more: Any) -> Json:  # noqa: ANN401 - any column
    ends = {"state": "closed", "outcome": "answered", "danger": False, "case": None}
    return {"id": name, "channel": channel, "masked": masked, **ends, **more}


def message(contact: str, who: str, text: str, state: str = "sent") -> Json:
    return {"contact_id": contact, "from": who, "text": text, "state": state}


def page(*messages: Json, legs: tuple[str, ...] = (), record: str | None = "finished") -> Json:
    return {
        "legs": [{"state": state} for state in legs],
        "messages": list(messages),
        "record": {"state": record} if record else None,
    }


CALL = row("call", "voice", "+996 555 ··· ·01")
CHAT = row("chat", "telegram", "Telegram ··02")
SMS = row("sms", "sms", "+996 700 ··· ·03")
CALL_PAGE = page(legs=("completed", "completed"))
CHAT_PAGE = page(
    message("chat", "bot", QUESTION),
    message("chat", "caller", ASKED, "received"),
    message("chat", "operator", ANSWER),
)
SMS_PAGE = page(
    message("sms", "bot", f"{QUESTION} 1 Кыргызча", "delivered"),
    message("sms", "caller", ASKED, "received"),
)
ALL_WELL = Reckoning(
    Outside(
        calls=(Dialled(CALLER, talked=True),),
        wrote=(Text(CHATTER, ASKED), Text(TEXTER, ASKED)),
        got=(
            Text(CHATTER, QUESTION),
            Text(CHATTER, ANSWER),
            Text(TEXTER, QUESTION, "/sms/status?m=1.0"),
            Text(TEXTER, "1 Кыргызча", "/sms/status?m=1.1"),
        ),
    ),
    Desks(said=(("chat", ANSWER),)),
    Inside((CALL, CHAT, SMS), {"call": CALL_PAGE, "chat": CHAT_PAGE, "sms": SMS_PAGE}),
)


def problems(
    *,
    outside: Json | None = None,
    desks: Json | None = None,
    rows: tuple[Json, ...] | None = None,
    kills: int = 0,
    dead: tuple[tuple[str, str], ...] = (),
    **pages: Json,
) -> list[str]:
    """What is found when only this is different from a run in which all is well."""
    inside = ALL_WELL.inside
    return replace(
        ALL_WELL,
        outside=replace(ALL_WELL.outside, **(outside or {})),
        desks=replace(ALL_WELL.desks, **(desks or {})),
        inside=Inside(inside.rows if rows is None else rows, inside.pages | pages, dead),
        kills=kills,
    ).problems


def test_nothing_is_found_where_all_is_well() -> None:
    assert problems() == []
    assert (ALL_WELL.talked, ALL_WELL.chatted, ALL_WELL.unknown) == (1, 1, 0)


def test_an_empty_log_is_not_success() -> None:
    assert "the log is empty" in problems(rows=())


def test_a_lost_and_a_doubled_call_are_found() -> None:
    assert problems(rows=(CHAT, SMS)) == ["1 calls taken of ··01, 0 in the log"]
    again = CALL | {"id": "again"}
    assert problems(rows=(CALL, again, CHAT, SMS), again=CALL_PAGE) == [
        "1 calls taken of ··01, 2 in the log"
    ]


@pytest.mark.parametrize("rows", [(CALL, CHAT, SMS), (CHAT, SMS)])
def test_a_call_whose_first_answer_was_lost_may_be_in_the_log(rows: tuple[Json, ...]) -> None:
    calls = (Dialled(CALLER, taken=False, fell_back=True),)
    assert problems(outside={"calls": calls}, rows=rows, kills=1) == []


def test_what_is_not_over_is_found() -> None:
    assert problems(rows=(CALL | {"state": "waiting"}, CHAT, SMS)) == ["not over: voice waiting"]
    assert problems(call=page(legs=("in-progress",))) == [
        "a leg of a call is still in-progress in the log"
    ]
    assert problems(outside={"legs_open": 2}) == ["2 telephone legs are not over"]
    gave_up = problems(dead=(("voice.tune", "11200"),) * 2)
    assert gave_up == ["2 jobs gave up: 2 voice.tune (11200)"]


def test_a_lost_and_a_doubled_message_of_a_caller_are_found() -> None:
    heard = message("chat", "caller", ASKED, "received")
    for times in (0, 2):
        chat = page(*[heard] * times, *CHAT_PAGE["messages"][::2])
        assert problems(chat=chat) == [f"caller's message recorded {times} times: {ASKED}"]


@pytest.mark.parametrize("state", ["failed", "queued", "sending"])
def test_a_message_that_failed_is_no_unknown_outcome(state: str) -> None:
    chat = page(*CHAT_PAGE["messages"][:2], message("chat", "operator", ANSWER, state))
    lost = ALL_WELL.outside.got[:1] + ALL_WELL.outside.got[2:]
    found = problems(outside={"got": lost}, chat=chat, kills=1)
    assert found == [f"message {state}: {ANSWER}"]


def test_an_unknown_outcome_is_at_most_one_arrival() -> None:
    chat = page(*CHAT_PAGE["messages"][:2], message("chat", "operator", ANSWER, "unknown"))
    got, answer = ALL_WELL.outside.got, Text(CHATTER, ANSWER)
    never = tuple(text for text in got if text != answer)
    assert problems(outside={"got": never}, chat=chat, kills=1) == []
    assert problems(chat=chat) == []
    assert problems(outside={"got": (*got, answer)}, chat=chat) == [
        f"message sent 1 times arrived 2 times: {ANSWER}"
    ]


@pytest.mark.parametrize("text", [QUESTION, ANSWER])
def test_a_lost_and_a_doubled_text_are_found_whoever_wrote_it(text: str) -> None:
    got, one = ALL_WELL.outside.got, Text(CHATTER, text)
    lost = tuple(other for other in got if other != one)
    for arrived, times in ((lost, 0), ((*got, one), 2)):
        assert problems(outside={"got": arrived}, kills=1) == [
            f"message sent 1 times arrived {times} times: {text}"
        ]


def test_a_message_of_an_operator_that_was_never_written_down_is_found() -> None:
    chat = page(*CHAT_PAGE["messages"][:2])
    assert f"operator's message recorded 0 times: {ANSWER}" in problems(chat=chat)


def test_a_doubled_piece_of_an_sms_is_found() -> None:
    got = (*ALL_WELL.outside.got, ALL_WELL.outside.got[-1])
    assert problems(outside={"got": got}) == ["SMS arrived 2 times: 1 Кыргызча"]


def test_a_doubled_message_to_the_duty_telephone_is_found() -> None:
    duty = Text(source("sms", "+996312000190"), "Срочно: К-7 ждёт вас.")
    got = ALL_WELL.outside.got
    assert problems(outside={"got": (*got, duty)}) == []
    assert problems(outside={"got": (*got, duty, duty)}) == [
        "SMS arrived 2 times: Срочно: К-7 ждёт вас."
    ]


@pytest.mark.parametrize("record", [None, "draft"])
def test_an_answered_contact_has_a_finished_record(record: str | None) -> None:
    assert problems(call=page(legs=("completed",), record=record)) == [
        "no finished record of an answered contact: voice"
    ]
    left = CALL | {"outcome": "left_in_intake"}
    assert problems(rows=(left, CHAT, SMS), call=page(record=record)) == []


def test_danger_and_an_escalation_have_a_case() -> None:
    afraid = CALL | {"danger": True}
    assert problems(rows=(afraid, CHAT, SMS)) == ["danger without a case: voice"]
    escalated = {"escalated": frozenset({"call"})}
    assert problems(desks=escalated) == ["escalated, but there is no case: call"]
    with_case = afraid | {"case": {"code": "К-7"}}
    assert problems(rows=(with_case, CHAT, SMS), desks=escalated) == []


def test_a_run_in_which_nobody_is_answered_is_a_problem_unless_something_was_in_the_way() -> None:
    silent = (Dialled(CALLER),)
    assert problems(outside={"calls": silent}) == ["none of 1 patient calls was answered"]
    assert problems(outside={"calls": silent}, kills=1) == []
    impatient = (Dialled(CALLER, patient=False),)
    assert problems(outside={"calls": impatient}) == []
    assert "no chat was answered" in problems(desks={"said": ()})


def test_nothing_is_judged_while_something_is_under_way() -> None:
    inside = ALL_WELL.inside
    sending = page(message("chat", "bot", QUESTION, "sending"))
    assert inside.calm
    assert not replace(inside, rows=(CALL | {"state": "talking"},)).calm
    assert not replace(inside, pages=inside.pages | {"chat": sending}).calm
    assert not replace(inside, pages=inside.pages | {"call": page(legs=("ringing",))}).calm
