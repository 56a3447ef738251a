"""The tags keep their grammar, so that an auditor can filter by any part."""

import re

from hotline.audit.tags import Tag


def test_tags_are_subject_object_verb() -> None:
    shape = re.compile(r"(staff|system):[a-z]+(-[a-z]+)*:[a-z]+")

    assert [tag for tag in Tag if not shape.fullmatch(tag.value)] == []


def test_no_two_tags_mean_the_same() -> None:
    assert len({tag.value for tag in Tag}) == len(Tag.__members__)
