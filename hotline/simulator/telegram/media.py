"""Turns files into the content of messages: what Telegram tells of a photo, a voice, a document."""

from __future__ import annotations

from hotline.simulator.telegram.files import Files, Kept, Kind
from hotline.simulator.telegram.looks import mime_of, opus_seconds, picture_size
from hotline.simulator.telegram.params import Json, Upload
from hotline.simulator.telegram.pictures import picture

# A photo is kept in these widths (the longer side), and as it came.
_WIDTHS = (90, 320, 800)
_SIDE = 90


def content(files: Files, kind: Kind, upload: Upload) -> Json:
    """Return the content of a message with this file (``{"voice": {...}}``)."""
    match kind:
        case Kind.PHOTO:
            return _photo(files, upload)
        case Kind.VOICE:
            return _voice(files, upload)
        case Kind.VIDEO | Kind.ANIMATION | Kind.VIDEO_NOTE:
            return _video(files, kind, upload)
        case Kind.AUDIO:
            return _audio(files, upload)
        case Kind.STICKER:
            return _sticker(files, upload)
        case Kind.DOCUMENT:
            return _document(files, upload)


def _photo(files: Files, upload: Upload) -> Json:
    kept = files.keep(Kind.PHOTO, upload.body, mime="image/jpeg")
    if kept.content:
        return dict(kept.content)
    size = picture_size(upload.body)
    smaller = _smaller(files, kept, *size) if size else {}
    width, height = size or (_SIDE, _SIDE)
    sizes = [*smaller.values(), kept.ids() | {"width": width, "height": height}]
    for one in (*smaller, kept):
        one.content = {"photo": sizes}
    return {"photo": sizes}


def _smaller(files: Files, photo: Kept, width: int, height: int) -> dict[Kept, Json]:
    """Thumbnails are grey squares: whoever takes one of them for the photo notices."""
    made, mark = dict[Kept, Json](), int(photo.unique_id, 16)
    for longest in _WIDTHS:
        if longest >= max(width, height):
            break
        share = longest / max(width, height)
        small = max(1, round(width * share)), max(1, round(height * share))
        body = picture(*small, lambda column, row: 128 + (mark >> (column + row) % 48) % 64)
        one = files.keep(Kind.PHOTO, body, mime="image/jpeg")
        made[one] = one.ids() | {"width": small[0], "height": small[1]}
    return made


def _voice(files: Files, upload: Upload) -> Json:
    seconds = opus_seconds(upload.body) or upload.seconds
    kept = files.keep(Kind.VOICE, upload.body, mime="audio/ogg")
    return _held(kept, {"duration": max(1, seconds), "mime_type": "audio/ogg"})


def _video(files: Files, kind: Kind, upload: Upload) -> Json:
    kept = files.keep(kind, upload.body, mime="video/mp4", name=upload.name)
    if kind is Kind.VIDEO_NOTE:
        length = upload.width or 384
        return _held(kept, {"length": length, "duration": max(1, upload.seconds)})
    told: Json = {"width": upload.width or 640, "height": upload.height or 360}
    told |= {"duration": max(1, upload.seconds), "mime_type": upload.mime or "video/mp4"}
    held = _held(kept, told | _named(upload))
    if kind is Kind.ANIMATION:  # also as a document, for programs older than animations
        kept.content |= {"document": kept.ids() | {"mime_type": kept.mime}}
    return held | kept.content


def _audio(files: Files, upload: Upload) -> Json:
    mime = upload.mime or (mime_of(upload.name) if upload.name else "audio/mpeg")
    kept = files.keep(Kind.AUDIO, upload.body, mime=mime, name=upload.name)
    return _held(kept, {"duration": max(1, upload.seconds), "mime_type": mime} | _named(upload))


def _document(files: Files, upload: Upload) -> Json:
    mime = upload.mime or mime_of(upload.name)
    kept = files.keep(Kind.DOCUMENT, upload.body, mime=mime, name=upload.name)
    return _held(kept, {"mime_type": mime} | _named(upload))


def _sticker(files: Files, upload: Upload) -> Json:
    kept = files.keep(Kind.STICKER, upload.body, mime="image/webp")
    told: Json = {"type": "regular", "width": 512, "height": 512}
    return _held(kept, told | {"is_animated": False, "is_video": False})


def _held(kept: Kept, told: Json) -> Json:
    kept.content = {kept.kind.value: kept.ids() | told}
    return dict(kept.content)


def _named(upload: Upload) -> Json:
    return {"file_name": upload.name} if upload.name else {}
