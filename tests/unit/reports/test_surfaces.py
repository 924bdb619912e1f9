"""Surfaces as files: read again by VTK, in the place of the masks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkFiltersCore import vtkMassProperties
from vtkmodules.vtkIOGeometry import vtkSTLReader
from vtkmodules.vtkIOPLY import vtkPLYReader

from cacviewer.core.errors import CannotExport, CannotWrite
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery
from cacviewer.render.colours import ARTERY, HEART
from cacviewer.reports.surfaces import surfaces_of, write_surfaces
from tests.unit.reports.scored_case import GRID, anatomy_of, case_of, painted, scored_case

TURNED = replace(GRID, direction_lps=((-1.0, 0.0, 0.0), (0.0, 0.8, 0.6), (0.0, 0.6, -0.8)))
READERS = {".stl": vtkSTLReader, ".ply": vtkPLYReader}


def read(path):
    reader = READERS[path.suffix]()
    reader.SetFileName(str(path))
    reader.Update()
    return reader.GetOutput()


def points_of(surface):
    return vtk_to_numpy(surface.GetPoints().GetData())


def case_on(grid: Grid):
    hu, lesions = painted(grid=grid)
    return case_of(hu, lesions, grid), anatomy_of(grid)


@pytest.mark.parametrize("grid", [GRID, TURNED], ids=["upright", "feet first, oblique"])
@pytest.mark.parametrize("suffix", READERS)
def test_a_surface_stands_where_its_mask_does(grid, suffix, tmp_path):
    case, anatomy = case_on(grid)
    names = write_surfaces(case, anatomy, tmp_path, suffix)
    assert names == [f"heart{suffix}", f"aorta{suffix}", f"calcium{suffix}"]
    for name, mask in (("heart", anatomy.heart), ("aorta", anatomy.aorta)):
        points = points_of(read(tmp_path / (name + suffix)))
        wanted = grid.lps_mm(np.argwhere(mask))
        np.testing.assert_allclose(points.mean(axis=0), wanted.mean(axis=0), atol=2.0)
        np.testing.assert_allclose(points.min(axis=0), wanted.min(axis=0), atol=3.0)
        np.testing.assert_allclose(points.max(axis=0), wanted.max(axis=0), atol=3.0)


@pytest.mark.parametrize("grid", [GRID, TURNED], ids=["upright", "feet first, oblique"])
@pytest.mark.parametrize("suffix", READERS)
def test_files_hold_the_triangles_of_the_mesh(grid, suffix, tmp_path):
    case, anatomy = case_on(grid)
    write_surfaces(case, anatomy, tmp_path, suffix)
    for surface in surfaces_of(case, anatomy):
        found = read(tmp_path / (surface.name + suffix))
        assert found.GetNumberOfPolys() == len(surface.mesh.triangles)
        mass = vtkMassProperties()
        mass.SetInputData(found)
        assert mass.GetVolume() == pytest.approx(abs(surface.mesh.volume_mm3), rel=1e-3)
        assert surface.mesh.volume_mm3 > 0  # outside is outside


def test_every_scored_lesion_is_in_the_surface_of_the_calcium(tmp_path):
    case, _ = scored_case()
    write_surfaces(case, anatomy_of(), tmp_path, ".ply")
    points = points_of(read(tmp_path / "calcium.ply"))
    for lesion in case.scored:
        assert np.linalg.norm(points - np.array(lesion.centroid_lps_mm), axis=1).min() < 4.0
    for lesion in case.other:
        assert np.linalg.norm(points - np.array(lesion.centroid_lps_mm), axis=1).min() > 4.0


def test_colours_are_those_of_organs_and_arteries(tmp_path):
    case, _ = scored_case()
    write_surfaces(case, anatomy_of(), tmp_path, ".ply")
    heart = vtk_to_numpy(read(tmp_path / "heart.ply").GetPointData().GetScalars())
    assert {tuple(rgb) for rgb in heart.tolist()} == {HEART}
    calcium = vtk_to_numpy(read(tmp_path / "calcium.ply").GetPointData().GetScalars())
    assert {tuple(rgb) for rgb in calcium.tolist()} == {ARTERY[artery] for artery in Artery}


@pytest.mark.parametrize("suffix", READERS)
def test_the_header_says_in_which_frame(suffix, tmp_path):
    case, _ = scored_case()
    write_surfaces(case, anatomy_of(), tmp_path, suffix)
    assert b"SPACE=LPS" in (tmp_path / f"heart{suffix}").read_bytes()[:200]


def test_what_is_empty_gives_no_file(tmp_path):
    case, _ = scored_case()
    empty = replace(anatomy_of(), heart=np.zeros(GRID.shape_zyx, bool), aorta=np.zeros((0, 0, 0), bool))
    assert write_surfaces(case, empty, tmp_path, ".stl") == ["calcium.stl"]
    with pytest.raises(CannotExport, match="no heart, aorta or calcium"):
        write_surfaces(replace(case, lesions=()), empty, tmp_path, ".ply")


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    case, _ = scored_case()
    (tmp_path / "heart.stl").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="disk is full"):
        write_surfaces(case, anatomy_of(), tmp_path, ".stl")
    assert [p.name for p in tmp_path.iterdir()] == ["heart.stl"]
    assert (tmp_path / "heart.stl").read_text() == "old"
