"""How pigeons are put together: the way in is one address."""

from aiohttp import web

from bots.model import Messenger, Outside
from hotline.chat.delivery import Delivery
from hotline.chat.ports import Inbound
from hotline.chat.reception import Reception
from hotline.infra.house import Room
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable
from tests.toys.pigeon.channel import PigeonChannel

PATH = "/pigeon/in"


class Pigeons:
    """Letters in, letters out."""

    def __init__(self) -> None:
        self.channel = PigeonChannel()

    def room(self, reception: Reception, delivery: Delivery) -> Room:
        """The loft."""
        del delivery

        async def letter(request: web.Request) -> web.StreamResponse:
            value = await request.json()
            pressed = value.get("press")
            try:
                await reception.receive(
                    Inbound(
                        channel=self.channel.name,
                        event_id=value["id"],
                        address=value["loft"],
                        display=f"Loft {value['loft'][-2:]}",
                        kind=value.get("kind", "press" if pressed else "text"),
                        text=value.get("text"),
                        press=pressed,
                        provider_message_id=f"in-{value['id']}",
                    )
                )
            except Unavailable:
                return web.Response(status=503)
            return web.Response()

        access = Public("whoever has a pigeon")
        return Room(name="pigeon", edge=[Route("POST", PATH, letter, access)])

    async def close(self) -> None:
        """Pigeons need no connection."""


def build(outside: Outside) -> Messenger:
    """Where the sky is free."""
    del outside
    return Pigeons()
