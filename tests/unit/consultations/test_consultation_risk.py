"""The risk as the ticks make it: always with its reasons, and never acting by itself."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.consultations import forms, risk
from hotline.consultations.risk import EscalationOffer, RiskLevel

FORM = forms.load(Path(__file__).resolve().parents[3] / "config")
SIGNS = [sign.key for sign in FORM.screening]
RANK = list(RiskLevel)


@pytest.mark.parametrize(
    ("values", "danger", "level"),
    [
        ({}, False, "none"),
        ({"danger_now": "no"}, False, "none"),
        ({"danger_now": "not_known"}, False, "none"),
        ({"screening": ["debt"]}, False, "raised"),
        ({"topic": "family.domestic_violence"}, False, "raised"),
        ({"screening": ["debt", "watched"]}, False, "high"),
        ({"screening": ["violence"]}, False, "high"),
        ({}, True, "high"),
        ({"danger_now": "yes"}, False, "immediate"),
    ],
)
def test_level(values: dict[str, Any], danger: bool, level: str) -> None:  # noqa: FBT001 - a table
    assert risk.risk_of(FORM, values, danger=danger) == level


@pytest.mark.parametrize(
    ("values", "danger", "offer"),
    [
        ({}, False, None),
        ({"topic": "prep.visa_entry"}, False, None),
        ({"screening": ["debt"]}, False, EscalationOffer("normal", "trafficking", ("debt",))),
        (
            {"screening": ["debt", "watched"]},
            False,
            EscalationOffer("high", "trafficking", ("debt", "watched")),
        ),
        ({"screening": ["child"]}, False, EscalationOffer("high", "child", ("child",))),
        (
            {"danger_now": "yes", "screening": ["debt"]},
            False,
            EscalationOffer("urgent", "danger", ("debt",)),
        ),
        ({}, True, EscalationOffer("high", "danger", ())),
        ({"topic": "danger.self_harm"}, False, EscalationOffer("high", "danger", ())),
    ],
)
def test_offer(values: dict[str, Any], danger: bool, offer: EscalationOffer | None) -> None:  # noqa: FBT001 - a table
    assert risk.offer(FORM, values, danger=danger) == offer


@given(
    ticked=st.lists(st.sampled_from(SIGNS), unique=True),
    more=st.sampled_from(SIGNS),
    now=st.sampled_from(["yes", "no", "not_known", None]),
    danger=st.booleans(),
)
def test_one_more_sign_never_lowers_the_risk(
    ticked: list[str],
    more: str,
    now: str | None,
    danger: bool,  # noqa: FBT001 - generated
) -> None:
    less = {"screening": ticked, "danger_now": now}
    all_ = {"screening": sorted({*ticked, more}), "danger_now": now}
    before = risk.risk_of(FORM, less, danger=danger)
    after = risk.risk_of(FORM, all_, danger=danger)
    assert RANK.index(after) >= RANK.index(before)
    assert risk.offer(FORM, all_, danger=danger) is not None
