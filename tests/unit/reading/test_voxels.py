from pathlib import Path

import numpy as np
import pytest

from cacviewer.core.study import Verdict
from cacviewer.reading.scan import inspect
from tests.builders.dicom import BIG, DEFLATED, IMPLICIT, Scan, picture, save, series
from tests.unit.reading.reading import alarms, chosen, codes, read


@pytest.mark.parametrize("syntax", [IMPLICIT, BIG, DEFLATED])
def test_native_transfer_syntaxes(tmp_path: Path, syntax: str) -> None:
    hu = series(tmp_path, syntax=syntax)
    volume = read(tmp_path)
    assert volume.verdict is Verdict.READY
    assert np.array_equal(volume.hu, hu)


def test_transfer_syntax_may_change_from_file_to_file(tmp_path: Path) -> None:
    hu = series(tmp_path, skip=range(5))
    series(tmp_path, skip=range(5, 10), syntax=BIG)
    assert np.array_equal(read(tmp_path).hu, hu)


@pytest.mark.parametrize("bits", [8, 32])
def test_bits_allocated(tmp_path: Path, bits: int) -> None:
    hu = np.clip(picture(Scan()) // 4, -120, 120)

    def change(d, k):
        d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = bits, bits, bits - 1, 1
        d.RescaleIntercept = "0"

    series(tmp_path, hu=hu, change=change)
    assert np.array_equal(read(tmp_path).hu, hu)


def test_signed_twelve_bits_with_an_overlay_above(tmp_path: Path) -> None:
    def change(d, k):
        d.BitsStored, d.HighBit, d.RescaleIntercept = 12, 11, "0"

    def after(path, d, k):
        raw = np.frombuffer(d.PixelData, "<u2") & 0x0FFF
        d.PixelData = (raw | np.where(np.arange(raw.size) % 5, 0, 0x3000)).astype("<u2").tobytes()
        save(d, path)

    hu = series(tmp_path, change=change, after=after)
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "bits_masked" in codes(volume.findings)


def test_plain_sign_extension_is_no_finding(tmp_path: Path) -> None:
    def change(d, k):
        d.BitsStored, d.HighBit, d.RescaleIntercept = 12, 11, "0"

    hu = series(tmp_path, change=change)
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "bits_masked" not in codes(volume.findings)


def test_sign_may_change_from_slice_to_slice(tmp_path: Path) -> None:
    hu = series(tmp_path, change=lambda d, k: setattr(d, "PixelRepresentation", k % 2))
    assert np.array_equal(read(tmp_path).hu, hu)


def test_rescale_by_slice(tmp_path: Path) -> None:
    hu = picture(Scan())
    hu[2::3] = hu[2::3] // 2 * 2
    series(tmp_path, hu=hu, change=lambda d, k: setattr(d, "RescaleSlope", ("1", "0.5", "2")[k % 3]))
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "mixed_rescale" in codes(volume.findings)
    assert alarms(volume) == set()


@pytest.mark.parametrize("wrong", [None, "0", "abc"])
def test_without_rescale_stored_values_are_shown(tmp_path: Path, wrong: str | None) -> None:
    def after(path, d, k):
        del d.RescaleSlope
        if wrong is None:
            del d.RescaleIntercept
        save(d, path)
        if wrong is not None:
            d.add_new(0x00281053, "LO", wrong)
            save(d, path)

    hu = series(tmp_path, after=after)
    volume = read(tmp_path)
    assert "missing_rescale" in codes(volume.findings, "refusal")
    assert np.array_equal(volume.hu, hu + 1024)


def test_values_beyond_int16_are_clipped(tmp_path: Path) -> None:
    hu = picture(Scan()).astype(np.int32)
    hu[3, 5, 5] = 40000

    def change(d, k):
        d.PixelRepresentation, d.RescaleIntercept = 0, "-8192"

    series(tmp_path, hu=hu, change=change)
    volume = read(tmp_path)
    assert "hu_clipped" in codes(volume.findings)
    assert np.array_equal(volume.hu, np.clip(hu, -32768, 32767))


def test_padding_is_air(tmp_path: Path) -> None:
    hu = picture(Scan())
    hu[:, :3] = -3024  # stored -2000, which GE declares as US 63536
    series(tmp_path, hu=hu, change=lambda d, k: d.add_new(0x00280120, "US", 63536))
    volume = read(tmp_path)
    assert "padding_replaced" in codes(volume.findings)
    assert (volume.hu[:, :3] == -1024).all()
    assert np.array_equal(volume.hu[:, 3:], hu[:, 3:])


def test_padding_range(tmp_path: Path) -> None:
    hu = picture(Scan())
    hu[:, 0], hu[:, 1], hu[:, 2] = -3024, -3020, -3000

    def change(d, k):
        d.add_new(0x00280120, "SS", -2000)
        d.add_new(0x00280121, "SS", -1990)

    series(tmp_path, hu=hu, change=change)
    volume = read(tmp_path)
    assert (volume.hu[:, :2] == -1024).all()
    assert (volume.hu[:, 2] == -3000).all()


def test_padding_of_a_tissue_value_is_kept(tmp_path: Path) -> None:
    hu = picture(Scan())
    series(tmp_path, hu=hu, change=lambda d, k: d.add_new(0x00280120, "SS", 1024 + int(hu[0, 0, 0])))
    volume = read(tmp_path)
    assert alarms(volume) == {"padding_ignored"}
    assert np.array_equal(volume.hu, hu)


def test_monochrome1_changes_nothing(tmp_path: Path) -> None:
    hu = series(tmp_path, change=lambda d, k: setattr(d, "PhotometricInterpretation", "MONOCHROME1"))
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "monochrome1" in codes(volume.findings)


@pytest.mark.parametrize(
    ("name", "value"),
    [("RescaleType", "MGML"), ("ImageType", ["DERIVED", "PRIMARY", "AXIAL", "VNC"]),
     ("ImageType", ["ORIGINAL", "PRIMARY", "AXIAL", "MONOENERGETIC"]), ("ImageType", ["DERIVED", "PRIMARY", "Z_EFF"])],
)  # fmt: skip
def test_values_that_are_no_plain_hounsfield_units(tmp_path: Path, name: str, value) -> None:
    series(tmp_path, change=lambda d, k: setattr(d, name, value))
    assert "not_hounsfield" in codes(read(tmp_path).findings, "refusal")


def test_dual_energy_scanners_say_dual_without_being_refused(tmp_path: Path) -> None:
    kind = ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SEQ DUAL", "STD", "SNRG", "DET_AB"]
    series(tmp_path, change=lambda d, k: setattr(d, "ImageType", kind))
    assert read(tmp_path).verdict is Verdict.READY


@pytest.mark.parametrize(("voxels", "suspected"), [(9, False), (10, True)])
def test_metal_needs_ten_connected_voxels(tmp_path: Path, voxels: int, suspected: bool) -> None:
    hu = picture(Scan())
    hu[4, 2, 3 : 3 + voxels] = 2500
    hu[0, 0, 0] = hu[9, 23, 31] = 3000
    series(tmp_path, hu=hu)
    assert ("metal_suspected" in alarms(read(tmp_path))) is suspected


def test_end_of_file_inside_the_pixels_is_a_missing_slice(tmp_path: Path) -> None:
    hu = series(tmp_path, after=lambda p, d, k: p.write_bytes(p.read_bytes()[:-100]) if k == 4 else None)
    volume = read(tmp_path)
    assert {"truncated_file", "missing_slices"} <= alarms(volume)
    assert volume.filled_slices == (4,)
    assert np.array_equal(volume.hu[5:], hu[5:])


def test_one_slice_that_is_left_is_refused(tmp_path: Path) -> None:
    series(tmp_path, after=lambda p, d, k: p.write_bytes(p.read_bytes()[:-100]) if k else None)
    volume = read(tmp_path)
    assert len(volume.hu) == 1
    assert "single_slice" in codes(volume.findings, "refusal")
    assert volume.verdict is Verdict.VIEWING_ONLY


def test_end_of_file_in_the_last_slice_shortens_the_volume(tmp_path: Path) -> None:
    hu = series(tmp_path, after=lambda p, d, k: p.write_bytes(p.read_bytes()[:-100]) if k in (0, 9) else None)
    volume = read(tmp_path)
    assert alarms(volume) == {"truncated_file"}
    assert np.array_equal(volume.hu, hu[1:9])
    assert volume.grid.origin_lps_mm == pytest.approx(Scan().position(1))


def test_absurd_sizes_allocate_nothing(tmp_path: Path) -> None:
    def change(d, k):
        d.Rows = d.Columns = 65535

    series(tmp_path, change=lambda d, k: None, after=lambda p, d, k: (change(d, k), save(d, p)))
    inspection = inspect([tmp_path])
    assert inspection.chosen is None
    assert "truncated_file" in codes(inspection.series[0].findings)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d, k: setattr(d, "Modality", "MR"), "not_ct"),
        (lambda d, k: setattr(d, "ImageType", ["DERIVED", "SECONDARY", "AXIAL", "MIP"]), "projection_image"),
        (lambda d, k: setattr(d, "ImageType", ["DERIVED", "SECONDARY", "MPR", "THICK"]), "projection_image"),
        (lambda d, k: setattr(d, "ImageType", ["DERIVED", "SECONDARY", "AXIAL"]), "derived_image"),
        (lambda d, k: setattr(d, "ContrastBolusAgent", "Iohexol"), "contrast_tagged"),
        (lambda d, k: delattr(d, "KVP"), "kvp_missing"),
        (lambda d, k: setattr(d, "KVP", "100"), "kvp_not_120"),
        (lambda d, k: setattr(d, "ConvolutionKernel", ["Sa36f", "3"]), "kv_independent_kernel"),
        (lambda d, k: setattr(d, "ConvolutionKernel", "B70f"), "sharp_kernel"),
        (lambda d, k: setattr(d, "ProtocolName", "CaScore Sn100"), "tin_filter"),
        (lambda d, k: setattr(d, "CardiacSynchronizationTechnique", "NONE"), "not_gated"),
        (lambda d, k: setattr(d, "LossyImageCompression", "01"), "lossy_compression"),
    ],
)
def test_kind_and_acquisition(tmp_path: Path, change, code: str) -> None:
    series(tmp_path, change=change)
    assert alarms(read(tmp_path)) == {code}


@pytest.mark.parametrize("agent", ["", "NONE", "No", "0", "NO CONTRAST", "without"])
def test_words_for_no_contrast_raise_no_alarm(tmp_path: Path, agent: str) -> None:
    series(tmp_path, change=lambda d, k: setattr(d, "ContrastBolusAgent", agent))
    volume = read(tmp_path)
    assert alarms(volume) == set()
    assert volume.acquisition.contrast is False


def test_a_voltage_without_limits_is_refused(tmp_path: Path) -> None:
    series(tmp_path, change=lambda d, k: setattr(d, "KVP", "60"))
    assert codes(read(tmp_path).findings, "refusal") == {"kvp_not_120"}


@pytest.mark.parametrize(
    ("change", "kvp", "source"),
    [
        (lambda d, k: setattr(d, "KVP", "80" if k > 6 else "120"), "80 and 120", "tube voltage changes"),
        (lambda d, k: setattr(d, "KVP", "80" if k > 6 else ""), "80", ""),
        (lambda d, k: setattr(d, "KVP", "118" if k > 6 else "121"), "", ""),
        (
            lambda d, k: (setattr(d, "KVP", "100"), k > 6 and setattr(d, "FilterMaterial", "TIN")),
            "100",
            "tin filter changes",
        ),
        (
            lambda d, k: (setattr(d, "KVP", "80"), k > 6 and setattr(d, "ConvolutionKernel", "Sa36f")),
            "80",
            "kernel changes",
        ),
    ],
)
def test_the_limit_must_be_one_for_all_slices(tmp_path: Path, change, kvp: str, source: str) -> None:
    series(tmp_path, change=change)
    volume = read(tmp_path)
    facts = [dict(f.facts) for f in volume.findings if f.code == "kvp_not_120"]
    assert [str(f["kvp"]) for f in facts] == ([kvp] if kvp else [])
    if source:
        assert facts[0]["limit_hu"] == "none"
        assert facts[0]["source"] == f"{source} within the series: no score"
    assert codes(volume.findings, "refusal") == ({"kvp_not_120"} if source else set())


def test_the_voltage_is_the_one_that_some_slice_states(tmp_path: Path) -> None:
    series(tmp_path, change=lambda d, k: setattr(d, "KVP", "80" if k > 6 else ""))
    assert read(tmp_path).acquisition.kvp == 80


def test_one_thick_slice_is_told(tmp_path: Path) -> None:
    series(tmp_path, change=lambda d, k: k == 5 and setattr(d, "SliceThickness", "5"))
    facts = [dict(f.facts) for f in read(tmp_path).findings if f.code == "thickness_unusual"]
    assert facts == [{"thickness_mm": 5.0}]


@pytest.mark.parametrize(
    ("change", "gated"),
    [
        (lambda d: setattr(d, "ScanOptions", ["TP70PC1300", "OSCRATEAVG046BPM"]), "gated"),
        (lambda d: setattr(d, "ScanOptions", "CARDIAC_GATED"), "gated"),
        (lambda d: setattr(d, "ScanOptions", "NON_GATED"), "not_gated"),
        (lambda d: setattr(d, "HeartRate", 61), "gated"),
        (lambda d: setattr(d, "SeriesDescription", "Calcium ECG"), "gated"),
        (lambda d: setattr(d, "SeriesDescription", "chest non-gated"), "not_gated"),
        (lambda d: None, "unknown"),
    ],
)
def test_evidence_of_gating(tmp_path: Path, change, gated: str) -> None:
    def edit(d, k):
        del d.CardiacSynchronizationTechnique
        change(d)

    series(tmp_path, change=edit)
    assert chosen(inspect([tmp_path])).acquisition.gating == gated
