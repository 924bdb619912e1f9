"""Grids of every position and order, and lesions of a few voxels."""

import numpy as np
from hypothesis import strategies as st

from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass

HEAD_FIRST_SUPINE = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
HEAD_FIRST_PRONE = ((-1, 0, 0), (0, -1, 0), (0, 0, 1))
FEET_FIRST_SUPINE = ((-1, 0, 0), (0, 1, 0), (0, 0, -1))
TOP_DOWN = ((1, 0, 0), (0, 1, 0), (0, 0, -1))
CORONAL_STACK = ((1, 0, 0), (0, 0, 1), (0, -1, 0))


def signed_axes():
    """Every order and sign of the axes: the 48 ways in which an array can lie in a patient."""
    rows = []
    for order in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        for bits in range(8):
            matrix = np.zeros((3, 3))
            for column, axis in enumerate(order):
                matrix[axis, column] = -1 if bits >> column & 1 else 1
            rows.append(tuple(tuple(row) for row in matrix))
    return rows


@st.composite
def tilted(draw):
    """An orientation up to 30 degrees off one of the 48."""
    base = np.array(draw(st.sampled_from(signed_axes())))
    angles = [draw(st.floats(-0.3, 0.3)) for _ in range(3)]
    for axis, angle in enumerate(angles):
        turn = np.eye(3)
        i, j = [k for k in range(3) if k != axis]
        turn[i, i] = turn[j, j] = np.cos(angle)
        turn[i, j], turn[j, i] = -np.sin(angle), np.sin(angle)
        base = turn @ base
    return tuple(tuple(float(v) for v in row) for row in base)


@st.composite
def grids(draw, directions=None):
    direction = draw(directions if directions is not None else tilted())
    shape = tuple(draw(st.integers(1, 12)) for _ in range(3))
    spacing = tuple(draw(st.floats(0.3, 5.0)) for _ in range(3))
    origin = tuple(draw(st.floats(-300, 300)) for _ in range(3))
    return Grid(shape, spacing, origin, direction)


def lesion(name, box, artery=Artery.LAD, kind=LesionClass.CORONARY, voxels=None, grid=None):
    shape = tuple(box[i + 3] - box[i] for i in range(3))
    voxels = np.ones(shape, bool) if voxels is None else voxels
    middle = tuple((box[i] + box[i + 3] - 1) / 2 for i in range(3))
    centroid = grid.lps_mm(middle) if grid else np.zeros(3)
    return Lesion(
        name,
        box,
        voxels,
        kind,
        artery,
        "",
        1.0,
        tuple(float(v) for v in centroid),
        500,
        300.0,
        int(voxels.sum()),
    )
