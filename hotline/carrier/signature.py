"""Whether a webhook really comes from the carrier: our own check, cheaper than the SDK's.

Twilio signs the address it was configured with, followed by every form field; nothing here trusts
a forwarded header, so the address is our public base plus the raw path of the request.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

from multidict import MultiMapping

from hotline.kernel.secret import Secret

SETTINGS_HEADER: Final = "X-Twilio-Webhooks-Signature-Settings"
_ALGORITHMS: Final = {"HMAC_SHA1": hashlib.sha1, "HMAC_SHA256": hashlib.sha256}
_LONGEST: Final = 128

Fallback = Callable[[str, str, MultiMapping[str] | str, str, str], bool]
"""(token, url, form or body text, signature, algorithm) -> valid; the vendor's own validator."""


class Signature:
    """Checks requests against one or two tokens (two while one is being changed).

    `fallback` is asked when the own comparison fails: a wrong signature is rare, so being right
    costs nothing on the common path. Raises ValueError without any token: that must stop the start.
    """

    def __init__(
        self,
        base_url: str,
        tokens: Sequence[Secret],
        *,
        header: str,
        fallback: Fallback | None = None,
    ) -> None:
        self._tokens = [token.reveal() for token in tokens if token]
        if not self._tokens:
            message = "a webhook cannot be checked without a token"
            raise ValueError(message)
        self._bases = _bases(base_url)
        self._header = header
        self._fallback = fallback

    def check(
        self,
        raw_path: str,
        form: MultiMapping[str],
        headers: Mapping[str, str],
        *,
        json_body: bytes | None = None,
    ) -> bool:
        """Whether the request is genuine. `raw_path` as received, with its query.

        `form` holds the fields of a POST (empty for GET); `json_body` the bytes of a JSON request,
        which are signed through `bodySHA256` in the query.
        """
        given = headers.get(self._header, "")
        if not given or len(given) > _LONGEST or not given.isascii():
            return False
        algorithm = _algorithm(headers.get(SETTINGS_HEADER, ""))
        if algorithm not in _ALGORITHMS:
            return False
        if json_body is not None and not _body_fits(raw_path, json_body):
            return False
        fields = "" if json_body is not None else fields_text(form)
        if self._own(raw_path, fields, given, algorithm):
            return True
        return self._asked(raw_path, form, given, algorithm=algorithm, json_body=json_body)

    def _own(self, raw_path: str, fields: str, given: str, algorithm: str) -> bool:
        digest = _ALGORITHMS[algorithm]
        wanted = given.encode()
        for token in self._tokens:
            for base in self._bases:
                text = f"{base}{raw_path}{fields}".encode("utf-8", "surrogateescape")
                made = base64.b64encode(hmac.new(token.encode(), text, digest).digest())
                if hmac.compare_digest(made, wanted):
                    return True
        return False

    def _asked(
        self,
        raw_path: str,
        form: MultiMapping[str],
        given: str,
        *,
        algorithm: str,
        json_body: bytes | None,
    ) -> bool:
        if self._fallback is None:
            return False
        url = self._bases[0] + raw_path
        try:
            content = form if json_body is None else json_body.decode()
            return any(self._fallback(t, url, content, given, algorithm) for t in self._tokens)
        except (UnicodeError, ValueError):
            return False  # what the vendor's code cannot read it did not sign either


def fields_text(form: MultiMapping[str]) -> str:
    """Names in order, each followed by its values: repeated fields are a sorted set."""
    parts: list[str] = []
    for name in sorted(set(form)):
        values = form.getall(name)
        for value in values if len(values) == 1 else sorted(set(values)):
            parts += (name, value)
    return "".join(parts)


def sign(token: Secret, url: str, form: MultiMapping[str]) -> str:
    """The signature a carrier would put on a request; for our own start-up check and tests."""
    text = (url + fields_text(form)).encode("utf-8", "surrogateescape")
    return base64.b64encode(hmac.new(token.reveal().encode(), text, hashlib.sha1).digest()).decode()


def _bases(base_url: str) -> tuple[str, str]:
    """The base as configured, then its twin with or without the port: carriers sign either."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.port is None:
        port = 443 if parts.scheme == "https" else 80
        twin = parts._replace(netloc=f"{parts.netloc}:{port}")
    else:
        twin = parts._replace(netloc=host)
    return base_url, twin.geturl()


def _algorithm(settings: str) -> str:
    """`key=<id>,algorithm=HMAC_SHA256`; nothing said means SHA-1."""
    for part in settings.split(","):
        name, equals, value = part.partition("=")
        if equals and name.strip() == "algorithm" and value.strip():
            return value.strip().upper()
    return "HMAC_SHA1"


def _body_fits(raw_path: str, body: bytes) -> bool:
    named = parse_qs(urlsplit(raw_path).query).get("bodySHA256")
    if not named:
        return False
    made = hashlib.sha256(body).hexdigest()
    return hmac.compare_digest(made.encode(), named[0].encode("utf-8", "replace"))
