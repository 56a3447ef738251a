"""Long texts are cut where it hurts least, and no word of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from hotline.chat.cutting import cut

LETTERS = st.text(alphabet="абв.! \n😀-", max_size=300)


@given(LETTERS, st.integers(min_value=1, max_value=40))
def test_every_piece_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = cut(text, lambda piece: len(piece) <= limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_sentences_stay_whole_where_they_fit() -> None:
    text = "Первое предложение. Второе предложение! Третье?"
    assert cut(text, lambda piece: len(piece) <= 25) == (
        "Первое предложение.",
        "Второе предложение!",
        "Третье?",
    )


def test_a_long_sentence_is_cut_between_words() -> None:
    pieces = cut("одно очень длинное предложение без конца", lambda piece: len(piece) <= 12)
    assert pieces == ("одно очень", "длинное", "предложение", "без конца")


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("  Раз. Два.  ", lambda piece: len(piece) <= 10) == ("Раз. Два.",)
