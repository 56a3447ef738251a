"""While the carrier's token is being changed both are good, and nobody notices on the line."""

import pytest
from multidict import MultiDict
from twilio.request_validator import RequestValidator

from hotline.carrier.signature import SETTINGS_HEADER
from hotline.simulator import Fault
from tests.town import Town
from tests.wire import CALL, CALLER, Wire

BEFORE = "insecure-token-that-was-used-before-0000"
ROTATING = {"HOTLINE__CARRIER__AUTH_TOKEN_SECONDARY": BEFORE}


@pytest.mark.parametrize("environ", [ROTATING])
async def test_a_call_during_the_change_is_carried_to_its_end(town: Town) -> None:
    town.world.faults.arm(Fault.OLD_TOKEN, times=1000, every=2)
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await caller.hang_up()
    await town.written_up(ana, card["id"])


@pytest.mark.parametrize("environ", [ROTATING, {}])
@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
async def test_only_tokens_of_ours_sign_in_either_algorithm(
    town: Town, wire: Wire, environ: dict[str, str], algorithm: str
) -> None:
    form = {"AccountSid": town.settings.carrier.account_sid, **CALL, "CallStatus": "in-progress"}
    now = town.settings.carrier.auth_token.reveal()
    for token, status in ((now, 200), (BEFORE, 200 if environ else 403), ("x" * 40, 403)):
        url = f"{town.url}/voice/bridge"
        signed = RequestValidator(token).compute_signature(url, MultiDict(form), algorithm)
        headers = {
            "X-Twilio-Signature": signed,
            SETTINGS_HEADER: f"key=KY1,algorithm={algorithm}",
        }
        assert (await wire.carrier("/voice/bridge", CALL | form, headers)).status == status
