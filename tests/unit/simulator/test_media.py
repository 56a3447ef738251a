"""What the simulated people send: real pictures and voices, decided by a seed."""

from random import Random  # noqa: TID251 - seeded: a run can be replayed

from hotline.simulator.chatters import RESTLESS, Chatter
from hotline.simulator.clock import Clock
from hotline.simulator.faults import Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks
from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.looks import opus_seconds, picture_size
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.platform import Platform
from hotline.simulator.telegram.sounds import voice_note, whole


def test_a_voice_is_whole_and_says_how_long_it_is() -> None:
    body = voice_note(61.3)
    assert whole(body)
    assert opus_seconds(body) == 61
    assert not whole(body[:-1])
    assert not whole(body.replace(b"simulator", b"simulatoR"))
    assert voice_note(1, serial=7) != voice_note(1, serial=8)
    assert opus_seconds(b"OggS OpusHead") is None


def test_sizes_are_read_from_pictures_only() -> None:
    assert picture_size(picture(1001, 77)) == (1001, 77)
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x20\x08"
    assert picture_size(png) == (256, 32)
    for junk in (b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\0" * 3, b"GIF89a"):
        assert picture_size(junk) is None


async def test_the_same_seed_is_the_same_conversation() -> None:
    one, other, third = [await _conversation(seed) for seed in (1, 1, 2)]
    assert one.wrote == other.wrote
    assert one.files == other.files
    assert third.wrote != one.wrote
    assert {kind for kind, _ in one.files} == {Kind.PHOTO, Kind.VOICE}
    assert all(whole(body) for kind, body in one.files if kind is Kind.VOICE)
    assert all(picture_size(body) for kind, body in one.files if kind is Kind.PHOTO)
    assert one.did.keys() >= {"edit", "block", "delete"}


async def _conversation(seed: int) -> Chatter:
    clock = Clock()
    journal = Journal(clock)
    platform = Platform(
        "1:token", "bot", clock=clock, journal=journal, tasks=Tasks(), faults=Faults()
    )
    random = Random(seed)  # noqa: S311 - a replayable run
    chatter = Chatter(TelegramPerson(platform, 7), random, RESTLESS, pause_s=0)
    await chatter.converse(150)
    told = [update.body for update in platform.courier.pending.values()]
    assert len(told) == len(journal.find("telegram.update"))
    return chatter
