"""Two people write one record: nothing of anybody is overwritten unseen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hotline.consultations import forms, machine, merging
from hotline.consultations.model import Record, RecordState, Touch
from hotline.kernel.ids import ContactId, StaffId, new_id
from tests.builders import staff_id

CONFIG = Path(__file__).resolve().parents[3] / "config"
ANA, VERA = staff_id("ana"), staff_id("vera")
NAMES = ("summary", "topic", "country", "screening")

values = st.one_of(
    st.none(), st.sampled_from(["", "a", "b", "c"]), st.lists(st.sampled_from("xy"), max_size=2)
)
patches = st.dictionaries(st.sampled_from(NAMES), values, max_size=4)
people = st.sampled_from([ANA, VERA])


def a_record(rev: int = 1, **fields: str) -> Record:
    return Record(
        contact_id=ContactId(new_id()),
        author_id=ANA,
        state=RecordState.DRAFT,
        rev=rev,
        form_version="1",
        opened_at=datetime(2026, 11, 23, tzinfo=UTC),
        values=dict(fields),
        touched={},
    )


def written(record: Record, patch: dict[str, Any], base: int, by: StaffId) -> Record:
    """The record after a save, as the service does it."""
    merged = merging.merge(record, patch, base_rev=base, by=by)
    if not merged.changed:
        return record
    touched = merging.touch(record, merged.changed, rev=record.rev + 1, by=by)
    return Record(
        contact_id=record.contact_id,
        author_id=record.author_id,
        state=record.state,
        rev=record.rev + 1,
        form_version=record.form_version,
        opened_at=record.opened_at,
        values=merged.values,
        touched=touched,
    )


def said(record: Record) -> dict[str, Any]:
    return {name: record.values.get(name) for name in NAMES if name in record.values}


def test_other_fields_merge() -> None:
    record = written(a_record(), {"summary": "Ana"}, 1, ANA)
    merged = merging.merge(record, {"topic": "prep"}, base_rev=1, by=VERA)
    assert merged.values == {"summary": "Ana", "topic": "prep"}
    assert not merged.clashes


def test_same_field_of_another_clashes_and_stays() -> None:
    record = written(a_record(), {"summary": "Ana"}, 1, ANA)
    merged = merging.merge(record, {"summary": "Vera", "topic": "prep"}, base_rev=1, by=VERA)
    assert merged.clashes == {"summary"}
    assert merged.values == {"summary": "Ana", "topic": "prep"}


def test_ones_own_lost_answer_is_no_clash() -> None:
    record = written(a_record(), {"summary": "half a"}, 1, ANA)
    merged = merging.merge(record, {"summary": "half a sentence"}, base_rev=1, by=ANA)
    assert merged.values["summary"] == "half a sentence"
    assert not merged.clashes


def test_an_emptied_field_is_gone() -> None:
    merged = merging.merge(a_record(summary="x"), {"summary": "  "}, base_rev=1, by=ANA)
    assert merged.values == {}
    assert merged.changed == {"summary"}


@given(
    saves=st.lists(st.tuples(patches, st.integers(1, 6), people), max_size=6),
    patch=patches,
    base=st.integers(1, 8),
    by=people,
)
def test_no_answer_of_another_is_ever_overwritten_unseen(
    saves: list[tuple[dict[str, Any], int, StaffId]],
    patch: dict[str, Any],
    base: int,
    by: StaffId,
) -> None:
    record = a_record()
    for other, other_base, who in saves:
        record = written(record, other, other_base, who)
    after = written(record, patch, base, by)
    merged = merging.merge(record, patch, base_rev=base, by=by)
    for name in NAMES:
        touched = record.touched.get(name)
        newer = touched is not None and touched.rev > base and touched.by != by
        before, now = record.values.get(name), after.values.get(name)
        if name not in patch or newer:
            assert now == before
        else:
            assert now == patch[name] or (merging.is_empty(patch[name]) and now is None)
    assert merged.clashes <= set(patch)
    assert not merged.clashes & merged.changed


@given(patch=patches, other=patches, base=st.integers(1, 3))
def test_whoever_has_seen_everything_never_clashes(
    patch: dict[str, Any], other: dict[str, Any], base: int
) -> None:
    record = written(a_record(), other, 1, ANA)
    assert not merging.merge(record, patch, base_rev=record.rev + base, by=VERA).clashes


@given(patch=patches, by=people)
def test_saving_twice_is_saving_once(patch: dict[str, Any], by: StaffId) -> None:
    once = written(a_record(), patch, 1, by)
    again = written(once, patch, 1, by)
    assert said(again) == said(once)
    assert again.rev == once.rev


@given(
    first=st.dictionaries(st.sampled_from(["summary", "topic"]), values),
    second=st.dictionaries(st.sampled_from(["country", "screening"]), values),
)
def test_disjoint_saves_commute(first: dict[str, Any], second: dict[str, Any]) -> None:
    one = written(written(a_record(), first, 1, ANA), second, 1, VERA)
    other = written(written(a_record(), second, 1, VERA), first, 1, ANA)
    assert said(one) == said(other)


def test_touch_remembers_the_last_hand() -> None:
    record = written(written(a_record(), {"summary": "a"}, 1, ANA), {"summary": "b"}, 2, VERA)
    assert record.touched == {"summary": Touch(3, VERA)}


def test_hidden_answers_are_dropped_and_others_stay() -> None:
    form = forms.load(CONFIG)
    answers = {"kind": "silent", "summary": "x", "danger_now": "no", "no_escalation_reason": "y"}
    assert merging.shown(form, answers) == {"kind": "silent", "no_escalation_reason": "y"}
    assert merging.shown(form, {**answers, "kind": "consultation"})["summary"] == "x"


def test_a_finished_record_has_nowhere_to_go() -> None:
    assert machine.may(RecordState.DRAFT, RecordState.FINISHED)
    assert not any(machine.may(RecordState.FINISHED, state) for state in RecordState)
