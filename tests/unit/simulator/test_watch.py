"""A caller together with two operators is seen, and nothing else is taken for it."""

from hotline.simulator.journal import Entry
from hotline.simulator.watch import Watch

CALLER, ANA, BORIS = "CA-caller", "CA-ana", "CA-boris"


def calls() -> list[Entry]:
    return [
        {"kind": "call.created", "call": CALLER, "origin": "+996555000001", "to": "189"},
        {"kind": "call.created", "call": ANA, "origin": "189", "to": "client:op_ana"},
        {"kind": "call.created", "call": "CA-ana-2", "origin": "client:op_ana", "to": ""},
        {"kind": "call.created", "call": BORIS, "origin": "189", "to": "client:op_boris"},
    ]


def watch(*moves: tuple[str, str, str]) -> Watch:
    seen = Watch()
    entries: list[Entry] = [
        {"kind": f"room.{move}", "room": room, "call": call} for move, room, call in moves
    ]
    for entry in calls() + entries:
        seen.see(entry)
    return seen


def test_two_operators_with_one_caller_are_a_double_connect() -> None:
    joined = ("join", "CF1", ANA), ("join", "CF1", CALLER), ("join", "CF1", BORIS)
    assert watch(*joined).doubles == ["CF1"]


def test_the_second_telephone_of_one_operator_is_none() -> None:
    joined = ("join", "CF1", ANA), ("join", "CF1", CALLER), ("join", "CF1", "CA-ana-2")
    assert watch(*joined).doubles == []


def test_one_operator_after_the_other_is_none() -> None:
    moves = ("join", "CF1", ANA), ("join", "CF1", CALLER), ("leave", "CF1", ANA)
    seen = watch(*moves, ("join", "CF1", BORIS), ("join", "CF2", ANA))
    assert seen.doubles == []
    assert seen.talked == {CALLER}


def test_a_call_is_taken_when_its_document_came() -> None:
    seen = Watch()
    answered: Entry = {"kind": "webhook", "hook": "voice", "subject": CALLER, "failure": None}
    for entry in answered | {"subject": "CA-lost", "failure": "5xx"}, answered:
        seen.see(entry)
    assert seen.taken == {CALLER}
