"""Names, numbers and texts are stored sealed: a disk taken without its keys tells nothing."""

import contextlib
import fcntl
import hmac
import json
import os
import re
import secrets
import stat
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from typing_extensions import override

from hotline.kernel.errors import HotlineError

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_STEP: Final = 256
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">BI")  # layout version, key epoch
_LENGTH: Final = struct.Struct(">I")
_DEK_AT: Final = _HEAD.size + _NONCE_BYTES
_NONCE_AT: Final = _DEK_AT + _KEY_BYTES + _TAG_BYTES
_BODY_AT: Final = _NONCE_AT + _NONCE_BYTES
_SHORTEST: Final = _BODY_AT + _STEP + _TAG_BYTES
_LONGEST_TEXT: Final = 16 * 1024 * 1024

_EPOCH_FILE: Final = re.compile(r"kek-([1-9][0-9]{0,8})\.key")
_SINGLE: Final = ("index", "audit", "pepper")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class Unreadable(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """A sealed value was changed, moved to another place, or its key is not here."""

    status: ClassVar[int] = 500

    def __init__(self) -> None:
        super().__init__("unreadable")


class KeyProblem(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """The key folder must not be used as it is; `words` tells the administrator what to do."""

    status: ClassVar[int] = 500

    def __init__(self, code: str, path: Path, words: str) -> None:
        super().__init__(code, path=str(path))
        self.words = f"{path}: {words}"

    @override
    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of one site. Never shown: the representation holds no bytes."""

    epochs: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    pepper: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        """New random keys; whatever the old ones sealed stays closed."""
        return cls({1: _new_key()}, _new_key(), _new_key(), _new_key())


class Vault:
    """Seals, opens and finds personal values.

    A value is bound to its place by `aad`, by convention ``table|row id|column``: copied to another
    row or column it does not open. The newest key epoch seals; every epoch in the folder opens.
    Everything here is pure computation, microseconds long, and safe from several threads.
    """

    def __init__(self, keys: KeySet) -> None:
        self._openers = {epoch: AESGCM(key) for epoch, key in keys.epochs.items()}
        self.epoch = max(self._openers)
        self._sealer = self._openers[self.epoch]
        self._head = _HEAD.pack(_VERSION, self.epoch)
        self._keys = keys

    @classmethod
    def open_folder(cls, folder: Path) -> Self:
        """Read the keys; a folder without any gets a full set first (several processes may race).

        Blocking, so only for the start. Raises `KeyProblem` when others could read the keys, or
        when a key is missing beside existing ones: a silently made new key would lose callers.
        """
        return cls(load_keys(folder))

    def seal(self, text: str, *, aad: str) -> bytes:
        """Encrypt under a data key of its own, which travels wrapped inside the value."""
        return self.seal_bytes(text.encode(errors="surrogatepass"), aad=aad)

    def open(self, blob: bytes, *, aad: str) -> str:
        """The text again; `Unreadable` if the value or its place was changed."""
        return self.open_bytes(blob, aad=aad).decode(errors="surrogatepass")

    def seal_bytes(self, raw: bytes, *, aad: str) -> bytes:
        """`seal` for what is no text: a part of a sound."""
        data_key, nonces = os.urandom(_KEY_BYTES), os.urandom(2 * _NONCE_BYTES)
        wrap_nonce, nonce = nonces[:_NONCE_BYTES], nonces[_NONCE_BYTES:]
        head = self._head
        wrapped = self._sealer.encrypt(wrap_nonce, data_key, head)
        body = AESGCM(data_key).encrypt(nonce, _pad(raw), head + aad.encode())
        return b"".join((head, wrap_nonce, wrapped, nonce, body))

    def open_bytes(self, blob: bytes, *, aad: str) -> bytes:
        """The bytes again; `Unreadable` if the value or its place was changed."""
        head = blob[: _HEAD.size]
        if len(blob) < _SHORTEST or head[0] != _VERSION:
            raise Unreadable
        opener = self._openers.get(_HEAD.unpack(head)[1])
        if opener is None:
            raise Unreadable
        try:
            data_key = opener.decrypt(blob[_HEAD.size : _DEK_AT], blob[_DEK_AT:_NONCE_AT], head)
            nonce, body = blob[_NONCE_AT:_BODY_AT], blob[_BODY_AT:]
            return _unpad(AESGCM(data_key).decrypt(nonce, body, head + aad.encode()))
        except InvalidTag:
            raise Unreadable from None

    def seal_json(self, value: object, *, aad: str) -> bytes:
        """Seal a JSON value; several small texts of one row share one data key this way."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self.seal(text, aad=aad)

    def open_json(self, blob: bytes, *, aad: str) -> Any:  # noqa: ANN401 - JSON has any shape
        """The JSON value again."""
        return json.loads(self.open(blob, aad=aad))

    def index(self, purpose: str, value: str) -> bytes:
        """A keyed hash (32 bytes) to find a value again without storing it.

        Equal values give equal bytes within one purpose, and unrelated bytes across purposes.
        """
        message = f"{purpose}\x00{value}".encode(errors="surrogatepass")
        return hmac.digest(self._keys.index, message, "sha256")

    def mark(self) -> str:
        """What only this set of keys says; kept sealed, it proves all of them at once."""
        about = "key_proof"
        marks = (self.index(about, ""), self.audit_mac(about.encode()), self.pepper(about))
        return b"".join(marks).hex()

    def audit_mac(self, message: bytes) -> bytes:
        """The link of the audit chain, under a key nothing else uses."""
        return hmac.digest(self._keys.audit, message, "sha256")

    def pepper(self, password: str) -> bytes:
        """What is hashed instead of the password: a stolen table alone cannot be guessed at."""
        return hmac.digest(self._keys.pepper, password.encode(errors="surrogatepass"), "sha256")


def load_keys(folder: Path) -> KeySet:
    """Read a key folder, making the first set where there is none. Blocking.

    Raises `KeyProblem`; also when the folder cannot be read, made or written.
    """
    with _usable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_others(folder)
        if not _epoch_files(folder):
            _make_first_set(folder)
        epochs = {number: _read_key(path) for number, path in _epoch_files(folder).items()}
        return KeySet(epochs, *(_read_key(folder / f"{name}.key") for name in _SINGLE))


def has_keys(folder: Path) -> bool:
    """Whether the folder holds a set that was made before."""
    with _usable(folder):
        return folder.is_dir() and bool(_epoch_files(folder))


def add_epoch(folder: Path) -> int:
    """Add the next key epoch; processes started from now on seal with it. Returns its number.

    Blocking. Restart all processes soon after: one that runs on cannot open what newer ones seal.
    """
    load_keys(folder)
    with _Lock(folder):
        number = max(_epoch_files(folder)) + 1
        _write_key(folder / f"kek-{number}.key")
    return number


def _make_first_set(folder: Path) -> None:
    """The epoch key is written last: where it exists, the set is complete and nobody writes."""
    with _Lock(folder):
        if _epoch_files(folder):
            return
        for name in (*_SINGLE, "kek-1"):
            path = folder / f"{name}.key"
            if not path.exists():
                _write_key(path)


class _Lock:
    """One process at a time makes keys; the lock dies with its holder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".lock"
        self._fd = -1

    def __enter__(self) -> None:
        self._fd = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def __exit__(self, *_exc: object) -> None:
        os.close(self._fd)


def _write_key(path: Path) -> None:
    """Whole or not at all: readers see no half-written key even after a crash."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fd = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o400)
    try:
        os.write(fd, _new_key().hex().encode() + b"\n")
        os.fsync(fd)
    finally:
        os.close(fd)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read_key(path: Path) -> bytes:
    if not path.exists():
        raise KeyProblem("key-missing", path, "this key is missing; put it back from your backup")
    _refuse_others(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyProblem("key-damaged", path, "this is not a key of 64 hexadecimal digits")
    return key


@contextlib.contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = f"keys cannot be read or made here ({error.strerror}); see keys.folder"
        raise KeyProblem("keys-unusable", folder, words) from error


def _refuse_others(path: Path) -> None:
    if path.stat().st_mode & _OTHERS:
        mode = "0700" if path.is_dir() else "0400"
        raise KeyProblem("keys-open-to-others", path, f"others may use it; run chmod {mode} on it")


def _epoch_files(folder: Path) -> dict[int, Path]:
    found = ((_EPOCH_FILE.fullmatch(path.name), path) for path in folder.iterdir())
    return {int(match[1]): path for match, path in found if match}


def _new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def _pad(raw: bytes) -> bytes:
    """Length and bytes, filled up to whole steps, so that the stored size says little."""
    if len(raw) > _LONGEST_TEXT:
        raise HotlineError("text-too-long")
    filled = -(_LENGTH.size + len(raw)) % _STEP
    return b"".join((_LENGTH.pack(len(raw)), raw, bytes(filled)))


def _unpad(padded: bytes) -> bytes:
    length = _LENGTH.unpack_from(padded)[0]
    return padded[_LENGTH.size : _LENGTH.size + length]
