"""Pictures of every kind are made anew in a process that can open nothing any more."""

import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from hotline.infra.scrub import Looked, Refused, Scrub


async def whole(raw: bytes) -> AsyncIterator[bytes]:
    yield raw


def made(form: str, mode: str) -> bytes:
    out = io.BytesIO()
    more = {"append_images": [Image.new(mode, (30, 20))], "save_all": True}
    Image.new(mode, (30, 20)).save(out, form, **(more if form in {"MPO", "GIF", "WEBP"} else {}))
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "mode", "found"),
    [
        ("JPEG", "CMYK", "jpeg"),
        ("MPO", "RGB", "jpeg"),
        ("PNG", "P", "png"),
        ("WEBP", "RGB", "jpeg"),
        ("GIF", "P", "png"),
    ],
)
async def test_the_first_frame_is_left(form: str, mode: str, found: str) -> None:
    async with Scrub().look(made(form, mode)) as looked:
        kept = b"".join([piece async for piece in looked.content])
    assert (looked.type, looked.width, looked.height) == (found, 30, 20)
    with Image.open(io.BytesIO(kept)) as image:
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    "said",
    [{}, {"type": "exe"}, {"type": "jpeg", "width": "wide"}, {"type": "opus", "peaks": "zz"}],
)
def test_an_answer_that_makes_no_sense_is_a_damaged_file(said: dict[str, str]) -> None:
    with pytest.raises((Refused, ValueError)):
        Looked.of(said, whole(b""))
