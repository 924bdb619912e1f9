"""What deposits add to an image: fill of each voxel by the slice profile, blurred in the plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, OTHER_LABEL, LesionClass
from cacviewer.phantom.deposits import Deposit
from cacviewer.phantom.parameters import PhantomParameters
from cacviewer.phantom.shapes import Field, Points, Tube, axes_mm, coverage

NOTICEABLE_HU = 15.0
"""A voxel belongs to a deposit when the deposit adds this much before noise."""


def lay_in(
    hu: Field, deposits: tuple[Deposit, ...], parameters: PhantomParameters, grid: Grid
) -> NDArray[np.uint8]:
    """Adds the deposits to the image; the label map of the voxels where one is noticeable."""
    calcium = np.zeros(grid.shape_zyx, np.uint8)
    strongest = np.zeros(grid.shape_zyx, np.float32)
    for deposit in deposits:
        box = _box_of(deposit, parameters, grid)
        if box is None:
            continue
        where = slices_of(box)
        added = _contribution(deposit, parameters, grid.crop(box))
        hu[where] += added
        label = LABEL_OF_ARTERY[deposit.artery] if deposit.kind is LesionClass.CORONARY else OTHER_LABEL
        leads = (added >= NOTICEABLE_HU) & (added > strongest[where])
        calcium[where][leads] = label
        strongest[where] = np.maximum(strongest[where], added)
    return calcium


def _box_of(deposit: Deposit, parameters: PhantomParameters, grid: Grid) -> Box | None:
    reach = deposit.radius_mm + 4 * parameters.psf_sigma_mm + 1
    along = parameters.thickness_mm / 2 + deposit.radius_mm + 0.5
    margin = np.array([along, reach, reach]) / np.asarray(grid.spacing_mm)
    index = grid.index_zyx(deposit.line_lps_mm)
    low = np.maximum(np.floor(index.min(axis=0) - margin), 0).astype(int)
    high = np.minimum(np.ceil(index.max(axis=0) + margin) + 1, grid.shape_zyx).astype(int)
    if (high <= low).any():
        return None
    return int(low[0]), int(low[1]), int(low[2]), int(high[0]), int(high[1]), int(high[2])


def _contribution(deposit: Deposit, parameters: PhantomParameters, grid: Grid) -> Field:
    """HU (z, y, x) that a deposit adds on a small grid: fill of the slice profile, blurred in the plane."""
    from scipy import ndimage  # slow to import

    z, y, x = axes_mm(grid)
    across = max(1, int(np.ceil(grid.spacing_mm[1] / 0.35)))
    depth = max(1, int(np.ceil(parameters.thickness_mm / 0.5)))
    inner = ((np.arange(across) + 0.5) / across - 0.5) * grid.spacing_mm[1]
    planes = ((np.arange(depth) + 0.5) / depth - 0.5) * parameters.thickness_mm
    p = Points(
        *(
            (axis[:, None] + sub[None].astype(np.float32)).ravel().reshape(shape)
            for axis, sub, shape in ((z, planes, (-1, 1, 1)), (y, inner, (1, -1, 1)), (x, inner, (1, 1, -1)))
        )
    )
    line = deposit.line_lps_mm if len(deposit.line_lps_mm) > 1 else np.repeat(deposit.line_lps_mm, 2, axis=0)
    fields = [field(p, 0.0) for _, field in Tube(line, np.full(len(line), deposit.radius_mm)).segments()]
    fill = coverage(np.minimum.reduce(fields), grid.spacing_mm[1] / across)
    mean = fill.reshape(len(z), depth, len(y), across, len(x), across).mean(axis=(1, 3, 5))
    sigma_px = parameters.psf_sigma_mm / grid.spacing_mm[1]
    blurred = ndimage.gaussian_filter(mean, (0, sigma_px, sigma_px), mode="constant", truncate=3.5)
    return np.asarray(blurred * np.float32(deposit.excess_hu), np.float32)
