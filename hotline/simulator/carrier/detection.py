"""Who answered, a person or a machine: found out before the call goes on, or beside it."""

from __future__ import annotations

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.phonebook import Behaviour
from hotline.simulator.carrier.verbs import Detection

_PERSON_S = 2.0
_MACHINE_S = 4.0
_MESSAGE_S = 8.0


async def detect(desk: Desk, call: Call, behaviour: Behaviour) -> None:
    """Find out, or begin to: the first document waits for the result unless it is to go apart."""
    wanted = call.detection
    if wanted is None:
        return
    if wanted.apart:
        desk.tasks.start(_tell(desk, call, wanted, behaviour), name="detection")
    else:
        await _find_out(desk, call, wanted, behaviour)


async def _tell(desk: Desk, call: Call, wanted: Detection, behaviour: Behaviour) -> None:
    seconds = await _find_out(desk, call, wanted, behaviour)
    if call.final or not wanted.url or call.answered_by is None:
        return
    form = {
        "AccountSid": call.account_sid,
        "CallSid": call.sid,
        "AnsweredBy": call.answered_by,
        "MachineDetectionDuration": str(round(seconds * 1000)),
    }
    desk.hooks.post(Hook("amd", wanted.url, form, subject=call.sid), lane=f"amd {call.sid}")


async def _find_out(desk: Desk, call: Call, wanted: Detection, behaviour: Behaviour) -> float:
    """Listen; after how many seconds it was clear."""
    verdict, seconds = _verdict(behaviour, to_the_end=wanted.to_the_end)
    if seconds > wanted.timeout_s:
        verdict, seconds = "unknown", wanted.timeout_s
    await desk.clock.sleep(seconds)
    if not call.final:
        call.answered_by = verdict
        desk.journal.write("call.answered_by", call=call.sid, who=verdict)
    return seconds


def _verdict(behaviour: Behaviour, *, to_the_end: bool) -> tuple[str, float]:
    match behaviour:
        case Behaviour.FAX:
            return "fax", _MACHINE_S
        case Behaviour.VOICEMAIL:
            return ("machine_end_beep", _MESSAGE_S) if to_the_end else ("machine_start", _MACHINE_S)
        case _:
            return "human", _PERSON_S
