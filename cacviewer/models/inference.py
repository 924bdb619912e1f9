"""The heart network at work: scan in, heart and aorta out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid, bounding_box
from cacviewer.models.back import on_grid, paint
from cacviewer.models.cards import ModelCard
from cacviewer.models.cleaning import clean_aorta, clean_heart
from cacviewer.models.far_aorta import followed
from cacviewer.models.locate import Coarse, body_centre_mm, coarse_windows, fine_window, locate
from cacviewer.models.plausible import Judgement, judge
from cacviewer.models.preprocess import Floats, Window, axes_of, canonical, scaled, to_window

Tell = Callable[[str, float], None]


class Network:
    """A Keras model as graph functions of fixed input shape, traced once each."""

    def __init__(self, model: Any, card: ModelCard) -> None:
        """Traces and runs both passes once, so that the first scan does not wait for it."""
        import tensorflow as tf

        self._tf = tf
        self._functions: dict[tuple[int, int, int], Any] = {}
        self._model = model
        for size in (card.fine_size, card.coarse_size):
            self(np.full((size, size, size), -1, np.float32))

    def __call__(self, scaled_zyx: Floats) -> Floats:
        """Probabilities (z, y, x, channel) of a scaled box (z, y, x)."""
        shape = scaled_zyx.shape
        if shape not in self._functions:
            spec = self._tf.TensorSpec((1, *shape, 1), self._tf.float32)
            call = self._tf.function(lambda x: self._model(x, training=False))
            self._functions[shape] = call.get_concrete_function(spec)
        answer = self._functions[shape](self._tf.constant(scaled_zyx[None, ..., None]))
        return np.asarray(answer[0].numpy(), np.float32)


@dataclass(slots=True)
class Seen:
    """One pass over a box: what the network saw and said."""

    window: Window
    hu: Floats
    heart: Floats
    aorta: Floats
    judgement: Judgement


@dataclass(slots=True)
class HeartModel:
    """A loaded and warmed heart network.

    Attributes:
        card: What it is.
        network: The graph functions.
        last_seconds: Time of each step of the last segmentation.
    """

    card: ModelCard
    network: Network
    last_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def identity(self) -> ModelIdentity:
        """Name and hash, as they stand in every result."""
        return ModelIdentity(self.card.name, self.card.sha256)

    def segment(self, hu: NDArray[np.int16], grid: Grid, progress: Tell | None = None) -> Anatomy:
        """Finds heart and aorta.

        Args:
            hu: (z, y, x) int16 HU on `grid`, any orientation and spacing; may be a memory map.
            grid: Where the voxels are.
            progress: Is told (step, fraction).

        Returns:
            Masks on the grid; empty, with the finding heart_not_found, where there is no heart.
        """
        tell = progress or (lambda step, fraction: None)
        started = time.perf_counter()
        self.last_seconds = {}
        axes = axes_of(grid)
        volume: NDArray[np.int16] = canonical(hu, axes)
        depth, height, width = (n * d for n, d in zip(volume.shape, axes.spacing_mm, strict=True))
        size_mm = (depth, height, width)
        tell("Finding the heart", 0.0)
        coarse = self._locate(volume, axes.spacing_mm, size_mm)
        seen = None
        middle = (depth / 2, height / 2, width / 2) if coarse is None else coarse.heart_mm
        if middle is not None:
            tell("Outlining heart and aorta", 0.3)
            seen = self._look(volume, axes.spacing_mm, size_mm, middle, coarse)
        if seen is None or not seen.judgement.found:
            return self._nothing(hu.shape, seen, started)
        tell("Drawing the masks", 0.8)
        heart, aorta = (np.zeros(volume.shape, bool) for _ in range(2))
        before = time.perf_counter()
        for mask, probability in ((heart, seen.heart), (aorta, seen.aorta)):
            paint(mask, axes.spacing_mm, seen.window, probability, self.card.threshold)
        if coarse is not None:
            boxes = followed(
                volume,
                axes.spacing_mm,
                seen.window,
                seen.aorta,
                self.card.coarse_size,
                self.network,
                self.card.threshold,
            )
            for window, probability in boxes:
                paint(aorta, axes.spacing_mm, window, probability, self.card.threshold)
        heart, aorta = on_grid(heart, axes), on_grid(aorta, axes)
        self.last_seconds["back"] = time.perf_counter() - before
        tell("Drawing the masks", 1.0)
        return self._anatomy(heart, aorta, grid, seen.judgement, started)

    def _locate(
        self,
        volume: NDArray[np.int16],
        spacing_mm: tuple[float, float, float],
        size_mm: tuple[float, float, float],
    ) -> Coarse | None:
        """The coarse pass; None where the whole scan fits into the fine box."""
        fine_extent = self.card.fine_size * self.card.fine_mm
        if max(size_mm) <= fine_extent + 2 * self.card.fine_mm:
            return None
        before = time.perf_counter()
        centre = body_centre_mm(volume, spacing_mm)
        windows = coarse_windows(size_mm, centre, self.card.coarse_mm, self.card.coarse_size)
        coarse = locate(volume, spacing_mm, windows, self.network, self.card.threshold)
        self.last_seconds["locate"] = time.perf_counter() - before
        return coarse

    def _look(
        self,
        volume: NDArray[np.int16],
        spacing_mm: tuple[float, float, float],
        size_mm: tuple[float, float, float],
        middle_mm: tuple[float, float, float],
        coarse: Coarse | None,
    ) -> Seen:
        """The fine pass over the box around the heart."""
        card = self.card
        window = fine_window(middle_mm, card.fine_mm, card.fine_size)
        if coarse is None:
            window = Window(middle_mm, card.fine_mm, window.shape_zyx)
        before = time.perf_counter()
        hu = to_window(volume, spacing_mm, window)
        now = time.perf_counter()
        self.last_seconds["resample"] = now - before
        answer = self.network(scaled(hu))
        before = time.perf_counter()
        self.last_seconds["network"] = before - now
        heart = clean_heart(answer[..., 0], card.threshold)
        aorta = clean_aorta(answer[..., 1], card.threshold, card.fine_mm**3 / 1000)
        body_x_mm = coarse.window.centre_mm[2] if coarse else None
        judgement = judge(heart, hu, window, size_mm, card.threshold, body_x_mm)
        self.last_seconds["clean"] = time.perf_counter() - before
        return Seen(window, hu, heart, aorta, judgement)

    def _anatomy(
        self,
        heart: NDArray[np.bool_],
        aorta: NDArray[np.bool_],
        grid: Grid,
        judgement: Judgement,
        started: float,
    ) -> Anatomy:
        findings: tuple[Finding, ...] = ()
        if judgement.cut:
            findings = (finding("fov_cut", where=", ".join(judgement.cut)),)
        return Anatomy(
            heart=heart,
            aorta=aorta,
            heart_found=True,
            heart_confidence=judgement.confidence,
            heart_ml=float(np.count_nonzero(heart)) * grid.voxel_mm3 / 1000,
            heart_box=bounding_box(heart),
            model=self.identity,
            findings=findings,
            seconds=time.perf_counter() - started,
        )

    def _nothing(self, shape: tuple[int, ...], seen: Seen | None, started: float) -> Anatomy:
        reason = seen.judgement.reason if seen else "nothing in the image looks like a heart"
        empty = np.zeros(shape, bool)
        empty.flags.writeable = False
        return Anatomy(
            heart=empty,
            aorta=empty,
            heart_found=False,
            heart_confidence=seen.judgement.confidence if seen else 0.0,
            heart_ml=0.0,
            heart_box=None,
            model=self.identity,
            findings=(finding("heart_not_found", reason=reason),),
            seconds=time.perf_counter() - started,
        )
