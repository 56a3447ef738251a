"""Files as people send them, and as nobody should."""

import io
import struct
import zlib

from PIL import Image

PLACE = "42.8746, 74.5698"


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, form, exif=exif, comment=PLACE)
    return out.getvalue()


def bomb() -> bytes:
    """A hundred bytes that want to be a picture of 2.5 gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def voice(seconds: int = 3) -> bytes:
    """An Ogg stream as a telephone writes it: silence, then speech; 20 ms a packet."""
    packets = [40 if n < seconds * 25 else 120 for n in range(seconds * 50)]
    pages = [_page(0, 0, [b"OpusHead" + bytes([1, 1]) + struct.pack("<HIhB", 312, 48_000, 0, 0)])]
    pages.append(_page(1, 0, [b"OpusTags" + bytes(8)]))
    for at in range(0, len(packets), 50):
        some = packets[at : at + 50]
        granule = (at + len(some)) * 960 + 312
        pages.append(_page(2 + at // 50, granule, [bytes(size) for size in some]))
    return b"".join(pages)


def _page(number: int, granule: int, packets: list[bytes]) -> bytes:
    lacing = bytes(len(one) for one in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, granule, 7, number, 0, len(lacing))
    return head + lacing + b"".join(packets)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
# A picture to one reader, a page or an archive to another.
POLYGLOT = picture() + HTML + b"PK\x05\x06" + bytes(18)
FALSE_PICTURE = b"GIF89a/*" + HTML + b"*/=1;"
