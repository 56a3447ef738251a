"""A number that nobody sets is worse than none: its alarm never rings."""

import re

import pytest

from hotline.infra.metrics import Metrics
from tests.architecture.sources import PRODUCT, sources

DECLARED = sorted(set(vars(Metrics())) - {"registry"})


@pytest.mark.parametrize("name", DECLARED)
def test_every_number_is_set_by_somebody(name: str) -> None:
    use = re.compile(rf"metrics\.{name}\b")
    assert [
        source.name
        for source in sources(*PRODUCT)
        if source.module != "hotline.infra.metrics" and use.search(source.text)
    ]
