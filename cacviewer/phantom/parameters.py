"""What a phantom is made of: the options of `cacviewer phantom`, drawn from a seed where nobody sets them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cacviewer.core.errors import UsageError
from cacviewer.core.rulesets import KVP_EDGES_HU, nominal_kvp

DEMO_SEED = 1
"""The seed of the embedded demo: gated, 3 mm slices, calcium in all four arteries."""

WIDE_FOV_MM = 290.0
"""From this field of view on a scan is taken for a whole chest."""

STREAM_PROTOCOL, STREAM_ANATOMY, STREAM_CALCIUM, STREAM_NOISE = range(4)
"""Independent random streams of a seed: a change of protocol leaves the anatomy as it is."""


@dataclass(frozen=True, slots=True)
class PhantomParameters:
    """One digital patient in one scanner.

    Attributes:
        seed: Decides all that is not set; 0 or more.
        spacing_mm: Pixel size, mm.
        fov_mm: Field of view (matrix x pixel), mm; from 290 on the whole chest is covered.
        thickness_mm: Slice thickness, mm.
        increment_mm: Distance of slices, mm.
        kvp: Tube voltage, one of the table of limits.
        noise_sd_hu: Standard deviation of the noise, HU.
        psf_sigma_mm: Blur in the plane (Gaussian), mm.
        load: Agatston score aimed at; the truth is counted, not set.
        lesions: Number of plaques.
        near_aorta: Whether one plaque lies within 5 mm of the aortic wall.
        decoys: Whether calcium and metal that does not count is put in.
        contrast: Whether the blood is bright (for refusal tests).
        circular: Whether pixels outside the reconstruction circle are padding.
    """

    seed: int
    spacing_mm: float
    fov_mm: float
    thickness_mm: float
    increment_mm: float
    kvp: int
    noise_sd_hu: float
    psf_sigma_mm: float
    load: float
    lesions: int
    near_aorta: bool
    decoys: bool
    contrast: bool
    circular: bool

    @property
    def matrix(self) -> int:
        """Rows and columns."""
        return max(16, round(self.fov_mm / self.spacing_mm))

    @property
    def wide(self) -> bool:
        """Whether the whole chest is covered, not the heart alone."""
        return self.fov_mm >= WIDE_FOV_MM

    def random(self, stream: int) -> np.random.Generator:
        """The generator of one of the streams."""
        return np.random.default_rng([self.seed, stream])


def parameters_for(seed: int, **overrides: Any) -> PhantomParameters:
    """Draws the parameters of a seed; what is given (not None) stands.

    Args:
        seed: 0 or more.
        **overrides: Fields of PhantomParameters.

    Raises:
        UsageError: A value that no scanner or patient has.
    """
    if seed < 0:
        raise UsageError(f"The seed is {seed}; it must be 0 or more.")
    given = {name: value for name, value in overrides.items() if value is not None}
    random = np.random.default_rng([seed, STREAM_PROTOCOL])
    drawn = _drawn_protocol(seed, random)
    drawn |= _drawn_calcium(seed, random, given)
    if "spacing_mm" in given and "fov_mm" not in given and given["spacing_mm"] <= 1.0:
        drawn["fov_mm"] = 512 * float(given["spacing_mm"])
    elif "fov_mm" in given and "spacing_mm" not in given:
        drawn["spacing_mm"] = float(given["fov_mm"]) / 512
    if "thickness_mm" in given and "increment_mm" not in given:
        drawn["increment_mm"] = given["thickness_mm"]
    elif "increment_mm" in given and "thickness_mm" not in given:
        drawn["thickness_mm"] = given["increment_mm"]
    parameters = PhantomParameters(**(drawn | given))
    if "circular" not in given and parameters.wide:
        parameters = replace(parameters, circular=False)
    _check(parameters)
    return parameters


def _drawn_protocol(seed: int, random: np.random.Generator) -> dict[str, Any]:
    gated = bool(random.random() < 0.6) or seed == DEMO_SEED
    fov_mm = float(random.uniform(180, 250) if gated else random.uniform(310, 400))
    thickness_mm = float(
        random.choice([3.0, 3.0, 2.5]) if gated else random.choice([1.5, 2.0, 2.5, 3.0, 5.0])
    )
    overlaps = bool(random.random() < 0.15) and seed != DEMO_SEED
    noise_sd_hu = float(round(random.uniform(10, 30), 1))
    if seed == DEMO_SEED:
        thickness_mm, noise_sd_hu = 3.0, 14.0
    spacing_mm = round(fov_mm / 512, 4)
    return {
        "seed": seed,
        "spacing_mm": spacing_mm,
        "fov_mm": 512 * spacing_mm,
        "thickness_mm": thickness_mm,
        "increment_mm": thickness_mm / 2 if overlaps else thickness_mm,
        "kvp": 120,
        "noise_sd_hu": noise_sd_hu,
        "psf_sigma_mm": float(round(random.uniform(0.45, 0.65), 3)),
        "decoys": True,
        "contrast": False,
        "circular": bool(random.random() < 0.35),
        "near_aorta": seed % 3 == 0,
    }


LOAD_STRATA = ((0.0, 0.0), (1.0, 10.0), (11.0, 100.0), (101.0, 400.0), (401.0, 2300.0))
LOAD_SHARES = (0.18, 0.12, 0.22, 0.26, 0.22)


def _drawn_calcium(seed: int, random: np.random.Generator, given: dict[str, Any]) -> dict[str, Any]:
    stratum = int(random.choice(len(LOAD_STRATA), p=LOAD_SHARES))
    low, high = LOAD_STRATA[stratum]
    load = float(np.exp(random.uniform(np.log(max(low, 1e-3)), np.log(high)))) if high else 0.0
    if seed % 3 == 0 and load < 40:  # the plaque at the aorta must exist, so these seeds have no zero
        load = float(random.uniform(40, 300))
    if seed == DEMO_SEED:
        load = 245.0  # scores about 300
    load = float(given.get("load", load))
    count = int(np.clip(round(1 + 0.55 * load**0.42 * random.uniform(0.8, 1.3)), 1, 18)) if load > 0 else 0
    if given.get("lesions") == 0:
        load = 0.0
    elif given.get("lesions") and "load" not in given and load == 0:
        load = 25.0 * int(given["lesions"])
    return {"load": round(load, 1), "lesions": max(count, 6) if seed == DEMO_SEED and load else count}


_RANGES: tuple[tuple[str, float, float, str], ...] = (
    ("spacing_mm", 0.2, 8.0, "pixel size in mm"),
    ("fov_mm", 100.0, 600.0, "field of view in mm"),
    ("thickness_mm", 0.4, 12.0, "slice thickness in mm"),
    ("increment_mm", 0.3, 12.0, "distance of slices in mm"),
    ("noise_sd_hu", 0.0, 100.0, "noise in HU"),
    ("psf_sigma_mm", 0.0, 3.0, "blur in mm"),
    ("load", 0.0, 5000.0, "calcium load in Agatston units"),
    ("lesions", 0, 40, "number of lesions"),
)


def _check(parameters: PhantomParameters) -> None:
    for name, low, high, words in _RANGES:
        value = getattr(parameters, name)
        if not low <= value <= high:
            raise UsageError(f"The {words} is {value:g}; it must lie between {low:g} and {high:g}.")
    if nominal_kvp(parameters.kvp) not in KVP_EDGES_HU:
        known = ", ".join(str(kvp) for kvp in sorted(KVP_EDGES_HU))
        raise UsageError(f"There is no HU limit for {parameters.kvp} kVp; known are {known}.")
