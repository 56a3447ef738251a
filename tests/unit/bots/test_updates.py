"""Whatever Telegram sends is read without a fall, and what a person said is in it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.updates import read
from hotline.chat.ports import Inbound

PERSON = 555000156
NAMES = """
update_id message edited_message callback_query my_chat_member chat from id type text data
message_id photo location latitude contact new_chat_member status caption is_bot odd date edit_date
"""
KEYS = st.sampled_from(NAMES.split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


def message(**content: object) -> dict[str, Any]:
    chat = {"id": PERSON, "type": "private"}
    return {"message_id": 7, "date": 1, "chat": chat, "from": {"id": PERSON}, **content}


def only(kind: str, body: dict[str, Any]) -> Inbound | None:
    found = read({"update_id": 5, kind: body}, "189")
    assert found is not None
    assert found.event_id == "189:5"
    return found.inbound


def a_person(kind: str, body: dict[str, Any]) -> Inbound:
    inbound = only(kind, body)
    assert inbound is not None
    return inbound


@given(JSON)
def test_no_shape_makes_it_fall(value: object) -> None:
    read(value, "189")


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_no_shape_of_a_message_makes_it_fall(body: dict[str, Any]) -> None:
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        found = read({"update_id": 5, kind: {**message(), **body}}, "189")
        assert found is not None


@pytest.mark.parametrize("value", [None, [], "x", {}, {"update_id": "5"}, {"update_id": True}])
def test_what_is_no_update_is_said_to_be_none(value: object) -> None:
    assert read(value, "189") is None


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"text": "Салам"}, "text", "Салам"),
        ({"text": "/start ad-7"}, "command", "start"),
        ({"text": "/help@hotline189_bot"}, "command", "help"),
        ({"text": "/stop "}, "command", "stop"),
        ({"text": "/help they locked me in"}, "text", "/help they locked me in"),
        ({"text": "/stop\nон меня бьёт"}, "text", "/stop\nон меня бьёт"),
        ({"text": "/start помогите"}, "text", "/start помогите"),
        ({"text": "/start two words"}, "text", "/start two words"),
        ({"text": "/etc/passwd"}, "text", "/etc/passwd"),
        ({"photo": [{}], "caption": "паспорт"}, "photo", "паспорт"),
        ({"voice": {"file_id": "x"}}, "voice", None),
        ({"video_note": {"file_id": "x"}}, "video", None),
        ({"document": {"file_id": "x"}}, "document", None),
        ({"location": {"latitude": 42.87, "longitude": 74.6}}, "location", "42.87, 74.6"),
        ({"location": {"latitude": "north"}}, "location", None),
        ({"contact": {"first_name": "А", "phone_number": "+996"}}, "contact", "А +996"),
        ({"sticker": {"emoji": "x"}}, "sticker", "x"),
        ({"something_new": {}}, "other", None),
        ({"text": 5}, "other", None),
    ],
)
def test_what_a_person_sends(content: dict[str, Any], kind: str, text: str | None) -> None:
    inbound = a_person("message", message(**content))
    assert (inbound.kind, inbound.text) == (kind, text)
    assert (inbound.address, inbound.display) == (str(PERSON), "Telegram ··56")


@pytest.mark.parametrize(
    "body",
    [
        message(text="x", chat={"id": -100, "type": "supergroup"}),
        message(text="x", chat={"id": -100, "type": "channel"}),
        {**message(text="x"), "from": {"id": 1, "is_bot": True}},
        message(pinned_message={}),
        message(message_auto_delete_timer_changed={}),
        {"text": "no chat"},
    ],
)
def test_groups_machines_and_service_lines_are_none_of_ours(body: dict[str, Any]) -> None:
    assert only("message", body) is None


def test_when_it_happened_is_told_by_telegram() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    edited = a_person("edited_message", message(text="x", date=5, edit_date=int(at.timestamp())))
    assert edited.at == at
    left = {**message(date=int(at.timestamp())), "new_chat_member": {"status": "kicked"}}
    assert a_person("my_chat_member", left).at == at
    for date in (None, "x", -1, 0, 2**62, True, 1.5):
        assert a_person("message", message(text="x", date=date)).at is None


def test_a_pressed_button() -> None:
    query = {"id": "4000000001", "from": {"id": PERSON}, "message": message(), "data": "topic.ban"}
    inbound = a_person("callback_query", query)
    assert (inbound.kind, inbound.press) == ("press", "topic.ban")
    assert (inbound.token, inbound.pressed_id) == ("4000000001", "7")


def test_a_token_that_cannot_be_stored_is_left_out() -> None:
    query = {"id": "4\x00", "from": {"id": PERSON}, "message": message(), "data": "x"}
    assert a_person("callback_query", query).token is None


def test_blocking_is_leaving_and_coming_back_is_nothing() -> None:
    def change(status: str) -> dict[str, Any]:
        return {"chat": message()["chat"], "new_chat_member": {"status": status}}

    assert a_person("my_chat_member", change("kicked")).kind == "left"
    assert only("my_chat_member", change("member")) is None


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"text": "x"}, "edited", "x"),
        ({"text": "/stop"}, "edited", "/stop"),
        ({"photo": [{}], "caption": "виза"}, "edited", "виза"),
        ({"location": {"latitude": 42.9, "longitude": 74.7}}, "moved", "42.9, 74.7"),
    ],
)
def test_an_edit_is_read_as_one_with_the_name_of_its_message(
    content: dict[str, Any], kind: str, text: str
) -> None:
    inbound = a_person("edited_message", message(**content))
    assert (inbound.kind, inbound.text, inbound.provider_message_id) == (kind, text, "7")


def test_an_edit_without_words_takes_none_away() -> None:
    assert only("edited_message", message(photo=[{}])) is None


def test_what_a_message_answers_and_what_a_link_carries() -> None:
    answer = a_person("message", message(text="да", reply_to_message={"message_id": 5}))
    assert answer.reply_to == "5"
    assert a_person("message", message(text="/start ACDEF347")).payload == "ACDEF347"
    assert a_person("message", message(text="/start")).payload is None


@pytest.mark.parametrize("kind", ["message_reaction", "poll_answer", "business_message"])
def test_updates_of_other_kinds_are_kept_quietly(kind: str) -> None:
    assert only(kind, {"chat": message()["chat"], "new_reaction": []}) is None
