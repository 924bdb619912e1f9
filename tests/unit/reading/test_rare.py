"""Rare files: each once went by in silence, or was told as something else (reading rules 12.2 to 12.7)."""

import os
import struct
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.study import Gating, Verdict
from cacviewer.pipeline.inspect import inspect_input
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect
from tests.builders.dicom import (
    BIG,
    DEFLATED,
    EXPLICIT,
    RLE,
    Scan,
    enhanced,
    header,
    picture,
    put,
    save,
    series,
)
from tests.unit.reading.reading import alarms, chosen, codes, read

ALL = [f"IM{k:04d}" for k in range(10)]


def of_slice(k: int, **values: object):
    """A change of one slice only; None takes an element away."""

    def change(d: Dataset, number: int) -> None:
        if number != k:
            return
        for name, value in values.items():
            if value is None:
                delattr(d, name)
            else:
                setattr(d, name, value)

    return change


# places


def test_an_image_without_position_in_the_middle_is_a_missing_slice(tmp_path: Path) -> None:
    series(tmp_path, change=of_slice(4, ImagePositionPatient=None))
    volume = read(tmp_path)
    assert alarms(volume) == {"missing_slices"}
    gap = next(f for f in volume.findings if f.code == "missing_slices")
    assert gap.slices == (4,)
    assert len(gap.files) == 1
    assert "1 slice is missing at F 108.2 mm (number 5 of 10)." in gap.message
    assert volume.filled_slices == (4,)


def test_an_image_without_position_at_an_end_shortens_the_stack(tmp_path: Path) -> None:
    series(tmp_path, change=of_slice(9, ImagePositionPatient=None))
    volume = read(tmp_path)
    assert alarms(volume) == {"truncated_file"}
    assert volume.grid.shape_zyx == (9, 24, 32)


def test_the_place_of_a_gap_follows_the_axis_of_the_stack(tmp_path: Path) -> None:
    coronal = Scan(column=(0.0, 0.0, -1.0), origin=(-31.0, 10.0, 20.0))
    series(tmp_path, coronal, skip=(3,))
    gap = next(f for f in chosen(inspect([tmp_path])).findings if f.code == "missing_slices")
    assert "missing at P 19.0 mm" in gap.message


def test_frames_without_a_functional_group_are_told(tmp_path: Path) -> None:
    enhanced(tmp_path / "e")
    d = pydicom.dcmread(tmp_path / "e")
    d.PerFrameFunctionalGroupsSequence = Sequence(list(d.PerFrameFunctionalGroupsSequence)[:8])
    d.save_as(tmp_path / "e")
    volume = read(tmp_path)
    assert volume.grid.shape_zyx[0] == 8
    assert alarms(volume) == {"truncated_file"}


def test_spacing_between_slices_of_an_enhanced_object_is_compared(tmp_path: Path) -> None:
    enhanced(tmp_path / "e")
    d = pydicom.dcmread(tmp_path / "e")
    d.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SpacingBetweenSlices = "5"
    d.save_as(tmp_path / "e")
    volume = read(tmp_path)
    assert {"spacing_tag_disagrees", "enhanced_multiframe"} <= codes(volume.findings)
    assert volume.grid.increment_mm == 3


# parts


def test_slices_that_two_phases_share_are_no_duplicates(tmp_path: Path) -> None:
    air = np.full((24, 32), -1000, np.int16)
    for phase, name in ((40, "A{:04d}"), (75, "B{:04d}")):
        hu = picture(Scan(), phase)
        hu[[0, 9]] = air
        series(
            tmp_path, hu=hu, tag=name, pattern=name,
            change=lambda d, k, p=phase: setattr(d, "NominalPercentageOfCardiacPhase", float(p)),
        )  # fmt: skip
    inspection = inspect([tmp_path])
    assert [one.images for one in inspection.series] == [10, 10]
    assert all("phases_split" in codes(one.findings) for one in inspection.series)
    assert np.array_equal(load(inspection, inspection.chosen or 0).hu, hu)


def test_equal_pixels_at_another_place_are_no_duplicate(tmp_path: Path) -> None:
    flat = np.full((10, 24, 32), 40, np.int16)
    series(tmp_path, hu=flat, pattern="A{:04d}")
    series(tmp_path, Scan(origin=(-11.0, -17.5, -120.25)), hu=flat, tag="b", pattern="B{:04d}")
    inspection = inspect([tmp_path])
    assert [(one.images, one.info.part) for one in inspection.series] == [(10, 1), (10, 2)]
    assert all("series_split" in codes(one.findings) for one in inspection.series)


def test_dual_energy_under_one_uid_is_split_by_voltage(tmp_path: Path) -> None:
    for kvp, name in (("80", "A{:04d}"), ("140", "B{:04d}")):
        series(
            tmp_path, hu=picture(Scan(), int(kvp)), tag=name, pattern=name,
            change=lambda d, k, v=kvp: setattr(d, "KVP", v),
        )  # fmt: skip
    inspection = inspect([tmp_path])
    assert sorted(one.acquisition.kvp or 0 for one in inspection.series) == [80, 140]
    assert all({"phases_split", "kvp_not_120"} <= codes(one.findings) for one in inspection.series)


def test_parts_are_numbered_the_same_in_their_findings(tmp_path: Path) -> None:
    for phase, name in ((40, "A{:04d}"), (75, "B{:04d}")):
        series(
            tmp_path, hu=picture(Scan(), phase), tag=name, pattern=name,
            change=lambda d, k, p=phase: setattr(d, "NominalPercentageOfCardiacPhase", float(p)),
        )  # fmt: skip
    series(tmp_path, Scan(slices=4, pixel=(1.0, 1.0)), tag="c", pattern="C{:04d}")
    for one in inspect([tmp_path]).series:
        split = next(f for f in one.findings if f.code == "series_split")
        assert dict(split.facts)["part"] == one.info.part


def test_a_palette_page_inside_a_series_stays_apart(tmp_path: Path) -> None:
    series(tmp_path)
    series(
        tmp_path, Scan(slices=1), tag="page", pattern="P{:04d}",
        change=lambda d, k: setattr(d, "PhotometricInterpretation", "PALETTE COLOR"),
    )  # fmt: skip
    inspection = inspect([tmp_path])
    assert chosen(inspection).images == 10
    assert chosen(inspection).verdict is Verdict.READY
    page = next(one for one in inspection.series if one.images == 1)
    assert "secondary_capture" in codes(page.findings, "refusal")


# voxels


def test_float_pixels_are_read(tmp_path: Path) -> None:
    def as_float(d: Dataset, k: int) -> None:
        values = picture(Scan())[k].astype("<f4") + 1024
        values[0, 0] = np.nan
        del d.PixelData, d.BitsStored, d.HighBit, d.PixelRepresentation
        d.BitsAllocated, d.FloatPixelData = 32, values.tobytes()

    scan = Scan()
    for k in range(scan.slices):
        d = header(scan, k)
        put(d, picture(scan)[k])
        as_float(d, k)
        save(d, tmp_path / str(k))
    volume = read(tmp_path)
    wanted = picture(scan)
    wanted[:, 0, 0] = -1024
    assert np.array_equal(volume.hu, wanted)
    assert alarms(volume) == set()


def test_bytes_in_words_of_a_big_endian_file_are_turned(tmp_path: Path) -> None:
    def narrow(d: Dataset, k: int) -> None:
        d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 8, 8, 7, 0
        d.RescaleSlope, d.RescaleIntercept = "8", "-1024"

    hu = (np.arange(10 * 24 * 32).reshape(10, 24, 32) % 256 * 8 - 1024).astype(np.int16)

    def swap(path: Path, d: Dataset, k: int) -> None:
        data = path.read_bytes()
        pixels = np.frombuffer(data[-768:], np.uint8).reshape(-1, 2)[:, ::-1]
        path.write_bytes(data[:-768] + pixels.tobytes())

    series(tmp_path, hu=hu, syntax=BIG, change=narrow, after=swap)
    assert np.array_equal(read(tmp_path).hu, hu)


def test_fragments_where_the_syntax_says_plain_are_not_shown_as_pixels(tmp_path: Path) -> None:
    def mislabel(path: Path, d: Dataset, k: int) -> None:
        path.write_bytes(path.read_bytes().replace(RLE.encode() + b"\0", (EXPLICIT + "\0").encode()[:20]))

    series(tmp_path, compress=RLE, after=mislabel)
    inspection = inspect([tmp_path])
    with pytest.raises(UnreadableInput) as caught:
        load(inspection, inspection.chosen or 0)
    assert caught.value.code == "decode_failed"


@pytest.mark.parametrize(("bend", "refused"), [(0, False), (7, True)], ids=["line", "curve"])
def test_a_modality_table_counts_only_if_it_is_a_line(tmp_path: Path, bend: int, refused: bool) -> None:
    def table(d: Dataset, k: int) -> None:
        item = Dataset()
        values = np.arange(4096, dtype="<u2") * 2
        values[100] += bend
        item.add_new(0x00283002, "US", [4096, 0, 16])
        item.ModalityLUTType = "HU"
        item.add_new(0x00283006, "OW", values.tobytes())
        d.ModalityLUTSequence = Sequence([item])
        d.PixelRepresentation = 0

    def without_rescale(d: Dataset, k: int) -> None:
        table(d, k)
        del d.RescaleSlope, d.RescaleIntercept

    stored = np.abs(picture(Scan()))
    series(tmp_path, hu=stored, change=without_rescale)
    volume = read(tmp_path)
    assert ("missing_rescale" in alarms(volume)) is refused
    assert np.array_equal(volume.hu, stored if refused else 2 * stored)


def test_a_deflated_bomb_is_a_file_cut_short(tmp_path: Path) -> None:
    d = header(Scan(slices=1), 0, syntax=DEFLATED)
    d.Rows = d.Columns = 16384
    d.PixelData = b"\0" * (16384 * 16384 * 2)
    d["PixelData"].VR = "OW"
    save(d, tmp_path / "bomb")
    assert (tmp_path / "bomb").stat().st_size < 1 << 20
    inspection = inspect([tmp_path])
    assert inspection.chosen is None
    assert "truncated_file" in codes(inspection.series[0].findings)


# kind


@pytest.mark.parametrize("kind", ["MIP_THICK", "MAX_IP", "CSA MIP"])
def test_one_projection_among_the_slices_is_enough(tmp_path: Path, kind: str) -> None:
    series(tmp_path, change=of_slice(6, ImageType=["DERIVED", "SECONDARY", "AXIAL", kind]))
    assert codes(chosen(inspect([tmp_path])).findings, "warning") == {"projection_image"}


def test_one_derived_or_inverted_slice_is_said(tmp_path: Path) -> None:
    series(
        tmp_path,
        change=of_slice(
            6, ImageType=["DERIVED", "PRIMARY", "AXIAL"], PhotometricInterpretation="MONOCHROME1"
        ),
    )
    found = codes(chosen(inspect([tmp_path])).findings)
    assert {"derived_image", "monochrome1"} <= found


def test_a_phase_of_0_percent_is_a_phase(tmp_path: Path) -> None:
    def change(d: Dataset, k: int) -> None:
        del d.CardiacSynchronizationTechnique
        d.NominalPercentageOfCardiacPhase = 0.0

    series(tmp_path, change=change)
    assert chosen(inspect([tmp_path])).acquisition.gating is Gating.GATED


# text


@pytest.mark.parametrize("raw", ["محمد^علي".encode(), "فاطمة^چمران".encode("cp1256")], ids=["utf8", "cp1256"])
def test_a_set_that_is_declared_and_wrong(tmp_path: Path, raw: bytes) -> None:
    def change(d: Dataset, k: int) -> None:
        d.SpecificCharacterSet = "ISO_IR 100"
        d.PatientName = "N" * 60

    def after(path: Path, d: Dataset, k: int) -> None:
        path.write_bytes(path.read_bytes().replace(b"N" * 60, raw + b" " * (60 - len(raw))))

    series(tmp_path, change=change, after=after)
    one = chosen(inspect([tmp_path]))
    assert "charset_guessed" in codes(one.findings)
    assert one.info.patient.name == raw.decode("utf-8" if raw[0] == 0xD9 else "cp1256")


def test_letters_of_latin_1_stay_what_they_are(tmp_path: Path) -> None:
    def change(d: Dataset, k: int) -> None:
        d.SpecificCharacterSet, d.PatientName = "ISO_IR 100", "Müller^Zoë"

    series(tmp_path, change=change)
    one = chosen(inspect([tmp_path]))
    assert one.info.patient.name == "Müller^Zoë"
    assert "charset_guessed" not in codes(one.findings)


# files


def test_private_information_longer_than_the_first_window(tmp_path: Path) -> None:
    def change(d: Dataset, k: int) -> None:
        d.file_meta.PrivateInformationCreatorUID = "2.25.2"
        d.file_meta.PrivateInformation = b"\x01" * 40000

    hu = series(tmp_path, change=change)
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert alarms(volume) == set()


def test_of_an_archive_with_a_password_nothing_is_used(tmp_path: Path) -> None:
    series(tmp_path / "s")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ALL:
            archive.write(tmp_path / "s" / name, name)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the first member says that it is encrypted
    (tmp_path / "a.zip").write_bytes(data)
    inspection = inspect([tmp_path / "a.zip"])
    assert inspection.chosen is None
    assert codes(inspection.findings, "refusal") == {"archive_encrypted"}


def test_archives_inside_an_archive_share_one_limit(tmp_path: Path, monkeypatch) -> None:
    series(tmp_path / "s")
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "s" / ALL[0], "a")
        archive.writestr("b", bytes(1 << 20))
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        for i in range(3):
            archive.write(tmp_path / "in.zip", f"{i}.zip")
    monkeypatch.setattr("cacviewer.reading.collecting.MAX_TOTAL_BYTES", 5 << 19)
    inspection = inspect([tmp_path / "out.zip"])
    assert codes(inspection.findings, "refusal") == {"archive_bomb"}
    assert not inspection.series


def test_a_dicomdir_inside_an_archive_is_compared_too(tmp_path: Path, shared: Path) -> None:
    folder = shared / "data" / "dicom-hard" / "dicomdir-lies"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, path.relative_to(folder))
    inspection = inspect([tmp_path / "a.zip"])
    assert "dicomdir_incomplete" in codes(inspection.findings)
    assert chosen(inspection).images == 10


def test_a_volume_file_counts_when_it_is_named_beside_a_folder(tmp_path: Path) -> None:
    series(tmp_path / "s")
    image = sitk.GetImageFromArray(picture(Scan(slices=50)))
    image.SetSpacing((2, 2, 3))
    sitk.WriteImage(image, str(tmp_path / "v.mha"))
    inspection = inspect([tmp_path / "s", tmp_path / "v.mha"])
    assert [one.images for one in inspection.series] == [10, 50]
    assert chosen(inspection).images == 10  # ready comes before warnings
    assert inspection.skipped == 0


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz", "a.mha", "a.nrrd"])
def test_a_letter_with_the_name_of_a_volume_is_no_volume(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Dear colleague, " * 60)
    inspection = inspect([tmp_path / name])
    assert codes(inspection.findings) == {"not_dicom", "no_dicom"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p")
    assert inspect([tmp_path / "p"]).chosen is None
    assert inspect([tmp_path]).files == 0


def test_links_to_slices_of_the_same_folder_count_once(tmp_path: Path) -> None:
    series(tmp_path)
    try:
        (tmp_path / "link").symlink_to(tmp_path / "IM0003")
    except OSError:
        pytest.skip("no links here")
    inspection = inspect([tmp_path])
    assert inspection.files == 10
    assert "duplicate_slices" not in codes(chosen(inspection).findings)


def test_the_next_best_series_opens_where_the_best_is_damaged(tmp_path: Path) -> None:
    def spoil(path: Path, d: Dataset, k: int) -> None:
        data = bytearray(path.read_bytes())
        at = data.rindex(struct.pack("<HH", 0xFFFE, 0xE000)) + 8
        data[at : at + 4] = struct.pack("<I", 99)  # 99 planes
        path.write_bytes(data)

    series(tmp_path / "best", number=1, compress=RLE, after=spoil)
    hu = series(tmp_path / "next", number=2, tag="n")
    answer = inspect_input([str(tmp_path)])
    assert answer["error"] is None
    document = answer["document"]
    assert [one["verdict"] for one in document["series"]] == ["unreadable", "ready"]
    assert document["chosen"] == 1
    assert document["series"][1]["max_hu"] == hu.max()
