"""A phantom on disk: the scan as DICOM or NIfTI, and beside it truth.json and masks/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.dicom.write import CtSeries, write_ct_series
from cacviewer.files import writing, writing_folder, writing_path
from cacviewer.phantom.digital_chest import Phantom
from cacviewer.phantom.parameters import PhantomParameters

DICOM_FOLDER, NIFTI_NAME = "dicom", "ct.nii.gz"


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
    with writing_folder(folder / "masks") as part:
        masks = (("heart", phantom.heart), ("aorta", phantom.aorta), ("calcium", phantom.calcium))
        for name, mask in masks:
            _write_nifti(part / f"{name}.nii.gz", mask.astype(np.uint8), phantom.grid)
    if dicom:
        scan = folder / DICOM_FOLDER
        with writing_folder(scan) as part:
            written = write_ct_series(part, phantom.hu, phantom.grid, series_of(phantom.parameters))
            names = {path.name for path in written}
        _remove([path for path in scan.glob("IM[0-9][0-9][0-9][0-9].dcm") if path.name not in names])
    else:
        scan = folder / NIFTI_NAME
        with writing_path(scan) as path:
            _write_nifti(path, phantom.hu, phantom.grid)
        _remove(list((folder / DICOM_FOLDER).glob("IM[0-9][0-9][0-9][0-9].dcm")))
    with writing(folder / "truth.json", "w") as stream:
        stream.write(json.dumps(phantom.truth, indent=1) + "\n")
    return scan


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


def _write_nifti(path: Path, array: NDArray[Any], grid: Grid) -> None:
    import SimpleITK as sitk  # noqa: N813, slow to import

    image: Any = sitk.GetImageFromArray(np.ascontiguousarray(array))
    image.SetSpacing(grid.spacing_mm[::-1])
    image.SetOrigin(grid.origin_lps_mm)
    image.SetDirection([v for row in grid.direction_lps for v in row])
    try:
        sitk.WriteImage(image, str(path), useCompression=True)
    except RuntimeError as error:  # ITK says no errno
        raise OSError(None, "the file could not be written", str(path)) from error


def _remove(stale: list[Path]) -> None:
    for path in stale:
        path.unlink(missing_ok=True)
