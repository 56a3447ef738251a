"""Says what a stranger's file is, and makes a clean copy of a picture: run as a process of its own.

Standard input is the file; standard output is one line of JSON and then the bytes to keep. It is
started by `scrub.py`, knows nothing of the house, and has no files, no time and little memory.
"""

import json
import resource
import sys
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 768 * 1024 * 1024
CPU_S: Final = 20
PIXELS: Final = 40_000_000
_SIDE: Final = 5000
_POINTS: Final = 800
_OPUS_RATE: Final = 48_000
_PAGE_HEAD: Final = 27
_FULL: Final = 255  # a lacing value that is not the end of its packet
_HEADERS: Final = 2  # of an Ogg stream, before there is any sound

Verdict = dict[str, Any]

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_HEIF: Final = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif", b"avis")
_SOUND_BRANDS: Final = (b"M4A ", b"M4B ")
_VIDEO_BRANDS: Final = (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"qt  ", b"3gp", b"dash", b"MSNV")


def main() -> None:
    """Read, judge, answer."""
    # Before a byte of it is read: what this process may need, and no way to write a file.
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    with suppress(OSError):  # where memory is short all the same, this one is to go
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    raw = sys.stdin.buffer.read()
    try:
        verdict, kept = judge(raw)
    except Exception:  # noqa: BLE001 - a decoder may fail in any way; all of them mean the same
        verdict, kept = {"refused": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + kept)


def judge(raw: bytes) -> tuple[Verdict, bytes]:
    """What it is by its content alone, and what of it is kept."""
    if not raw:
        return {"refused": "empty"}, b""
    webp = raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    if webp or raw.startswith(_PICTURES):
        return _picture(raw)
    if raw[:4] == b"OggS":
        return _ogg(raw), raw
    return {"type": _named(raw)}, raw


def _named(raw: bytes) -> str:
    if raw.startswith(b"%PDF-"):
        found = "pdf"
    elif raw[4:8] == b"ftyp":
        found = _boxed(raw[8:12])
    elif raw.startswith(b"ID3") or (raw[0] == 0xFF and raw[1:2] in {b"\xfb", b"\xf3", b"\xf2"}):  # noqa: PLR2004 - the sync of MPEG layer 3
        found = "mp3"
    elif raw[:4] == b"RIFF" and raw[8:12] == b"WAVE":
        found = "wav"
    elif raw.startswith(b"\x1a\x45\xdf\xa3"):
        found = "webm"
    else:
        found = "other"
    return found


def _boxed(brand: bytes) -> str:
    if brand in _HEIF:
        return "heic"
    if brand in _SOUND_BRANDS:
        return "m4a"
    return "mp4" if brand.startswith(_VIDEO_BRANDS) else "other"


def _picture(raw: bytes) -> tuple[Verdict, bytes]:
    """Made anew, with nothing left to open: all that decoding needs is loaded beforehand."""
    _rehearse()
    if __name__ == "__main__":  # who only borrows this function keeps their files
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return _made_anew(raw)


def _rehearse() -> None:
    """Libraries load parts of themselves when they first need them: here, on pictures of ours."""
    from PIL import Image  # noqa: PLC0415 - under the limits, and only where it is needed

    exif = Image.Exif()
    exif[0x0112] = 6
    for form, mode in (("JPEG", "RGB"), ("MPO", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")):
        small = BytesIO()
        Image.new(mode, (2, 2)).save(small, form, exif=exif)
        _made_anew(small.getvalue())
    small = BytesIO()
    Image.new("P", (2, 2)).save(small, "GIF", transparency=0)
    _made_anew(small.getvalue())


def _made_anew(raw: bytes) -> tuple[Verdict, bytes]:
    """Decoded and written again: no metadata, one frame, nothing behind the end, upright."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    Image.MAX_IMAGE_PIXELS = None  # our own limit is exact, and asked before anything is decoded
    with Image.open(BytesIO(raw), formats=("JPEG", "PNG", "WEBP", "GIF")) as found:
        if found.width * found.height > PIXELS:
            return {"refused": "too-many-pixels"}, b""
        lossless = found.format in {"PNG", "GIF"}
        clear = found.mode in {"RGBA", "LA", "PA"} or "transparency" in found.info
        mode = "RGBA" if clear else "L" if found.mode in {"1", "L"} else "RGB"
        found.seek(0)
        # One large picture at a time is held, and the first is gone before the last is made.
        image = found if found.mode == mode else found.convert(mode)
        image.thumbnail((_SIDE, _SIDE))
        image = ImageOps.exif_transpose(image)
    image.info.clear()
    out, as_png = BytesIO(), clear or lossless
    if as_png:
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=85)
    size = {"width": image.width, "height": image.height}
    return {"type": "png" if as_png else "jpeg", **size}, out.getvalue()


def _ogg(raw: bytes) -> Verdict:
    """A voice note: how long, and where it is loud, told by how many bytes the sound needs there.

    Whoever wrote it spends bytes on speech and hardly any on silence; nothing is decoded. What is
    not Ogg to its very end is something else, too.
    """
    packets, granule, at, held = [], 0, 0, 0
    while raw[at : at + 4] == b"OggS" and at + _PAGE_HEAD <= len(raw):
        segments = raw[at + _PAGE_HEAD - 1]
        lacing = raw[at + _PAGE_HEAD : at + _PAGE_HEAD + segments]
        granule = max(granule, int.from_bytes(raw[at + 6 : at + 14], "little", signed=True))
        for value in lacing:
            held += value
            if value < _FULL:
                packets.append(held)
                held = 0
        at += _PAGE_HEAD + segments + sum(lacing)
    first = raw[_PAGE_HEAD + raw[_PAGE_HEAD - 1] :]
    if at != len(raw) or not first.startswith(b"OpusHead"):
        return {"type": "other"}
    skipped = int.from_bytes(first[10:12], "little")
    duration_ms = max(0, granule - skipped) * 1000 // _OPUS_RATE
    return {"type": "opus", "duration_ms": duration_ms, "peaks": _shape(packets[_HEADERS:]).hex()}


def _shape(sizes: list[int]) -> bytes:
    points = min(len(sizes), _POINTS)
    if not points:
        return b""
    edges = [len(sizes) * n // points for n in range(points + 1)]
    loud = [max(sizes[a:b]) for a, b in pairwise(edges)]
    least, most = min(loud), max(loud)
    return bytes((one - least) * 255 // max(1, most - least) for one in loud)


if __name__ == "__main__":
    main()
