"""A phantom on disk: the scan as DICOM or NIfTI, and beside it truth.json and masks/."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from cacviewer.dicom.write import CtSeries, write_ct_series
from cacviewer.files import writing, writing_folder, writing_path
from cacviewer.phantom.digital_chest import Phantom
from cacviewer.phantom.nifti import write_nifti
from cacviewer.phantom.parameters import PhantomParameters

DICOM_FOLDER, NIFTI_NAME, TRUTH_NAME = "dicom", "ct.nii.gz", "truth.json"


def write(phantom: Phantom, out_dir: Path | str, dicom: bool) -> Path:
    """Writes a phantom; files appear whole or not at all.

    The masks lie in a folder of their own. Reading a folder takes DICOM where there is any and passes over
    label maps, so that they do not disturb it. A scan of an earlier phantom in the same folder is replaced.

    Args:
        phantom: What to write.
        out_dir: Folder; made if it is not there.
        dicom: A series in `dicom/` instead of `ct.nii.gz`.

    Returns:
        The folder or file that holds the scan.

    Raises:
        CannotWrite: The disk or the folder refuses.
    """
    folder = Path(out_dir)
    ours = (folder / TRUTH_NAME).is_file()  # images without a truth beside them are somebody else's
    scan = folder / (DICOM_FOLDER if dicom else NIFTI_NAME)
    # one inside the other: nothing is put in its place before everything is written
    with writing(folder / TRUTH_NAME, "w") as stream:
        stream.write(json.dumps(phantom.truth, indent=1) + "\n")
        with writing_folder(folder / "masks") as masks:
            for name in ("heart", "aorta", "calcium"):
                mask = getattr(phantom, name).astype(np.uint8)
                write_nifti(masks / f"{name}.nii.gz", mask, phantom.grid)
            current = _write_scan(phantom, scan, dicom)
    _remove_stale(folder / DICOM_FOLDER, ours, current)
    return scan


def _write_scan(phantom: Phantom, scan: Path, dicom: bool) -> set[str]:
    """Writes the image; the names of its files."""
    if dicom:
        with writing_folder(scan) as part:
            paths = write_ct_series(part, phantom.hu, phantom.grid, series_of(phantom.parameters))
        return {path.name for path in paths}
    with writing_path(scan) as path:
        write_nifti(path, phantom.hu, phantom.grid)
    return {scan.name}


def series_of(parameters: PhantomParameters) -> CtSeries:
    """Header values of a phantom's series."""
    words = json.dumps([repr(parameters)])
    return CtSeries(
        uid_seed=f"cacviewer phantom {words}",
        patient_name=f"Phantom^Seed {parameters.seed}",
        patient_id=f"PHANTOM-{parameters.seed}",
        study_date="20260101",
        study_description="Digital chest phantom",
        series_description="Chest phantom" if parameters.wide else "CaSc phantom",
        manufacturer="cacviewer phantom",
        model_name="Digital chest",
        kvp=parameters.kvp,
        thickness_mm=parameters.thickness_mm,
        fov_mm=parameters.matrix * parameters.spacing_mm,
        scan_options="" if parameters.wide else "ECG GATED",
        body_part="CHEST" if parameters.wide else "HEART",
        contrast_agent="Iodine" if parameters.contrast else "",
    )


def _remove_stale(folder: Path, ours: bool, current: set[str]) -> None:
    """Removes images of an earlier, longer phantom, which reading would mix with the new one."""
    if ours:
        for path in folder.glob("IM[0-9][0-9][0-9][0-9].dcm"):
            if path.name not in current:
                path.unlink(missing_ok=True)
