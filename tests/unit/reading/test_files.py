import os
import random
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.study import Verdict
from cacviewer.reading import archives, sources
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect, scan
from tests.builders.dicom import IMPLICIT, Scan, header, put, save, series
from tests.unit.reading.reading import alarms, chosen, codes, read


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as caught:
        scan([tmp_path / "nowhere"])
    assert caught.value.code == "path_not_found"
    assert caught.value.exit_code == 2
    assert caught.value.remedy


def test_an_empty_folder_and_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as caught:
        scan([tmp_path])
    assert caught.value.code == "no_dicom"
    (tmp_path / "letter.dcm").write_text("Dear colleague " * 50)
    (tmp_path / "empty.dcm").write_bytes(b"")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4 " + bytes(2000))
    inspection = inspect([tmp_path])
    assert codes(inspection.findings) == {"no_dicom", "not_dicom", "empty_file"}
    assert (inspection.files, inspection.dicom_files, inspection.skipped) == (3, 0, 3)


def test_deep_folders_other_files_and_other_scripts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "ب" / "c" / "日本" / "e"
    hu = series(deep, pattern="صورة {:04d}")
    (tmp_path / "a" / "readme.txt").write_text("hello")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "._IM1").write_bytes(b"x")
    inspection = inspect([tmp_path])
    assert inspection.files == 11
    assert np.array_equal(load(inspection, 0).hu, hu)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    hu = series(tmp_path)
    os.rename(tmp_path / "IM0003", os.fsencode(tmp_path) + b"/\xff\xfe.dcm")
    inspection = scan([tmp_path])
    assert np.array_equal(load(inspection, 0).hu, hu)


def test_loops_of_links_end(tmp_path: Path) -> None:
    series(tmp_path / "scan")
    (tmp_path / "scan" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "scan")
    inspection = inspect([tmp_path])
    assert inspection.dicom_files == 10
    assert chosen(inspection).verdict is Verdict.READY


def test_files_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series(tmp_path)
    real = sources.OpenFile.__init__

    def refuse(self, path):  # root may read everything, so the system's answer is played
        if all_of_them or path.endswith("IM0003"):
            raise PermissionError(13, "Permission denied", path)
        real(self, path)

    monkeypatch.setattr(sources.OpenFile, "__init__", refuse)
    all_of_them = False
    inspection = inspect([tmp_path])
    assert "no_permission" in codes(inspection.findings, "warning")
    assert "missing_slices" in codes(chosen(inspection).findings)
    all_of_them = True
    with pytest.raises(UnreadableInput) as caught:
        scan([tmp_path])
    assert caught.value.code == "no_permission"


def test_a_source_that_vanishes(tmp_path: Path) -> None:
    series(tmp_path)
    inspection = inspect([tmp_path])
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(UnreadableInput) as caught:
        load(inspection, 0)
    assert caught.value.code == "source_vanished"
    with pytest.raises(UnreadableInput):
        load(_plain(inspection), 0)


def _plain(inspection):
    """As it comes out of the pipe: without what only this process knows."""
    from dataclasses import fields

    from cacviewer.core.study import Inspection

    return Inspection(**{f.name: getattr(inspection, f.name) for f in fields(Inspection)})


def test_an_inspection_from_another_process_can_be_loaded(tmp_path: Path) -> None:
    hu = series(tmp_path / "one")
    other = series(tmp_path / "two", Scan(pixel=(1.5, 1.5)), number=2)
    inspection = _plain(inspect([tmp_path]))
    by_number = {one.info.series_number: i for i, one in enumerate(inspection.series)}
    assert np.array_equal(load(inspection, by_number[1]).hu, hu)
    assert np.array_equal(load(inspection, by_number[2]).hu, other)


def test_without_preamble(tmp_path: Path) -> None:
    def after(path, d, k):
        b = path.read_bytes()
        length = struct.unpack_from("<I", b, 140)[0]
        path.write_bytes(b[144 + length :])

    hu = series(tmp_path, syntax=IMPLICIT, after=after)
    volume = read(tmp_path)
    assert "no_preamble" in codes(volume.findings)
    assert np.array_equal(volume.hu, hu)


def test_headers_cut_short_are_counted(tmp_path: Path) -> None:
    hu = series(tmp_path, after=lambda p, d, k: p.write_bytes(p.read_bytes()[:500]) if k == 9 else None)
    inspection = inspect([tmp_path])
    assert "truncated_file" in codes(inspection.findings, "warning")
    assert np.array_equal(load(inspection, 0).hu, hu[:9])


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    series(tmp_path)
    seen: list[tuple[str, float]] = []
    inspection = inspect([tmp_path], lambda step, fraction: seen.append((step, fraction)))
    load(inspection, 0, lambda step, fraction: seen.append((step, fraction)))
    assert {step for step, _ in seen} == {"Reading headers", "Reading slices"}
    assert seen[-1] == ("Reading slices", 1.0)
    assert all(0 <= fraction <= 1 for _, fraction in seen)


# DICOMDIR


def _dicomdir(folder: Path, listed: list[tuple[str, ...]]) -> Path:
    from pydicom.dataset import Dataset

    d = header(Scan(slices=1), 0)
    for element in list(d):
        del d[element.tag]
    d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    d.FileSetID = "TEST"
    records = []
    for parts in listed:
        record = Dataset()
        record.DirectoryRecordType, record.ReferencedFileID = "IMAGE", list(parts)
        records.append(record)
    d.DirectoryRecordSequence = records
    d.SOPClassUID, d.SOPInstanceUID = "1.2.840.10008.1.3.10", "2.25.7"
    return save(d, folder / "DICOMDIR")


@pytest.mark.filterwarnings("ignore:Invalid value for VR")
def test_a_dicomdir_brings_its_folder(tmp_path: Path) -> None:
    hu = series(tmp_path / "images")
    name = _dicomdir(tmp_path, [("IMAGES", f"im{k:04d};1") for k in range(10)])
    for given in (name, tmp_path):
        inspection = inspect([given])
        assert codes(inspection.findings) == set()
        assert np.array_equal(load(inspection, 0).hu, hu)


@pytest.mark.filterwarnings("ignore:Invalid value for VR")
def test_a_dicomdir_that_lies(tmp_path: Path) -> None:
    series(tmp_path / "images")
    _dicomdir(
        tmp_path, [("IMAGES", "IM0000"), ("IMAGES", "GONE"), ("..", "..", "etc", "passwd"), ("C:", "X")]
    )
    inspection = inspect([tmp_path])
    lost = next(f for f in inspection.findings if f.code == "dicomdir_incomplete")
    assert dict(lost.facts)["count"] == 3
    assert chosen(inspection).verdict is Verdict.READY


# ZIP


def _zipped(path: Path, folder: Path, method: int = zipfile.ZIP_DEFLATED, prefix: str = "s/") -> Path:
    with zipfile.ZipFile(path, "w", method) as z:
        for file in sorted(folder.iterdir()):
            z.write(file, prefix + file.name)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_is_read_in_memory(tmp_path: Path, method: int) -> None:
    hu = series(tmp_path / "files")
    name = _zipped(tmp_path / "دراسة.zip", tmp_path / "files", method)
    inspection = inspect([name])
    assert np.array_equal(load(inspection, 0).hu, hu)
    assert np.array_equal(load(_plain(inspection), 0).hu, hu)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["files", name.name])


def test_a_zip_inside_a_zip_and_no_deeper(tmp_path: Path) -> None:
    hu = series(tmp_path / "files")
    inner = _zipped(tmp_path / "inner.zip", tmp_path / "files")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as z:
        z.write(inner, "inner.zip")
    assert np.array_equal(read(tmp_path / "outer.zip").hu, hu)
    with zipfile.ZipFile(tmp_path / "third.zip", "w") as z:
        z.write(tmp_path / "outer.zip", "outer.zip")
    assert inspect([tmp_path / "third.zip"]).chosen is None


@pytest.mark.parametrize("name", ["../x", "/x", "C:\\x", "a\\..\\..\\x", "a/../../x", "\\\\server\\x"])
def test_members_that_point_outside_are_skipped(tmp_path: Path, name: str) -> None:
    series(tmp_path / "files")
    path = _zipped(tmp_path / "z.zip", tmp_path / "files")
    with zipfile.ZipFile(path, "a") as z:
        z.writestr(zipfile.ZipInfo(name), b"x" * 500)
    inspection = inspect([path])
    assert "unsafe_archive_member" in codes(inspection.findings, "warning")
    assert chosen(inspection).verdict is Verdict.READY


def test_a_damaged_member_costs_that_slice(tmp_path: Path) -> None:
    series(tmp_path / "files")
    path = _zipped(tmp_path / "z.zip", tmp_path / "files", zipfile.ZIP_STORED)
    b = bytearray(path.read_bytes())
    b[b.index(b"IM0004") + 1200] ^= 0xFF
    path.write_bytes(b)
    inspection = inspect([path])
    assert "archive_damaged" in codes(inspection.findings, "warning")
    assert chosen(inspection).images in (9, 10)


def test_a_zip_without_its_directory(tmp_path: Path) -> None:
    series(tmp_path / "files")
    path = _zipped(tmp_path / "z.zip", tmp_path / "files")
    b = path.read_bytes()
    path.write_bytes(b[: b.index(b"PK\x01\x02") + 100])
    inspection = inspect([path])
    assert "archive_damaged" in codes(inspection.findings)
    assert chosen(inspection).images == 10


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM_BYTES", 1 << 20)
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("IM1", bytes(128) + b"DICM" + bytes(8 << 20))
    assert "archive_bomb" in codes(inspect([tmp_path / "z.zip"]).findings, "refusal")


def test_members_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    body = zlib.compress(b"x" * 1000)[2:-4]
    local = (
        struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(b"x" * 1000), len(body), 1000, 1, 0
        )
        + b"a"
    )
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, zlib.crc32(b"x" * 1000), len(body), 1000, 1, 0, 0,
                        0, 0, 0, 0) + b"a"  # fmt: skip
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, 2 * len(entry), len(local) + len(body), 0)
    (tmp_path / "z.zip").write_bytes(local + body + entry + entry + end)
    with pytest.raises(UnreadableInput) as caught:
        scan([tmp_path / "z.zip"])
    assert caught.value.code == "archive_bomb"


@pytest.mark.parametrize("seed", range(20))
def test_mutated_archives_end_in_findings(tmp_path: Path, seed: int) -> None:
    series(tmp_path / "files", Scan(slices=3))
    path = _zipped(tmp_path / "z.zip", tmp_path / "files")
    chance, b = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 12)):
        b[chance.randrange(len(b))] = chance.randrange(256)
    path.write_bytes(b[: chance.randint(len(b) // 2, len(b))])
    inspect([path])


def test_an_archive_beside_a_series_is_left_alone(tmp_path: Path) -> None:
    series(tmp_path / "files")
    _zipped(tmp_path / "z.zip", tmp_path / "files")
    inspection = inspect([tmp_path])
    assert alarms(load(inspection, 0)) == set()
    assert "duplicate_slices" not in codes(chosen(inspection).findings)


def test_several_paths_are_one_input(tmp_path: Path) -> None:
    hu = series(tmp_path)
    files = sorted(tmp_path.iterdir())
    inspection = inspect(files)
    assert np.array_equal(load(inspection, 0).hu, hu)


def test_one_file_stands_for_its_series_and_that_is_said(tmp_path: Path) -> None:
    series(tmp_path, number=1)
    series(tmp_path, number=2, tag="other", pattern="X{:04d}")
    inspection = inspect([tmp_path / "IM0000"])
    assert codes(inspection.findings) == {"siblings_read"}
    assert [one.images for one in inspection.series] == [10]
    assert inspection.files == 10
    assert load(inspection, 0).grid.shape_zyx == (10, 24, 32)
    (tmp_path / "alone").mkdir()
    (tmp_path / "IM0000").rename(tmp_path / "alone" / "IM0000")
    assert codes(chosen(inspect([tmp_path / "alone" / "IM0000"])).findings, "refusal") == {"single_slice"}


def test_pixels_are_put_by_the_builder(tmp_path: Path) -> None:
    d = header(Scan(slices=1), 0)
    put(d, np.zeros((24, 32)))
    assert len(d.PixelData) == 24 * 32 * 2
