"""All kinds of output through the job: what is written, what is refused, what a bad disk leaves."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace

import pydicom
import pytest

from cacviewer.core.errors import CannotWrite
from cacviewer.core.study import SeriesInfo
from cacviewer.pipeline.export import WRITERS, export
from cacviewer.reports.formats import FORMATS, ReportOptions
from tests.unit.reports.dicom_case import complaints, on_disk
from tests.unit.reports.scored_case import refused_case

DICOM = ("seg", "sr", "epdf", "sc")
MOMENT = "2026-11-25T03:14:15"


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    return on_disk(tmp_path_factory.mktemp("export") / "scan")


def targets(folder, kinds):
    rows = {row.key: row for row in FORMATS} | {"csv": next(row for row in FORMATS if row.key == "scores")}
    return {kind: str(rows[kind].target(folder)) for kind in kinds}


def test_every_format_has_a_writer():
    assert {row.key for row in FORMATS} - {"scores", "lesions"} <= set(WRITERS)


def test_every_kind_into_one_folder(there, tmp_path):
    kinds = [kind for kind in WRITERS if kind not in ("masks", "overview")]  # other words and other uses
    steps = []
    told = export(
        there.case, there.volume, there.anatomy, targets(tmp_path, kinds), moment=MOMENT,
        progress=lambda step, fraction: steps.append((step, fraction)),
    )  # fmt: skip
    assert told.refused == ()
    assert all(os.path.exists(path) for path in told.written)
    assert len(steps) == len(kinds)
    names = {path.name for path in tmp_path.iterdir()}
    organs = {
        f"{name}.{kind}"
        for name in ("heart", "aorta", "calcium")
        for kind in ("nii.gz", "nrrd", "stl", "ply")
    }
    wanted = {
        "report.pdf",
        "report.txt",
        "scores.csv",
        "lesions.csv",
        "case.json",
        "seg.dcm",
        "sr.dcm",
        "report.dcm",
        "key-images",
    }
    assert names == wanted | organs
    held = pydicom.dcmread(tmp_path / "report.dcm")
    printed = (tmp_path / "report.pdf").read_bytes()
    assert held.EncapsulatedDocument[: held.EncapsulatedDocumentLength] == printed
    assert complaints(tmp_path / "report.dcm") == []
    series = [
        pydicom.dcmread(tmp_path / name)
        for name in ("seg.dcm", "sr.dcm", "report.dcm", "key-images/key-01.dcm")
    ]
    assert len({d.StudyInstanceUID for d in series}) == 1
    assert len({d.SeriesInstanceUID for d in series}) == len(series)
    assert len({d.SeriesNumber for d in series}) == len(series)


def test_a_scan_that_is_no_dicom_gives_the_rest_and_a_sentence(there, tmp_path):
    case = replace(there.case, info=SeriesInfo(), source="/scans/ct.nii.gz")
    kinds = ("seg", "nrrd", "sr", "nifti", "stl", "epdf", "sc", "ply", "pdf")
    told = export(case, there.volume, there.anatomy, targets(tmp_path, kinds))
    assert [said.partition(":")[0] for said in told.refused] == ["SEG", "SR", "EPDF", "SC"]
    assert all("did not come from one" in said and "NRRD" in said for said in told.refused)
    assert not list(tmp_path.glob("**/*.dcm"))
    assert len(list(tmp_path.iterdir())) == 13


def test_dicom_objects_carry_names_and_say_so_where_none_are_wanted(there, tmp_path):
    options = ReportOptions(anonymised=True)
    told = export(there.case, there.volume, there.anatomy, targets(tmp_path, ("seg", "sr")), options=options)
    assert told.written == ()
    assert all("cacviewer anonymize" in said for said in told.refused)


def test_a_refused_case_has_no_report_to_structure(there, tmp_path):
    case = replace(refused_case(), info=there.case.info, grid=there.case.grid, source=there.case.source)
    told = export(case, there.volume, there.anatomy, targets(tmp_path, ("sr", "sc", "seg")))
    assert [said.partition(":")[0] for said in told.refused] == ["SR", "SC"]
    assert told.written == (str(tmp_path / "seg.dcm"),)


def test_numbers_are_the_same_in_json_and_sr(there, tmp_path):
    export(there.case, there.volume, there.anatomy, targets(tmp_path, ("json", "sr")))
    case = json.loads((tmp_path / "case.json").read_text())
    numbers = [
        item.MeasuredValueSequence[0].FloatingPointValue
        for group in pydicom.dcmread(tmp_path / "sr.dcm").ContentSequence[-1].ContentSequence
        for item in group.ContentSequence
        if item.ValueType == "NUM" and item.ConceptNameCodeSequence[0].CodeValue == "112058"
    ]
    arteries = [case["arteries"][name]["agatston"] for name in ("LM", "LAD", "LCX", "RCA", "unassigned")]
    assert numbers == [*arteries, case["totals"]["agatston"]]


@pytest.mark.parametrize("kind", [*DICOM, "nrrd", "nifti", "stl", "ply", "pdf"])
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EBUSY, "another program has it open"),
    ],
)
def test_a_bad_disk_is_a_sentence_and_the_old_files_stay(there, tmp_path, monkeypatch, kind, code, sentence):
    told = export(there.case, there.volume, there.anatomy, targets(tmp_path, [kind]), moment=MOMENT)
    assert told.refused == ()
    old = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert old
    real = os.replace

    def refuse(source, target, **_):
        if str(source).startswith(str(tmp_path)) and ".part" in str(source):
            raise OSError(code, os.strerror(code), str(source), None, str(target))
        return real(source, target)

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(CannotWrite, match=sentence):
        export(
            there.case, there.volume, there.anatomy, targets(tmp_path, [kind]), moment="2026-11-25T04:00:00"
        )
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == old


def test_a_file_that_windows_holds_open(monkeypatch, tmp_path):
    from cacviewer.files import writing

    def held(*_: object) -> None:
        error = PermissionError(13, "in use", str(tmp_path / "x.dcm"))
        error.winerror = 32
        raise error

    monkeypatch.setattr("os.replace", held)
    with pytest.raises(CannotWrite, match="another program has it open"), writing(tmp_path / "x.dcm") as file:
        file.write(b"new")
    assert list(tmp_path.iterdir()) == []
