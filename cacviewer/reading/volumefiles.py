"""A volume written for other programs, in ITK's conventions."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from cacviewer.core.errors import CannotWrite, UsageError
from cacviewer.core.volume import Volume

NAMES = (".mha", ".nrrd", ".nii.gz")


def write_volume(volume: Volume, path: str) -> None:
    """Writes HU as int16.

    Raises:
        UsageError: The name is none of a format that can be written.
        CannotWrite: The folder or disk refuses.
    """
    ending = next((name for name in NAMES if path.lower().endswith(name)), None)
    if ending is None:
        raise UsageError(f"{path} is not a name for a volume.", remedy=f"Use one of {', '.join(NAMES)}.")
    import SimpleITK as sitk  # noqa: N813, slow to import

    image: Any = sitk.GetImageFromArray(volume.hu)
    image.SetSpacing(volume.grid.spacing_mm[::-1])
    image.SetOrigin(volume.grid.origin_lps_mm)
    image.SetDirection(np.ravel(volume.grid.direction_lps).tolist())
    target = Path(path)
    try:
        # under a plain name in a folder of its own, then renamed: SimpleITK fails on some names, and nothing
        # half-written is left
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".cacviewer-") as folder:
            plain = os.path.join(folder, "volume" + ending)
            sitk.WriteImage(image, plain, useCompression=ending != ".mha")
            os.replace(plain, target)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the disk refuses"
        raise CannotWrite(f"{path} cannot be written: {reason}.", path=path) from error
