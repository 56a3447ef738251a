"""Why somebody waited: what ruled each operator out, when, and which relaxations fired."""

from datetime import timedelta

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact
from hotline.routing import store
from hotline.routing.explaining import Explaining
from hotline.routing.model import Presence
from hotline.routing.why import Why
from tests.builders import ANA, BORIS, VERA, an_actor
from tests.service.routing.floor import Floor

DINA = an_actor("dina", Role.SENIOR, languages=("uz",), skills=("wages",))
CHYN = an_actor("chyn", Role.OPERATOR, languages=("ru",), max_chats=1)
# Every time there is, moved back: as if so much had gone by since.
_TIMES = {
    "operator_moment": ("at",),
    "queue_moment": ("at", "effective_at"),
    "offer": ("made_at", "deadline", "ended_at"),
    "assignment": ("since", "until"),
    "queue_entry": ("since", "effective_at", "relax_at", "wanted_until"),
    "operator_state": ("since", "idle_since"),
    "routing_wish": ("due_at",),
}


async def passes(floor: Floor, seconds: int) -> None:
    """So many seconds go by, in which the sweeps look every five."""
    for _ in range(seconds // 5):
        async with floor.db.uow() as uow:
            await uow.execute("alter table queue_entry disable trigger queue_moment_changed")
            for table, columns in _TIMES.items():
                moved = ", ".join(f"{name} = {name} - interval '5 seconds'" for name in columns)
                await uow.execute(f"update {table} set {moved}")  # noqa: S608 - our own tables
            await uow.execute("alter table queue_entry enable trigger queue_moment_changed")
        await floor.routing.expire_due()
        await floor.routing.tend()


async def why(floor: Floor, contact: Contact) -> Why:
    async with floor.db.reads() as uow:
        found = await Explaining(floor.db).why(uow, contact.id)
    assert found is not None
    return found


def ruled_out(why: Why, actor: Actor) -> list[tuple[str, int]]:
    """What ruled them out, one after the other, in seconds; slivers left out."""
    (one,) = [one for one in why.considered if one.staff_id == actor.staff_id]
    return [(s.what, round(s.seconds)) for s in one.segments if s.seconds >= 1]


async def test_zz(floor: Floor) -> None:
    await floor.shifts.start(BORIS, "fake")
    await floor.shifts.start(DINA, "fake")
    await floor.shifts.start(VERA, "fake")
    contact = await floor.arrives("1", language="ky", topic="wages")
    await floor.routing.match()
    await passes(floor, 70)
    found = await why(floor, contact)
    print(found)
    for a in (BORIS, DINA, VERA):
        print(a.name, ruled_out(found, a))
    assert 0
