"""Small decisions of the staff room that need no database."""

from datetime import timedelta

import pytest

from hotline.access.roles import Role
from hotline.kernel.events import REGISTRY, Event
from hotline.kernel.ids import new_id
from hotline.kernel.secret import Secret
from hotline.staff import events
from hotline.staff.model import NewMember, SessionRules, Work, normal_login


@pytest.mark.parametrize(("idle_min", "privileged_min"), [(60, 15), (15, 15), (5, 5), (240, 15)])
def test_more_rights_never_mean_a_longer_rest(idle_min: int, privileged_min: int) -> None:
    rules = SessionRules.of(idle_min=idle_min, absolute_h=12)

    assert rules.idle == timedelta(minutes=idle_min)
    assert rules.idle_privileged == timedelta(minutes=privileged_min)
    assert rules.absolute == timedelta(hours=12)


@pytest.mark.parametrize("typed", ["Айгүл", " айгүл ", "АЙГҮЛ", "\tАйгүл\n"])
def test_one_name_however_it_is_typed(typed: str) -> None:
    assert normal_login(typed) == "айгүл"


@pytest.mark.parametrize(
    ("work", "wrong"),
    [
        (Work(("ky", "uz"), ("wages",), helps=("uz",), expert=("wages",), call_beside=3), {}),
        (Work(("ky",), helps=("uz",)), {"helps": "unknown"}),
        (Work(("ky",), ("wages",), expert=("ban",)), {"expert": "unknown"}),
        (Work(("ky",), max_chats=2, call_beside=3), {"call_beside": "range"}),
        (Work(("ky",), call_beside=-1), {"call_beside": "range"}),
    ],
)
def test_a_level_is_of_something_the_person_has(work: Work, wrong: dict[str, str]) -> None:
    assert work.problems() == wrong


def test_every_wrong_field_is_named_at_once() -> None:
    work = Work(languages=("de",), max_chats=0, phone_mode="pigeon")  # type: ignore[arg-type]  # from outside
    new = NewMember(login=" ", name="\n", password=Secret(""), roles=frozenset(), work=work)

    assert set(new.problems()) == {
        "languages",
        "max_chats",
        "phone_mode",
        "login",
        "name",
        "roles",
    }
    assert NewMember("ana", "Ana", Secret(""), frozenset({Role.AUDITOR})).problems() == {}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SENIOR])
def test_who_answers_contacts_speaks_a_language(role: Role) -> None:
    def problems(work: Work) -> dict[str, str]:
        return NewMember("ana", "Ana", Secret(""), frozenset({role}), work).problems()

    assert problems(Work()) == {"languages": "empty"}
    assert problems(Work(languages=("ky",))) == {}


@pytest.mark.parametrize("made", [events.StaffChanged, events.StaffDisabled, events.SessionsEnded])
def test_facts_about_one_member_keep_their_order(made: type[Event]) -> None:
    staff_id = new_id()
    fact = made.from_row({"staff_id": {"u": str(staff_id)}})

    assert fact.lane == f"staff:{staff_id}"
    assert REGISTRY[made.name].from_row(fact.to_row()) == fact
