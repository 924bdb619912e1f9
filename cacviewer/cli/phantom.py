"""Make a digital chest phantom with known calcium, as DICOM or NIfTI, with its truth beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from cacviewer.phantom import DEMO_SEED, generate, parameters_for, write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where it is written")
    parser.add_argument(
        "--seed", type=int, default=DEMO_SEED, metavar="N", help=f"which patient ({DEMO_SEED})"
    )
    parser.add_argument("--dicom", action="store_true", help="a DICOM series in DIR/dicom, not DIR/ct.nii.gz")
    drawn = parser.add_argument_group("drawn from the seed where not set")
    drawn.add_argument(
        "--decoys", choices=("all", "none"), help="calcium that does not count, and metal (all)"
    )
    drawn.add_argument(
        "--noise", type=float, metavar="SD", help="standard deviation of the noise, HU (10-30)"
    )
    drawn.add_argument("--lesions", type=int, metavar="N", help="number of coronary plaques; 0 for none")
    drawn.add_argument("--load", type=float, metavar="SCORE", help="Agatston score aimed at (0-2500)")
    drawn.add_argument("--spacing", type=float, metavar="MM", help="pixel size")
    drawn.add_argument("--thickness", type=float, metavar="MM", help="slice thickness")
    drawn.add_argument("--increment", type=float, metavar="MM", help="distance of slices")
    drawn.add_argument("--fov", type=float, metavar="MM", help="field of view; from 290 the whole chest")
    drawn.add_argument("--kvp", type=int, metavar="KV", help="tube voltage (120)")
    drawn.add_argument("--contrast", action="store_true", default=None, help="bright blood: not to be scored")


def run(args: argparse.Namespace) -> int:
    """Makes and writes the phantom, prints what is true of it.

    Raises:
        UsageError: A value that no scanner or patient has.
        CannotWrite: The disk or the folder refuses.
    """
    parameters = parameters_for(
        args.seed,
        decoys=None if args.decoys is None else args.decoys == "all",
        noise_sd_hu=args.noise,
        lesions=args.lesions,
        load=args.load,
        spacing_mm=args.spacing,
        thickness_mm=args.thickness,
        increment_mm=args.increment,
        fov_mm=args.fov,
        kvp=args.kvp,
        contrast=args.contrast,
    )
    phantom = generate(parameters)
    scan = write(phantom, args.out, args.dicom)
    total = phantom.truth["totals"]
    print(f"{scan}: {' x '.join(map(str, phantom.hu.shape[::-1]))} voxels")
    print(
        f"True Agatston {total['agatston']:.1f} ({phantom.truth['category']['label']}), "
        f"{total['volume_mm3']:.1f} mm3, {total['lesions']} lesions; see {args.out / 'truth.json'}"
    )
    return 0
