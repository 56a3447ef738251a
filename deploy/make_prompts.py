"""Speak the telephone prompts with espeak-ng: a tool for developers, never needed at run time.

Reads every `ivr-*` message with an `.audio` name in four languages, writes 8 kHz mono mu-law WAV
files and the manifest beside them, and makes the hold music. Needs espeak-ng and sox:

    python deploy/make_prompts.py            speak what has changed
    python deploy/make_prompts.py --all      speak everything again
"""

import hashlib
import json
import math
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hotline.i18n.catalogue import Catalogue  # noqa: E402 - the tool runs from a bare checkout
from hotline.kernel.languages import LANGS, Lang  # noqa: E402

PROMPTS = ROOT / "hotline" / "telephony" / "prompts"
RATE = 8000
MAX_BYTES = 7_000_000
# Words a minute; Kyrgyz and Uzbek words are long, so the same number sounds slower.
SPEED = {"ky": "182", "ru": "165", "uz": "182", "en": "165"}
TRIM = ["silence", "1", "0.02", "0.3%"]
# A slow pentatonic line of our own, in half notes above A3: no melody that belongs to anybody.
MELODY = (0, 7, 12, 16, 14, 12, 7, 9, 4, 7, 12, 14, 16, 19, 16, 12, 14, 7, 9, 12, 7, 4, 2, 0)
NOTE_S = 1.04
A3_HZ = 220.0


@dataclass(frozen=True)
class Line:
    """One thing to speak."""

    lang: Lang
    id: str
    text: str

    @property
    def text_hash(self) -> str:
        """What the manifest remembers of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def lines(catalogue: Catalogue) -> Iterator[Line]:
    """Every message with a sound; one with `.count` once for each number."""
    for lang in LANGS:
        for text_id in catalogue.ids("ivr"):
            attributes = catalogue.attributes(lang, text_id)
            if "audio" not in attributes:
                continue
            name = catalogue.t(lang, f"{text_id}.audio")
            if "count" not in attributes:
                yield Line(lang, name, catalogue.t(lang, text_id))
                continue
            for n in range(1, int(catalogue.t(lang, f"{text_id}.count")) + 1):
                yield Line(lang, f"{name}-{n}", catalogue.t(lang, text_id, n=n))


def speak(line: Line, target: Path) -> None:
    """Text to a WAV file: trimmed, levelled, with a short rest at the end."""
    with tempfile.TemporaryDirectory() as scratch:
        spoken = Path(scratch) / "spoken.wav"
        command = ["espeak-ng", "-v", line.lang, "-s", SPEED[line.lang], "-z", "-w", str(spoken)]
        subprocess.run(command, input=line.text.encode(), check=True)
        to_mu_law(
            spoken, target, *TRIM, "reverse", *TRIM, "reverse", "norm", "-4", "pad", "0", "0.12"
        )


def to_mu_law(source: Path, target: Path, *effects: str) -> None:
    """8 kHz mono mu-law without dither, so that the same text gives the same bytes."""
    shape = ["-r", str(RATE), "-c", "1", "-e", "mu-law", str(target)]
    subprocess.run(["sox", "-D", str(source), *shape, *effects], check=True)  # noqa: S607


def music(seconds: int, target: Path) -> None:
    """Soft notes that begin and end in silence, so the file can be played again and again."""
    samples = [0.0] * (seconds * RATE)
    for index in range(int((seconds - 1.5) / NOTE_S)):
        hertz = A3_HZ * 2 ** (MELODY[index % len(MELODY)] / 12)
        begin = int((0.2 + index * NOTE_S) * RATE)
        for offset in range(int(2.2 * RATE)):
            if begin + offset >= len(samples):
                break
            t = offset / RATE
            envelope = min(1.0, t / 0.05) * math.exp(-1.9 * t)
            tone = math.sin(math.tau * hertz * t) + 0.28 * math.sin(2 * math.tau * hertz * t)
            samples[begin + offset] += envelope * tone
    fade = int(0.6 * RATE)
    for index in range(fade):
        samples[-1 - index] *= index / fade
    write_pcm([int(sample * 9000) for sample in samples], target)


def write_pcm(samples: list[int], target: Path) -> None:
    """Plain samples as mu-law."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.wav"
        with wave.open(str(plain), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(array("h", samples).tobytes())
        to_mu_law(plain, target)


def described(path: Path, text_hash: str) -> dict[str, str | int]:
    """What the manifest says of a file."""
    content = path.read_bytes()
    samples = int.from_bytes(content[content.index(b"data") + 4 :][:4], "little")
    return {
        "file": f"{path.parent.name}/{path.name}",
        "text": text_hash,
        "sound": hashlib.sha256(content).hexdigest(),
        "duration_ms": round(samples * 1000 / RATE),
        "bytes": len(content),
    }


def main() -> int:
    """Bring the sounds in step with the texts."""
    if missing := [name for name in ("espeak-ng", "sox") if shutil.which(name) is None]:
        print("not found:", ", ".join(missing))
        return 1
    manifest_path = PROMPTS / "manifest.json"
    old = json.loads(manifest_path.read_text()) if manifest_path.exists() else {}
    new: dict[str, dict[str, dict[str, str | int]]] = {lang: {} for lang in (*LANGS, "all")}
    spoken = 0
    for line in lines(Catalogue.load(ROOT / "hotline" / "locales")):
        target = PROMPTS / line.lang / f"{line.id}.wav"
        target.parent.mkdir(parents=True, exist_ok=True)
        known = old.get(line.lang, {}).get(line.id, {})
        if "--all" in sys.argv or not target.exists() or known.get("text") != line.text_hash:
            speak(line, target)
            spoken += 1
        new[line.lang][line.id] = described(target, line.text_hash)
    common = PROMPTS / "all"
    common.mkdir(parents=True, exist_ok=True)
    for seconds in (15, 25):
        music(seconds, common / f"hold-{seconds}s.wav")
    write_pcm([0] * (2 * RATE), common / "silence.wav")
    for path in sorted(common.glob("*.wav")):
        new["all"][path.stem] = described(path, "")
    kept = {str(entry["file"]) for entries in new.values() for entry in entries.values()}
    for path in PROMPTS.glob("*/*.wav"):
        if f"{path.parent.name}/{path.name}" not in kept:
            path.unlink()
    manifest_path.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n")
    total = sum(int(entry["bytes"]) for entries in new.values() for entry in entries.values())
    print(f"{len(kept)} files, {total} bytes, {spoken} spoken anew")
    return 0 if total < MAX_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
