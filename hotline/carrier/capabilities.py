"""What each carrier of the Twilio dialect can do: a table, so that no code asks "which"."""

from dataclasses import dataclass
from typing import Final, Literal

Dialect = Literal["twilio", "signalwire", "somleng"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The differences, as values.

    `conference`: people meet in a room; without it they are bridged by Dial. `redirect`: a live
    call can be taken elsewhere by REST; without it only the hold loop moves it. `hold_chunk_s`:
    seconds between two turns of the hold loop. `operator_noun`: how a browser operator is dialled.
    `asks_first`: who is rung can be asked for a key before anybody is connected. `browser_phone`:
    there is a telephone for the browser that we have. `byoc_trunks`: calls can go out by a national
    operator's trunk. `records`: a live call can be recorded, and
    the recording paused and ended, by REST. `deletes`: so can a recording be deleted.
    `url_overrides`: the fragment that asks for quick retries of a webhook; it is never signed.
    """

    conference: bool
    redirect: bool
    pause: bool
    asks_first: bool
    browser_phone: bool
    byoc_trunks: bool
    records: bool
    deletes: bool
    hold_chunk_s: int
    signature_header: str
    operator_noun: Literal["Client", "Sip"]
    progress_events: bool
    api_prefix: str
    url_overrides: str

    @property
    def two_turns_s(self) -> int:
        """Seconds in which two turns of the hold loop should have come, with time to spare."""
        return 2 * self.hold_chunk_s + 10


_TABLE: Final[dict[Dialect, Capabilities]] = {
    "twilio": Capabilities(
        conference=True,
        redirect=True,
        pause=True,
        asks_first=True,
        browser_phone=True,
        byoc_trunks=True,
        records=True,
        deletes=True,
        hold_chunk_s=15,
        signature_header="X-Twilio-Signature",
        operator_noun="Client",
        progress_events=True,
        api_prefix="",
        url_overrides="#ct=2000&rt=4000&rc=2&rp=ct,rt,5xx",
    ),
    "signalwire": Capabilities(
        conference=True,
        redirect=True,
        pause=True,
        asks_first=True,
        browser_phone=False,
        byoc_trunks=False,
        records=True,
        deletes=True,
        hold_chunk_s=15,
        signature_header="X-SignalWire-Signature",
        operator_noun="Sip",
        progress_events=True,
        api_prefix="/api/laml",
        url_overrides="",
    ),
    "somleng": Capabilities(
        conference=False,
        redirect=False,
        pause=False,
        asks_first=False,
        browser_phone=False,
        byoc_trunks=False,
        records=False,
        deletes=False,
        hold_chunk_s=25,
        signature_header="X-Twilio-Signature",
        operator_noun="Sip",
        progress_events=False,
        api_prefix="",
        url_overrides="",
    ),
}


def of(dialect: Dialect) -> Capabilities:
    """The row of a carrier."""
    return _TABLE[dialect]
