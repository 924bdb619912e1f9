"""The networks: shape, size, saving, folding."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from cacviewer.models.architectures import Upsample3D, folded, heart_unet, seed_unet  # noqa: E402

SMALL = (4, 4, 8)


@pytest.fixture
def shaken():
    """A small network whose normalisation layers have seen something."""
    keras.utils.set_random_seed(5)  # with unlucky weights float32 rounding alone reaches 1e-4
    model = heart_unet(filters=SMALL)
    rng = np.random.default_rng(0)
    model.set_weights(
        [
            w + rng.normal(0, 0.2, w.shape) ** (2 if "variance" in v.path else 1)
            for v, w in zip(model.weights, model.get_weights(), strict=True)
        ]
    )
    return model


def test_light_network_keeps_the_size_and_is_small():
    model = heart_unet()
    assert model.count_params() < 1_500_000
    assert model.output_shape == (None, None, None, None, 2)
    assert model.compute_output_shape((1, 112, 112, 112, 1)) == (1, 112, 112, 112, 2)


def test_any_multiple_of_the_coarsest_voxel_fits():
    model = heart_unet(filters=SMALL)
    for shape in ((8, 8, 8), (4, 12, 8)):
        out = model.predict(np.zeros((2, *shape, 1), np.float32), verbose=0)
        assert out.shape == (2, *shape, 2)
        assert ((out >= 0) & (out <= 1)).all()


def test_folding_keeps_the_output(shaken):
    x = np.random.default_rng(1).normal(0, 1, (1, 16, 16, 16, 1)).astype(np.float32)
    plain = folded(shaken)
    assert not [layer for layer in plain.layers if layer.name.endswith("_norm")]
    assert plain.predict(x, verbose=0) == pytest.approx(shaken.predict(x, verbose=0), abs=1e-4)


def test_saving_and_loading_keep_the_output(shaken, tmp_path):
    x = np.random.default_rng(1).normal(0, 1, (1, 8, 8, 8, 1)).astype(np.float32)
    before = shaken.predict(x, verbose=0)
    shaken.save(tmp_path / "m.keras")
    assert keras.saving.load_model(tmp_path / "m.keras").predict(x, verbose=0) == pytest.approx(
        before, abs=1e-6
    )
    shaken.save_weights(tmp_path / "m.weights.h5")
    other = heart_unet(filters=SMALL)
    other.load_weights(tmp_path / "m.weights.h5")
    assert other.predict(x, verbose=0) == pytest.approx(before, abs=1e-6)


def test_upsampling_is_trilinear():
    from scipy import ndimage

    x = np.random.default_rng(2).normal(0, 1, (3, 4, 5)).astype(np.float32)
    ours = keras.ops.convert_to_numpy(Upsample3D()(x[None, ..., None]))[0, ..., 0]
    expected = ndimage.zoom(x, 2, order=1, grid_mode=True, mode="nearest")
    assert ours == pytest.approx(expected, abs=1e-4)


def test_seed_network_has_its_26_million_weights():
    assert seed_unet(outputs=1).count_params() == 26_048_577
