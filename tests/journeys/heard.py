"""What a call was answered with: a webhook comes once more as it was, and gets the same TwiML."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from hotline.simulator import PhoneCaller
from hotline.telephony.views import TOKEN_HEADER
from tests.town import Town
from tests.wire import Wire


class Answer:
    """TwiML, taken apart."""

    def __init__(self, text: str) -> None:
        self.root = ET.fromstring(text)  # noqa: S314 - our own document
        self.verbs = [verb.tag for verb in self.root]
        urls = (str(play.text) for play in self.root.iter("Play"))
        self.plays = [url.partition("/prompts/")[2].partition(".")[0] for url in urls]

    @property
    def waits(self) -> bool:
        """Whether the caller is in the hold loop: keys are heard, and the next turn is asked."""
        action = "".join(gather.attrib["action"] for gather in self.root.iter("Gather"))
        again = self.root.findtext("Redirect") or ""
        return "/voice/hold-key?" in action and "/voice/hold?" in again


async def answered(town: Town, wire: Wire, caller: PhoneCaller, door: str) -> Answer:
    """What the last request of this call at a door was answered with."""
    asked = [
        entry
        for entry in town.world.journal.find("webhook", subject=caller.call.sid)
        if urlsplit(str(entry["url"])).path == f"/voice/{door}"
    ][-1]
    url, params = urlsplit(str(asked["url"])), asked["params"]
    assert isinstance(params, dict)
    path = f"{url.path}?{url.query}" if url.query else url.path
    said = await wire.carrier(path, params, {TOKEN_HEADER: str(asked["token"])})
    assert said.status == 200
    return Answer(said.body)


async def hears_now(wire: Wire, caller: PhoneCaller, door: str = "bridge") -> Answer:
    """What this call is to hear, from what is stored alone."""
    form = {"CallSid": caller.call.sid, "CallStatus": "in-progress", "From": caller.number}
    return Answer((await wire.carrier(f"/voice/{door}", form)).body)


def in_order(caller: PhoneCaller, *prompts: str) -> bool:
    """Whether these were heard one after the other, whatever came between."""
    heard = iter(moment.what for moment in caller.heard)
    return all(any(prompt in what for what in heard) for prompt in prompts)
