"""Painting the heart over the chest, with the masks of sac and aorta."""

from __future__ import annotations

import numpy as np

from cacviewer.phantom.chest import Chest
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.heart_building import CHAMBERS
from cacviewer.phantom.shapes import (
    EVERYWHERE,
    Canvas,
    Ellipsoid,
    Field,
    Tube,
    coverage,
    grown,
    paint_tube,
    tube_share,
)

ARTERY_FAT_MM = 4.0
"""Fat around an artery that always belongs to the sac."""

VESSEL_FAT_MM = 2.0
"""The same around the pulmonary trunk and the ascending aorta, below the flat cut."""

RISING = 14
"""Points of the aorta's line that lie on its ascending part, with a reserve above the cut."""


def paint_heart(canvas: Canvas, heart: Heart, chest: Chest) -> tuple[Field, Field]:
    """Paints sac, muscle, chambers, vessels and arteries; shares (z, y, x) of sac and aorta."""
    tissues = chest.tissues
    inside = np.zeros_like(canvas.hu)
    x0, y0, _, x1, y1, _ = heart.box()
    where = canvas.window((x0, y0, heart.diaphragm.level_mm - 25, x1, y1, heart.top_mm + 2))
    around = [(Tube(c.tube.points, np.full(len(c.tube.points), 2.0)), ARTERY_FAT_MM) for c in heart.courses]
    rising = Tube(heart.aorta.points[:RISING], heart.aorta.radii[:RISING])
    around += [(heart.vessels["pulmonary_trunk"], VESSEL_FAT_MM), (rising, VESSEL_FAT_MM)]
    if where is not None:
        muscle, sac = heart.fields(canvas.points(where))
        canvas.blend(
            where, coverage(sac - np.float32(1.0), canvas.edge_mm), 12.0
        )  # the pericardium, a thin line
        share = coverage(sac, canvas.edge_mm)
        inside[where] = share
        canvas.blend(where, share, tissues.fat)
        for tube, fat_mm in around:
            paint_tube(canvas, tube, tissues.fat, grow_mm=fat_mm, below_mm=heart.top_mm)
            _mark_tube(canvas, inside, tube, fat_mm, heart.top_mm)
        below_top = np.minimum(coverage(muscle, canvas.edge_mm), share)
        canvas.blend(where, below_top, tissues.myocardium)
        for name, shape in heart.chambers.items():
            _paint_chamber(canvas, shape.shrunk(CHAMBERS[name][3]), inside, tissues.blood)
    for name in ("superior_cava", "right_pulmonary", "pulmonary_trunk"):
        paint_tube(canvas, heart.vessels[name], tissues.blood)
    inside_aorta = tube_share(canvas, heart.aorta)
    canvas.blend(EVERYWHERE, inside_aorta, tissues.blood)
    for course in heart.courses:
        paint_tube(canvas, course.tube, tissues.blood)
    return inside, inside_aorta


def _paint_chamber(canvas: Canvas, shape: Ellipsoid, inside: Field, hu: float) -> None:
    where = canvas.window(shape.box())
    if where is not None:
        share = coverage(shape.field(canvas.points(where)), canvas.edge_mm)
        canvas.blend(where, np.minimum(share, inside[where]), hu)


def _mark_tube(canvas: Canvas, inside: Field, tube: Tube, grow_mm: float, top_mm: float) -> None:
    for box, field in tube.segments():
        where = canvas.window(grown(box, grow_mm))
        if where is not None:
            p = canvas.points(where)
            below_top = np.maximum(field(p, grow_mm), p.z - np.float32(top_mm))
            np.maximum(inside[where], coverage(below_top, canvas.edge_mm), out=inside[where])
