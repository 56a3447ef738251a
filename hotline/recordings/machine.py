"""Decisions about recordings: whether one may begin, how it is to be, what is shown. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.contacts.model import Contact, ContactState
from hotline.intake.model import Recording as Notice
from hotline.intake.model import recording_of
from hotline.recordings.model import Recording, State, Talk, Told

_MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.ASKED: frozenset({State.GOING, State.ENDED, State.ABSENT, State.LOST, State.FAILED}),
    State.GOING: frozenset({State.ENDED, State.ABSENT, State.LOST}),
    State.ENDED: frozenset({State.KEPT, State.DESTROYED, State.LOST}),
    State.KEPT: frozenset({State.DESTROYED}),
    # Written off as never begun, and then the carrier names it.
    State.ABSENT: frozenset({State.ASKED}),
    State.FAILED: frozenset({State.ASKED}),
}
REPORTED: Final[Mapping[str, State]] = {
    "in-progress": State.GOING,
    "completed": State.ENDED,
    "absent": State.ABSENT,
}
_TALKING: Final = ContactState.TALKING


def before(then: State) -> list[State]:
    """The states from which there is a way to this one; reports come late, twice, in any order."""
    return [now for now, moves in _MOVES.items() if then in moves]


def open_at_carrier(recording: Recording) -> bool:
    """Whether the carrier may still be recording."""
    return recording.state in {State.ASKED, State.GOING}


def may_begin(talk: Talk, *, records: bool, earlier: bool) -> bool:
    """Whether this talk is recorded from now on.

    `records`: the line does. `earlier`: there is one of this very call, which somebody ended.
    Only who heard the notice to its end, on this call, and did not refuse.
    """
    heard = recording_of(talk.contact.intake) is Notice.HEARD
    ready = talk.together and not talk.quiet and talk.contact.state is _TALKING
    return records and heard and ready and talk.leg is not None and not earlier


def is_over(recording: Recording, talk: Talk, *, records: bool) -> bool:
    """Whether the recording ends for good: with the talk, the call, the switch, or a refusal."""
    return (
        recording.over
        or not records
        or talk.contact.state is not _TALKING
        or talk.leg != recording.call_sid
        or recording_of(talk.contact.intake) is not Notice.HEARD
    )


def wanted(recording: Recording) -> Told:
    """How it is to be. In doubt less is recorded."""
    if recording.over or recording.discard:
        return Told.OFF
    return Told.PAUSED if recording.hushed or recording.quiet else Told.ON


def shown(contact: Contact, recording: Recording | None, *, records: bool) -> dict[str, Any]:
    """What the desk says: *on* for as long as the carrier may record, whatever it was asked."""
    if recording is None:
        notice = recording_of(contact.intake)
        why = "line" if notice is None or not records else notice.value
        return _said("off", None if why == Notice.HEARD else why)
    if not open_at_carrier(recording) or recording.told is Told.OFF:
        return _said("off", _why_off(contact, recording))
    if recording.told is Told.PAUSED:
        return _said("paused", "operator" if recording.hushed else "others")
    if recording.told is None:
        return _said("starting", None)
    return _said("on" if wanted(recording) is Told.ON else "ending", None)


def _why_off(contact: Contact, recording: Recording) -> str:
    if recording_of(contact.intake) is Notice.REFUSED:
        return Notice.REFUSED.value
    return "failed" if recording.state in {State.FAILED, State.ABSENT} else "stopped"


def _said(state: str, why: str | None) -> dict[str, Any]:
    return {"state": state, "why": why}
