"""Who hears whom in a conference: from its state alone."""

from __future__ import annotations

from hotline.simulator.carrier.rooms import Conference, Participant


def hears(room: Conference, listener: Participant, speaker: Participant) -> bool:
    """Say whether ``listener`` hears ``speaker``; nobody hears themselves.

    Who is held neither hears nor is heard. A coach is heard only by whom they coach.
    """
    if listener is speaker or room.status != "in-progress":
        return False
    if speaker.muted or speaker.hold or listener.hold:
        return False
    return not speaker.coaching or speaker.coach_sid == listener.call.sid
