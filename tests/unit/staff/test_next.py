"""After signing in, people land on this site and nowhere else."""

import pytest

from hotline.staff.views import HOME, safe_next


@pytest.mark.parametrize(
    "claimed",
    [
        "",
        "console",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/log\r\nSet-Cookie: s=1",
        "/\t/evil.example",
        "/" + "a" * 300,
        "/жол",
    ],
)
def test_a_foreign_or_strange_place_leads_home(claimed: str) -> None:
    assert safe_next(claimed) == HOME


@pytest.mark.parametrize("place", ["/", "/console", "/log/7f?x=1", "/cases#top"])
def test_a_place_of_ours_is_kept(place: str) -> None:
    assert safe_next(place) == place
