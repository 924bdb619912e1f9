"""Where the images and labels of a data set are: our own folders, plain pairs, MM-WHS and orCaScore.

A folder may mix them; every image is found once, by the first layout that knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

IMAGE_ENDINGS = (".nii.gz", ".nii", ".mha", ".mhd", ".nrrd")
PAIR_VALUES: Mapping[str, tuple[int, ...]] = {"heart": (1, 3), "aorta": (2, 3)}
"""Plain pairs: 1 heart, 2 aorta, 3 both (the root inside the sac)."""
MMWHS_VALUES: Mapping[str, tuple[int, ...]] = {"heart": (500, 600, 420, 550, 205), "aorta": (820,)}
"""MM-WHS 2017: left and right ventricle, left and right atrium, left-ventricular myocardium; ascending aorta.
The pulmonary artery (850) is no part of our heart. Values as in public loaders (Zhuang & Shen 2016)."""
MMWHS_FAT_MM = 8.0
"""MM-WHS hearts have neither pericardial fat nor grooves; closed by this much they come near the sac."""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """Where one patient is.

    Attributes:
        name: Of the case.
        image: Image file or DICOM folder.
        masks: "heart" and "aorta" to a file and the values that mean it; None for any value above 0.
        closing_mm: How far the heart's mask is closed, where it was drawn without fat.
        calcium: Labels of coronary calcium in the layout of orCaScore, or None.
        key: What the cache knows it by.
    """

    name: str
    image: Path
    masks: Mapping[str, tuple[Path, tuple[int, ...] | None]] = field(default_factory=dict)
    closing_mm: float = 0.0
    calcium: Path | None = None
    key: str = ""


def find_cases(folder: Path) -> list[CaseFiles]:
    """All cases in a folder, in order of their names."""
    found: dict[Path, CaseFiles] = {}
    for layout in (_own_folders, _mmwhs, _orcascore, _pairs):
        for case in layout(folder):
            found.setdefault(case.image.resolve(), case)
    return sorted(found.values(), key=lambda case: case.name)


def stem(path: Path) -> str:
    """Name of an image file without its ending."""
    for ending in IMAGE_ENDINGS:
        if path.name.lower().endswith(ending):
            return path.name[: -len(ending)]
    return path.name


def _own_folders(folder: Path) -> Iterator[CaseFiles]:
    """<case>/ct.nii.gz or <case>/dicom, with heart.nii.gz and aorta.nii.gz beside it."""
    for case in sorted(p for p in folder.glob("*") if p.is_dir()):
        image = next((case / name for name in ("ct.nii.gz", "dicom") if (case / name).exists()), None)
        masks = {name: (case / f"{name}.nii.gz", None) for name in ("heart", "aorta")}
        masks = {name: entry for name, entry in masks.items() if entry[0].exists()}
        if image is not None and masks:
            yield CaseFiles(case.name, image, masks, key=str(case.resolve()))


def _mmwhs(folder: Path) -> Iterator[CaseFiles]:
    """ct_train_1001_image.nii.gz beside ct_train_1001_label.nii.gz."""
    for image in sorted(folder.rglob("ct_train_*_image.nii.gz")):
        label = image.with_name(image.name.replace("_image.", "_label."))
        if label.exists():
            yield _case(image, image.name.removesuffix("_image.nii.gz"), label, MMWHS_VALUES, MMWHS_FAT_MM)


def _orcascore(folder: Path) -> Iterator[CaseFiles]:
    """trv1p1cti.mhd (calcium scan) beside trv1p1r.mhd (1 LAD with LM, 2 LCx, 3 RCA): calcium, no heart."""
    for image in sorted(folder.rglob("tr*cti.mhd")):
        reference = image.with_name(image.name.replace("cti.", "r."))
        if reference.exists():
            name = image.name.removesuffix("cti.mhd")
            yield CaseFiles(name, image, calcium=reference, key=str(image.resolve()))


def _pairs(folder: Path) -> Iterator[CaseFiles]:
    """images/X beside labels/X, or X beside X_label, in any format of IMAGE_ENDINGS."""
    for image in sorted((folder / "images").glob("*")):
        if image.name.lower().endswith(IMAGE_ENDINGS):
            labels = [p for p in (folder / "labels").glob(f"{stem(image)}.*") if stem(p) == stem(image)]
            if labels:
                yield _case(image, stem(image), labels[0], PAIR_VALUES)
    for label in sorted(folder.glob("*_label.*")):
        name = stem(label).removesuffix("_label")
        images = [p for p in folder.glob(f"{name}.*") if stem(p) == name]
        if images and label.name.lower().endswith(IMAGE_ENDINGS):
            yield _case(images[0], name, label, PAIR_VALUES)


def _case(
    image: Path, name: str, label: Path, values: Mapping[str, tuple[int, ...]], closing_mm: float = 0.0
) -> CaseFiles:
    masks = {organ: (label, wanted) for organ, wanted in values.items()}
    return CaseFiles(name, image, masks, closing_mm, key=str(image.resolve()))
