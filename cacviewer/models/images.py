"""Images as training and evaluation data have them: NIfTI files and plain DICOM folders.

Reading for scores, with all its checks, is the room `reading`; here a whole image and its grid are enough.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.geometry import Grid


def read_image(path: Path) -> tuple[NDArray[np.int16], Grid]:
    """Reads an image file, or the first series of a DICOM folder, as int16 (z, y, x) and its grid.

    Raises:
        UnreadableInput: There is no series in the folder.
    """
    import SimpleITK

    sitk = SimpleITK
    if path.is_dir():
        names = sitk.ImageSeriesReader.GetGDCMSeriesFileNames(str(path))  # type: ignore[no-untyped-call]
        if not names:
            raise UnreadableInput("There is no DICOM series in the folder.", path=str(path))
        image = sitk.ReadImage(names)
    else:
        image = sitk.ReadImage(str(path))
    return np.asarray(sitk.GetArrayFromImage(image)).astype(np.int16), _grid(image)


def _grid(image: object) -> Grid:
    size, spacing, origin, turns = (
        getattr(image, f"Get{name}")() for name in ("Size", "Spacing", "Origin", "Direction")
    )
    rows = [[float(v) for v in turns[i : i + 3]] for i in (0, 3, 6)]
    return Grid(
        (int(size[2]), int(size[1]), int(size[0])),
        (float(spacing[2]), float(spacing[1]), float(spacing[0])),
        (float(origin[0]), float(origin[1]), float(origin[2])),
        tuple((row[0], row[1], row[2]) for row in rows),
    )


def image_of(folder: Path) -> Path:
    """The CT of a case folder: ct.nii.gz or dicom/.

    Raises:
        UnreadableInput: Neither is there.
    """
    for name in ("ct.nii.gz", "dicom"):
        if (folder / name).exists():
            return folder / name
    raise UnreadableInput("A case folder needs ct.nii.gz or a folder called dicom.", path=str(folder))
