"""What a rehearsal does at the start of a shift: operators with levels that accounts cannot say."""

from hotline.access.model import Actor
from hotline.infra.db import Uow
from hotline.routing import operatorstore
from hotline.routing.model import PHONE_MODES, Ability


async def sign_on(uow: Uow, actor: Actor, able: Ability) -> None:
    """At work from now, able to do this, with the telephone of training."""
    await operatorstore.sign_on(
        uow, actor.staff_id, able=able, max_chats=actor.max_chats, phone_mode=PHONE_MODES[0]
    )
