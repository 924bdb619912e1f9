"""Patients with calcium laid in: real anatomy and real decoys, and lesions whose kind is known."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.candidates import find_candidates
from cacviewer.core.geometry import Grid, bounding_box, grown, slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, LesionClass
from cacviewer.models.calcium_classes import OUTPUTS, index_of
from cacviewer.models.images import image_of, read_image
from cacviewer.models.preprocess import axes_of, canonical
from cacviewer.phantom.deposit_image import lay_in
from cacviewer.phantom.deposits import Deposit, plan_decoys, plan_plaques
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.parameters import PhantomParameters, parameters_for
from cacviewer.training.calcium_courses import laid_onto
from cacviewer.training.calcium_scans import AROUND_MM, IGNORED, KnownScan, keep

CONTRAST_HU = 80.0
COARSE_MM = 2.0
"""Patients with larger pixels show no calcium of a few millimetres."""
NATURAL_MM3 = 10.0
"""Bright objects of the patient's own from this size on, at the heart, are calcium that nobody has named."""
HEART_X_MM = 14.0
MITRAL_POINTS = 12
"""By this number of points the annulus is known among the decoys of the valves."""
FIRST_SEED = 7_000_000


def patient_scans(folders: list[Path], variants: int, seed: int, cache: Path) -> tuple[list[Path], list[str]]:
    """Cache files of the native, fine scans among case folders, each with several draws of calcium.

    Returns:
        Paths, and the names of the patients that are used.
    """
    paths, names = [], []
    for folder in folders:
        bare: KnownScan | None = None
        for variant in range(variants):
            own = FIRST_SEED + 1_000_000 * seed + 100 * sum(map(ord, folder.name)) + variant
            path = cache / f"{folder.name}-{own}.npz"
            if not path.exists():
                bare = bare or bare_patient(folder)
                if not usable(bare):
                    break
                keep(path, partial(with_calcium, bare, own))
            paths.append(path)
        else:
            names.append(folder.name)
    return paths, names


def bare_patient(folder: Path) -> KnownScan:
    """A case folder (image, heart.nii.gz, aorta.nii.gz) in LPS axes, cut to heart and aorta."""
    hu, grid = read_image(image_of(folder))
    axes = axes_of(grid)
    heart, aorta = (
        canonical(read_image(folder / f"{name}.nii.gz")[0] > 0, axes) for name in ("heart", "aorta")
    )
    turned = canonical(hu, axes)
    box = bounding_box(heart | aorta)
    assert box is not None, folder
    z, y, x = (int(np.ceil(AROUND_MM / d)) for d in axes.spacing_mm)
    where = slices_of(grown(box, (z, y, x), turned.shape))
    hu, heart, aorta = (np.ascontiguousarray(array[where]) for array in (turned, heart, aorta))
    blood = hu[aorta][np.abs(hu[aorta] - np.median(hu[aorta])) < 200]
    return KnownScan(
        folder.name,
        hu,
        _centred(hu.shape, axes.spacing_mm, heart),
        heart,
        aorta,
        np.zeros(hu.shape, np.uint8),
        float(blood.std()),
        0.6,
    )


def _centred(
    shape_zyx: tuple[int, ...], spacing_mm: tuple[float, float, float], heart: NDArray[np.bool_]
) -> Grid:
    """A grid whose origin lies where a digital chest has it: the heart is a little left of it, at height 0."""
    box = bounding_box(heart)
    assert box is not None
    middle = [(box[i] + box[i + 3] - 1) / 2 * spacing_mm[i] for i in range(3)]
    z, y, x = shape_zyx
    return Grid((z, y, x), spacing_mm, (HEART_X_MM - middle[2], -middle[1], -middle[0]))


def usable(scan: KnownScan) -> bool:
    """Whether a patient can teach calcium: no contrast medium, fine pixels, an aorta."""
    native = scan.aorta.any() and float(np.median(scan.hu[scan.aorta])) < CONTRAST_HU
    return bool(native) and max(scan.grid.spacing_mm[1:]) < COARSE_MM


def with_calcium(scan: KnownScan, seed: int) -> KnownScan:
    """Names what is bright already, makes the pixels as fine as those of calcium scans, lays calcium in."""
    random = np.random.default_rng(seed)
    natural = _natural_kinds(scan)
    fine = _finer(replace(scan, kinds=natural), random)
    parameters = _parameters(seed, fine, random)
    heart = laid_onto(random, scan.hu, scan.grid, scan.heart, scan.aorta)  # cheaper on the coarse grid
    plaques = plan_plaques(parameters, heart)
    decoys = _believable(plan_decoys(parameters, heart, plaques), heart, fine, random)
    hu = fine.hu.astype(np.float32)
    kinds = fine.kinds.copy()
    for deposit in (*plaques, *decoys):
        kind = (
            LABEL_OF_ARTERY[deposit.artery]
            if deposit.kind is LesionClass.CORONARY
            else 1 + index_of(deposit.kind)
        )
        kinds[lay_in(hu, (deposit,), parameters, fine.grid) > 0] = kind
    return replace(fine, hu=np.clip(np.rint(hu), -1024, 3071).astype(np.int16), kinds=kinds)


def _believable(
    decoys: tuple[Deposit, ...], heart: Heart, scan: KnownScan, random: np.random.Generator
) -> tuple[Deposit, ...]:
    """Decoys whose place is right in this patient: on the aortic wall, inside the heart, in front of it."""
    kept = []
    for decoy in decoys:
        if (
            len(decoy.line_lps_mm) == MITRAL_POINTS
        ):  # the posterior annulus, in front of the heart's back wall
            root = heart.place([(0.0, 0.0, 3.0)])
            share = random.uniform(0.65, 0.95)
            decoy = replace(decoy, line_lps_mm=root + share * (decoy.line_lps_mm - root))
        line = decoy.line_lps_mm
        index = np.rint(scan.grid.index_zyx(line)).astype(int)
        if ((index < 0) | (index >= scan.grid.shape_zyx)).any():
            continue
        in_heart = scan.heart[tuple(index.T)].mean()
        on_aorta = bool((np.abs(heart.aorta.distance(line)) < 4).all())
        right = {
            LesionClass.AORTA: on_aorta,
            LesionClass.VALVE: in_heart == 1,
            LesionClass.PULMONARY: False,  # its place is a digital chest's lung
        }
        if right.get(decoy.kind, in_heart == 0):
            kept.append(decoy)
    return tuple(kept)


def _natural_kinds(scan: KnownScan) -> NDArray[np.uint8]:
    """What the patient's own bright objects are, where their place says it; IGNORED where it does not."""
    kinds = np.zeros(scan.hu.shape, np.uint8)
    for c in find_candidates(scan.hu, scan.grid, 130, 0.5, scan.heart, scan.aorta):
        mm3 = c.voxel_count * scan.grid.voxel_mm3
        kind = IGNORED
        if c.in_aorta >= 0.5:
            kind = 1 + OUTPUTS.index("aorta")
        elif c.in_margin < 0.2 and c.in_aorta < 0.1 and mm3 > 100:
            kind = 1 + OUTPUTS.index("bone")
        elif mm3 < NATURAL_MM3:
            kind = 0  # noise, or bone if it is bright without it
        kinds[slices_of(c.box)][c.voxels] = kind
    return kinds


def _finer(scan: KnownScan, random: np.random.Generator) -> KnownScan:
    """The scan with pixels of 0.4 to 0.7 mm, and with slices of another thickness now and then."""
    from scipy import ndimage

    z, y, x = scan.grid.spacing_mm
    thickness = z if random.random() < 0.5 else float(random.uniform(max(z, 2.5), max(z, 5.0)))
    factor = (z / thickness, *(d / float(random.uniform(0.4, 0.7)) for d in (y,)), 1.0)
    factor = (factor[0], factor[1], factor[1] * x / y)
    hu = scan.hu.astype(np.float32)
    if thickness > z:
        hu = ndimage.gaussian_filter1d(hu, 0.35 * np.sqrt((thickness / z) ** 2 - 1), axis=0)
    hu = ndimage.zoom(hu, factor, order=1, grid_mode=True, mode="nearest")
    masks = [
        ndimage.zoom(mask.astype(np.float32), factor, order=1, grid_mode=True, mode="nearest") >= 0.5
        for mask in (scan.heart, scan.aorta)
    ]
    kinds = ndimage.zoom(scan.kinds, factor, order=0, grid_mode=True, mode="nearest")
    spacing = tuple(n * d / m for n, d, m in zip(scan.hu.shape, scan.grid.spacing_mm, hu.shape, strict=True))
    shift = [(a - b) / 2 for a, b in zip(spacing, scan.grid.spacing_mm, strict=True)]
    origin = [v + shift[2 - i] for i, v in enumerate(scan.grid.origin_lps_mm)]
    grid = Grid(hu.shape, (spacing[0], spacing[1], spacing[2]), (origin[0], origin[1], origin[2]))
    return replace(
        scan, hu=np.rint(hu).astype(np.int16), grid=grid, heart=masks[0], aorta=masks[1], kinds=kinds
    )


def _parameters(seed: int, scan: KnownScan, random: np.random.Generator) -> PhantomParameters:
    z, y, _ = scan.grid.spacing_mm
    return parameters_for(
        seed,
        spacing_mm=y,
        fov_mm=float(np.clip(y * scan.hu.shape[1], 100, 600)),
        thickness_mm=z,
        increment_mm=z,
        noise_sd_hu=0.0,
        near_aorta=False,
        load=float(np.exp(random.uniform(np.log(10), np.log(1500)))),
        lesions=int(random.integers(6, 18)),
        psf_sigma_mm=float(random.uniform(0.45, 0.8)),
    )
