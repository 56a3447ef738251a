"""What people complain about in other inboxes, each by its name, so that it never happens here.

Text wiped on edit: test_changes.py. Voice and photo errors: journeys/test_files.py. Messages
missing until a reload, drafts lost: tests/console.
"""

import asyncio
from collections.abc import Awaitable

from hotline.contacts.model import Contact
from hotline.kernel.errors import Conflict, NotFound
from hotline.routing import operatorstore
from hotline.routing.shifts import ability
from tests.builders import ANA, BORIS
from tests.service.chat.house import House


async def test_peer_bug_duplicate_conversations(house: House) -> None:
    """First messages at once, some of them repeated, some edited already: one conversation."""
    await asyncio.gather(
        *(house.comes(f"{n}", event_id=f"t:{n}", name=f"{n}") for n in (1, 2, 2, 3)),
        *(house.comes(f"{n}", "edited", event_id=f"t:{n + 50}", name=f"{n}") for n in (1, 2)),
    )
    assert await house.count("conversation") == await house.count("contact") == 1


async def test_peer_bug_two_agents_on_one_chat(house: House) -> None:
    """Both press at once: one has it, and only that one can write, note, change or end."""
    await house.comes("вопрос")
    contact = await house.contact()
    for actor in (ANA, BORIS):
        async with house.db.uow() as uow:
            await operatorstore.sign_on(
                uow, actor.staff_id, able=ability(actor), max_chats=3, phone_mode="fake"
            )
    await house.routing.match()
    async with house.db.uow() as uow:
        offer = await uow.fetchrow("select id, staff_id from offer where state = 'pending'")
    assert offer is not None

    async def press(name: str) -> str | None:
        actor = ANA if name == "ana" else BORIS
        try:
            await house.routing.accept(actor, offer["id"])
        except Conflict:
            return None
        return name

    pressed = await asyncio.gather(*(press(name) for name in ("ana", "boris", "ana", "boris")))
    (winner,) = filter(None, pressed)
    has, has_not = (ANA, BORIS) if winner == "ana" else (BORIS, ANA)
    assert has.staff_id == offer["staff_id"]
    await house.chat.join(contact.id, has.staff_id)
    sent = await house.chat.send(has, contact.id, "c1", "слова")
    for attempt in (
        house.chat.send(has_not, contact.id, "c2", "слова"),
        house.chat.note(has_not, contact.id, "c3", "слова"),
        house.chat.close(has_not, contact.id),
        house.editing.edit(has_not, sent.id, "слова"),
        house.attention.typing(has_not, contact.id),
    ):
        assert await refused(attempt)
    held: Contact = await house.contact()
    assert held.operator_id == has.staff_id


async def refused(attempt: Awaitable[object]) -> bool:
    try:
        await attempt
    except NotFound:
        return True
    return False
