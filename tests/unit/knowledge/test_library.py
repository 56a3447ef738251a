"""The articles that ship are proved; those that do not fit are named, all at once."""

from pathlib import Path

import pytest

from hotline.kernel.languages import LANGS
from hotline.knowledge.library import KnowledgeProblems, Library
from tests.architecture.test_texts import GIVE_AWAY
from tests.unit.intake.flowing import ROOT, shipped_catalogue

TOPICS = ("abroad", "documents", "wages", "ban", "missing", "danger", "other")
BROKEN = """
articles:
  - {id: one, topic: fishing, source: nobody, checked_on: 2026-01-01, review: draft,
     title: {ru: А}, body: {ru: Б, ky: Б, uz: B, en: B}}
  - {id: one, topic: ban, source: nobody, checked_on: 2026-01-01, review: draft,
     title: {ru: А, ky: А, uz: A, en: A}, says: no-such-text}
"""


def shipped() -> Library:
    return Library.load(ROOT / "config", shipped_catalogue(), TOPICS)


def test_every_title_is_a_harmless_button_and_every_fact_has_a_source() -> None:
    for article in shipped().articles:
        assert len(article.source) > 10
        for lang in LANGS:
            assert not GIVE_AWAY.search(article.title[lang]), (article.id, lang)


def test_what_the_telephone_says_is_what_is_read() -> None:
    said = {a.id: a.body for a in shipped().articles}
    for lang in LANGS:
        assert said["about"][lang] == shipped_catalogue().t(lang, "ivr-about")
        assert said["emergency"][lang] == shipped_catalogue().t(lang, "ivr-emergency")


def test_callers_are_shown_their_topic_or_all_and_never_what_is_for_staff() -> None:
    library = shipped()
    assert {a.topic for a in library.for_callers("ban")} == {"ban"}
    everything = library.for_callers(None)
    assert library.for_callers("danger") == everything
    assert "neither_nor" not in {a.id for a in everything}
    assert library.get("neither_nor") is None


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(KnowledgeProblems) as found:
        Library.load(tmp_path, shipped_catalogue(), TOPICS)
    said = "\n".join(found.value.problems)
    assert "'fishing'" in said
    assert "title (en)" in said
    assert "body (uz)" in said
    assert "used twice" in said
