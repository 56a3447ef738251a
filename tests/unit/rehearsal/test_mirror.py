"""The mirror sees what is wrong: each rule is broken once, by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hotline.contacts.model import Channel, Contact, ContactState
from hotline.kernel.ids import CallerId, ContactId
from hotline.rehearsal.mirror import Mirror
from hotline.rehearsal.plan import Member
from hotline.routing.matching import Relaxing
from hotline.routing.model import Presence
from hotline.routing.service import Rules
from tests.builders import ANA, BORIS, staff_id

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
RULES = Rules(timedelta(seconds=20), Relaxing((), frozenset({"ru", "ky", "uz"}), frozenset()))


class Scene:
    def __init__(self) -> None:
        self.seen: list[str] = []
        self.mirror = Mirror(RULES, timedelta(minutes=10), self.seen.append)

    def waits(self, name: str, *, ago_s: float = 0, language: str = "ru") -> Contact:
        contact_id = ContactId(staff_id(name))
        contact = Contact(
            id=contact_id,
            channel=Channel.VOICE,
            line="189",
            caller_id=CallerId(contact_id),
            state=ContactState.WAITING,
            rev=1,
            opened_at=NOW,
            language=language,  # type: ignore[arg-type]  # one of the four
            waiting_since=NOW - timedelta(seconds=ago_s),
        )
        self.mirror.enqueued(contact, NOW, front=False, behind=False, senior=False)
        return contact


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    for member in (Member(ANA, None), Member(BORIS, None)):
        made.mirror.signed_on(member, NOW)
    return made


def test_what_is_right_is_not_reported(scene: Scene) -> None:
    first, second = scene.waits("1", ago_s=9), scene.waits("2")
    longest, other = sorted((ANA.staff_id, BORIS.staff_id))
    scene.mirror.made([(second.id, other), (first.id, longest)], NOW)
    scene.mirror.accepted(first, longest, NOW)
    scene.mirror.ended(second.id, other, "passed", NOW)
    scene.mirror.settled(NOW)
    scene.mirror.released(first, NOW)
    scene.mirror.over(first.id)
    assert scene.seen == []


def test_somebody_waits_beside_a_free_operator(scene: Scene) -> None:
    scene.waits("1")
    scene.mirror.settled(NOW)
    assert "waits beside" in scene.seen[0]


def test_an_operator_is_asked_twice_and_a_contact_offered_twice(scene: Scene) -> None:
    first, second = scene.waits("1", ago_s=9), scene.waits("2")
    best = min(ANA.staff_id, BORIS.staff_id)
    scene.mirror.made([(first.id, best)], NOW)
    scene.mirror.made([(second.id, best)], NOW)
    scene.mirror.made([(first.id, max(ANA.staff_id, BORIS.staff_id))], NOW)
    assert [line.split(":")[0].split(" ", 1)[1] for line in scene.seen] == [
        "is asked twice",
        "is offered twice",
    ]


def test_somebody_is_passed_by(scene: Scene) -> None:
    scene.waits("1", ago_s=9)
    second = scene.waits("2")
    scene.mirror.made([(second.id, ANA.staff_id)], NOW)
    assert "not the best for each other" in scene.seen[0]


def test_somebody_starves(scene: Scene) -> None:
    """Though the order of the queue, wrong as it is, says otherwise."""
    unlucky = scene.waits("1", ago_s=3600, language="tlh")
    waiter = scene.mirror.waiting[unlucky.id]
    waiter.wanted = replace(waiter.wanted, effective_at=NOW + timedelta(hours=1))
    second = scene.waits("2")
    scene.mirror.made([(second.id, min(ANA.staff_id, BORIS.staff_id))], NOW)
    assert len(scene.seen) == 1
    assert "starves" in scene.seen[0]


def test_two_operators_have_one_contact_and_one_has_two(scene: Scene) -> None:
    first, second = scene.waits("1"), scene.waits("2")
    scene.mirror.accepted(first, ANA.staff_id, NOW)
    scene.mirror.accepted(first, BORIS.staff_id, NOW)
    scene.mirror.accepted(second, BORIS.staff_id, NOW)
    assert "with two operators" in scene.seen[0]
    assert "has no room" in scene.seen[-1]


def test_the_language_is_not_theirs(scene: Scene) -> None:
    contact = scene.waits("1", language="uz")
    scene.mirror.settled(NOW)
    assert scene.seen == []
    scene.mirror.made([(contact.id, ANA.staff_id)], NOW)
    assert "not the best" in scene.seen[0]


def test_who_is_on_a_break_is_not_asked(scene: Scene) -> None:
    contact = scene.waits("1")
    scene.mirror.presence(ANA.staff_id, Presence.BREAK, NOW)
    scene.mirror.made([(contact.id, ANA.staff_id)], NOW)
    assert "not the best" in scene.seen[0]


def test_somebody_is_over_and_still_waits(scene: Scene) -> None:
    scene.mirror.over(scene.waits("1").id)
    assert "still waits" in scene.seen[0]
