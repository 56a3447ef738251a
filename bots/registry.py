"""The one list of messengers. A new one is a folder and a line here."""

from collections.abc import Callable
from typing import Final

from bots.model import Messenger, Outside
from bots.sms import wiring as sms
from bots.telegram import wiring as telegram

Builders = tuple[Callable[[Outside], Messenger | None], ...]
BUILDERS: Final[Builders] = (
    telegram.build,
    sms.build,
)


def messengers(outside: Outside, builders: Builders) -> list[Messenger]:
    """Those that the settings switch on."""
    built = (build(outside) for build in builders)
    return [messenger for messenger in built if messenger is not None]
