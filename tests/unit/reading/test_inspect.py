import json
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from cacviewer.core.errors import UsageError
from cacviewer.pipeline.inspect import inspect_input
from cacviewer.reading.scan import inspect
from cacviewer.reading.select import select_series
from tests.builders.dicom import Scan, series
from tests.unit.reading.reading import read

KEYS = [
    "patient_name", "patient_id", "study_uid", "series_uid", "series_number", "part", "description", "modality",
    "images", "verdict", "findings", "shape_zyx", "spacing_mm", "origin_lps_mm", "direction_lps", "min_hu", "max_hu",
    "mean_hu", "filled_slices", "acquisition",
]  # fmt: skip


def test_the_document(tmp_path: Path) -> None:
    hu = series(tmp_path / "s")
    answer = inspect_input([str(tmp_path / "s")], volume_file=str(tmp_path / "v.mha"))
    document = json.loads(json.dumps(answer["document"], allow_nan=False))
    assert answer["error"] is None
    assert list(document) == ["schema", "input", "findings", "chosen", "series", "timing_s"]
    assert document["schema"] == "cacviewer.inspect/1"
    assert document["input"] == {"path": str(tmp_path / "s"), "files": 10, "dicom_files": 10, "skipped": 0}
    one = document["series"][document["chosen"]]
    assert list(one) == KEYS
    assert one["verdict"] == "ready"
    assert one["spacing_mm"] == [3, 2, 2]
    assert (one["min_hu"], one["max_hu"]) == (hu.min(), hu.max())
    assert one["mean_hu"] == pytest.approx(hu.mean(), abs=1e-3)
    assert one["acquisition"]["gated"] is True
    assert document["timing_s"]["read"] >= document["timing_s"]["scan"] > 0
    assert np.array_equal(sitk.GetArrayFromImage(sitk.ReadImage(str(tmp_path / "v.mha"))), hu)


def test_nothing_to_open_still_gives_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    answer = inspect_input([str(tmp_path)])
    assert answer["document"]["chosen"] is None
    assert answer["error"]["code"] == "no_dicom"
    gone = inspect_input([str(tmp_path / "gone")])
    assert gone["error"]["code"] == "path_not_found"
    assert gone["document"]["findings"][0]["severity"] == "refusal"


def test_the_distance_of_one_slice_without_thickness_is_unknown(tmp_path: Path) -> None:
    series(tmp_path, Scan(slices=1), change=lambda d, k: delattr(d, "SliceThickness"))
    document = inspect_input([str(tmp_path)])["document"]
    assert document["series"][0]["spacing_mm"] == [None, 2, 2]


def test_a_series_is_named_by_number_uid_or_part(tmp_path: Path) -> None:
    series(tmp_path, number=1, pattern="A{:04d}")
    series(tmp_path, Scan(pixel=(1.0, 1.0)), number=1, tag="b", pattern="B{:04d}")
    series(tmp_path, Scan(slices=5), number=7, pattern="C{:04d}")
    inspection = inspect([tmp_path])
    assert inspection.series[select_series(inspection, "7")].images == 5
    uid = next(one.info.series_uid for one in inspection.series if one.info.series_number == 1)
    for part in (1, 2):
        one = inspection.series[select_series(inspection, f"{uid}:{part}")]
        assert (one.info.series_uid, one.info.part) == (uid, part)
    assert inspection.series[select_series(inspection, uid)].info.series_uid == uid
    with pytest.raises(UsageError, match="no series '9'") as caught:
        select_series(inspection, "9")
    assert "number 7" in str(caught.value)
    assert (
        inspect_input([str(tmp_path)], series="7")["document"]["series"][inspection.chosen or 0] is not None
    )


def test_an_unreadable_series_can_be_asked_for(tmp_path: Path) -> None:
    series(tmp_path, number=1, pattern="A{:04d}")
    series(tmp_path, number=2, pattern="B{:04d}", change=lambda d, k: delattr(d, "PixelSpacing"))
    answer = inspect_input([str(tmp_path)], series="2")
    assert answer["error"]["code"] == "missing_pixel_spacing"
    assert answer["document"]["chosen"] is None


HARD = json.loads(expected.read_text())["cases"] if (
    expected := Path(__import__("os").environ.get("CACVIEWER_DATA", "/nowhere")) / "data" / "dicom-hard" / "expected.json"
).exists() else []  # fmt: skip


@pytest.mark.parametrize("case", HARD, ids=[case["case"] for case in HARD])
def test_hard_cases(shared: Path, case) -> None:
    document = inspect_input([str(shared / "data" / "dicom-hard" / case["input"])])["document"]
    chosen = document["chosen"]
    verdict = "unreadable" if chosen is None else document["series"][chosen]["verdict"]
    assert verdict in case["accept_verdicts"]
    wanted = [s["volume"] for s in case["series"] if s["volume"] and s["volume"]["shape_zyx"]]
    if wanted and chosen is not None:
        assert document["series"][chosen]["shape_zyx"] in [w["shape_zyx"] for w in wanted]


@pytest.mark.parametrize(
    ("folder", "shape", "spacing"),
    [
        ("calcium/gated-1/dicom", (57, 512, 512), (3, 0.3828125, 0.3828125)),
        ("calcium/gated-2/dicom", (57, 512, 512), (3, 0.388671875, 0.388671875)),
        ("calcium/chest-1/dicom", (70, 512, 512), (5, 0.8984375, 0.8984375)),
        ("test/v01-gated/dicom", (42, 512, 512), (3, 0.3515625, 0.3515625)),
        ("test/v02-chest/dicom", (30, 512, 512), (8, 0.646484375, 0.646484375)),
    ],
)
def test_real_scans(shared: Path, folder: str, shape, spacing) -> None:
    volume = read(shared / "data" / folder)
    assert volume.grid.shape_zyx == shape
    assert volume.grid.spacing_mm == pytest.approx(spacing, abs=1e-5)
    assert volume.hu.min() >= -1024
