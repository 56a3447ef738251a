"""Who is held, muted and heard by whom, from state alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.carrier.ports import Wish
from hotline.contacts.model import ContactState
from hotline.kernel.ids import StaffId, new_id
from hotline.telephony.machine import Change, Fact, Hear, hears, talk_goes_on
from hotline.telephony.model import (
    Guest,
    GuestState,
    Leg,
    Mode,
    Role,
    Room,
    Situation,
    Transfer,
    TransferState,
)
from hotline.telephony.tuning import as_told, is_tuned, joins, knows, wishes
from tests.unit.telephony.test_machine import CONTACT, ROOM, STAFF, contact, leg

URL = "/voice/music"
COLLEAGUE = StaffId(new_id())
CALLER, OPERATOR = leg(Role.CALLER), leg(Role.OPERATOR)


def a_guest(role: Role, sid: str, *, mode: Mode | None = None) -> Guest:
    staff_id = COLLEAGUE if role is Role.OPERATOR else None
    return Guest(new_id(), CONTACT, "c-1", role, staff_id, mode, sid=sid, state=GuestState.HERE)


def guest_leg(guest: Guest, *, here: bool = True) -> Leg:
    return replace(leg(guest.role, here=here), sid=str(guest.sid), staff_id=guest.staff_id)


def a_transfer(guest: Guest) -> Transfer:
    talking = TransferState.TALKING
    return Transfer(
        new_id(),
        CONTACT,
        STAFF,
        "staff",
        COLLEAGUE,
        warm=True,
        guest_id=guest.id,
        state=talking,
    )


def talk(
    *legs: Leg, room: Room = ROOM, guests: tuple[Guest, ...] = (), transfer: Transfer | None = None
) -> Situation:
    return Situation(contact(ContactState.TALKING), legs, room, guests, transfer)


def test_in_a_plain_talk_the_carrier_is_asked_for_nothing() -> None:
    plain = talk(CALLER, OPERATOR)

    assert wishes(plain, URL) == {CALLER.sid: Wish(), OPERATOR.sid: Wish()}
    assert not is_tuned(plain)
    assert all(knows(one, Wish(), 1) for one in plain.legs)


def test_a_caller_is_held_by_their_operator_and_while_they_are_handed_on() -> None:
    colleague = a_guest(Role.OPERATOR, "colleague")
    held = Wish(held=True, hold_url=URL)

    on_hold = talk(CALLER, OPERATOR, room=replace(ROOM, held=True))
    handed = talk(
        CALLER,
        OPERATOR,
        guest_leg(colleague),
        guests=(colleague,),
        transfer=a_transfer(colleague),
    )

    assert wishes(on_hold, URL)[CALLER.sid] == held
    assert wishes(handed, URL) == {CALLER.sid: held, OPERATOR.sid: Wish(), "colleague": Wish()}


@pytest.mark.parametrize(
    ("mode", "operator", "expected"),
    [
        (Mode.LISTEN, True, Wish(muted=True)),
        (Mode.WHISPER, True, Wish(coaches="operator")),
        (Mode.WHISPER, False, Wish(muted=True)),
        (Mode.BARGE, True, Wish()),
    ],
)
def test_a_supervisor_is_heard_by_whom_it_is_for(
    mode: Mode,
    operator: bool,  # noqa: FBT001 - a column of the table
    expected: Wish,
) -> None:
    vera = a_guest(Role.SUPERVISOR, "vera", mode=mode)
    now = talk(CALLER, leg(Role.OPERATOR, here=operator), guest_leg(vera), guests=(vera,))

    assert wishes(now, URL)["vera"] == expected


def test_a_whisper_follows_the_talk_to_its_next_operator() -> None:
    vera = a_guest(Role.SUPERVISOR, "vera", mode=Mode.WHISPER)
    colleague = replace(OPERATOR, sid="colleague", staff_id=COLLEAGUE)
    handed_over = replace(ROOM, staff_id=COLLEAGUE)
    now = talk(CALLER, OPERATOR, colleague, guest_leg(vera), room=handed_over, guests=(vera,))

    assert wishes(now, URL)["vera"] == Wish(coaches="colleague")
    assert wishes(now, URL)[OPERATOR.sid] == Wish(muted=True)  # who was the operator is leaving


def test_a_supervisor_who_is_to_leave_is_silent() -> None:
    vera = a_guest(Role.SUPERVISOR, "vera", mode=Mode.BARGE)

    assert wishes(talk(CALLER, OPERATOR, guest_leg(vera)), URL)["vera"] == Wish(muted=True)


def test_who_comes_in_again_is_new_to_the_carrier() -> None:
    held = Wish(held=True)
    told = replace(CALLER, told=as_told(held, 1))
    came = [Fact("CF1", CALLER.sid, n, Change.JOIN) for n in (1, 4)]
    went = Fact("CF1", CALLER.sid, 2, Change.LEAVE)

    assert joins([came[0], went])[CALLER.sid] == 1
    assert joins([*came, went])[CALLER.sid] == 2
    assert knows(told, held, 1)
    assert not knows(told, held, 2)
    assert not knows(told, Wish(), 1)
    assert knows(told, Wish(), 2)


def test_a_guest_comes_in_only_when_a_held_caller_is_out_of_hearing() -> None:
    colleague = a_guest(Role.OPERATOR, "colleague")
    arriving = guest_leg(colleague, here=False)
    now = talk(CALLER, OPERATOR, arriving, guests=(colleague,), transfer=a_transfer(colleague))
    assert hears(now, arriving, rooms=True) is Hear.SOON

    away = replace(CALLER, told=as_told(Wish(held=True), 1))
    now = replace(now, legs=(away, OPERATOR, arriving))
    assert hears(now, arriving, rooms=True) is Hear.GUEST_ROOM
    assert hears(replace(now, guests=()), arriving, rooms=True) is Hear.NOBODY


def test_a_talk_without_us_goes_on_while_both_are_there() -> None:
    third = a_guest(Role.THIRD, "third")
    apart = replace(ROOM, apart=True)
    over = contact(ContactState.WRAP_UP)
    now = Situation(over, (CALLER, OPERATOR, guest_leg(third)), apart, (third,))

    assert talk_goes_on(now)
    assert hears(now, CALLER, rooms=True) is Hear.BRIDGE
    assert hears(now, now.legs[2], rooms=True) is Hear.GUEST_ROOM
    assert hears(now, OPERATOR, rooms=True) is Hear.GONE
    assert not talk_goes_on(replace(now, legs=(CALLER, OPERATOR)))
    gone = leg(Role.CALLER, over=True)
    assert not talk_goes_on(replace(now, legs=(gone, guest_leg(third))))


@given(
    st.fixed_dictionaries(dict.fromkeys(("held", "consulting", "here"), st.booleans())), st.data()
)
def test_nobody_is_heard_who_should_not_be(so: dict[str, bool], data: st.DataObject) -> None:
    modes = data.draw(st.lists(st.sampled_from(list(Mode)), max_size=3))
    colleague = a_guest(Role.OPERATOR, "colleague")
    watchers = [a_guest(Role.SUPERVISOR, f"vera{n}", mode=m) for n, m in enumerate(modes)]
    guests = (*watchers, *((colleague,) if so["consulting"] else ()))
    now = talk(
        CALLER,
        leg(Role.OPERATOR, here=so["here"]),
        *(guest_leg(one) for one in guests),
        room=replace(ROOM, held=so["held"]),
        guests=guests,
        transfer=a_transfer(colleague) if so["consulting"] else None,
    )

    wanted = wishes(now, URL)
    heard_by_caller = {
        sid
        for sid, wish in wanted.items()
        if sid != CALLER.sid and not (wish.muted or wish.coaches or wanted[CALLER.sid].held)
    }

    operators = heard_by_caller & {"operator", "colleague"}
    barging = {one.sid for one in watchers if one.mode is Mode.BARGE}
    assert len(operators) <= 1
    assert heard_by_caller - operators <= barging
