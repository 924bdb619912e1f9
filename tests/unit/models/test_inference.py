"""The bundled network on what is made here, and on private patients where they are at hand."""

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.models.registry import load_heart_model


@pytest.fixture(scope="module")
def model():
    return load_heart_model()


@pytest.fixture(scope="module")
def phantom():
    from cacviewer.phantom.digital_chest import generate
    from cacviewer.phantom.parameters import parameters_for

    return generate(parameters_for(31, spacing_mm=0.9, fov_mm=230.0, thickness_mm=3.0, noise_sd_hu=12.0))


def dice(a, b):
    return 2 * (a & b).sum() / (a.sum() + b.sum())


def test_phantom_heart_is_found_on_its_own_grid(model, phantom):
    told = []
    found = model.segment(phantom.hu, phantom.grid, lambda step, fraction: told.append((step, fraction)))
    assert found.heart_found
    assert found.heart.shape == phantom.hu.shape
    assert dice(found.heart, phantom.heart) > 0.9
    assert found.model.sha256 == model.card.sha256
    assert found.heart_box is not None
    assert told[-1] == ("Drawing the masks", 1.0)
    assert not found.heart.flags.writeable


def test_orientation_of_the_file_does_not_matter(model, phantom):
    first = model.segment(phantom.hu, phantom.grid).heart
    grid = phantom.grid
    last = grid.lps_mm((grid.shape_zyx[0] - 1, 0, 0))
    turned = Grid(
        grid.shape_zyx, grid.spacing_mm, tuple(last), ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0))
    )
    assert np.array_equal(model.segment(phantom.hu[::-1], turned).heart[::-1], first)


@pytest.mark.parametrize("kind", ["noise", "constant", "air", "wide noise"])
def test_no_heart_no_mask(model, kind):
    rng = np.random.default_rng(0)
    shape = (40, 128, 128)
    hu = {
        "noise": rng.normal(40, 60, shape),
        "wide noise": rng.normal(40, 60, shape),
        "constant": np.full(shape, 40),
        "air": np.full(shape, -1000),
    }[kind].astype(np.int16)
    spacing = (5.0, 3.0, 3.0) if kind == "wide noise" else (3.0, 1.5, 1.5)
    found = model.segment(hu, Grid(shape, spacing))
    assert not found.heart_found
    assert not found.heart.any()
    assert not found.aorta.any()
    assert [f.code for f in found.findings] == ["heart_not_found"]
    assert found.heart_box is None


def test_scans_without_a_heart_are_refused(model, shared):
    from cacviewer.models.images import read_image

    scans = sorted((shared / "data" / "no-heart").glob("*.nii.gz"))
    assert len(scans) == 4
    for path in scans:
        assert not model.segment(*read_image(path)).heart_found, path.name


def test_hearts_of_patients_are_found(model, shared):
    from cacviewer.evaluation.heart import evaluate_folder

    rows = list(
        evaluate_folder(shared / "data" / "test", lambda volume: model.segment(volume.hu, volume.grid))
    )
    assert min(row.heart_dice for row in rows) > 0.85
