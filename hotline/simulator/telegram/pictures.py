"""Makes pictures: real JPEGs of grey squares, for people who send photos and for thumbnails."""

from __future__ import annotations

import struct
from collections.abc import Callable

Shade = Callable[[int, int], int]

_SIDE = 8
_MIDDLE = 128
# Each square is one brightness: nine lengths of a difference, and nothing but the end of a block.
_LENGTHS = bytes([0, 0, 0, 9, *[0] * 12]) + bytes(range(9))
_ENDS = bytes([1, *[0] * 15]) + b"\x00"


def picture(width: int, height: int, shade: Shade = lambda _x, _y: 200) -> bytes:
    """Return a JPEG; ``shade`` gives the brightness (0 to 255) of the square at column, row."""
    head = b"\xff\xd8" + b"".join(
        (
            _segment(0xE0, b"JFIF\0" + bytes([1, 1, 0, 0, 1, 0, 1, 0, 0])),
            _segment(0xDB, b"\0" + bytes([_SIDE] * 64)),
            _segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
            _segment(0xC4, b"\x00" + _LENGTHS),
            _segment(0xC4, b"\x10" + _ENDS),
            _segment(0xDA, bytes([1, 1, 0, 0, 63, 0])),
        )
    )
    return head + _packed(_bits(width, height, shade)) + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _bits(width: int, height: int, shade: Shade) -> str:
    """Of each square: how long the difference to the one before is, it, and the block's end."""
    bits, before = list[str](), 0
    for row in range(-(-height // _SIDE)):
        for column in range(-(-width // _SIDE)):
            level = max(0, min(255, shade(column, row))) - _MIDDLE
            step, before = level - before, level
            size = abs(step).bit_length()
            value = step if step > 0 else step + (1 << size) - 1
            bits.append(f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0")
    return "".join(bits)


def _packed(bits: str) -> bytes:
    padded = bits + "1" * (-len(bits) % 8)
    body = int(padded, 2).to_bytes(len(padded) // 8, "big")
    return body.replace(b"\xff", b"\xff\x00")
