"""Whether a recording may begin, how it is to be, and what is shown of it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from hotline.contacts.model import Channel, Contact, ContactState
from hotline.intake.model import Recording as Notice
from hotline.kernel.ids import CallerId, ContactId, new_id
from hotline.recordings.machine import before, is_over, may_begin, shown, wanted
from hotline.recordings.model import Recording, State, Talk, Told

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def a_contact(notice: object = "heard", state: ContactState = ContactState.TALKING) -> Contact:
    return Contact(
        id=ContactId(new_id()),
        channel=Channel.VOICE,
        line="189",
        caller_id=CallerId(new_id()),
        state=state,
        rev=1,
        opened_at=NOW,
        intake={"recording": notice},
    )


def a_talk(**more: Any) -> Talk:  # noqa: ANN401 - any field
    return replace(Talk(a_contact(), "CA1", together=True, quiet=False), **more)


def a_recording(**more: Any) -> Recording:  # noqa: ANN401 - any field
    made = Recording(
        id=new_id(),
        contact_id=ContactId(new_id()),
        call_sid="CA1",
        state=State.GOING,
        sid="RE1",
        told=Told.ON,
        hushed=False,
        quiet=False,
        over=False,
        discard=False,
        begun_at=NOW,
        length_s=None,
        sound_id=None,
        kept_at=None,
        gone_at=None,
        destroyed_at=None,
    )
    return replace(made, **more)


def test_it_begins_only_when_nothing_at_all_speaks_against_it() -> None:
    may = may_begin(a_talk(), records=True, earlier=False)
    against = [
        may_begin(a_talk(), records=False, earlier=False),
        may_begin(a_talk(), records=True, earlier=True),
        may_begin(a_talk(leg=None), records=True, earlier=False),
        may_begin(a_talk(together=False), records=True, earlier=False),
        may_begin(a_talk(quiet=True), records=True, earlier=False),
        *(
            may_begin(a_talk(contact=a_contact(notice)), records=True, earlier=False)
            for notice in ("unheard", "refused", None, "agreed", 1)
        ),
        *(
            may_begin(a_talk(contact=a_contact(state=state)), records=True, earlier=False)
            for state in ContactState
            if state is not ContactState.TALKING
        ),
    ]
    assert (may, any(against)) == (True, False)


def test_it_is_over_with_the_talk_the_call_the_switch_or_a_refusal() -> None:
    assert not is_over(a_recording(), a_talk(), records=True)
    assert not is_over(a_recording(), a_talk(quiet=True, together=False), records=True)
    assert is_over(a_recording(), a_talk(), records=False)
    assert is_over(a_recording(), a_talk(leg="CA2"), records=True)
    assert is_over(a_recording(over=True), a_talk(), records=True)
    assert is_over(a_recording(), a_talk(contact=a_contact(Notice.REFUSED)), records=True)
    waiting = a_contact(state=ContactState.WAITING)
    assert is_over(a_recording(), a_talk(contact=waiting), records=True)


def test_any_one_reason_is_enough_to_record_less() -> None:
    for hushed, quiet, over, discard in product((False, True), repeat=4):
        want = wanted(a_recording(hushed=hushed, quiet=quiet, over=over, discard=discard))
        assert (want is Told.OFF) == (over or discard)
        assert (want is Told.ON) == (not (hushed or quiet or over or discard))


@pytest.mark.parametrize(
    ("recording", "said"),
    [
        (a_recording(), ("on", None)),
        (a_recording(told=None, state=State.ASKED), ("starting", None)),
        (a_recording(hushed=True), ("ending", None)),
        (a_recording(hushed=True, told=Told.PAUSED), ("paused", "operator")),
        (a_recording(quiet=True, told=Told.PAUSED), ("paused", "others")),
        (a_recording(over=True), ("ending", None)),
        (a_recording(over=True, told=Told.OFF), ("off", "stopped")),
        (a_recording(over=True, state=State.FAILED, told=None), ("off", "failed")),
    ],
)
def test_what_is_shown_is_what_the_carrier_does_and_not_what_was_asked_of_it(
    recording: Recording, said: tuple[str, str | None]
) -> None:
    found = shown(a_contact(), recording, records=True)
    assert (found["state"], found["why"]) == said


def test_no_way_leads_back_from_what_has_ended_or_was_destroyed() -> None:
    assert before(State.GOING) == [State.ASKED]
    assert before(State.ASKED) == [State.ABSENT, State.FAILED], "it is there after all"
    assert State.DESTROYED not in {now for then in State for now in before(then)}
