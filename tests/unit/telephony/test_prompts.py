"""The recorded prompts: right language, right bytes, and own recordings over the shipped ones."""

import json
import wave
from pathlib import Path
from shutil import copytree

import pytest
from structlog.testing import capture_logs

from hotline.kernel.languages import LANGS
from hotline.telephony import prompts as shelf
from hotline.telephony.prompts import PromptProblems, Prompts


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts.load()


def record(path: Path, *, rate: int = 8000, channels: int = 1, frames: int = 4000) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"\0\0" * frames * channels)


def test_url_names_language_and_prompt(prompts: Prompts) -> None:
    assert prompts.url("uz", "ivr-wait") == "/prompts/uz/ivr-wait.wav"
    assert prompts.url("ky", "hold-15s") == "/prompts/all/hold-15s.wav"


def test_missing_prompt_is_heard_in_the_next_language(tmp_path: Path) -> None:
    copytree(shelf.FOLDER, tmp_path / "prompts")
    manifest = tmp_path / "prompts" / "manifest.json"
    entries = json.loads(manifest.read_text())
    del entries["ky"]["ivr-wait"]
    manifest.write_text(json.dumps(entries))
    prompts = Prompts.load(tmp_path / "prompts")

    with capture_logs() as logged:
        url = prompts.url("ky", "ivr-wait")
    assert url == "/prompts/ru/ivr-wait.wav"
    assert logged[0]["event"] == "prompt-in-other-language"
    assert not prompts.has("ky", "ivr-wait")
    assert prompts.sound("ky", "ivr-wait") == prompts.sound("ru", "ivr-wait")


def test_prompt_nobody_has_is_a_warning_and_no_error(prompts: Prompts) -> None:
    with capture_logs() as logged:
        url = prompts.url("en", "ivr-no-such")

    assert url == "/prompts/en/ivr-no-such.wav"
    assert prompts.sound("en", "ivr-no-such") is None
    assert logged[0]["event"] == "prompt-missing"


@pytest.mark.parametrize("lang", ["xx", "..", "all"])
def test_only_known_files_are_served(prompts: Prompts, lang: str) -> None:
    assert prompts.sound(lang, "ivr-wait") is None


def test_sound_has_bytes_a_quoted_etag_and_a_length(prompts: Prompts) -> None:
    sound = prompts.sound("all", "hold-15s")

    assert sound is not None
    assert sound.content[:4] == b"RIFF"
    assert sound.etag.startswith('"')
    assert sound.duration_ms == 15_000
    assert prompts.duration_ms("ru", "hold-25s") == 25_000
    assert prompts.duration_ms("ru", "ivr-no-such") == 0


def test_every_file_is_8_khz_mono_mu_law(prompts: Prompts) -> None:
    names = [(lang, name) for lang in LANGS for name in prompts.ids(lang)]
    assert len(names) > 200
    for lang, name in [*names, ("all", "hold-15s"), ("all", "hold-25s"), ("all", "silence")]:
        sound = prompts.sound(lang, name)
        assert sound is not None
        head = sound.content
        assert (head[:4], head[8:16]) == (b"RIFF", b"WAVEfmt ")
        assert int.from_bytes(head[20:22], "little") == 7
        assert int.from_bytes(head[22:24], "little") == 1
        assert int.from_bytes(head[24:28], "little") == 8000
        assert 200 <= sound.duration_ms <= 25_000


def test_all_sounds_stay_under_seven_megabytes() -> None:
    assert sum(path.stat().st_size for path in shelf.FOLDER.rglob("*")) < 7_000_000


def test_places_in_the_queue_are_spoken(prompts: Prompts) -> None:
    assert shelf.position(1) == ("ivr-position", "ivr-number-1")
    assert shelf.position(20) == ("ivr-position", "ivr-number-20")
    assert shelf.position(21) == ("ivr-position-many",)
    assert shelf.position(0) == ("ivr-hold",)
    for lang in LANGS:
        for place in range(23):
            assert all(prompts.has(lang, name) for name in shelf.position(place))


def test_hold_music_fits_the_chunk() -> None:
    assert [shelf.hold_music(seconds) for seconds in (15, 24, 25)] == [
        "hold-15s",
        "hold-15s",
        "hold-25s",
    ]


def test_own_recording_replaces_the_shipped_one(tmp_path: Path) -> None:
    record(tmp_path / "ky" / "ivr-wait.wav")
    prompts = Prompts.load(replacements=tmp_path)

    sound = prompts.sound("ky", "ivr-wait")
    assert sound is not None
    assert sound.duration_ms == 500
    assert prompts.text_hash("ky", "ivr-wait") == ""
    assert prompts.text_hash("ru", "ivr-wait")


def test_shipped_format_is_accepted_as_a_recording(tmp_path: Path) -> None:
    shipped = (shelf.FOLDER / "ru" / "ivr-wait.wav").read_bytes()
    (tmp_path / "ky").mkdir()
    (tmp_path / "ky" / "ivr-wait.wav").write_bytes(shipped)
    prompts = Prompts.load(replacements=tmp_path)

    assert prompts.duration_ms("ky", "ivr-wait") == prompts.duration_ms("ru", "ivr-wait")


def test_unfit_recordings_are_all_named(tmp_path: Path) -> None:
    record(tmp_path / "ky" / "ivr-wait.wav", rate=44_100)
    record(tmp_path / "ru" / "ivr-topic.wav", channels=2)
    record(tmp_path / "tr" / "ivr-wait.wav")
    record(tmp_path / "uz" / "ivr-wayt.wav")
    (tmp_path / "ru" / "ivr-wait.wav").write_text("not a sound")

    with pytest.raises(PromptProblems) as refused:
        Prompts.load(replacements=tmp_path)
    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        "ky/ivr-wait.wav",
        "ru/ivr-topic.wav",
        "ru/ivr-wait.wav",
        "tr/ivr-wait.wav",
        "uz/ivr-wayt.wav",
    ]


def test_a_folder_of_recordings_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(PromptProblems) as refused:
        Prompts.load(replacements=tmp_path / "none")

    assert len(refused.value.problems) == 1


def test_damaged_shelf_stops_the_start(tmp_path: Path) -> None:
    copytree(shelf.FOLDER, tmp_path / "prompts")
    (tmp_path / "prompts" / "ru" / "ivr-wait.wav").write_bytes(b"RIFF")
    (tmp_path / "prompts" / "en" / "ivr-wait.wav").unlink()

    with pytest.raises(PromptProblems) as refused:
        Prompts.load(tmp_path / "prompts")
    assert refused.value.problems == [
        "en/ivr-wait.wav: cannot be read",
        "ru/ivr-wait.wav: is not the file the manifest describes",
    ]
