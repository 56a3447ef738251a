"""The signature a carrier puts on its webhooks, as the vendor documents it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping


def signature(token: str, url: str, form: Mapping[str, str], *, sha256: bool = False) -> str:
    """Sign the URL as it was configured (no fragment) followed by the sorted form fields.

    For a GET the parameters stand in the URL and ``form`` is empty. SHA-1 is the rule; with a
    shared key it is SHA-256.
    """
    text = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha256 if sha256 else hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()
