import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.assess import assessed
from cacviewer.core.case import Case, HeartSummary, MassCalibration
from cacviewer.core.geometry import Grid, bounding_box
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.rulesets import rule_set
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
from cacviewer.core.volume import Volume
from cacviewer.render.colours import ARTERY
from cacviewer.render.pictures import heart_mip, key_pictures, largest_slice, lesion_picture, png_bytes

from .scenes import FEET_FIRST_SUPINE, HEAD_FIRST_SUPINE, lesion


def study(direction=HEAD_FIRST_SUPINE):
    grid = Grid((20, 160, 160), (3, 0.8, 0.8), (-64, -64, -30), direction)
    hu = np.full(grid.shape_zyx, 40, np.int16)
    small, large = (8, 60, 100, 9, 63, 103), (10, 90, 50, 13, 98, 58)
    voxels = np.ones((3, 8, 8), bool)
    voxels[0, :4] = voxels[2, 2:] = False
    hu[8, 60:63, 100:103] = 300
    hu[10:13, 90:98, 50:58][voxels] = 700
    heart = np.zeros(hu.shape, bool)
    heart[2:18, 30:130, 30:130] = True
    volume = Volume(hu, grid, Acquisition(), SeriesInfo(), Verdict.READY)
    anatomy = Anatomy(
        heart, np.zeros_like(heart), True, 1.0, 1.0, bounding_box(heart), ModelIdentity("m", "0")
    )
    lesions = (
        lesion("small", small, Artery.RCA, grid=grid),
        lesion("large", large, Artery.LAD, voxels=voxels, grid=grid),
        lesion("rib", (8, 60, 96, 9, 62, 98), kind=LesionClass.BONE, grid=grid),
    )
    case = Case(
        volume.info,
        volume.acquisition,
        grid,
        "",
        Verdict.READY,
        None,
        HeartSummary(True, 1, None, 1),
        rule_set(),
        MassCalibration(0.00078, "", False),
        "threshold",
        lesions,
        None,
        None,
    )
    return volume, anatomy, assessed(case, hu)


def test_the_highest_scores_come_first_each_in_its_largest_slice():
    pictures = key_pictures(*study())
    assert [p.kind for p in pictures] == ["front", "mip", "axial", "axial"]
    assert [(p.lesion_id, p.index_z) for p in pictures[2:]] == [("large", 11), ("small", 8)]
    assert all(p.rgb.dtype == np.uint8 and p.rgb.ndim == 3 for p in pictures)
    assert len(key_pictures(*study(), most_lesions=1)) == 3


def test_without_heart_or_score_there_are_fewer():
    volume, anatomy, case = study()
    nothing = replace(anatomy, heart_found=False, heart_box=None)
    assert [p.kind for p in key_pictures(volume, nothing, case)] == ["axial", "axial"]
    assert [p.kind for p in key_pictures(volume, nothing, replace(case, scores=None))] == ["axial", "axial"]
    assert heart_mip(volume, nothing, []).shape == (1, 1, 3)


@pytest.mark.parametrize("direction", [HEAD_FIRST_SUPINE, FEET_FIRST_SUPINE])
def test_a_lesion_stands_in_the_middle_with_a_line_around_it(direction):
    volume, _, case = study(direction)
    one = case.lesion("large")
    rgb = lesion_picture(volume, one, case.lesions)
    assert rgb.shape == (400, 400, 3)
    assert rgb[200, 200].tolist() == [230, 230, 230]  # 700 HU at 1000 / 300
    line = (rgb == ARTERY[Artery.LAD]).all(axis=2)
    rows, columns = np.nonzero(line)
    assert abs(rows.mean() - 199.5) < 2
    assert abs(columns.mean() - 199.5) < 2
    assert columns.max() - columns.min() == pytest.approx(8 * 0.8 * 5 + 3, abs=3)
    assert largest_slice(volume, one) == 11


def test_the_projection_shows_every_lesion_of_the_heart():
    volume, anatomy, case = study()
    rgb = heart_mip(volume, anatomy, case.scored)
    assert max(rgb.shape) <= 401
    for artery in (Artery.LAD, Artery.RCA):
        assert (rgb == ARTERY[artery]).all(axis=2).any()
    turned = heart_mip(*study(FEET_FIRST_SUPINE)[:2], [])
    assert np.array_equal(turned[:, ::-1], heart_mip(volume, anatomy, []))


def test_png_can_be_read_back():
    rgb = np.random.default_rng(0).integers(0, 256, (7, 5, 3)).astype(np.uint8)
    data = png_bytes(rgb)
    assert data == png_bytes(rgb.copy())
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, body = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + chunk)
        if kind == b"IHDR":
            assert struct.unpack(">IIBB", chunk[:10]) == (5, 7, 8, 2)
        body += chunk if kind == b"IDAT" else b""
        at += 12 + size
    lines = np.frombuffer(zlib.decompress(body), np.uint8).reshape(7, 16)
    assert np.array_equal(lines[:, 1:].reshape(7, 5, 3), rgb)
