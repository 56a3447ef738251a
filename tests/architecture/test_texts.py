"""Every text exists in four languages with the same variables, and every id in use exists."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hotline.consultations import forms
from hotline.i18n.catalogue import Catalogue
from hotline.intake import flows
from hotline.intake.model import Flow
from hotline.kernel.languages import LANGS, SOURCE, Lang
from hotline.telephony.prompts import FOLDER, Prompts
from tests.architecture.sources import PRODUCT, Source, functions, sources

ROOT = Path(__file__).resolve().parents[2]
# `other` alone is no plural: a text may single out 0 and say the rest in one way.
PLURALS = {"zero", "one", "two", "few", "many"}
WANTED = {
    "ky": {"one", "other"},
    "ru": {"one", "few", "many"},
    "uz": {"one", "other"},
    "en": {"one", "other"},
}
ERRORS = {"Invalid", "NotFound", "Conflict", "TooMany", "Unavailable", "HotlineError", "Failure"}
# Words that must not show on the screen of somebody who may be watched.
GIVE_AWAY = re.compile(
    r"торгов|эксплуатац|милици|полици|рабств|сатуу|зордук|savdo|ekspluat|militsiya|politsiya|qullik"
    r"|traffick|exploit|police|slave|189",
    re.IGNORECASE,
)
TEXT_ID = re.compile(r"(?:error|bot|ivr|intake-topic|duty|lang)(?:-[a-z0-9]+)+")


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "hotline" / "locales")


@cache
def shipped() -> flows.Flows:
    return flows.load_all(ROOT / "config", catalogue(), sounds=Prompts.load())


def every_id() -> list[str]:
    return [text_id for area in catalogue().areas() for text_id in catalogue().ids(area)]


@pytest.mark.parametrize("lang", LANGS)
def test_same_files_and_ids_in_every_language(lang: Lang) -> None:
    texts = catalogue()

    assert texts.areas(lang) == texts.areas(SOURCE)
    for area in texts.areas(SOURCE):
        assert set(texts.ids(area, lang)) == set(texts.ids(area, SOURCE)), area


@pytest.mark.parametrize("lang", LANGS)
def test_same_variables_and_attributes_in_every_language(lang: Lang) -> None:
    texts = catalogue()
    differing = [
        text_id
        for text_id in every_id()
        if texts.variables(lang, text_id) != texts.variables(SOURCE, text_id)
        or texts.attributes(lang, text_id) != texts.attributes(SOURCE, text_id)
    ]
    assert differing == []


@pytest.mark.parametrize("lang", LANGS)
def test_plurals_have_every_form_of_their_language(lang: Lang) -> None:
    gaps = [
        (text_id, sorted(forms_given))
        for text_id in every_id()
        for forms_given in catalogue().selectors(lang, text_id)
        if forms_given & PLURALS and not forms_given >= WANTED[lang]
    ]
    assert gaps == []


def test_uzbek_letters_use_their_own_marks() -> None:
    wrong = re.compile(r"[A-Za-z]['\u2018\u2019`][A-Za-z]|[\u0400-\u04ff]")
    folder = ROOT / "hotline" / "locales" / "uz"
    found = [
        f"{path.name}: {line}"
        for path in folder.glob("*.ftl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#") and wrong.search(line)
    ]
    assert found == []


def test_sms_says_nothing_of_its_subject_and_fits() -> None:
    texts = catalogue()
    for text_id in (*(i for i in texts.ids("bot") if i.startswith("bot-sms-")), "duty-sms"):
        for lang in LANGS:
            said = texts.t(lang, text_id, code="K7Q2M9XA", opens="08:00", hours="08:00-20:00")
            assert len(said) <= 70, (lang, said)
            assert not GIVE_AWAY.search(said), (lang, said)


def test_buttons_of_a_chat_do_not_name_the_subject() -> None:
    flow = shipped().telegram
    labels = {choice.label for step in flow.steps.values() for choice in step.choices}
    for label in (*labels, flow.danger.label):
        for lang in LANGS:
            assert not GIVE_AWAY.search(catalogue().t(lang, label)), (lang, label)


def test_spoken_danger_key_is_the_one_the_notice_names() -> None:
    assert shipped().voice.danger.key == "0"


def test_sounds_are_in_step_with_the_texts() -> None:
    """When this fails, a text changed and its audio did not: `python deploy/make_prompts.py`."""
    texts, prompts = catalogue(), Prompts.load()
    spoken: dict[tuple[Lang, str], str] = {}
    for lang in LANGS:
        for text_id in texts.ids("ivr"):
            name = texts.t(lang, f"{text_id}.audio")
            if not texts.has(lang, f"{text_id}.count"):
                spoken[lang, name] = texts.t(lang, text_id)
                continue
            for n in range(1, int(texts.t(lang, f"{text_id}.count")) + 1):
                spoken[lang, f"{name}-{n}"] = texts.t(lang, text_id, n=n)

    stale = [
        key
        for key, text in spoken.items()
        if prompts.text_hash(*key) != hashlib.sha256(text.encode()).hexdigest()
    ]
    assert stale == []
    assert {(lang, name) for lang in LANGS for name in prompts.ids(lang)} == set(spoken)


def test_sound_files_and_manifest_name_the_same_files() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    named = {entry["file"] for entries in manifest.values() for entry in entries.values()}

    assert named == {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.mp3")}


def test_every_topic_before_the_talk_has_a_place_in_the_record() -> None:
    form = forms.load(ROOT / "config")
    chosen = {
        choice.topic
        for flow in shipped().by_channel.values()
        for step in flow.steps.values()
        for choice in step.choices
        if choice.topic is not None
    }
    assert chosen == set(form.intake_topics)
    assert all(catalogue().has(SOURCE, f"intake-topic-{topic}") for topic in chosen)
    assert set(shipped().voice.risk.topics_s) <= chosen


def test_voice_and_telegram_offer_the_same_topics() -> None:
    def topics(flow: Flow) -> list[str | None]:
        return [c.topic for c in flow.steps["topic"].choices if c.topic is not None]

    assert topics(shipped().voice) == topics(shipped().telegram)


# ------------------------------------------------------------------------------ ids used in code


def speaking() -> Iterator[Source]:
    for source in sources(*PRODUCT):
        if not {"simulator", "migrations"} & set(source.path.parts):
            yield source


def error_codes(source: Source) -> Iterator[str]:
    """Codes given to error classes, as a literal or through a name given one just before."""
    inner = (tuple(ast.walk(function)) for function in functions(source.nodes))
    for scope in (source.nodes, *inner):
        named = {
            target.id: node.value.value
            for node in scope
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }
        for call in scope:
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                yield from _code(call, call.func.id, named)


def _code(call: ast.Call, name: str, named: dict[str, str]) -> Iterator[str]:
    place = 1 if name == "Failure" else 0
    if name not in ERRORS or len(call.args) <= place:
        return
    given = call.args[place]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.Name) and given.id in named:
        yield named[given.id]


def test_every_error_raised_has_words() -> None:
    missing = sorted(
        {
            f"{source.name}: error-{code}"
            for source in speaking()
            for code in error_codes(source)
            if "cli" not in source.path.parts and not catalogue().has(SOURCE, f"error-{code}")
        }
    )
    assert missing == []


def test_every_field_code_of_the_form_has_words() -> None:
    tree = ast.parse((ROOT / "hotline" / "consultations" / "forms.py").read_text(encoding="utf-8"))
    codes = {
        node.value
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and function.name in {"validate_fields", "_misfit", "_misfit_many"}
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } & {"unknown-field", "required", "wrong-type", "not-an-option", "too-long"}
    assert len(codes) == 5
    assert all(catalogue().has(SOURCE, f"error-{code}") for code in codes)


def test_every_text_named_in_code_exists() -> None:
    missing = sorted(
        {
            f"{source.name}: {node.value}"
            for source in speaking()
            for node in source.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and TEXT_ID.fullmatch(node.value)
            and not catalogue().has(SOURCE, node.value)
            and not Prompts.load().has(SOURCE, node.value)
        }
    )
    assert missing == []
