"""What is sealed on disk opens whole, from any place, with its own key, or not at all."""

import os
import resource
import stat
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attachments.sealed_file import CHUNK, SEALED_CHUNK, Damaged, SealedReader, SealedWriter, new_key

BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1, 3 * CHUNK + 7]
sizes = st.sampled_from(BORDERS) | st.integers(0, 4 * CHUNK)


def sealed(path: Path, plain: bytes, piece: int = 10_000) -> bytes:
    """Seal `plain` piece by piece; returns the key."""
    key = new_key()
    with SealedWriter(path, key) as writer:
        for start in range(0, len(plain), piece):
            writer.write(plain[start : start + piece])
    return key


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=sizes, piece=st.sampled_from([997, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK]))
def test_comes_back_as_it_went(tmp_path: Path, size: int, piece: int) -> None:
    plain = os.urandom(size)
    path = tmp_path / os.urandom(8).hex()
    key = sealed(path, plain, piece)
    with SealedReader(path, key) as reader:
        assert reader.size == size
        assert reader.read() == plain
    path.unlink()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), size=sizes)
def test_reads_from_any_place(tmp_path: Path, data: st.DataObject, size: int) -> None:
    plain = os.urandom(size)
    path = tmp_path / os.urandom(8).hex()
    with SealedReader(path, sealed(path, plain)) as reader:
        for _ in range(5):
            place = data.draw(st.integers(0, size + 10))
            count = data.draw(st.integers(0, 2 * CHUNK))
            assert reader.seek(place) == place
            assert reader.read(count) == plain[place : place + count]
        assert reader.seek(0, os.SEEK_END) == size
        back = data.draw(st.integers(0, size))
        assert reader.seek(-back, os.SEEK_CUR) == size - back
        assert reader.read() == plain[size - back :]
    path.unlink()


def test_before_the_beginning_there_is_nothing(tmp_path: Path) -> None:
    with SealedReader(tmp_path / "file", sealed(tmp_path / "file", b"tip")) as reader, pytest.raises(OSError):
        reader.seek(-1)


@pytest.mark.parametrize("size", [3 * CHUNK, 3 * CHUNK + 500], ids=["even", "uneven"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:-1],
        lambda data: data[:SEALED_CHUNK],
        lambda data: data[: 2 * SEALED_CHUNK],
        lambda data: data[SEALED_CHUNK:],
        lambda data: data[SEALED_CHUNK : 2 * SEALED_CHUNK] + data[:SEALED_CHUNK] + data[2 * SEALED_CHUNK :],
        lambda data: data[:SEALED_CHUNK] * 2 + data[2 * SEALED_CHUNK :],
        lambda data: data + b"\0",
        lambda data: data + data[:SEALED_CHUNK],
        lambda data: data + data[-SEALED_CHUNK:],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    ],
    ids=[
        "emptied", "shorter than a tag", "a byte less", "cut after one chunk", "cut after two", "without the first",
        "swapped", "doubled", "a byte more", "a chunk more", "another end", "a bit in the middle", "a bit at the end",
    ],
)  # fmt: skip
def test_what_was_altered_does_not_open(tmp_path: Path, size: int, spoil) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "file"
    key = sealed(path, os.urandom(size))
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(Damaged), SealedReader(path, key) as reader:
        reader.read()


@pytest.mark.parametrize("cut", [SEALED_CHUNK, 2 * SEALED_CHUNK, 100])
def test_a_missing_end_is_heard_of_at_the_beginning(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "file"
    key = sealed(path, os.urandom(3 * CHUNK))
    os.truncate(path, path.stat().st_size - cut)
    with pytest.raises(Damaged):
        SealedReader(path, key)


def test_another_key_does_not_open(tmp_path: Path) -> None:
    sealed(tmp_path / "file", b"tip")
    with pytest.raises(Damaged):
        SealedReader(tmp_path / "file", new_key())


@pytest.mark.parametrize("key", [b"", bytes(16), bytes(31), bytes(33)])
def test_no_other_length_of_key_is_taken(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SealedWriter(tmp_path / "file", key)
    assert not (tmp_path / "file").exists()


def test_nothing_in_clear_and_nobody_else_may_read(tmp_path: Path) -> None:
    path, secret = tmp_path / "file", os.urandom(16)
    key = sealed(path, secret * 20_000)
    data = path.read_bytes()
    assert secret[:6] not in data
    assert key not in data
    assert len({data[start : start + 16] for start in range(0, len(data), 16)}) > 19_000  # alike in, unlike out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_sealed_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    key = sealed(path, b"tip")
    with pytest.raises(FileExistsError), SealedWriter(path, new_key()):
        pass
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        SealedWriter(tmp_path / "link", key)
    with SealedReader(path, key) as reader:
        assert reader.read() == b"tip"


def test_left_by_an_exception_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), SealedWriter(tmp_path / "file", new_key()) as writer:
        writer.write(bytes(3 * CHUNK))
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_abandoned_nothing_stays_and_finished_it_does(tmp_path: Path) -> None:
    abandoned, finished = SealedWriter(tmp_path / "one", new_key()), SealedWriter(tmp_path / "two", new_key())
    for writer in (abandoned, finished):
        writer.write(b"tip")
    abandoned.abandon()
    abandoned.close()
    finished.close()
    finished.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["two"]
    with pytest.raises(ValueError, match="closed"):
        finished.write(b"more")


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * CHUNK, hard))  # refuses as a full disk does
    try:
        with pytest.raises(OSError), SealedWriter(tmp_path / "large", new_key()) as writer:
            for _ in range(9):
                writer.write(bytes(CHUNK))
        writer = SealedWriter(tmp_path / "just too large", new_key())
        writer.write(bytes(2 * CHUNK))
        with pytest.raises(OSError):
            writer.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


def test_unfinished_by_a_crash_it_does_not_open(tmp_path: Path) -> None:
    path, key = tmp_path / "file", new_key()
    program = f"""
import os, pathlib
from attachments.sealed_file import SealedWriter
writer = SealedWriter(pathlib.Path({str(path)!r}), {key!r})
writer.write(bytes({4 * CHUNK}))
writer._file.flush()
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    assert path.stat().st_size == 3 * SEALED_CHUNK
    with pytest.raises(Damaged):
        SealedReader(path, key)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path, key, piece = tmp_path / "file", new_key(), bytes(100_000)
    tracemalloc.start()
    try:
        with SealedWriter(path, key) as writer:
            for _ in range(320):
                writer.write(piece)
        with SealedReader(path, key) as reader:
            while reader.read(100_000):
                pass
            assert reader.size == 32_000_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    print(f"sealed file of 32 MB: at most {peak / 1000:.0f} kB in memory")
    assert peak < 1_000_000
