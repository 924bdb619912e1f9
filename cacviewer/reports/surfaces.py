"""Surfaces of heart, aorta and calcium as STL and PLY files, in LPS millimetres like everything else.

Both formats are a short header and an array, written by numpy. Neither says in which frame its points are; the
headers carry the words SPACE=LPS, which some programs read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.errors import CannotExport
from cacviewer.files import writing
from cacviewer.render.colours import AORTA, HEART, Rgb, colour_of
from cacviewer.render.mesh import Mesh, lesion_mesh, mesh_of

FRAME = "SPACE=LPS; millimetres"
_STL_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
_PLY_POINT = np.dtype([("place", "<f4", 3), ("rgb", "u1", 3)])
_PLY_TRIANGLE = np.dtype([("count", "u1"), ("corners", "<i4", 3)])
_PLY_HEADER = """ply
format binary_little_endian 1.0
comment cacviewer, {name}, {frame}
element vertex {points}
property float x
property float y
property float z
property uchar red
property uchar green
property uchar blue
element face {triangles}
property list uchar int vertex_indices
end_header
"""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A named surface; `rgb` (n, 3) uint8 is the colour of each point."""

    name: str
    mesh: Mesh
    rgb: NDArray[np.uint8]


def write_surfaces(case: Case, anatomy: Anatomy, folder: Path, suffix: str) -> list[str]:
    """Writes heart, aorta and calcium (what is scored, in the colours of its arteries).

    Args:
        case: Its scored lesions are the calcium.
        anatomy: Heart and aorta.
        folder: Existing folder.
        suffix: ".stl" (binary, without colours) or ".ply" (binary).

    Returns:
        Names of the files written; what is empty gives none.

    Raises:
        CannotExport: There is nothing (`nothing_to_draw`).
        CannotWrite: The folder or disk refuses; no file is left half-written.
    """
    pack = {".stl": stl_bytes, ".ply": ply_bytes}[suffix]
    names: list[str] = []
    for surface in surfaces_of(case, anatomy):
        names.append(surface.name + suffix)
        with writing(folder / names[-1], "wb") as file:
            file.write(pack(surface))
    if not names:
        raise CannotExport(
            "There is no heart, aorta or calcium on this scan that has a surface.",
            code="nothing_to_draw",
            path=case.source,
        )
    return names


def surfaces_of(case: Case, anatomy: Anatomy) -> Iterator[Surface]:
    """Heart, aorta, and all scored calcium as one surface."""
    for name, mask, rgb in (("heart", anatomy.heart, HEART), ("aorta", anatomy.aorta, AORTA)):
        mesh = mesh_of(mask, case.grid) if mask.shape == case.grid.shape_zyx else None
        if mesh is not None:
            yield Surface(name, mesh, _coloured(mesh, rgb))
    parts = [
        (mesh, colour_of(lesion))
        for lesion in case.scored
        if (mesh := lesion_mesh(lesion.voxels, lesion.box, case.grid)) is not None
    ]
    if parts:
        colours = np.concatenate([_coloured(mesh, rgb) for mesh, rgb in parts])
        yield Surface("calcium", _joined([mesh for mesh, _ in parts]), colours)


def stl_bytes(surface: Surface) -> bytes:
    """A binary STL file: 80 bytes of words, the number of triangles, and each with its normal.

    Source:
        3D Systems, StereoLithography Interface Specification (1989).
    """
    corners = surface.mesh.points_lps_mm[surface.mesh.triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    triangles = np.zeros(len(corners), _STL_TRIANGLE)
    triangles["normal"] = np.divide(normal, length, out=np.zeros_like(normal), where=length > 0)
    triangles["corners"] = corners
    words = f"cacviewer, {surface.name}, {FRAME}".encode("ascii").ljust(80)
    return words + struct.pack("<I", len(corners)) + triangles.tobytes()


def ply_bytes(surface: Surface) -> bytes:
    """A binary PLY file with a colour for each point.

    Source:
        G. Turk, The PLY Polygon File Format (1994).
    """
    mesh = surface.mesh
    points = np.zeros(len(mesh.points_lps_mm), _PLY_POINT)
    points["place"], points["rgb"] = mesh.points_lps_mm, surface.rgb
    triangles = np.zeros(len(mesh.triangles), _PLY_TRIANGLE)
    triangles["count"], triangles["corners"] = 3, mesh.triangles
    header = _PLY_HEADER.format(name=surface.name, frame=FRAME, points=len(points), triangles=len(triangles))
    return header.encode("ascii") + points.tobytes() + triangles.tobytes()


def _coloured(mesh: Mesh, rgb: Rgb) -> NDArray[np.uint8]:
    return np.tile(np.asarray(rgb, np.uint8), (len(mesh.points_lps_mm), 1))


def _joined(meshes: list[Mesh]) -> Mesh:
    starts = np.cumsum([0, *(len(mesh.points_lps_mm) for mesh in meshes[:-1])])
    triangles = [mesh.triangles + int(start) for mesh, start in zip(meshes, starts, strict=True)]
    return Mesh(np.concatenate([m.points_lps_mm for m in meshes]), np.concatenate(triangles).astype(np.int32))
