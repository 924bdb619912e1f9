"""Outlines of a mask as closed lines, for drawing on top at the resolution of the screen.

Boundary edges between pixels are directed so that the mask is on their right, then chained. Their corners
follow the voxels; their midpoints are the marching-squares line at 0.5, which looks smooth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STEPS = np.array([(0, 1), (1, 0), (0, -1), (-1, 0)])
"""Row and column step of an edge that runs right, down, left, up."""


def outlines(mask: NDArray[np.bool_], *, smooth: bool = False) -> list[NDArray[np.float64]]:
    """Closed outlines of a mask.

    Args:
        mask: (rows, columns) bool; pixel (r, c) covers [r, r + 1] x [c, c + 1].
        smooth: Lines through the middle of boundary edges, rounded, instead of voxel edges.

    Returns:
        For each outline its points (n, 2) as x (column), y (row); the last point joins the first.
        Pixels that touch only at a corner have outlines of their own.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return []
    top, left = int(rows[0]), int(columns[0])
    starts, direction = _edges(mask[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1])
    starts += (top, left)
    lines: list[NDArray[np.float64]] = []
    for chain in _chains(starts, direction):
        points = starts[chain].astype(np.float64)
        heading = direction[chain]
        if smooth:
            points = _rounded(points + _STEPS[heading] * 0.5)
        else:
            points = points[heading != np.roll(heading, 1)]
        lines.append(points[:, ::-1])
    return lines


def _edges(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Start corner (row, column) and direction of each boundary edge, the mask on the right of it."""
    padded = np.pad(mask, 1)
    inside, above, left = padded[1:, 1:], padded[:-1, 1:], padded[1:, :-1]
    across, along = inside ^ above, inside ^ left
    starts, directions = [], []
    for changed, other, shifts, ways in (
        (
            across,
            above,
            ((0, 0), (0, 1)),
            (0, 2),
        ),  # upper side of a pixel: right; lower side of one above: left
        (
            along,
            left,
            ((1, 0), (0, 0)),
            (3, 1),
        ),  # left side: upwards; right side of the one at the left: down
    ):
        corner = np.stack(np.nonzero(changed), axis=1)
        ends_here = other[changed].astype(np.int64)
        starts.append(corner + np.asarray(shifts)[ends_here])
        directions.append(np.asarray(ways)[ends_here])
    return np.concatenate(starts), np.concatenate(directions)


def _chains(starts: NDArray[np.int64], direction: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Edge numbers in walking order, one array for each closed outline."""
    width = int(starts[:, 1].max()) + 2
    key = (starts[:, 0] * width + starts[:, 1]) * 4 + direction
    order = np.argsort(key)
    ordered = key[order]
    ends = starts + _STEPS[direction]
    corner = (ends[:, 0] * width + ends[:, 1]) * 4
    following = np.full(len(key), -1)
    # first a turn to the right: around the same pixel; so pixels that touch at a corner stay apart
    for turn in (1, 0, 3):
        wanted = corner + (direction + turn) % 4
        at = np.minimum(np.searchsorted(ordered, wanted), len(key) - 1)
        hit = (following < 0) & (ordered[at] == wanted)
        following[hit] = order[at[hit]]
    link = following.tolist()
    seen = bytearray(len(link))
    found: list[NDArray[np.int64]] = []
    for first in range(len(link)):
        if seen[first]:
            continue
        chain, edge = [], first
        while not seen[edge]:
            seen[edge] = 1
            chain.append(edge)
            edge = link[edge]
        found.append(np.array(chain))
    return found


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each point moved towards the middle of its neighbours, twice."""
    for _ in range(2):
        points = 0.5 * points + 0.25 * (np.roll(points, 1, axis=0) + np.roll(points, -1, axis=0))
    return points
