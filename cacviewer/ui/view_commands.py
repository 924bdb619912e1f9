"""What the commands of slabs, cine and the 3-D view do: small functions of the desk."""

from __future__ import annotations

from cacviewer.core.session import SlabMode
from cacviewer.ui.commands import Desk

THICKNESSES_MM = (0.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 50.0)
USUAL_MM = 10.0


def show_slab(desk: Desk, mode: SlabMode | None) -> None:
    """Shows slabs as maximum, mean or minimum, as thick as before; None shows slices."""
    view = desk.store.session.view
    if mode is None:
        desk.store.set_view(slab_mm=0.0)
    else:
        desk.store.set_view(slab_mode=mode, slab_mm=view.slab_mm or USUAL_MM)


def thicken_slab(desk: Desk, steps: int) -> None:
    """Makes the slab thicker (1) or thinner (-1), down to the slice alone."""
    now = desk.store.session.view.slab_mm
    nearest = min(range(len(THICKNESSES_MM)), key=lambda i: abs(THICKNESSES_MM[i] - now))
    at = min(max(nearest + steps, 0), len(THICKNESSES_MM) - 1)
    desk.store.set_view(slab_mm=THICKNESSES_MM[at])


def save_surface(desk: Desk) -> None:
    """Asks for a file and writes the 3-D picture into it."""
    if desk.window.views.has_surface_picture and (path := desk.window.file_to_write(".png")):
        desk.window.views.save_surface_picture(path)
