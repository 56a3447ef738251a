"""How dangerous a contact looks from what was ticked, always with its reasons. Pure.

It offers and never acts: whether to escalate is the operator's decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from hotline.consultations.forms import Form

MANY_SIGNS: Final = 2
_GRAVE_FLAGS: Final = frozenset({"urgent", "escalate", "minor"})
_CHILD: Final = "child"


class RiskLevel(StrEnum):
    """The same four words as on the desk and in the log."""

    NONE = "none"
    RAISED = "raised"
    HIGH = "high"
    IMMEDIATE = "immediate"


_LEVELS: Final = {
    RiskLevel.IMMEDIATE: "urgent",
    RiskLevel.HIGH: "high",
    RiskLevel.RAISED: "normal",
    RiskLevel.NONE: "normal",
}


@dataclass(frozen=True, slots=True)
class EscalationOffer:
    """What the desk proposes; `reasons` are keys of the ticked signs."""

    level: str
    kind: str
    reasons: tuple[str, ...]


def in_danger(values: Mapping[str, Any]) -> bool:
    """Whether the operator recorded that the person is in danger now."""
    return values.get("danger_now") == "yes"


def denied(values: Mapping[str, Any]) -> bool:
    """Whether the operator recorded that the person is in no danger now."""
    return values.get("danger_now") == "no"


def risk_of(form: Form, values: Mapping[str, Any], *, danger: bool) -> RiskLevel:
    """Danger now is immediate; one dangerous sign, two others or danger in the intake are high.

    One other sign, or a topic that asks for care, raises it. `danger` is what the intake heard.
    """
    signs = values.get("screening") or []
    if in_danger(values):
        return RiskLevel.IMMEDIATE
    if danger or len(signs) >= MANY_SIGNS or form.has_danger_sign(signs):
        return RiskLevel.HIGH
    if signs or form.flags(str(values.get("topic"))) & _GRAVE_FLAGS:
        return RiskLevel.RAISED
    return RiskLevel.NONE


def offer(form: Form, values: Mapping[str, Any], *, danger: bool) -> EscalationOffer | None:
    """What to propose: with any ticked sign, with danger, and with a topic for the supervisor.

    Danger that only the caller told proposes nothing once the operator recorded that there is none.
    """
    signs = tuple(values.get("screening") or ())
    told = "escalate" in form.flags(str(values.get("topic")))
    if not (signs or told or in_danger(values) or (danger and not denied(values))):
        return None
    level = _LEVELS[risk_of(form, values, danger=danger)]
    if told and level == "normal":
        level = "high"
    return EscalationOffer(level, _kind(form, values, signs), signs)


def _kind(form: Form, values: Mapping[str, Any], signs: tuple[str, ...]) -> str:
    if in_danger(values):
        return "danger"
    minor = "minor" in form.flags(str(values.get("topic")))
    if _CHILD in signs or minor:
        return "child"
    return "trafficking" if signs else "danger"
