"""Painting the chest, from the table and the skin to the spine; the heart comes after it."""

from __future__ import annotations

import numpy as np

from cacviewer.phantom.chest import AIR_HU, Chest
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.shapes import (
    EVERYWHERE,
    Canvas,
    Ellipsoid,
    Field,
    Points,
    Tube,
    coverage,
    ellipsoid,
    paint_tube,
)


class ChestPainter:
    """Paints a chest; what depends on x and y alone is computed once for all blocks."""

    def __init__(self, chest: Chest, heart: Heart, y: Field, x: Field) -> None:
        self.chest, self.heart = chest, heart
        across, down = x[None, :].astype(np.float32), y[:, None].astype(np.float32)
        width, depth = chest.half_width_mm, chest.half_depth_mm
        # exponent 2.4: a chest is a little squarer than an ellipse
        radial = (np.abs(across) / width) ** 2.4 + (np.abs(down) / depth) ** 2.4
        self.cavity = (radial ** (1 / 2.4)).astype(np.float32)[None]
        outer = chest.wall_mm + chest.fat_mm
        body = ((np.abs(across) / (width + outer)) ** 2.3 + (np.abs(down) / (depth + outer)) ** 2.3) ** (
            1 / 2.3
        )
        self.body = ((body - 1) * (depth + outer)).astype(np.float32)[None]
        front = -depth - outer + 14
        self.breasts = [
            ellipsoid((side * 74, front, heart.centre[2] + 6), (66, chest.breast_mm + 14, 62))
            for side in ((-1, 1) if chest.breast_mm else ())
        ]
        self.wall = ((self.cavity - 1) * np.float32(depth)).astype(np.float32)
        self.across, self.down = across[None], down[None]
        self.height = heart.diaphragm.height(self.across, self.down)

    def paint(self, canvas: Canvas) -> None:
        """Paints everything but the heart onto air."""
        chest, tissues, edge = self.chest, self.chest.tissues, canvas.edge_mm
        z = canvas.z[:, None, None]
        canvas.hu[...] = AIR_HU
        if chest.table:
            self._table(canvas)
        for breast in self.breasts:
            canvas.paint(breast.field, breast.box(), 20.0)
        canvas.blend(EVERYWHERE, coverage(self.body, edge), 20.0)
        for breast in self.breasts:
            canvas.paint(breast.shrunk(2.0).field, breast.box(), tissues.fat)
        canvas.blend(EVERYWHERE, coverage(self.body + 2, edge), tissues.fat)
        wall = self._tapered_wall(z)
        self._muscles(canvas, wall)
        self._ribs(canvas, wall, z)
        inside = coverage(wall, edge)
        above = coverage(self.height - z, edge)
        canvas.blend(EVERYWHERE, inside, tissues.muscle)
        lung = tissues.lung + 0.35 * self.down + 8 * np.sin(self.across / 9) * np.sin(self.down / 11)
        canvas.blend(EVERYWHERE, inside * above, lung.astype(np.float32))
        for shape in chest.mediastinal_fat:
            canvas.paint(shape.field, shape.box(), tissues.fat + 5)
        self._abdomen(canvas, wall, z)
        self._lung(canvas)
        self._mediastinum(canvas)
        self._spine(canvas)
        self._sternum(canvas)

    def _tapered_wall(self, z: Field) -> Field:
        """Field of the cavity, which closes over the apex of the lungs."""
        rise = np.clip((z - 20) / 150, 0, 0.98)
        taper = np.sqrt(1 - rise * rise * 0.92).astype(np.float32)
        return np.asarray((self.cavity / taper - 1) * np.float32(self.chest.half_depth_mm), np.float32)

    def _muscles(self, canvas: Canvas, wall: Field) -> None:
        muscle = self.chest.tissues.muscle
        canvas.blend(EVERYWHERE, coverage(wall - np.float32(self.chest.wall_mm - 1), canvas.edge_mm), muscle)
        # fat between the muscle layers of the wall, as a thin line
        between = np.abs(wall - np.float32(self.chest.wall_mm - 6)) - np.float32(0.9)
        canvas.blend(EVERYWHERE, coverage(between, canvas.edge_mm) * np.float32(0.8), self.chest.tissues.fat)
        depth = self.chest.half_depth_mm
        for side in (-1, 1):
            back = ellipsoid((side * 31, depth + 16, 0), (26, 17, 900))
            breast = ellipsoid((side * 72, -depth - self.chest.wall_mm + 6, 45), (52, 11, 60))
            for shape in (back, breast):
                canvas.paint(shape.field, shape.box(), muscle)

    def _ribs(self, canvas: Canvas, wall: Field, z: Field) -> None:
        chest, tissues = self.chest, self.chest.tissues
        # ribs fall to the front and to the sides, so that a slice cuts them short
        fall = chest.rib_slope * (self.down - np.abs(self.across))
        along = z - fall + chest.rib_phase_mm
        period = np.float32(chest.rib_period_mm)
        off = (np.mod(along, period) - period / 2).astype(np.float32)
        ring = np.sqrt(((wall - 7) / np.float32(4.2)) ** 2 + (off / np.float32(6.6)) ** 2) - 1
        ring *= np.float32(4.5)
        front = coverage(
            self.down + np.float32(0.62 * chest.half_depth_mm), 6.0
        )  # 1 where ribs are cartilage
        shell = tissues.cortex + front * (tissues.cartilage - tissues.cortex)
        core = tissues.marrow + front * (tissues.cartilage * 0.9 - tissues.marrow)
        canvas.blend(EVERYWHERE, coverage(ring, canvas.edge_mm), shell)
        canvas.blend(EVERYWHERE, coverage(ring + np.float32(1.9), canvas.edge_mm), core)

    def _abdomen(self, canvas: Canvas, wall: Field, z: Field) -> None:
        if canvas.z[0] > self.height.max() + 5:
            return
        below = coverage(z - self.height + 3, canvas.edge_mm) * coverage(wall + 2, canvas.edge_mm)
        canvas.blend(EVERYWHERE, below, self.chest.tissues.fat)
        for shape, hu in self.chest.organs:
            where = canvas.window(shape.box())
            if where is None:
                continue
            share = coverage(shape.field(canvas.points(where)), canvas.edge_mm) * below[where]
            canvas.blend(where, share, hu)

    def _lung(self, canvas: Canvas) -> None:
        blood = min(self.chest.tissues.blood, 300.0)
        for tube in self.chest.lung_vessels:
            paint_tube(canvas, tube, blood - 10)

    def _mediastinum(self, canvas: Canvas) -> None:
        chest, heart, tissues = self.chest, self.heart, self.chest.tissues
        chest_vessels = [tube for name, tube in heart.vessels.items() if name != "inferior_cava"]
        tubes = (heart.aorta, *chest_vessels, *chest.airways[:1], chest.esophagus)
        for tube in tubes:
            paint_tube(canvas, tube, tissues.fat + 5, grow_mm=4.0)
        paint_tube(canvas, chest.esophagus, 34.0)
        for name, tube in heart.vessels.items():
            if name != "pulmonary_trunk":
                paint_tube(canvas, tube, tissues.blood)
        for airway in chest.airways:
            paint_tube(canvas, airway, 25.0, grow_mm=1.3)
        for airway in chest.airways:
            paint_tube(canvas, airway, AIR_HU)

    def _spine(self, canvas: Canvas) -> None:
        chest, tissues = self.chest, self.chest.tissues
        y0 = chest.half_depth_mm - 30
        phase = np.mod(canvas.z + np.float32(chest.vertebra_phase_mm), np.float32(25))[:, None, None]
        disc = coverage(np.abs(phase - 12.5) - np.float32(2.4), max(canvas.edge_mm, 1.0))
        body = ellipsoid((0, y0, 0), (19, 15.5, 9000))
        for grow, hu in ((0.0, tissues.cortex * 0.75), (-2.0, tissues.marrow + 40)):
            self._column(canvas, body, grow, hu + disc * (85 - hu))
        arch = coverage(np.abs(phase - 4.0) - np.float32(8.0), 2.0)
        for side in (-1, 1):
            for tube in (
                Tube(np.array([(side * 12, y0 + 14, 0), (side * 15, y0 + 26, 0)]), np.array([5.0, 5.0])),
                Tube(np.array([(side * 13, y0 + 24, 0), (side * 32, y0 + 32, 0)]), np.array([5.5, 4.5])),
                Tube(np.array([(side * 11, y0 + 30, 0), (0, y0 + 42, 0)]), np.array([4.5, 4.0])),
                Tube(np.array([(0, y0 + 40, 0), (0, y0 + 58, 0)]), np.array([4.0, 3.0])),
            ):
                self._flat_tube(canvas, tube, arch, tissues.cortex * 0.8)
        self._column(canvas, ellipsoid((0, y0 + 25, 0), (9.5, 8.5, 9000)), 0.0, 25.0)

    def _column(self, canvas: Canvas, shape: Ellipsoid, grow_mm: float, hu: float | Field) -> None:
        where = canvas.window(shape.box())
        if where is not None:
            share = coverage(_column_field(shape, canvas.points(where)) - np.float32(grow_mm), canvas.edge_mm)
            canvas.blend(where, share, hu)

    def _flat_tube(self, canvas: Canvas, tube: Tube, share_z: Field, hu: float) -> None:
        for box, field in tube.segments():
            where = canvas.window((*box[:2], -1e4, *box[3:5], 1e4))
            if where is not None:
                p = canvas.points(where)
                flat = Points(np.zeros((1, 1, 1), np.float32), p.y, p.x)
                canvas.blend(where, coverage(field(flat, 0.0), canvas.edge_mm) * share_z, hu)

    def _sternum(self, canvas: Canvas) -> None:
        chest, tissues = self.chest, self.chest.tissues
        level, y0 = self.heart.centre[2], -chest.half_depth_mm - 7.0
        where = canvas.window((-40, y0 - 16, level - 38, 40, y0 + 16, 170))
        if where is None:
            return
        p = canvas.points(where)
        lean = (p.z - np.float32(level)) * np.float32(0.10)  # the upper end lies further back
        plate = (
            (p.x / np.float32(chest.sternum_mm)) ** 4 + ((p.y - np.float32(y0) - lean) / np.float32(7)) ** 4
        ) ** 0.25
        field = np.maximum((plate - 1) * np.float32(8), np.float32(level - 34) - p.z)
        canvas.blend(where, coverage(field - 1.5, canvas.edge_mm), tissues.fat)
        canvas.blend(where, coverage(field, canvas.edge_mm), tissues.cortex * 0.7)
        canvas.blend(where, coverage(field + np.float32(1.3), canvas.edge_mm), tissues.marrow * 0.7)

    def _table(self, canvas: Canvas) -> None:
        back = self.chest.half_depth_mm + self.chest.wall_mm + self.chest.fat_mm
        bend = self.down - np.float32(back + 14) + (self.across / 190) ** 2 * 22
        plate = np.maximum(np.abs(bend) - np.float32(1.2), np.abs(self.across) - 205)
        canvas.blend(EVERYWHERE, coverage(plate, canvas.edge_mm), -250.0)
        foam = np.maximum(np.abs(bend - 9) - np.float32(8), np.abs(self.across) - 200)
        canvas.blend(EVERYWHERE, coverage(foam, canvas.edge_mm), -930.0)


def _column_field(shape: Ellipsoid, p: Points) -> Field:
    """Field of an upright column: an ellipsoid without its z."""
    x, y = (p.x - np.float32(shape.centre[0])), (p.y - np.float32(shape.centre[1]))
    radius = np.sqrt((x / np.float32(shape.semi_mm[0])) ** 2 + (y / np.float32(shape.semi_mm[1])) ** 2)
    return np.asarray((radius - 1) * np.float32(shape.semi_mm[:2].mean()), np.float32)
