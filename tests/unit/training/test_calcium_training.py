"""The calcium network's samples come from known scans, and a short run leaves weights that the program accepts."""

import csv
from dataclasses import replace

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from cacviewer.core.geometry import Grid  # noqa: E402
from cacviewer.core.lesions import Artery, LesionClass  # noqa: E402
from cacviewer.models.calcium_classes import OUTPUTS, index_of  # noqa: E402
from cacviewer.models.registry import load_calcium_model  # noqa: E402
from cacviewer.phantom import parameters_for  # noqa: E402
from cacviewer.training.calcium_cards import draw_calcium_curves, write_calcium_card  # noqa: E402
from cacviewer.training.calcium_courses import laid_onto  # noqa: E402
from cacviewer.training.calcium_phantoms import known_phantom  # noqa: E402
from cacviewer.training.calcium_samples import moved, read_samples, samples_of, write_samples  # noqa: E402
from cacviewer.training.calcium_scans import IGNORED, keep, read_known  # noqa: E402
from cacviewer.training.calcium_trainer import measured, train  # noqa: E402


@pytest.fixture(scope="module")
def scan():
    """A coarse digital chest with calcium and decoys, without noise."""
    parameters = parameters_for(
        41,
        spacing_mm=1.1,
        fov_mm=240.0,
        thickness_mm=3.0,
        noise_sd_hu=0.0,
        load=400.0,
        lesions=8,
        circular=False,
    )
    return known_phantom(parameters)


@pytest.fixture(scope="module")
def samples(scan):
    return samples_of(scan, np.random.default_rng(1), 22.0)


def test_the_deposits_have_their_kinds(scan):
    found = set(np.unique(scan.kinds)) - {0}
    wanted = [
        index_of(LesionClass.CORONARY, Artery.LAD),
        index_of(LesionClass.AORTA),
        index_of(LesionClass.VALVE),
    ]
    assert found >= {1 + channel for channel in wanted}
    assert IGNORED not in found


def test_samples_are_named_by_what_was_laid_in(samples):
    names = {OUTPUTS[channel] for channel in samples.channels}
    assert names >= {"LAD", "aorta", "valve", "bone"}
    assert len(samples.features) == len(samples.channels)


def test_what_nobody_has_named_is_left_out(scan):
    unknown = replace(scan, kinds=np.where(scan.kinds > 0, IGNORED, 0).astype(np.uint8))
    left = samples_of(unknown, np.random.default_rng(1), 22.0)
    assert {OUTPUTS[channel] for channel in left.channels} <= {"bone", "noise"}


def test_a_mask_is_moved_by_three_millimetres_at_most(scan):
    from scipy import ndimage

    random = np.random.default_rng(4)
    spacing = scan.grid.spacing_mm
    depth = ndimage.distance_transform_edt(scan.heart, sampling=spacing)
    outside = ndimage.distance_transform_edt(~scan.heart, sampling=spacing)
    changed = 0
    for _ in range(4):
        other = moved(scan.heart, scan, random)
        changed += int((other != scan.heart).sum())
        # half a voxel of the coarse grid on which it is moved is added
        assert np.percentile(depth[scan.heart & ~other], 99) < 5.5
        assert np.percentile(outside[other & ~scan.heart], 99) < 5.5
    assert changed > 1000


def test_courses_lie_in_the_fat_of_the_heart_and_outside_the_aorta(scan):
    heart = laid_onto(np.random.default_rng(2), scan.hu, scan.grid, scan.heart, scan.aorta)
    for course in heart.courses:
        index = np.rint(scan.grid.index_zyx(course.tube.points)).astype(int)
        index = np.clip(index, 0, np.array(scan.hu.shape) - 1)
        assert scan.aorta[tuple(index.T)].mean() < 0.1, course.name
        assert scan.heart[tuple(index.T)].mean() > 0.7, course.name


def test_scans_and_samples_are_kept(tmp_path, scan, samples):
    keep(tmp_path / "a.npz", lambda: scan)
    back = read_known(tmp_path / "a.npz")
    assert back.grid == scan.grid
    assert isinstance(back.grid, Grid)
    for name in ("hu", "heart", "aorta", "kinds"):
        assert (getattr(back, name) == getattr(scan, name)).all()
    write_samples(tmp_path / "b.npz", samples)
    again = read_samples(tmp_path / "b.npz")
    assert (again.channels == samples.channels).all()
    assert (again.features.far == samples.features.far).all()


def test_a_short_run_learns_and_is_accepted(tmp_path, samples):
    model = train(samples, samples, tmp_path, epochs=6, seed=0)
    rows = list(csv.DictReader((tmp_path / "log.csv").open()))
    assert len(rows) == 6
    assert float(rows[-1]["loss"]) < float(rows[0]["loss"])
    weights = tmp_path / "calcium.weights.h5"
    model.save_weights(weights)
    card = write_calcium_card(weights, {}, {"classes": measured(model, samples).classes})
    draw_calcium_curves(tmp_path / "log.csv", tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 5000
    loaded = load_calcium_model(card_path=card)
    right = (loaded.network(samples.features).argmax(axis=1) == samples.channels).mean()
    assert right == pytest.approx(measured(model, samples).classes, abs=0.02)
