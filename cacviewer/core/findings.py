"""Findings: what was seen that changes what a score is worth. One catalogue of codes.

A finding travels as code and facts and becomes a sentence where it is shown. Severity: an info stands in
the findings only, a warning is printed beside the score, a refusal gives no score. Codes, severities and
consequences: habits.md 12.9 and clinical-rules.md 11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Fact = str | int | float


class Severity(StrEnum):
    """How a finding acts on the score."""

    INFO = "info"
    WARNING = "warning"
    REFUSAL = "refusal"


RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.REFUSAL: 2}


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the catalogue: usual severity, sentence with places for facts, what to do."""

    severity: Severity
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Build it with `finding(code, ...)`, which checks the code.

    Attributes:
        code: Key of CATALOGUE.
        severity: Of this very finding (a few codes have two).
        facts: Name and value of what the sentence speaks of.
        files: Paths it is about.
        slices: Slice indices (z) it is about.
    """

    code: str
    severity: Severity
    facts: tuple[tuple[str, Fact], ...] = ()
    files: tuple[str, ...] = ()
    slices: tuple[int, ...] = ()

    @property
    def message(self) -> str:
        """The sentence in English."""
        return _filled(CATALOGUE[self.code].sentence, self.facts)

    @property
    def remedy(self) -> str:
        """What to do, in English, or ""."""
        return _filled(CATALOGUE[self.code].remedy, self.facts)


_BY_NUMBER = {"s": ("", "s"), "are": ("is", "are"), "were": ("was", "were"), "have": ("has", "have")}
"""Places of a sentence that follow from its `count`: the word for one, the word for several."""


class _Facts(dict[str, Fact]):
    def __missing__(self, key: str) -> str:
        if key in _BY_NUMBER:
            return _BY_NUMBER[key][self.get("count") != 1]
        return "?"


def _filled(sentence: str, facts: tuple[tuple[str, Fact], ...]) -> str:
    return sentence.format_map(_Facts(facts)) if "{" in sentence else sentence


def finding(
    code: str,
    *,
    severity: Severity | None = None,
    files: Iterable[str] = (),
    slices: Iterable[int] = (),
    **facts: Fact,
) -> Finding:
    """Makes a finding of a known code; the severity is the catalogue's unless it is given.

    Raises:
        KeyError: The code is not in the catalogue.
    """
    kind = CATALOGUE[code]
    return Finding(code, severity or kind.severity, tuple(sorted(facts.items())), tuple(files), tuple(slices))


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest severity among findings, None if there are none."""
    return max((f.severity for f in findings), key=RANK.__getitem__, default=None)


def refusals(findings: Iterable[Finding]) -> list[Finding]:
    """Those that forbid a score."""
    return [f for f in findings if f.severity is Severity.REFUSAL]


INFO, W, R = Severity.INFO, Severity.WARNING, Severity.REFUSAL
_AGAIN = "Export the series again from the scanner or PACS."
_CHOOSE = "Choose the original axial CT series of the heart or chest."
_COMPARE = "Compare with other scans of this patient only if they were made in the same way."

CATALOGUE: dict[str, Kind] = {
    # input
    "no_dicom": Kind(R, "There is no readable CT image in {path}.", "Choose the folder that holds the DICOM files."),
    "path_not_found": Kind(R, "{path} does not exist.", "Check the path."),
    "no_permission": Kind(W, "{count} file{s} could not be opened (no permission).", "Ask for the right to read them."),
    "source_vanished": Kind(R, "The source went away while it was read.", "Put the disk back and open it again."),
    "empty_file": Kind(INFO, "{count} file{s} {are} empty and {were} skipped.",
                       "If slices are missing, copy the files again."),
    "not_dicom": Kind(INFO, "{count} file{s} {are} not DICOM and {were} skipped."),
    "unreadable_file": Kind(W, "{count} DICOM file{s} cannot be read.", _AGAIN),
    "truncated_file": Kind(W, "{count} file{s} {are} cut short; slices are missing.", _AGAIN),
    "siblings_read": Kind(INFO, "One slice was opened; {count} more file{s} of its series in the same folder {were} read "
                                "with it."),
    "header_repaired": Kind(INFO, "Values in the header were not as the standard says and were read leniently: {what}.",
                            "Check these values in the header if a number looks odd."),
    "no_preamble": Kind(INFO, "Files without the DICOM preamble were read."),
    "charset_guessed": Kind(INFO, "The character set is missing or wrong; text was guessed.",
                            "Check the patient's name before you print a report."),
    "unsafe_archive_member": Kind(W, "{count} member{s} of the archive with a path outside it {were} skipped.",
                                  "Ask the sender for a clean archive."),
    "archive_bomb": Kind(R, "The archive grows beyond the limits while it is unpacked; nothing of it was used.",
                         "Unpack it with another program and open the folder, if you trust its sender."),
    "archive_encrypted": Kind(R, "The archive is protected by a password.", "Unpack it first."),
    "archive_damaged": Kind(W, "The archive is damaged; what could be unpacked was used.", "Copy it again."),
    "dicomdir_incomplete": Kind(W, "The DICOMDIR lists {count} file{s} that {are} missing or outside its folder.",
                                "Copy the whole disc again if slices are missing; the folder itself was read."),
    # grouping
    "missing_series_uid": Kind(W, "The series has no SeriesInstanceUID; it was grouped by its other tags.",
                               "Check that all its slices belong together."),
    "missing_sop_uid": Kind(INFO, "Images without SOPInstanceUID were told apart by their contents."),
    "series_split": Kind(INFO, "One series UID holds images of several kinds or geometries; this is part {part}.",
                         "Look at the other parts in the series list."),
    "phases_split": Kind(W, "One series holds {count} phases or times ({by}); this is one of them.",
                         "Check that this is the phase to score."),
    "mixed_patients": Kind(W, "One series UID holds images of several patients; they were separated.",
                           "Check the patient before you use the score."),
    "duplicate_slices": Kind(INFO, "{count} slice{s} {are} there twice; one of each was kept."),
    "conflicting_slices": Kind(R, "{count} position{s} {have} two different images and nothing tells them apart.", _AGAIN),
    # geometry
    "missing_position": Kind(R, "Images have no position (ImagePositionPatient).", _AGAIN),
    "missing_orientation": Kind(R, "Images have no orientation (ImageOrientationPatient).", _AGAIN),
    "bad_orientation": Kind(R, "The orientation vectors are not of unit length or not at right angles.", _AGAIN),
    "missing_pixel_spacing": Kind(R, "The pixel spacing is missing or zero, so nothing can be measured.", _AGAIN),
    "missing_slices": Kind(R, "{count} slice{s} {are} missing at {where} mm (number {numbers} of {of}). The series can be "
                              "viewed; it is not scored, because calcium there would be missed.", _AGAIN),
    "increment_jitter": Kind(W, "Slice positions differ by up to {percent} % from regular; the fitted increment of "
                                "{increment_mm} mm is used.", "Prefer an export with unrounded positions, if there is one."),
    "variable_increment": Kind(R, "The distance between slices is not constant ({low_mm} to {high_mm} mm).",
                               "Choose a reconstruction with constant increment."),
    "lateral_shift": Kind(R, "Slices are displaced sideways by up to {shift_mm} mm.", _AGAIN),
    "gantry_tilt": Kind(R, "The gantry was tilted by {degrees} degrees; areas and distances are not what they seem.",
                        "Choose a scan without tilt."),
    "oblique_acquisition": Kind(W, "The slices are tilted by {degrees} degrees; they are scored as acquired.",
                                "Prefer the axial reconstruction of the same scan, if there is one."),
    "not_axial": Kind(R, "The slices are not axial ({degrees} degrees off).", _CHOOSE),
    "single_slice": Kind(R, "The series has only one slice.", _CHOOSE),
    "overlapping_slices": Kind(INFO, "Slices overlap: increment {increment_mm} mm, thickness {thickness_mm} mm.",
                               "The rule set decides how overlapping slices count."),
    "slice_gap": Kind(W, "There are gaps between slices: increment {increment_mm} mm, thickness {thickness_mm} mm. "
                         "Tissue between them was not seen.", "Choose a contiguous reconstruction, if there is one."),
    "spacing_tag_disagrees": Kind(INFO, "SpacingBetweenSlices says {tag_mm} mm, the positions say {increment_mm} mm; "
                                     "the positions are used."),
    "thickness_missing": Kind(W, "The slice thickness is not stated.", "Look it up in the scan protocol."),
    # voxels
    "missing_rescale": Kind(R, "Rescale slope or intercept is missing: the values are not Hounsfield units.", _AGAIN),
    "mixed_rescale": Kind(INFO, "Rescale differs between slices and was applied to each."),
    "not_hounsfield": Kind(R, "The values are not Hounsfield units of a plain CT ({what}).", _CHOOSE),
    "padding_replaced": Kind(INFO, "Padding outside the scan circle ({percent} % of the voxels) was set to air."),
    "padding_ignored": Kind(W, "The declared padding value is a tissue value and was kept.",
                            "Look at the edge of the picture for false bright or dark pixels."),
    "monochrome1": Kind(INFO, "Photometric interpretation MONOCHROME1; values are unchanged."),
    "bits_masked": Kind(INFO, "Bits above the stored ones were in use and were masked."),
    "hu_clipped": Kind(INFO, "Values outside the 16-bit range were clipped."),
    "lossy_compression": Kind(W, "The images were compressed with loss; small calcifications may have changed.",
                              "Choose the original images, if they still exist."),
    "unsupported_transfer_syntax": Kind(R, "There is no decoder for transfer syntax {uid}.",
                                        "Export the series uncompressed."),
    "decode_failed": Kind(W, "{count} slice{s} could not be decoded and {are} missing.", _AGAIN),
    "enhanced_multiframe": Kind(INFO, "Enhanced multi-frame object."),
    # kind and acquisition
    "not_ct": Kind(R, "The series is {modality}, not CT.", _CHOOSE),
    "localizer": Kind(R, "This is a localizer (scout view).", _CHOOSE),
    "projection_image": Kind(R, "These are projections (MIP, MPR thick or the like), not acquired slices.", _CHOOSE),
    "derived_image": Kind(W, "These are derived images, not the original ones.", "Prefer the original series, if there is one."),
    "secondary_capture": Kind(R, "These are screen captures without Hounsfield units.", _CHOOSE),
    "acquisition_unknown": Kind(W, "The file format does not say how the scan was made; Hounsfield units at 120 kVp are "
                                   "assumed.", "Use the DICOM series, if there is one."),
    "contrast_tagged": Kind(W, "The header speaks of contrast medium ({agent}).", "Check that this is the native scan."),
    "contrast_seen": Kind(R, "Contrast medium is seen: mean of the {place} {blood_hu} HU, above {limit_hu} HU. Vessels are "
                             "as bright as calcium, so a score would mean nothing.", "Choose the scan without contrast."),
    "kvp_missing": Kind(W, "The tube voltage is not stated; the limit of 130 HU (120 kVp) is used.",
                        "Look it up in the scan protocol."),
    "kvp_not_120": Kind(W, "Tube voltage {kvp} kVp; limit {limit_hu} HU ({source}).", _COMPARE),
    "kv_independent_kernel": Kind(W, "The kernel {kernel} shows calcium as at 120 kVp; the limit stays 130 HU.",
                                  _COMPARE),
    "tin_filter": Kind(W, "A tin filter was used: the tube voltage does not describe the beam; 130 HU, the score is an "
                          "estimate.", _COMPARE),
    "sharp_kernel": Kind(W, "The kernel {kernel} is sharp: it raises peaks and noise.",
                         "Choose the reconstruction with a soft kernel, if there is one."),
    "thickness_unusual": Kind(W, "Slice thickness {thickness_mm} mm; scores are made for 2.5-3 mm. Thick slices may hide "
                                 "small calcium, thin ones raise the score.",
                              "Choose the reconstruction of 2.5 or 3 mm, if there is one."),
    "not_gated": Kind(W, "The scan was not ECG-gated: small calcifications may be missed and scores differ.", _COMPARE),
    "gating_unknown": Kind(INFO, "The header does not say whether the scan was ECG-gated.",
                           "Look it up in the scan protocol."),
    "metal_suspected": Kind(W, "Metal is suspected (voxels of {max_hu} HU).",
                            "Look for stents, clips, wires and streaks near the lesions."),
    "coverage_short": Kind(W, "The scan covers only {mm} mm along the body.", "Check that it holds the whole heart."),
    "fov_cut": Kind(W, "The field of view cuts the heart ({where}); the score is a lower bound and has no category."),
    "noise_high": Kind(W, "The image is noisy (standard deviation {sd_hu} HU): specks may reach the limit."),
    "heart_not_found": Kind(R, "No heart was found ({reason}).", "Check that the scan shows the heart."),
    # scoring and review
    "stent_or_bypass": Kind(W, "A stent or bypass graft is marked: its artery cannot be scored reliably."),
    "limit_changed": Kind(W, "The HU limit was changed by the reader; no category is given."),
    "artery_unassigned": Kind(INFO, "{count} coronary lesion{s} {have} no artery yet."),
    "mass_uncalibrated": Kind(INFO, "The mass is not calibrated for this scanner."),
    "category_edge": Kind(INFO, "The score lies near an edge: {a} or {b}."),
}  # fmt: skip
