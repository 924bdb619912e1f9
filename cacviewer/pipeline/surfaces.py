"""Surfaces for the 3-D view: heart, aorta and lesions as triangles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.lesions import LesionClass
from cacviewer.core.volume import Volume
from cacviewer.render.mesh import Mesh, lesion_mesh, mesh_of

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """Triangles in LPS mm; None or absent where there is nothing to show."""

    heart: Mesh | None = None
    aorta: Mesh | None = None
    lesions: dict[str, Mesh] = field(default_factory=dict)


def surfaces(volume: Volume, anatomy: Anatomy, case: Case, *, progress: Progress | None = None) -> Surfaces:
    """Makes the surfaces of a case; lesions by id, bones left out (the heart would hide behind them)."""
    say = progress or (lambda step, fraction: None)
    say("Making surfaces", 0.1)
    heart = mesh_of(anatomy.heart, volume.grid) if anatomy.heart_found else None
    aorta = mesh_of(anatomy.aorta, volume.grid) if anatomy.aorta.any() else None
    say("Making surfaces", 0.7)
    lesions: dict[str, Mesh] = {}
    for lesion in case.lesions:
        if lesion.kind is not LesionClass.BONE:
            mesh = lesion_mesh(lesion.voxels, lesion.box, volume.grid)
            if mesh is not None:
                lesions[lesion.id] = mesh
    return Surfaces(heart, aorta, lesions)
