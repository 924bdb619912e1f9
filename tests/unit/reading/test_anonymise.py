"""Anonymised copies: nothing of the person stays, everything of the picture does."""

import io
import os
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.datadict import dictionary_VR
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from cacviewer.core.errors import CannotWrite, UnreadableInput, UsageError
from cacviewer.dicom.deidentify import Deidentifier, actions
from cacviewer.reading.anonymise import anonymise
from cacviewer.reading.scan import inspect
from tests.builders.dicom import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    RLE,
    SECONDARY_CAPTURE,
    Scan,
    enhanced,
    header,
    picture,
    put,
    save,
    series,
    uid,
)
from tests.unit.reading.reading import chosen, codes, read

SECRET = "ZebraXylophone"
pytestmark = pytest.mark.filterwarnings("ignore:The value length")


def personal(d: Dataset, k: int) -> None:
    d.PatientName, d.PatientID, d.PatientBirthDate = f"{SECRET}^Anna", f"{SECRET}7", "19610203"
    d.InstitutionName = d.StationName = d.StudyDescription = f"{SECRET} Hospital"
    d.ReferringPhysicianName = d.OperatorsName = f"{SECRET}^Doctor"
    d.ContrastBolusAgent = f"{SECRET} 370"
    d.DeviceSerialNumber, d.AccessionNumber = f"{SECRET}9", SECRET[:12]
    item = Dataset()
    item.PatientID, item.ReferencedSOPInstanceUID = SECRET, uid("sop", 1, k, "")
    item.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    d.RequestAttributesSequence = Sequence([item])
    d.ReferencedImageSequence = Sequence([item])
    d.add_new(0x00090010, "LO", SECRET)
    d.add_new(0x00091001, "LO", SECRET)
    d.add_new(0x60000010, "US", 8)
    d.add_new(0x60003000, "OW", SECRET.encode())


def text_of(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


@pytest.mark.parametrize(
    "syntax", [EXPLICIT, IMPLICIT, BIG, DEFLATED, RLE], ids=["el", "il", "big", "deflated", "rle"]
)
def test_the_picture_stays_and_the_person_does_not(tmp_path: Path, syntax: str) -> None:
    compress = syntax if syntax == RLE else ""
    hu = series(tmp_path / "s", syntax=EXPLICIT if compress else syntax, change=personal, compress=compress)
    before = text_of(tmp_path / "s")
    copied = anonymise([str(tmp_path / "s")], str(tmp_path / "out"))
    assert (copied.files, copied.patients, copied.left_out) == (10, 1, {})
    names = [str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.dcm")]
    assert all(name.startswith("ANON-") and "IM00" not in name for name in names)
    headers = [pydicom.dcmread(p) for p in sorted((tmp_path / "out").rglob("*.dcm"))]
    for d in headers:
        everything = str(d) + str(d.file_meta)
        assert SECRET not in everything
        assert "19610203" not in everything  # the year alone may stand in a random UID
        assert "20260102" not in everything
        assert str(d.PatientName) == d.PatientID != ""
        assert d.PatientIdentityRemoved == "YES"
        assert d.ContrastBolusAgent == "CONTRAST"
        assert d.file_meta.MediaStorageSOPInstanceUID == d.SOPInstanceUID
        assert d.ReferencedImageSequence[0].ReferencedSOPInstanceUID in {h.SOPInstanceUID for h in headers}
        assert not any(tag.is_private or tag.group >= 0x6000 and tag.group < 0x7000 for tag in list(d.keys()))
    old = {uid("series", 1), uid("study"), uid("frame"), uid("sop", 1, 0, "")}
    assert not old & {str(e.value) for d in headers for e in d if e.VR == "UI"}
    volume = read(tmp_path / "out")
    assert np.array_equal(volume.hu, hu)
    assert volume.acquisition.kvp == 120
    assert text_of(tmp_path / "s") == before


def test_every_attribute_of_the_table_is_dealt_with() -> None:
    d = header(Scan(slices=1), 0)
    put(d, picture(Scan(slices=1))[0])
    texts = ("SH", "LO", "LT", "ST", "UT", "UC", "PN", "AE", "CS", "UR")
    table = actions()
    told = 0
    for tag, action in table.items():
        try:
            vr = dictionary_VR(tag).split(" ")[0]
        except KeyError:
            continue
        if vr in texts and action != "K" and tag >> 16 not in (0, 2):
            d.add_new(tag, vr, SECRET if vr != "CS" else SECRET.upper()[:16])
            told += 1
    assert told > 250
    out, _ = Deidentifier("test").copy(_bytes(d))
    assert SECRET.encode() not in out
    assert SECRET.upper().encode()[:14] not in out


def _bytes(d: pydicom.FileDataset) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the values are meant
        d.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def test_series_studies_and_patients_stay_what_they_are_to_each_other(tmp_path: Path) -> None:
    series(tmp_path / "a", Scan(slices=3), number=1)
    series(tmp_path / "b", Scan(slices=4), number=2, tag="b")
    series(
        tmp_path / "c", Scan(slices=5), number=3, tag="c",
        change=lambda d, k: (setattr(d, "PatientID", "other"), setattr(d, "StudyInstanceUID", uid("other"))),
    )  # fmt: skip
    copied = anonymise([str(tmp_path / n) for n in "abc"], str(tmp_path / "out"), key=b"k")
    assert (copied.files, copied.patients) == (12, 2)
    found = inspect([tmp_path / "out"])
    assert sorted(one.images for one in found.series) == [3, 4, 5]
    assert len({one.info.patient.id for one in found.series}) == 2
    again = anonymise([str(tmp_path / "a")], str(tmp_path / "again"), key=b"k")
    assert again.patients == 1
    same = {one.info.series_uid for one in inspect([tmp_path / "again"]).series}
    assert same < {one.info.series_uid for one in found.series}
    other = anonymise([str(tmp_path / "a")], str(tmp_path / "other"))
    assert other.files == 3
    assert not same & {one.info.series_uid for one in inspect([tmp_path / "other"]).series}


def test_what_may_show_a_name_is_left_out_and_said(tmp_path: Path) -> None:
    series(tmp_path / "s", Scan(slices=4))
    series(
        tmp_path / "s", Scan(slices=2), number=2, tag="c", pattern="C{:04d}",
        change=lambda d, k: setattr(d, "SOPClassUID", SECONDARY_CAPTURE),
    )  # fmt: skip
    series(
        tmp_path / "s", Scan(slices=1), number=3, tag="b", pattern="B{:04d}",
        change=lambda d, k: setattr(d, "BurnedInAnnotation", "YES"),
    )  # fmt: skip
    report = header(Scan(slices=1), 0, number=4, tag="r")
    report.SOPClassUID, report.Modality = "1.2.840.10008.5.1.4.1.1.88.33", "SR"
    for name in ("Rows", "Columns", "PixelSpacing"):
        delattr(report, name)
    save(report, tmp_path / "s" / "report")
    (tmp_path / "s" / "letter.txt").write_text(SECRET)
    copied = anonymise([str(tmp_path / "s")], str(tmp_path / "out"))
    assert copied.files == 4
    assert copied.left_out == {"documents": 1, "captures": 2, "burned_in": 1}
    everything = anonymise([str(tmp_path / "s")], str(tmp_path / "all"), keep_burned_in=True)
    assert (everything.files, everything.burned_in) == (7, 3)
    assert everything.left_out == {"documents": 1}


def test_archives_and_multi_frame_objects(tmp_path: Path) -> None:
    hu = enhanced(tmp_path / "e")[0]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "e", "deep/e")
    assert anonymise([str(tmp_path / "a.zip")], str(tmp_path / "elsewhere" / "out")).files == 1
    assert np.array_equal(read(tmp_path / "elsewhere" / "out").hu, hu)


def test_overlays_in_spare_bits_go_too(tmp_path: Path) -> None:
    def overlay(d: Dataset, k: int) -> None:
        d.BitsStored, d.HighBit, d.PixelRepresentation = 12, 11, 0
        d.add_new(0x60000102, "US", 12)

    scan = Scan(slices=2)
    for k in range(2):
        d = header(scan, k)
        overlay(d, k)
        put(d, picture(scan)[k])
        d.PixelData = (np.frombuffer(d.PixelData, "<u2") | 0x5000).astype("<u2").tobytes()
        save(d, tmp_path / "s" / str(k))
    anonymise([str(tmp_path / "s")], str(tmp_path / "out"))
    copies = [pydicom.dcmread(p) for p in sorted((tmp_path / "out").rglob("*.dcm"))]
    assert all(int(np.frombuffer(d.PixelData, "<u2").max()) < 4096 for d in copies)
    assert np.array_equal(read(tmp_path / "out").hu, picture(scan))


@pytest.mark.parametrize("where", ["s", "s/inside", "full", "."])
def test_places_that_are_refused(tmp_path: Path, where: str) -> None:
    series(tmp_path / "s", Scan(slices=2))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    before = sorted(p for p in tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        anonymise([str(tmp_path / "s")], str(tmp_path / where))
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_a_link_into_the_source_is_the_source(tmp_path: Path) -> None:
    series(tmp_path / "s", Scan(slices=2))
    try:
        (tmp_path / "link").symlink_to(tmp_path / "s", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(UsageError, match="lies inside the input"):
        anonymise([str(tmp_path / "s")], str(tmp_path / "link" / "new"))


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series(tmp_path / "s", Scan(slices=4))
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "00003.dcm":
            raise OSError(28, "No space left on device", str(self))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWrite, match="the disk is full"):
        anonymise([str(tmp_path / "s")], str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_source_that_goes_away_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series(tmp_path / "s", Scan(slices=4))
    copy = Deidentifier.copy

    def pulled(self: Deidentifier, data: bytes):
        for path in (tmp_path / "s").iterdir():
            os.unlink(path)
        return copy(self, data)

    monkeypatch.setattr(Deidentifier, "copy", pulled)
    with pytest.raises(UnreadableInput) as caught:
        anonymise([str(tmp_path / "s")], str(tmp_path / "out"))
    assert caught.value.code == "source_vanished"
    assert not (tmp_path / "out").exists()


def test_nothing_to_copy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(UnreadableInput):
        anonymise([str(tmp_path / "a.txt")], str(tmp_path / "o" / "out"))
    with pytest.raises(UnreadableInput, match="does not exist"):
        anonymise([str(tmp_path / "gone")], str(tmp_path / "o" / "out"))
    assert not (tmp_path / "o").exists()


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    series(tmp_path / "s", Scan(slices=3), change=personal)
    series(
        tmp_path / "s", Scan(slices=1), number=2, pattern="C{:04d}",
        change=lambda d, k: setattr(d, "SOPClassUID", SECONDARY_CAPTURE),
    )  # fmt: skip
    words = [
        sys.executable,
        "-m",
        "cacviewer",
        "anonymize",
        str(tmp_path / "s"),
        "--out",
        str(tmp_path / "out"),
    ]
    first = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert first.returncode == 0, first.stderr
    assert "3 files of 1 patient" in first.stdout
    assert "left out: 1 screen captures" in first.stderr
    assert chosen(inspect([tmp_path / "out"])).images == 3
    assert "contrast_tagged" in codes(chosen(inspect([tmp_path / "out"])).findings)
    second = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert second.returncode == 2
    assert "holds files" in second.stderr
