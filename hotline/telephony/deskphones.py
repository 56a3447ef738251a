"""What makes a desk's page a telephone: the carrier's token, or the simulator's address."""

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.carrier.ports import Carrier, PhoneToken
from hotline.kernel.errors import NotFound
from hotline.telephony.model import identity


class DeskPhones:
    """The telephones of this installation's desks.

    `browser` says whether operators may talk in the browser, `simulator` where the voices of the
    training room are carried, if they are.
    """

    def __init__(self, carrier: Carrier, *, browser: bool, simulator: str | None = None) -> None:
        self._carrier = carrier
        self._browser = browser
        self._simulator = simulator

    def token(self, actor: Actor) -> PhoneToken:
        """What makes the actor's browser a telephone. NotFound where there are none."""
        require(actor, Permission.CALL_LINE_TALK)
        if not self._browser:
            raise NotFound
        return self._carrier.access_token(identity(actor.staff_id))

    def training(self, actor: Actor) -> tuple[str, str]:
        """The simulator's address, and the actor's telephone there; NotFound without one."""
        require(actor, Permission.CALL_LINE_TALK)
        if self._simulator is None:
            raise NotFound
        return self._simulator, identity(actor.staff_id)
