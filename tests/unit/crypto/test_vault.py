"""What is sealed stays closed to everybody without the keys, and moved values stay closed too."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.infra.crypto import KeySet, Unreadable, Vault
from hotline.kernel.errors import HotlineError

KEYS = KeySet.fresh()
VAULT = Vault(KEYS)
HERE = "caller|5c1f|number_sealed"

any_text = st.text(st.characters(), max_size=700)


@given(any_text)
def test_what_was_sealed_opens_in_its_place(text: str) -> None:
    assert VAULT.open(VAULT.seal(text, aad=HERE), aad=HERE) == text


@given(st.text(st.characters(categories=["Cs"]), min_size=1, max_size=5))
def test_even_broken_unicode_survives(text: str) -> None:
    assert VAULT.open(VAULT.seal(text, aad=HERE), aad=HERE) == text


@given(st.data())
def test_one_changed_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    blob = bytearray(VAULT.seal("Мен Анкарадамын", aad=HERE))
    at = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[at // 8] ^= 1 << (at % 8)

    with pytest.raises(Unreadable):
        VAULT.open(bytes(blob), aad=HERE)


@given(st.integers(0, 400))
def test_a_shortened_value_is_noticed(length: int) -> None:
    blob = VAULT.seal("", aad=HERE)

    with pytest.raises(Unreadable):
        VAULT.open(blob[: min(length, len(blob) - 1)], aad=HERE)


@pytest.mark.parametrize(
    "elsewhere",
    ["caller|5c20|number_sealed", "caller|5c1f|masked", "case|5c1f|number_sealed", "", HERE + " "],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere: str) -> None:
    blob = VAULT.seal("+996555000111", aad=HERE)

    with pytest.raises(Unreadable):
        VAULT.open(blob, aad=elsewhere)


@given(any_text)
def test_the_size_tells_only_the_step(text: str) -> None:
    blob = VAULT.seal(text, aad=HERE)

    empty = VAULT.seal("", aad=HERE)
    steps = (len(blob) - len(empty)) / 256
    assert steps == -(-(4 + len(text.encode(errors="surrogatepass"))) // 256) - 1


def test_equal_texts_look_unrelated() -> None:
    one, two = (VAULT.seal("the same words", aad=HERE) for _ in range(2))

    # The head (version and key epoch) is all they have in common.
    assert one[:5] == two[:5]
    assert not any(one[i : i + 8] in two for i in range(5, len(one) - 8))


def test_the_text_is_not_inside() -> None:
    assert b"Aigul" not in VAULT.seal("Aigul " * 50, aad=HERE)


def test_old_epochs_open_and_the_newest_seals() -> None:
    second = dataclasses.replace(KEYS, epochs={**KEYS.epochs, 2: KeySet.fresh().epochs[1]})
    rotated = Vault(second)
    old = VAULT.seal("before", aad=HERE)
    new = rotated.seal("after", aad=HERE)

    assert rotated.open(old, aad=HERE) == "before"
    assert rotated.open(new, aad=HERE) == "after"
    # Who has only the first epoch opens nothing of the second.
    with pytest.raises(Unreadable):
        VAULT.open(new, aad=HERE)


def test_another_key_of_the_same_epoch_opens_nothing() -> None:
    blob = Vault(KeySet.fresh()).seal("words", aad=HERE)

    with pytest.raises(Unreadable):
        VAULT.open(blob, aad=HERE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@given(json_values)
def test_json_comes_back_as_it_was(value: object) -> None:
    assert VAULT.open_json(VAULT.seal_json(value, aad=HERE), aad=HERE) == value


def test_what_no_row_should_hold_is_refused() -> None:
    with pytest.raises(HotlineError):
        VAULT.seal("x" * (16 * 1024 * 1024 + 1), aad=HERE)


@given(any_text, any_text)
def test_the_index_finds_equal_values_only(one: str, two: str) -> None:
    assert len(VAULT.index("caller", one)) == 32
    assert (VAULT.index("caller", one) == VAULT.index("caller", two)) == (one == two)


def test_the_index_of_another_purpose_or_site_is_unrelated() -> None:
    number = "voice|+996555000111"
    found = {
        VAULT.index("caller", number),
        VAULT.index("login", number),
        VAULT.index("caller|", number),
        Vault(KeySet.fresh()).index("caller", number),
        VAULT.audit_mac(f"caller\x00{number}".encode()),
        VAULT.pepper(number),
    }

    assert len(found) == 6


def test_keys_do_not_show_themselves() -> None:
    assert KEYS.index.hex() not in repr(KEYS)
    assert repr(KEYS) == "KeySet()"
