"""The consultation form as data: proved at start, checked at save."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from hotline.consultations import forms
from hotline.kernel.languages import LANGS

CONFIG = Path(__file__).resolve().parents[3] / "config"
COMPLETE = {
    "kind": "consultation",
    "topic": "labour.unpaid_wages",
    "danger_now": "no",
    "summary": "Спросил о зарплате.",
    "outcome": "advice_given",
}


@pytest.fixture(scope="module")
def form() -> forms.Form:
    return forms.load(CONFIG)


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    copytree(CONFIG, tmp_path / "config")
    return tmp_path / "config"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_complete_record_is_accepted(form: forms.Form) -> None:
    assert forms.validate_fields(form, COMPLETE) == {}


def test_gaps_are_named_at_the_end_and_allowed_in_a_draft(form: forms.Form) -> None:
    gaps = {"kind": "consultation", "summary": "  "}

    assert forms.validate_fields(form, gaps, complete=False) == {}
    assert forms.validate_fields(form, gaps) == {
        "topic": "required",
        "danger_now": "required",
        "summary": "required",
        "outcome": "required",
    }


@pytest.mark.parametrize("kind", ["silent", "wrong_number", "prank", "hang_up", "abusive", "test"])
def test_contact_without_consultation_asks_nothing_more(form: forms.Form, kind: str) -> None:
    assert forms.validate_fields(form, {"kind": kind}) == {}
    assert form.is_non_data(kind)
    assert not form.is_non_data("consultation")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("kind", "lunch", "not-an-option"),
        ("topic", "labour.nothing", "not-an-option"),
        ("country", "QQ", "not-an-option"),
        ("danger_now", True, "wrong-type"),
        ("screening", "violence", "wrong-type"),
        ("screening", ["violence", 3], "wrong-type"),
        ("screening", ["violence", "violence"], "not-an-option"),
        ("screening", ["sunshine"], "not-an-option"),
        ("summary", "я" * 8001, "too-long"),
        ("shoe_size", "43", "unknown-field"),
    ],
)
def test_wrong_values_are_refused_even_in_a_draft(
    form: forms.Form, field: str, value: object, code: str
) -> None:
    fields = {**COMPLETE, field: value}

    assert forms.validate_fields(form, fields, complete=False) == {field: code}


def test_both_levels_of_topics_may_be_chosen(form: forms.Form) -> None:
    assert forms.validate_fields(form, {**COMPLETE, "topic": "labour"}) == {}
    assert form.first_level("labour.hours") == "labour"
    assert form.first_level("labour") == "labour"
    assert form.first_level("labour.nothing") is None


def test_flags_of_topics(form: forms.Form) -> None:
    assert form.flags("labour.documents_held") == {"screen", "escalate"}
    assert form.flags("labour") == frozenset()
    assert form.flags("nothing") == frozenset()


def test_danger_signs(form: forms.Form) -> None:
    assert form.has_danger_sign(["debt", "violence"])
    assert not form.has_danger_sign(["debt", "documents_taken"])


def test_choice_before_the_talk_prefills_the_topic(form: forms.Form) -> None:
    assert form.prefill("wages") == "labour"
    assert form.prefill("other") is None
    assert form.prefill(None) is None
    assert form.prefill("no-such") is None


def test_personal_texts_are_sealed(form: forms.Form) -> None:
    assert form.sealed() == {"summary", "advice"}
    assert all(field.pii for field in form.fields if field.type in {"text", "longtext"})


def test_json_has_everything_the_desk_needs(form: forms.Form) -> None:
    shape = json.loads(json.dumps(form.to_json()))

    assert set(shape) == {"version", "kinds", "sections", "fields", "lists"}
    assert set(shape["lists"]) == {"topics", "countries", "regions", "screening"}
    topic = next(field for field in shape["fields"] if field["id"] == "topic")
    assert topic["when"] == {"field": "kind", "in": ["consultation"]}
    assert topic["options_from"] == "topics"
    assert topic["options"] is None
    assert all(field["reason"] for field in shape["fields"])
    assert set(shape["lists"]["screening"][0]) == {"key", "labels", "weight"}
    assert len(shape["lists"]["topics"]) == 16
    assert [len(shape["lists"][name]) for name in ("countries", "regions")] == [63, 12]


def test_every_label_stands_in_four_languages(form: forms.Form) -> None:
    def labels(value: object) -> list[dict[str, str]]:
        if isinstance(value, dict):
            own = [value["labels"]] if "labels" in value else []
            return own + [label for one in value.values() for label in labels(one)]
        return [label for one in value for label in labels(one)] if isinstance(value, list) else []

    found = labels(form.to_json())
    assert len(found) > 200
    assert all(set(label) == set(LANGS) for label in found)


def test_version_follows_the_content(form: forms.Form, edited: Path) -> None:
    assert forms.load(edited).version == form.version
    change(edited / "taxonomy" / "regions.yaml", "город Бишкек", "Бишкек")

    assert forms.load(edited).version != form.version


def test_all_faults_of_all_files_are_named(edited: Path) -> None:
    change(edited / "taxonomy" / "regions.yaml", "type: city", "type: moon")
    change(edited / "taxonomy" / "countries.yaml", 'ky: "Кыргызстан"', 'ky: ""')
    change(edited / "forms" / "consultation.yaml", "reason:", "because:")
    (edited / "taxonomy" / "screening.yaml").unlink()

    with pytest.raises(forms.FormProblems) as refused:
        forms.load(edited)
    found = "\n".join(refused.value.problems)
    for fault in (
        "regions.yaml: regions.0.type",
        "countries.yaml: countries.0.labels: Value error, no label in ky",
        "consultation.yaml: fields.0.reason: Field required",
        "screening.yaml: cannot be read",
    ):
        assert fault in found


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        (
            "taxonomy/intake_topics.yaml",
            "ban: status_ru",
            "ban: stat",
            "no first-level topic 'stat'",
        ),
        ("taxonomy/topics.yaml", "key: prep.agency_check", "key: agency", "must begin with prep."),
        (
            "taxonomy/screening.yaml",
            "key: violence",
            "key: threats",
            "'threats' stands there twice",
        ),
        ("forms/consultation.yaml", "section: risk", "section: moon", "no section 'moon'"),
        ("forms/consultation.yaml", "in: [consultation]", "in: [talk]", "kind never has these"),
        ("forms/consultation.yaml", "type: longtext", "type: radio", "a radio field has options"),
    ],
)
def test_parts_must_fit_each_other(
    edited: Path, file: str, before: str, after: str, *, fault: str
) -> None:
    change(edited / file, before, after)

    with pytest.raises(forms.FormProblems, match=fault):
        forms.load(edited)
