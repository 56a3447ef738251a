"""The key folder: made once, whole, closed to others, and never quietly replaced."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from hotline.infra.crypto import KeyProblem, Vault, add_epoch, load_keys

NAMES = ["audit.key", "index.key", "kek-1.key", "pepper.key"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def keys_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".key")


def test_the_first_start_makes_all_keys_for_the_owner_only(folder: Path) -> None:
    Vault.open_folder(folder)

    assert keys_in(folder) == NAMES
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in NAMES} == {0o400}
    assert len({(folder / name).read_text() for name in NAMES}) == len(NAMES)


def test_the_next_start_reads_the_same_keys(folder: Path) -> None:
    blob = Vault.open_folder(folder).seal("words", aad="a|b|c")

    assert Vault.open_folder(folder).open(blob, aad="a|b|c") == "words"


def test_processes_that_start_at_once_agree(folder: Path) -> None:
    together = Barrier(8)

    def start(_: int) -> tuple[bytes, bytes]:
        together.wait()
        keys = load_keys(folder)
        return keys.index, keys.epochs[1]

    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(start, range(8)))

    assert len(seen) == 1
    assert keys_in(folder) == NAMES


def test_a_first_start_that_was_cut_off_is_finished(folder: Path) -> None:
    load_keys(folder)
    # The epoch key is written last; the crash came before it.
    index = (folder / "index.key").read_text()
    (folder / "kek-1.key").unlink()
    (folder / "pepper.key").unlink()

    keys = load_keys(folder)

    assert keys_in(folder) == NAMES
    assert keys.index.hex() == index.strip()


@pytest.mark.parametrize("name", ["index.key", "audit.key", "pepper.key"])
def test_a_missing_key_is_named_and_not_replaced(folder: Path, name: str) -> None:
    load_keys(folder)
    (folder / name).unlink()

    with pytest.raises(KeyProblem, match="missing") as refused:
        Vault.open_folder(folder)

    assert name in str(refused.value)
    assert not (folder / name).exists()


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o420])
def test_a_key_that_others_may_use_stops_the_start(folder: Path, mode: int) -> None:
    load_keys(folder)
    (folder / "index.key").chmod(mode)

    with pytest.raises(KeyProblem, match="chmod 0400"):
        Vault.open_folder(folder)


@pytest.mark.parametrize("mode", [0o750, 0o701])
def test_a_folder_that_others_may_enter_stops_the_start(folder: Path, mode: int) -> None:
    load_keys(folder)
    folder.chmod(mode)

    with pytest.raises(KeyProblem, match="chmod 0700"):
        Vault.open_folder(folder)


@pytest.mark.parametrize("content", [b"", b"abcd\n", b"zz" * 32, b"\xff" * 64, b"00" * 33])
def test_a_damaged_key_stops_the_start(folder: Path, content: bytes) -> None:
    load_keys(folder)
    path = folder / "kek-1.key"
    path.chmod(0o600)
    path.write_bytes(content)

    with pytest.raises(KeyProblem, match="64 hexadecimal"):
        Vault.open_folder(folder)


def test_the_words_name_the_file_and_show_no_key(folder: Path) -> None:
    load_keys(folder)
    key = (folder / "index.key").read_text().strip()
    (folder / "index.key").chmod(0o444)

    with pytest.raises(KeyProblem) as refused:
        load_keys(folder)

    assert str(folder / "index.key") in refused.value.words
    assert key not in refused.value.words


def test_a_new_epoch_seals_and_the_old_one_still_opens(folder: Path) -> None:
    before = Vault.open_folder(folder)
    old = before.seal("before", aad="a|b|c")

    assert add_epoch(folder) == 2
    assert add_epoch(folder) == 3

    after = Vault.open_folder(folder)
    new = after.seal("after", aad="a|b|c")
    assert after.open(old, aad="a|b|c") == "before"
    assert new[1:5] == (3).to_bytes(4, "big")
