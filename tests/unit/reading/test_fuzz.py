"""Mutated files: whatever a byte becomes, the answer is a finding or a named error, in bounded time."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cacviewer.core.errors import CacError
from cacviewer.reading.load import load
from cacviewer.reading.report import inspection_document
from cacviewer.reading.scan import inspect
from tests.builders.dicom import J2K, JPEGLS, series
from tests.builders.mutations import LARGER, PLAIN, mutated, originals, written


@pytest.fixture(scope="module")
def good(kinds) -> dict[str, list[bytes]]:
    """The files of each kind, in order of their names."""
    return {kind: list(files.values()) for kind, files in kinds.items()}


def look_and_read(folder: Path) -> None:
    start = time.perf_counter()
    inspection = inspect([folder])
    inspection_document(inspection)
    for index in range(len(inspection.series)):
        try:
            volume = load(inspection, index)
        except CacError:
            continue
        assert volume.hu.dtype == "int16"
        assert volume.hu.shape == volume.grid.shape_zyx
    assert time.perf_counter() - start < 20


mutations = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["explicit", "implicit", "big", "deflated", "rle", "enhanced"]),
    which=st.integers(0, 2),
    changes=mutations,
    kept=st.one_of(st.just(1.0), st.floats(0.0, 1.0)),
)
def test_mutated_files(tmp_path: Path, good, name: str, which: int, changes, kept: float) -> None:
    for number, data in enumerate(good[name]):
        changed = bytearray(data)
        if number == which % len(good[name]):
            for place, byte in changes:
                # most of the bytes that matter stand in the first kilobyte
                changed[int(place * min(len(data), 1500))] = byte
            changed = changed[: int(kept * len(changed))]
        (tmp_path / f"{number}").write_bytes(changed)
    look_and_read(tmp_path)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", bytes(128) + b"DICM", b"\x08\0\x05\0CS", b"PK\3\4"]),
)
def test_any_bytes(tmp_path: Path, data: bytes, start: bytes) -> None:
    (tmp_path / "x").write_bytes(start + data)
    look_and_read(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("syntax", [J2K, JPEGLS], ids=["jpeg2000", "jpegls"])
def test_mutated_streams(tmp_path: Path, syntax: str) -> None:
    series(tmp_path / "o", LARGER, compress=syntax)
    whole = [p.read_bytes() for p in sorted((tmp_path / "o").iterdir())]
    for seed in range(6):
        chance = random.Random(seed)
        for number, data in enumerate(whole):
            changed = bytearray(data)
            for _ in range(chance.randint(1, 10)):
                changed[chance.randrange(len(data) * 2 // 3, len(data))] = chance.randrange(256)
            target = tmp_path / "m" / str(number)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(changed)
        look_and_read(tmp_path / "m")


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory):
    return originals(tmp_path_factory.mktemp("kinds"), compressed=False)


@pytest.mark.parametrize("first", range(0, 144, 12))
def test_a_seeded_run(tmp_path: Path, kinds, first: int) -> None:
    """144 of the inputs of `python -m benchmarks.fuzz`; those that need a decoder's child are in the long run."""
    for number in range(first, first + 12):
        _, files = mutated(number, kinds, PLAIN)
        look_and_read(written(files, tmp_path / str(number)))
