"""read + heart + calcium of a 512x512x57 series: ours against the chain of the seed paper, in one run.

The seed's chain: SimpleITK reads the folder, the volume is shrunk to 112^3 (skimage-like resize: Gaussian, then
linear), its U-Net of 26 M parameters (random weights: the time does not depend on them) is called eagerly, the
answer is enlarged and cut at 0.9, and everything from 160 HU inside mask or box is counted. Each round runs the
seed in a process of its own and ours through the same children as `cacviewer score`; medians and their ratio.

    python -m benchmarks.seed_chain [--rounds 3] [--series FOLDER]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SHAPE = (112, 112, 112)


def seed_chain(folder: str) -> dict[str, float]:
    """One pass of the seed's chain after one to warm up; seconds, and the peak memory of this process in MiB."""
    import numpy as np
    import SimpleITK as sitk
    from scipy import ndimage

    from cacviewer.models.architectures import seed_unet
    from cacviewer.models.registry import prepare_tensorflow

    prepare_tensorflow(2)  # the same settings as ours, oneDNN on: else the seed would be several times slower
    model = seed_unet(SHAPE, outputs=1)
    model(np.zeros((1, *SHAPE, 1), np.float32), training=False)
    started = time.perf_counter()
    reader = sitk.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(folder))
    volume = sitk.GetArrayFromImage(reader.Execute()).astype(np.float64)
    read = time.perf_counter()
    factors = np.divide(SHAPE, volume.shape)
    smooth = ndimage.gaussian_filter(volume, np.maximum(0, (1 / factors - 1) / 2))
    small = ndimage.zoom(smooth, factors, order=1, mode="mirror", grid_mode=True)
    scaled = np.clip((small + 1024) / 2378, 0, 1).astype(np.float32)
    answer = np.asarray(model(scaled[None, ..., None], training=False))[0, ..., 0]
    mask = ndimage.zoom(answer, np.divide(volume.shape, SHAPE), order=1, mode="mirror", grid_mode=True) >= 0.9
    heart = time.perf_counter()
    bright = volume >= 160
    nz, ny, _ = volume.shape
    box = np.zeros(volume.shape, bool)
    box[5 : nz - 5, int(0.165 * ny) : ny - int(0.165 * ny) - 1] = True
    int(np.count_nonzero((bright & box) | (bright & mask)))
    done = time.perf_counter()
    return {
        "read": read - started,
        "heart": heart - read,
        "calcium": done - heart,
        "total": done - started,
        "peak_mib": peak_mib(),
    }


def our_chain(folder: str, rounds: int) -> tuple[list[dict[str, float]], float]:
    """Ours, through the children of the command line, after one round to warm up; and the worker's peak MiB."""
    from cacviewer.workers.runner import Runner

    times = []
    with Runner() as runner:
        for _ in range(rounds + 1):
            inspection = runner.run("scan", [folder])
            volume = runner.run("load", inspection, inspection.chosen)
            anatomy = runner.run("segment", volume)
            case = runner.run("find", volume, anatomy)
            t = case.timing
            times.append(
                {
                    "read": t.read,
                    "heart": t.heart,
                    "calcium": t.calcium,
                    "total": t.read + t.heart + t.calcium,
                }
            )
        peak = runner.peak_mib("network")
    return times[1:], peak


def peak_mib() -> float:
    """Largest resident memory of this process, MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def phantom_series(folder: Path) -> str:
    """A phantom of 512x512x57, as a DICOM folder."""
    from cacviewer.phantom import generate, parameters_for, write

    parameters = parameters_for(1, spacing_mm=0.39, increment_mm=2.5, thickness_mm=2.5)
    write(generate(parameters), folder, dicom=True)
    return str(folder / "dicom")


def main(argv: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--series", help="DICOM folder; a phantom if not given")
    parser.add_argument("--seed-once", metavar="FOLDER", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.seed_once:
        print(json.dumps(seed_chain(args.seed_once)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        series = args.series or phantom_series(Path(scratch) / "phantom")
        seed: list[dict[str, float]] = []
        ours: list[dict[str, float]] = []
        peak = 0.0
        for _ in range(args.rounds):  # turn by turn: the machine may be busy with something else
            seed.append(_seed_in_its_own_process(series))
            times, peak_now = our_chain(series, 1)
            ours += times
            peak = max(peak, peak_now)
    table(seed, ours, peak)
    return 0


def _seed_in_its_own_process(series: str) -> dict[str, float]:
    words = [sys.executable, "-m", "benchmarks.seed_chain", "--seed-once", series]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    result: dict[str, float] = json.loads(out.splitlines()[-1])
    return result


def table(seed: list[dict[str, float]], ours: list[dict[str, Any]], peak: float) -> None:
    """Medians and ratios."""
    print(f"{'median s':10}{'seed':>10}{'cacviewer':>12}{'ratio':>8}")
    for key in ("read", "heart", "calcium", "total"):
        a, b = statistics.median(r[key] for r in seed), statistics.median(r[key] for r in ours)
        print(f"{key:10}{a:10.2f}{b:12.2f}{a / b:8.1f}")
    print(f"{'peak MiB':10}{max(r['peak_mib'] for r in seed):10.0f}{peak:12.0f}")


if __name__ == "__main__":
    sys.exit(main())
