"""The own signature check is held to the SDK's validator, which knows the vendor's habits."""

import hashlib
import json
from collections.abc import Callable
from urllib.parse import ParseResult, urlencode, urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict
from twilio.request_validator import RequestValidator, add_port, remove_port

from hotline.carrier import form as forms
from hotline.carrier.signature import SETTINGS_HEADER, Signature, sign
from hotline.carrier.twilio import sdk_validator
from hotline.kernel.secret import Secret

TOKEN = "first-token-0123456789abcdef0123"
OTHER = "other-token-0123456789abcdef0123"
HEADER = "X-Twilio-Signature"
BASES = ("https://line.example", "https://line.example:8443", "http://127.0.0.1:8189")

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_FIELDS = st.lists(st.tuples(st.sampled_from(["From", "To", "Digits", "Body", "A", "b"]), _TEXT))
_PATH = st.from_regex(r"/[a-z/-]{1,20}(\?[a-z]=[a-z0-9%A-F]{1,6}(&n=[0-9]{1,3})?)?", fullmatch=True)


def checker(
    base: str = BASES[0], *, fallback: bool = False, tokens: tuple[str, ...] = (TOKEN,)
) -> Signature:
    return Signature(
        base,
        [Secret(token) for token in tokens],
        header=HEADER,
        fallback=sdk_validator if fallback else None,
    )


@given(
    base=st.sampled_from(BASES),
    path=_PATH,
    fields=_FIELDS,
    algorithm=st.sampled_from(["HMAC_SHA1", "HMAC_SHA256"]),
    spelt=st.sampled_from([add_port, remove_port]),
)
def test_whatever_the_vendor_signs_is_accepted_without_asking_the_sdk(
    base: str,
    path: str,
    fields: list[tuple[str, str]],
    algorithm: str,
    spelt: Callable[[ParseResult], str],
) -> None:
    form = MultiDict(fields)
    url = spelt(urlparse(base + path))
    signature = RequestValidator(TOKEN).compute_signature(url, form, algorithm)
    headers = {HEADER: signature, SETTINGS_HEADER: f"key=abc,algorithm={algorithm}"}

    assert checker(base).check(path, form, headers)


@given(
    base=st.sampled_from(BASES),
    path=_PATH,
    fields=_FIELDS,
    changed=_FIELDS,
    algorithm=st.sampled_from(["HMAC_SHA1", "HMAC_SHA256", "HMAC_MD5"]),
)
def test_the_own_check_and_the_vendors_agree_on_every_request(
    base: str,
    path: str,
    fields: list[tuple[str, str]],
    changed: list[tuple[str, str]],
    algorithm: str,
) -> None:
    signature = RequestValidator(TOKEN).compute_signature(base + path, MultiDict(fields))
    form = MultiDict(changed)
    headers = {HEADER: signature, SETTINGS_HEADER: f"algorithm={algorithm}"}
    vendor = RequestValidator(TOKEN).validate(base + path, form, signature, algorithm)

    assert checker(base).check(path, form, headers) == vendor
    assert checker(base, fallback=True).check(path, form, headers) == vendor


@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=12))
def test_a_form_read_from_its_bytes_is_signed_as_it_was_sent(fields: list[tuple[str, str]]) -> None:
    form = forms.read(urlencode(fields).encode())
    sent = MultiDict(fields)
    signature = RequestValidator(TOKEN).compute_signature(f"{BASES[0]}/voice/in", sent)

    assert checker().check("/voice/in", form, {HEADER: signature})


def test_bytes_that_are_no_utf8_keep_their_signature() -> None:
    body = b"From=%FF%FE&Body=\xd0\x9f\xff&To=189"
    form = forms.read(body)
    signature = sign(Secret(TOKEN), f"{BASES[0]}/sms/in", form)

    assert checker().check("/sms/in", form, {HEADER: signature})
    assert not checker(fallback=True).check("/sms/in", form, {HEADER: "x" * 28})


@pytest.mark.parametrize("given_signature", [None, "", "ключ", "A" * 4000])
def test_no_or_absurd_signatures_are_refused(given_signature: str | None) -> None:
    headers = {} if given_signature is None else {HEADER: given_signature}

    assert not checker(fallback=True).check("/voice/in", MultiDict(), headers)


def test_both_tokens_are_valid_during_a_rotation_and_no_third() -> None:
    rotating = checker(tokens=(OTHER, TOKEN))
    form = MultiDict(CallSid="CA1")
    for token, valid in ((TOKEN, True), (OTHER, True), ("stranger" * 4, False)):
        headers = {HEADER: sign(Secret(token), f"{BASES[0]}/voice/in", form)}
        assert rotating.check("/voice/in", form, headers) is valid


def test_json_is_signed_through_the_hash_of_its_body() -> None:
    body = json.dumps({"a": "ы"}).encode()
    path = f"/voice/json?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers = {HEADER: RequestValidator(TOKEN).compute_signature(BASES[0] + path, {})}

    assert checker().check(path, MultiDict(), headers, json_body=body)
    assert not checker().check(path, MultiDict(), headers, json_body=body + b" ")
    assert not checker().check("/voice/json", MultiDict(), headers, json_body=body)


def test_without_a_token_there_is_no_checker() -> None:
    with pytest.raises(ValueError, match="without a token"):
        Signature(BASES[0], [Secret("")], header=HEADER)


def test_ports_are_told_apart_from_the_colons_of_an_address() -> None:
    form = MultiDict(CallSid="CA1")
    for base, twin in (
        ("http://[::1]:8189", "http://[::1]"),
        ("https://line.example", "https://line.example:443"),
    ):
        for signed in (base, twin):
            headers = {HEADER: sign(Secret(TOKEN), f"{signed}/voice/in", form)}
            assert checker(base).check("/voice/in", form, headers)


def test_a_flood_of_fields_is_no_form() -> None:
    assert not forms.read(b"&".join(b"a=1" for _ in range(5000)))
