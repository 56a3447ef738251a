"""A carrier, the Telegram Bot API and people: strangers that know only the wire.

The program runs with them as it runs with the real ones; only addresses and keys differ::

    config = WorldConfig(voice_url="http://127.0.0.1:8080/voice/in#rc=2&rp=all", factor=50)
    async with World(config).running() as world:
        caller = world.phone("+996555000001")
        await caller.dial()                       # inbound call to the public number
        await caller.wait_for("menu")             # a prompt whose URL contains "menu"
        await caller.press("2")
        operator = world.softphone("op_7")
        await operator.connect({"Contact": "c1"})  # inbound leg From=client:op_7 to the TwiML App
        await caller.wait_talking()
        await caller.hang_up()

``world.url`` is the address of everything: ``/2010-04-01/...`` (REST), ``/bot<token>/METHOD`` and
``/file/bot<token>/...`` (Bot API), ``/`` (a page where one is a caller by hand) and ``/_sim/...``
(control for programs in other processes, see ``control``; real voices between browsers, see
``voices``).

People: ``world.phone(number)``, ``world.softphone(identity)``, ``world.sms(number)``,
``world.telegram_person(user_id)`` (scripted ones in ``chatters``). Numbers that are called behave
as the phone book says:
``world.carrier.book.set(number, Line(Behaviour.BUSY))``; ``client:`` and ``sip:`` addresses answer
at once and are silent, other numbers ring and are not answered.

Truth: ``world.journal`` (entries, ``find``, ``wait_for``, counters). Kinds: ``call.created``,
``call.status``, ``heard``, ``room.created|join|started|event|leave|ended``,
``queue.created|join|leave``, ``recording``, ``webhook`` (one per
attempt, with parameters, token, status), ``webhook.lost|reordered|late``, ``notification`` (the
vendor's error codes), ``rest``, ``sms.created|status|arrived``,
``telegram.call|update|delivered|message|action|answered|blocked|standing``.

Failures: ``world.faults.arm(Fault.STATUS_LOSE, times=3)``, or a share of all chances, by a seed:
``world.faults.arm_share(Fault.STATUS_LOSE, 0.05, seed=1)``.

Time: ``factor`` simulated seconds pass in one real second; timestamps stay real. Waiting helpers
take real seconds. ``world.failures`` lists exceptions that escaped inside the simulator itself.
"""

from hotline.simulator.aggregator import AggregatorConfig
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.carrier.phonebook import Behaviour, Line
from hotline.simulator.faults import Fault
from hotline.simulator.phones import PhoneCaller, SmsPerson, Softphone
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.world import World, WorldConfig

__all__ = [
    "AggregatorConfig",
    "Behaviour",
    "DialectName",
    "Fault",
    "Line",
    "PhoneCaller",
    "SmsPerson",
    "Softphone",
    "TelegramPerson",
    "World",
    "WorldConfig",
]
