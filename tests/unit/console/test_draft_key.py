"""The key that seals drafts: one per session, of the size the browser's cipher asks for."""

import base64

from hotline.console.views import draft_key


def test_key_is_the_same_for_the_whole_session() -> None:
    assert draft_key("token") == draft_key("token")
    assert draft_key("token") != draft_key("other")


def test_key_has_the_size_of_the_cipher_and_does_not_show_the_token() -> None:
    key = base64.b64decode(draft_key("token"), validate=True)

    assert len(key) == 32
    assert b"token" not in key
