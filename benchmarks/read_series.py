"""From the folder to the volume: 500 plain slices against SimpleITK's series reader, and a scan of 2,000 files.

    python -m benchmarks.read_series [--rounds 5] [--slices 500]

Both readers run turn by turn in this order in processes of their own, warm (the files are in the page cache), and
must give equal voxels. Bars: first picture 2 s, whole volume 4 s, peak memory 3 times the volume, twice as fast
as SimpleITK, 2,000 mixed files scanned in 5 s.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROWS = 512
BARS = {"first_s": 2.0, "whole_s": 4.0, "memory": 3.0, "ratio": 2.0, "scan_s": 5.0}


def main() -> int:
    """Prints medians; 1 if one misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slices", type=int, default=500)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(_timed(*args.one)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        series, mixed = Path(place) / "series", Path(place) / "mixed"
        write_series(series, args.slices)
        write_mixed(mixed)
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in READERS}
        for _ in range(args.rounds):
            for name in READERS:
                runs[name].append(_run(name, mixed if name == "scan" else series))
    return _told(runs, args.slices)


def _told(runs: dict[str, list[dict[str, float]]], slices: int) -> int:
    def median(name: str, key: str) -> float:
        return statistics.median(run[key] for run in runs[name])

    volume_mib = slices * ROWS * ROWS * 2 / 2**20
    equal = len({run["sum"] for name in ("ours", "sitk") for run in runs[name]}) == 1
    figures = {
        "first_s": median("first", "seconds"),
        "whole_s": median("ours", "seconds"),
        "memory": max(run["peak_mib"] for run in runs["ours"]) / volume_mib,
        "ratio": median("sitk", "seconds") / median("ours", "seconds"),
        "scan_s": median("scan", "seconds"),
    }
    spent = ", ".join(f"{name} {median(name, 'cpu_s'):.2f}" for name in READERS)
    print(f"processor seconds (for a machine that has other work, too): {spent}")
    print(
        f"SimpleITK {median('sitk', 'seconds'):.2f} s, {median('sitk', 'peak_mib'):.0f} MiB; equal voxels: {equal}"
    )
    missed = not equal
    for key, value in figures.items():
        good = value >= BARS[key] if key == "ratio" else value <= BARS[key]
        missed |= not good
        print(f"{key:8} {value:6.2f}  bar {BARS[key]:g}  {'held' if good else 'MISSED'}")
    return int(missed)


def _run(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.read_series", "--one", name, str(folder)]
    found: dict[str, float] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    return found


def _timed(name: str, folder: str) -> dict[str, float]:
    """One reader in this process; what it imports is no part of its processor time."""
    import_module("SimpleITK" if name == "sitk" else "cacviewer.reading.thumbnails")
    before = time.process_time()
    found = READERS[name](folder)
    return {**found, "cpu_s": time.process_time() - before}


def _peak_mib() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def ours(folder: str) -> dict[str, float]:
    """Scan and load, as `timing_s.read` counts them."""
    from cacviewer.reading.load import load
    from cacviewer.reading.scan import inspect

    start = time.perf_counter()
    inspection = inspect([folder])
    volume = load(inspection, inspection.chosen or 0)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak_mib": _peak_mib(), "sum": int(volume.hu.sum(dtype="int64"))}


def first(folder: str) -> dict[str, float]:
    """Scan and the middle slice of the series that opens, as the list of series shows it."""
    from cacviewer.reading.scan import inspect
    from cacviewer.reading.thumbnails import middle_slice

    start = time.perf_counter()
    inspection = inspect([folder])
    middle_slice(inspection, inspection.chosen or 0)
    return {"seconds": time.perf_counter() - start, "peak_mib": _peak_mib(), "sum": 0}


def sitk(folder: str) -> dict[str, float]:
    """SimpleITK's way: ids, file names, Execute."""
    import SimpleITK  # noqa: N813

    start = time.perf_counter()
    reader = SimpleITK.ImageSeriesReader()
    uid = reader.GetGDCMSeriesIDs(folder)[0]
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(folder, uid))
    image = reader.Execute()
    seconds = time.perf_counter() - start
    values = SimpleITK.GetArrayViewFromImage(image)
    return {"seconds": seconds, "peak_mib": _peak_mib(), "sum": int(values.sum(dtype="int64"))}


def scan(folder: str) -> dict[str, float]:
    """The scan alone."""
    from cacviewer.reading.scan import inspect

    start = time.perf_counter()
    inspect([folder])
    return {"seconds": time.perf_counter() - start, "peak_mib": _peak_mib(), "sum": 0}


READERS: dict[str, Callable[[str], dict[str, float]]] = {
    "sitk": sitk,
    "ours": ours,
    "first": first,
    "scan": scan,
}


def write_series(folder: Path, slices: int, rows: int = ROWS, number: int = 1, dz: float = 0.5) -> None:
    """Slices in explicit little endian under shuffled names: one header, patched for each."""
    import numpy as np

    from tests.builders.dicom import Scan, header, save, uid

    scan = Scan(slices=1, rows=rows, columns=rows, pixel=(0.5, 0.5), dz=dz)
    chance = np.random.default_rng(number)
    names = chance.permutation(slices)
    plane = np.rint(chance.normal(1060, 20, (rows, rows))).astype("<i2")
    for k in range(slices):
        d = header(scan, 0, number)
        d.SOPInstanceUID = uid("sop", number, k, "")
        d.file_meta.MediaStorageSOPInstanceUID = d.SOPInstanceUID
        d.ImagePositionPatient = ["-31", "-17.5", f"{-120.25 + k * dz:.6g}"]
        d.InstanceNumber = k + 1
        d.PixelData = np.roll(plane, k, 0).tobytes()
        d["PixelData"].VR = "OW"
        save(d, folder / f"S{number}I{names[k]:05d}")


def write_mixed(folder: Path) -> None:
    """2,000 files: nine series, texts, pictures and empty files in folders of their own."""
    for number in range(1, 10):
        write_series(folder / f"series{number}", 200, 64, number, 3.0)
    for i in range(200):
        data = (b"", b"Dear colleague, " * 20, b"\x89PNG\r\n\x1a\n" + bytes(3000), b"<html>" * 50)[i % 4]
        path = folder / "papers" / f"p{i}.dcm"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
