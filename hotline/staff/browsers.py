"""Browsers that signed in before: who only knows a login cannot keep its owner out with it.

Failures count per login, for everybody together. A browser where the right password was typed
once keeps a token for that login, and its failures count by themselves.
"""

import base64
import hmac
import secrets
from collections.abc import Iterator
from typing import Final

from hotline.infra.crypto import Vault

_MOST: Final = 5  # people who share one desk


class Browsers:
    """Signs and reads what browsers keep: some tokens that show neither a login nor a person."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def counted(self, login_index: bytes, kept: str) -> bytes:
        """Under which key the failures of this browser count for this login."""
        for token in self._tokens_of(login_index, kept):
            return self._vault.index("login-browser", token)
        return login_index

    def remember(self, login_index: bytes, kept: str) -> str:
        """What the browser keeps from now on, the latest login first."""
        own = next(self._tokens_of(login_index, kept), None) or self._new(login_index)
        others = [token for token in kept.split("~") if token and token != own]
        return "~".join([own, *others[: _MOST - 1]])

    def _tokens_of(self, login_index: bytes, kept: str) -> Iterator[str]:
        for token in kept.split("~")[:_MOST]:
            nonce, _, seal = token.partition(".")
            if hmac.compare_digest(seal.encode(), self._seal(login_index, nonce).encode()):
                yield token

    def _new(self, login_index: bytes) -> str:
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._seal(login_index, nonce)}"

    def _seal(self, login_index: bytes, nonce: str) -> str:
        mac = self._vault.index("known-browser", f"{login_index.hex()}.{nonce}")
        return base64.urlsafe_b64encode(mac).decode()
