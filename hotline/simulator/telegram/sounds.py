"""Makes voice messages: OGG pages with Opus packets of silence, which every player plays."""

from __future__ import annotations

import struct

_SILENCE = b"\xf8\xff\xfe"
_PER_PACKET = 960
_PACKETS_A_SECOND = 50
_FIRST, _LAST = 2, 4
_POLYNOMIAL = 0x04C11DB7


def voice_note(seconds: float, *, serial: int = 1) -> bytes:
    """Return OGG/Opus of that length; another ``serial`` is another file."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 9) + b"simulator" + struct.pack("<I", 0)
    pages = [_page([head], 0, serial, number=0, flags=_FIRST), _page([tags], 0, serial, number=1)]
    left, granule = max(1, round(seconds * _PACKETS_A_SECOND)), 0
    while left:
        count = min(left, _PACKETS_A_SECOND)
        left, granule = left - count, granule + count * _PER_PACKET
        flags = 0 if left else _LAST
        pages.append(_page([_SILENCE] * count, granule, serial, number=len(pages), flags=flags))
    return b"".join(pages)


def whole(body: bytes) -> bool:
    """Say whether all of it is OGG pages in order, with right checksums, from first to last."""
    at, number, flags = 0, 0, 0
    while body[at : at + 4] == b"OggS":
        flags, count = body[at + 5], body[at + 26]
        size = 27 + count + sum(body[at + 27 : at + 27 + count])
        page = body[at : at + size]
        bare = page[:22] + bytes(4) + page[26:]
        (found,) = struct.unpack("<I", page[18:22])
        (given,) = struct.unpack("<I", page[22:26])
        if found != number or given != _checksum(bare):
            return False
        at, number = at + size, number + 1
    return at == len(body) and number > 2 and flags == _LAST  # noqa: PLR2004 - two pages of head


def _page(packets: list[bytes], granule: int, serial: int, *, number: int, flags: int = 0) -> bytes:
    lacing = bytes(len(packet) for packet in packets)
    head = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, serial, number, 0)
    page = head + bytes([len(packets)]) + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", _checksum(page)) + page[26:]


def _checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ _TABLE[(crc >> 24) ^ byte]
    return crc


def _entry(byte: int) -> int:
    crc = byte << 24
    for _ in range(8):
        crc = ((crc << 1) & 0xFFFFFFFF) ^ (_POLYNOMIAL if crc & 0x80000000 else 0)
    return crc


_TABLE = [_entry(byte) for byte in range(256)]
