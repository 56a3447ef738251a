"""The chain: what follows holds, and whatever is touched shows."""

import dataclasses
import hmac
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hotline.audit import chain
from hotline.audit.model import Entry, Head, Linked

words = st.text(st.characters(categories=["L", "N", "P"]), max_size=12)
entries = st.builds(
    Entry,
    id=st.integers(1, 2**60),
    at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.none() | st.uuids(),
    tag=words,
    object_type=words,
    object_id=st.none() | words,
    groups=st.lists(words, max_size=3).map(tuple),
    outcome=words,
)


def mac(message: bytes) -> bytes:
    return hmac.digest(b"k" * 32, message, "sha256")


def other_mac(message: bytes) -> bytes:
    return hmac.digest(b"j" * 32, message, "sha256")


def chained(made: list[Entry], head: Head = chain.START) -> list[Linked]:
    links = []
    for entry in made:
        links.append(chain.link(entry, head, mac))
        head = chain.head_of(links[-1])
    return links


@given(st.lists(entries, max_size=6))
def test_an_untouched_chain_holds(made: list[Entry]) -> None:
    links = chained(made)

    head, why = chain.follow(links, chain.START, mac)

    assert why is None
    assert head.number == len(made)


@given(st.lists(entries, min_size=1, max_size=6), entries, st.data())
def test_a_replaced_entry_shows_where(made: list[Entry], other: Entry, data: st.DataObject) -> None:
    links = chained(made)
    at = data.draw(st.integers(0, len(links) - 1))
    field = data.draw(st.sampled_from([f.name for f in dataclasses.fields(Entry)]))
    forged = dataclasses.replace(links[at].entry, **{field: getattr(other, field)})
    links[at] = dataclasses.replace(links[at], entry=forged)

    head, why = chain.follow(links, chain.START, mac)

    if forged == made[at]:
        assert why is None
    else:
        assert (head.number, why) == (at, "changed")


@given(st.lists(entries, min_size=2, max_size=6), st.data())
def test_a_removed_entry_leaves_a_gap(made: list[Entry], data: st.DataObject) -> None:
    links = chained(made)
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]

    assert chain.follow(links, chain.START, mac)[1] == "gap"


@given(st.lists(entries, min_size=2, max_size=6))
def test_entries_renumbered_over_a_removed_one_show(made: list[Entry]) -> None:
    links = chained(made)
    closed_up = [dataclasses.replace(links[1], number=1), *links[2:]]

    assert chain.follow(closed_up, chain.START, mac)[1] == "order"


@given(st.lists(entries, min_size=1, max_size=4))
def test_a_chain_made_with_another_key_shows(made: list[Entry]) -> None:
    assert chain.follow(chained(made), chain.START, other_mac)[1] == "changed"


@given(st.lists(entries, max_size=3), st.lists(entries, max_size=3))
def test_checking_in_pieces_is_checking_the_whole(first: list[Entry], then: list[Entry]) -> None:
    links = chained([*first, *then])

    middle, _ = chain.follow(links[: len(first)], chain.START, mac)
    end, why = chain.follow(links[len(first) :], middle, mac)

    assert why is None
    assert end == chain.follow(links, chain.START, mac)[0]


def test_one_moment_is_written_one_way() -> None:
    at = datetime(2026, 11, 23, 8, 5, 12, 120_000, tzinfo=UTC)
    one = Entry(7, at, UUID(int=1), "a:b:c", "case", "x", ("number",), "ok")
    elsewhere = dataclasses.replace(one, at=at.astimezone(timezone(timedelta(hours=6))))

    assert chain.canonical(one, 1) == chain.canonical(elsewhere, 1)
    assert chain.canonical(one, 1) == (
        b'[1,7,"2026-11-23T08:05:12.120000+00:00","00000000-0000-0000-0000-000000000001",'
        b'"a:b:c","case","x",["number"],"ok"]'
    )
