"""Slabs against numpy's plain reductions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacviewer.core.session import SlabMode
from cacviewer.render.slab import slab, slab_range

PLAIN = {
    SlabMode.MIP: lambda part, axis: part.max(axis=axis),
    SlabMode.MEAN: lambda part, axis: np.rint(part.mean(axis=axis, dtype=np.float64)),
    SlabMode.MINIP: lambda part, axis: part.min(axis=axis),
}


@pytest.mark.parametrize("mode", list(SlabMode))
@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 11), (0, 20)])
def test_a_slab_is_what_numpy_says(mode, axis, first, last):
    hu = np.random.default_rng(1).integers(-32768, 32767, (37, 21, 20), np.int16)
    planes = np.moveaxis(hu, axis, 0)[first:last]
    got = slab(hu, axis, first, last, mode)
    assert got.dtype == np.int16
    assert (got == PLAIN[mode](planes, 0)).all()


@settings(deadline=None)
@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))),
    st.floats(0, 50),
    st.floats(0.3, 5),
)
def test_the_range_holds_the_slice_and_stays_in_the_volume(places, thickness, spacing):
    slices, depth = places
    first, last = slab_range(depth, slices, thickness, spacing)
    assert 0 <= first <= depth < last <= slices
    assert last - first <= max(1, round(thickness / spacing))


def test_a_slab_of_ten_millimetres_lies_about_its_slice():
    assert slab_range(50, 100, 10.0, 2.0) == (48, 53)
    assert slab_range(1, 100, 10.0, 2.0) == (0, 4)
    assert slab_range(99, 100, 10.0, 2.0) == (97, 100)
    assert slab_range(50, 100, 0.0, 2.0) == (50, 51)
