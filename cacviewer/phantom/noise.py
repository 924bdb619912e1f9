"""Noise of a scan: correlated as in filtered back-projection, of a stated standard deviation."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.phantom.parameters import STREAM_NOISE, PhantomParameters
from cacviewer.phantom.shapes import Field


def add_noise(hu: Field, parameters: PhantomParameters) -> None:
    """Adds correlated noise of the asked standard deviation, the same for the same seed."""
    from scipy import fft  # slow to import

    if parameters.noise_sd_hu <= 0:
        return
    random = parameters.random(STREAM_NOISE)
    rows, columns = hu.shape[1:]
    spectrum = _noise_spectrum(rows, columns, parameters)
    shared = max(
        1, round(parameters.thickness_mm / parameters.increment_mm)
    )  # overlapping slices share raw data
    window: deque[Field] = deque(maxlen=shared)
    while len(window) < shared - 1:
        window.append(random.standard_normal((rows, columns), np.float32))
    for plane in hu:
        window.append(random.standard_normal((rows, columns), np.float32))
        white = sum(window) / np.float32(np.sqrt(shared))
        plane += fft.irfft2(fft.rfft2(white) * spectrum, (rows, columns))


def _noise_spectrum(rows: int, columns: int, parameters: PhantomParameters) -> Field:
    """Amplitudes (rows, columns // 2 + 1): the ramp of filtered back-projection under the blur of the kernel."""
    sigma = max(parameters.psf_sigma_mm, 0.3)

    def amplitude(fx: NDArray[Any]) -> NDArray[np.float64]:
        f = np.hypot(np.fft.fftfreq(rows, parameters.spacing_mm)[:, None], fx[None, :])
        return np.asarray(np.sqrt(f + 0.03) * np.exp(-2 * np.pi**2 * (0.8 * sigma) ** 2 * f * f))

    power = float((amplitude(np.fft.fftfreq(columns, parameters.spacing_mm)) ** 2).mean())
    half = amplitude(np.fft.rfftfreq(columns, parameters.spacing_mm))
    return np.asarray(half * parameters.noise_sd_hu / np.sqrt(power), np.float32)
