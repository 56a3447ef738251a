"""The recorded prompts: which sound says what in which language, and the bytes to serve."""

import json
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

import structlog

from hotline.kernel.errors import Problems
from hotline.kernel.languages import FALLBACK, SOURCE, Lang, is_lang
from hotline.routing.waits import Expected

log = structlog.get_logger(__name__)

FOLDER: Final = Path(__file__).parent / "prompts"
MP3: Final = "audio/mpeg"
"""As shipped: a second of speech takes 3 kB."""
WAV: Final = "audio/wav"
"""As recorded by people."""
_SUFFIX: Final = {MP3: "mp3", WAV: "wav"}
HIGHEST_NUMBER: Final = 20
"""Places in the queue are spoken up to this one; beyond it "more than twenty"."""
_ANY: Final = "all"
_RATE: Final = 8000
_MU_LAW: Final = 7
_MAX_REPLACEMENT_BYTES: Final = 2_000_000


class PromptProblems(Problems):
    """Sound files are missing or of the wrong shape; `problems` names them all."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One file, ready to serve: `etag` is quoted, `text_hash` is empty for music and recordings.

    `media_type` is `audio/mpeg` or `audio/wav`.
    """

    content: bytes
    etag: str
    duration_ms: int
    media_type: str
    text_hash: str = ""


class Prompts:
    """All sounds, in memory (under 4 MB as shipped). Immutable after `load`."""

    def __init__(self, sounds: Mapping[tuple[str, str], Sound]) -> None:
        self._sounds = MappingProxyType(dict(sounds))

    @classmethod
    def load(cls, folder: Path = FOLDER, replacements: Path | None = None) -> Self:
        """Read the shipped sounds and, over them, recordings in `replacements/{lang}/{id}.wav`.

        Raises PromptProblems naming every file that is missing, damaged or not 8 kHz mono WAV, and
        every recording that would never be heard.
        """
        problems: list[str] = []
        sounds = _shipped(folder, problems)
        if replacements is not None:
            sounds.update(_replaced(replacements, sounds, problems))
        if problems:
            raise PromptProblems(problems)
        return cls(sounds)

    def has(self, lang: str, prompt_id: str) -> bool:
        """Whether this very language has the sound; fallbacks and music do not count."""
        return (lang, prompt_id) in self._sounds

    def url(self, lang: Lang, prompt_id: str) -> str:
        """The path to give to a carrier; it names the language that will really be heard."""
        heard, sound = self._found(lang, prompt_id)
        return f"/prompts/{heard}/{prompt_id}.{_SUFFIX[sound.media_type if sound else MP3]}"

    def sound(self, lang: str, prompt_id: str) -> Sound | None:
        """What to serve at the address of a prompt; None is a 404."""
        exact = self._sounds.get((lang, prompt_id))
        if exact is not None or not is_lang(lang):
            return exact
        return self._found(lang, prompt_id)[1]

    def duration_ms(self, lang: Lang, prompt_id: str) -> int:
        """How long it takes to hear; 0 for a sound that does not exist."""
        sound = self._found(lang, prompt_id)[1]
        return sound.duration_ms if sound else 0

    def text_hash(self, lang: Lang, prompt_id: str) -> str | None:
        """The hash of the text that was spoken; None when there is no such sound."""
        sound = self._sounds.get((lang, prompt_id))
        return sound.text_hash if sound else None

    def ids(self, lang: Lang) -> frozenset[str]:
        """Every prompt this language has."""
        return frozenset(name for spoken, name in self._sounds if spoken == lang)

    def _found(self, lang: Lang, prompt_id: str) -> tuple[str, Sound | None]:
        """The language that will be heard and its sound, after the fallbacks."""
        for tried in (lang, _ANY, FALLBACK[lang], SOURCE):
            sound = self._sounds.get((tried, prompt_id))
            if sound is not None:
                if tried not in {lang, _ANY}:
                    log.warning(
                        "prompt-in-other-language", prompt=prompt_id, lang=lang, heard=tried
                    )
                return tried, sound
        log.warning("prompt-missing", prompt=prompt_id, lang=lang)
        return lang, None


def position(place: int) -> tuple[str, ...]:
    """Ids of the prompts that say a place in the queue, to be played one after the other."""
    if 1 <= place <= HIGHEST_NUMBER:
        return "ivr-position", f"ivr-number-{place}"
    return ("ivr-position-many",) if place > HIGHEST_NUMBER else ("ivr-hold",)


def wait(expected: Expected | None) -> tuple[str, ...]:
    """Ids of the prompts that say how long it will take.

    None when nobody knows, when one number would not say it honestly, or when it is long.
    """
    if expected is None or not expected.narrow or expected.likely > HIGHEST_NUMBER:
        return ()
    return "ivr-wait-minutes", f"ivr-number-{expected.likely}"


def hold_music(seconds: int) -> str:
    """The id of the longest music that fits into so many seconds of holding."""
    return "hold-25s" if seconds >= 25 else "hold-15s"  # noqa: PLR2004 - the two lengths there are


def _shipped(folder: Path, problems: list[str]) -> dict[tuple[str, str], Sound]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        problems.append("manifest.json: cannot be read")
        return {}
    sounds: dict[tuple[str, str], Sound] = {}
    for lang, entries in manifest.items():
        for name, entry in entries.items():
            try:
                content = (folder / entry["file"]).read_bytes()
            except OSError:
                problems.append(f"{entry['file']}: cannot be read")
                continue
            if sha256(content).hexdigest() != entry["sound"]:
                problems.append(f"{entry['file']}: is not the file the manifest describes")
            sounds[lang, name] = Sound(
                content, f'"{entry["sound"][:32]}"', entry["duration_ms"], MP3, entry["text"]
            )
    return sounds


def _replaced(
    folder: Path, shipped: Mapping[tuple[str, str], Sound], problems: list[str]
) -> dict[tuple[str, str], Sound]:
    sounds: dict[tuple[str, str], Sound] = {}
    if not folder.is_dir():
        problems.append(f"{folder}: is not a folder of recordings")
    for path in sorted(folder.glob("*/*.wav")):
        lang, name = path.parent.name, path.stem
        if (lang, name) not in shipped:
            problems.append(f"{lang}/{path.name}: replaces no prompt of the line")
            continue
        content = path.read_bytes()
        duration_ms = _duration_ms(content)
        if duration_ms is None or len(content) > _MAX_REPLACEMENT_BYTES:
            problems.append(f"{lang}/{path.name}: is not an 8 kHz mono WAV file under 2 MB")
            continue
        etag = f'"{sha256(content).hexdigest()[:32]}"'
        sounds[lang, name] = Sound(content, etag, duration_ms, WAV)
    return sounds


def _duration_ms(content: bytes) -> int | None:
    """The length of an 8 kHz mono WAV, 16-bit or mu-law; None when it is anything else."""
    if content[:4] == b"RIFF" and int.from_bytes(content[20:22], "little") == _MU_LAW:
        mono = int.from_bytes(content[22:24], "little") == 1
        rate = int.from_bytes(content[24:28], "little")
        at = content.find(b"data", 28)
        if not mono or rate != _RATE or at < 0:
            return None
        return int.from_bytes(content[at + 4 : at + 8], "little") * 1000 // _RATE
    try:
        with wave.open(BytesIO(content)) as sound:
            fits = sound.getnchannels() == 1 and sound.getframerate() == _RATE
            plain = sound.getsampwidth() == 2  # noqa: PLR2004 - 16 bit
            return sound.getnframes() * 1000 // _RATE if fits and plain else None
    except (wave.Error, EOFError):
        return None
