"""What kind of image a part holds, how it was made, and what its headers say against a score (12.5, 12.7)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.rulesets import limit_for, nominal_kvp
from cacviewer.core.study import Acquisition, Gating, Patient, SeriesInfo
from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.kernels import is_kv_independent, is_sharp
from cacviewer.dicom.syntaxes import SYNTAXES, UNKNOWN
from cacviewer.reading.frames import Frame
from cacviewer.reading.voxels import rescale_of

USUAL_THICKNESS_MM = (2.4, 3.1)
MASS_FACTOR_RANGE = (0.3, 1.5)
PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30"
HOUNSFIELD_TYPES = frozenset(("HU", "US", ""))
NOT_PLAIN_CT = re.compile(
    r"IODINE|\bVNC|VIRTUAL.?NON|MONO.?ENERG|\bMONO.?E\b|\bVMI\b|Z.?EFF|EFFECTIVE.?Z|ELECTRON.?DENS|\bRHO"
    r"|URIC.?ACID|MATERIAL|PERFUSION|CALCIUM.?MAP"
)
PROJECTION = re.compile(
    r"\bMIP\b|\bMINIP\b|\b(?:MAX|MIN) IP\b|\b(?:MAXIMUM|MINIMUM)\b|PROJECTION IMAGE|MPR.*THICK|VOLUME.?RENDER|\bVRT\b"
    r"|CURVED|\bCPR\b"
)
NO_CONTRAST = re.compile(
    r"(?:NONE|NO|N|0+(?:\.0*)?|NIL|NA|N/A|NULL|WITHOUT.*|W/?O\b.*|NO[ -]?CONTRAST.*|NON[ -]?CONTRAST.*|NATIVE?"
    r"|UNENHANCED|NO IV.*|NOT? APPLI.*|OHNE.*|SANS.*|PLAIN|-+|\.)"
)
GATED_OPTIONS = re.compile(r"ECG|GATE|^TP\d+PC|\d+BPM$")
NOT_GATED = re.compile(
    r"\bNO[NT]?[ _-]?(?:ECG[ _-]?)?(?:GATED|GATING|GATE|ECG|TRIGGER)|UNGATED|WITHOUT ECG", re.I
)
GATED_TEXT = re.compile(r"\bGATED\b|\bECG\b|\bEKG\b|PROSPECTIVE|RETROSPECTIVE", re.I)
SYNCHRONISED = frozenset(("PROSPECTIVE", "RETROSPECTIVE", "PACED", "REALTIME"))
TIN_PROTOCOL = re.compile(r"(?<![A-Za-z])Sn ?\d{2,3}(?!\d)|(?<![A-Za-z])Sn(?![A-Za-z])")


def info_of_header(header: Header, part: int) -> SeriesInfo:
    """Identity of the series from one of its headers."""
    age = re.fullmatch(r"(\d{1,3})Y", header.code(tags.PATIENT_AGE))
    return SeriesInfo(
        patient=Patient(
            name=header.text(tags.PATIENT_NAME),
            id=header.text(tags.PATIENT_ID),
            sex=header.code(tags.PATIENT_SEX),
            birth_date=_stated_date(header, tags.PATIENT_BIRTH_DATE),
            age_years=int(age.group(1)) if age else None,
        ),
        study_uid=header.code(tags.STUDY_INSTANCE_UID),
        series_uid=header.code(tags.SERIES_INSTANCE_UID),
        series_number=header.integer(tags.SERIES_NUMBER),
        part=part,
        description=header.text(tags.SERIES_DESCRIPTION),
        study_description=header.text(tags.STUDY_DESCRIPTION),
        modality=header.code(tags.MODALITY),
        study_date=_stated_date(header, tags.STUDY_DATE),
        accession_number=header.text(tags.ACCESSION_NUMBER),
        referring_physician=header.text(tags.REFERRING_PHYSICIAN),
        institution=header.text(tags.INSTITUTION_NAME),
        frame_of_reference_uid=header.code(tags.FRAME_OF_REFERENCE_UID),
    )


EARLIEST = "1850"


def _stated_date(header: Header, tag: int) -> str:
    """A date, "" also for those before 1850, which anonymisers write: no age and no interval follows from them."""
    date = header.date(tag)
    return date if date >= EARLIEST else ""


def acquisition_of(frame: Frame, increment_mm: float | None) -> Acquisition:
    """How the part was made, as far as the header says."""
    header = frame.header
    kernel = header.code(tags.CONVOLUTION_KERNEL)
    thickness = header.number(tags.SLICE_THICKNESS)
    agent = _contrast_agent(frame)
    factor = header.number(tags.MASS_FACTOR_PATIENT)
    low, high = MASS_FACTOR_RANGE
    return Acquisition(
        kvp=_positive(header.number(tags.KVP)),
        thickness_mm=_positive(thickness),
        increment_mm=increment_mm,
        kernel=kernel,
        gating=_gating(frame),
        contrast=None if agent is None else bool(agent),
        manufacturer=header.text(tags.MANUFACTURER),
        model_name=header.text(tags.MODEL_NAME),
        kv_independent_kernel=is_kv_independent(kernel),
        tin_filter=_tin(header),
        field_of_view_mm=_positive(header.number(tags.RECONSTRUCTION_DIAMETER)),
        mass_factor_patient=factor if factor is not None and low <= factor <= high else None,
        mass_factor_device=tuple(x for x in header.numbers(tags.MASS_FACTOR_DEVICE) if low <= x <= high),
        ctdi_vol_mgy=_positive(header.number(tags.CTDI_VOL)),
        window_center=header.number(tags.WINDOW_CENTER),
        window_width=_positive(header.number(tags.WINDOW_WIDTH)),
    )


def acquisition_of_all(frames: list[Frame], increment_mm: float | None) -> Acquisition:
    """How a whole part was made: the first slice speaks, but for what decides about the HU limit."""
    beams = [_beam(frame) for frame in frames]
    return replace(
        acquisition_of(frames[0], increment_mm),
        kvp=next((kvp for kvp, _, _ in beams if kvp), None),
        kv_independent_kernel=all(independent for _, independent, _ in beams),
        tin_filter=any(tin for _, _, tin in beams),
    )


def kind_findings(frames: list[Frame]) -> list[Finding]:
    """Whether these are acquired axial CT slices at all; one that is none is enough for an answer."""
    frame = frames[0]
    kinds = {f.image_type for f in frames}
    if frame.is_screen:
        return [finding("secondary_capture")]
    found: list[Finding] = []
    if frame.enhanced:
        found.append(finding("enhanced_multiframe"))
    modality = frame.header.code(tags.MODALITY)
    if modality != "CT":
        found.append(finding("not_ct", modality=modality or "of no stated modality"))
    if frame.is_flat:
        found.append(finding("localizer"))
    elif any(PROJECTION.search(_words(kind)) for kind in kinds):
        found.append(finding("projection_image"))
    elif modality == "CT" and any("DERIVED" in kind for kind in kinds):
        found.append(finding("derived_image"))
    return found


def _words(image_type: tuple[str, ...]) -> str:
    return " ".join(image_type).replace("_", " ")


def voxel_findings(frames: list[Frame]) -> list[Finding]:
    """What the headers say about stored values, rescale and compression (12.5)."""
    found: list[Finding] = []
    first = frames[0]
    unknown = sorted(
        {f.format.syntax_uid for f in frames if not SYNTAXES.get(f.format.syntax_uid, UNKNOWN).codec}
    )
    found += [finding("unsupported_transfer_syntax", uid=uid) for uid in unknown]
    if any(
        SYNTAXES.get(f.format.syntax_uid, UNKNOWN).lossy or f.header.code(tags.LOSSY_COMPRESSION) == "01"
        for f in frames
    ):
        found.append(finding("lossy_compression"))
    if any(f.header.code(tags.PHOTOMETRIC_INTERPRETATION).upper() == "MONOCHROME1" for f in frames):
        found.append(finding("monochrome1"))
    rescales = {rescale_of(frame) for frame in frames}
    if first.header.code(tags.MODALITY) != "CT":
        return found
    if None in rescales:
        found.append(finding("missing_rescale"))
    elif len(rescales) > 1:
        found.append(finding("mixed_rescale"))
    kinds = {frame.header.code(tags.RESCALE_TYPE).upper() for frame in frames} - HOUNSFIELD_TYPES
    if any(f.header.code(tags.SOP_CLASS_UID) == PARAMETRIC_MAP for f in frames):
        kinds.add("PARAMETRIC MAP")
    for image_type in {f.image_type for f in frames}:
        if match := NOT_PLAIN_CT.search(_words(image_type)):
            kinds.add(match.group(0))
    if kinds:
        found.append(finding("not_hounsfield", what=", ".join(sorted(kinds))))
    return found


def acquisition_findings(
    frames: list[Frame], acquisition: Acquisition, coverage_mm: float | None
) -> list[Finding]:
    """What the acquisition does to a score (12.7). Only for CT slices that could be scored."""
    found: list[Finding] = []
    agents = [agent for frame in frames if (agent := _contrast_agent(frame))]
    if agents:
        found.append(finding("contrast_tagged", agent=Counter(agents).most_common(1)[0][0]))
    found += _limit_findings(frames, acquisition)
    if is_sharp(acquisition.kernel, acquisition.manufacturer):
        found.append(finding("sharp_kernel", kernel=acquisition.kernel))
    thickness = _most_unusual_thickness(frames)
    if thickness is not None:
        found.append(finding("thickness_unusual", thickness_mm=thickness))
    if acquisition.gating is Gating.NOT_GATED:
        found.append(finding("not_gated"))
    elif acquisition.gating is Gating.UNKNOWN:
        found.append(finding("gating_unknown"))
    if coverage_mm is not None and coverage_mm < 100:
        # a short scan may still hold the whole heart: a warning only once the heart is known
        found.append(finding("coverage_short", severity=Severity.INFO, mm=round(coverage_mm, 1)))
    return found


def _limit_findings(frames: list[Frame], acquisition: Acquisition) -> list[Finding]:
    """What names the HU limit; a refusal where slices of one series would need several."""
    kinds = {_beam(frame) for frame in frames}
    voltages = sorted({nominal_kvp(kvp) for kvp, _, _ in kinds if kvp})
    changing = ""
    if len(voltages) > 1:
        changing = "tube voltage changes"
    elif len({_limit_hu(acquisition, *kind) for kind in kinds}) > 1:
        changing = "tin filter changes" if len({tin for _, _, tin in kinds}) > 1 else "kernel changes"
    if not changing:
        return list(limit_for(acquisition)[1])
    return [
        finding(
            "kvp_not_120",
            severity=Severity.REFUSAL,
            kvp=" and ".join(map(str, voltages)),
            limit_hu="none",
            source=f"{changing} within the series: no score",
        )
    ]


def _beam(frame: Frame) -> tuple[float | None, bool, bool]:
    """What a slice's limit follows from: tube voltage, a kernel that hides it, a tin filter."""
    header = frame.header
    kernel = header.code(tags.CONVOLUTION_KERNEL)
    return _positive(header.number(tags.KVP)), is_kv_independent(kernel), _tin(header)


def _limit_hu(acquisition: Acquisition, kvp: float | None, independent: bool, tin: bool) -> int:
    """The limit of one slice; a slice that does not state its voltage has that of the others."""
    slice_acquisition = replace(
        acquisition, kvp=kvp or acquisition.kvp, kv_independent_kernel=independent, tin_filter=tin
    )
    return limit_for(slice_acquisition)[0].limit_hu


def _most_unusual_thickness(frames: list[Frame]) -> float | None:
    """The thickness farthest outside the usual range, None where all are inside or not stated."""
    low, high = USUAL_THICKNESS_MM
    stated = {_positive(frame.header.number(tags.SLICE_THICKNESS)) for frame in frames}
    unusual = [mm for mm in stated if mm is not None and not low <= mm <= high]
    return max(unusual, key=lambda mm: (max(low - mm, mm - high), mm), default=None)


def _positive(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None


def _contrast_agent(frame: Frame) -> str | None:
    """Name of the agent; "" where the header says that there was none, None where it says nothing."""
    header = frame.header
    items = frame.parsed.items.get(tags.CONTRAST_AGENT_SEQUENCE, [])
    names = [header.text(tags.CONTRAST_AGENT), *(Header(item).text(tags.CODE_MEANING) for item in items)]
    for name in names:
        if name and not NO_CONTRAST.fullmatch(name.upper().strip()):
            return name
    return "" if items or tags.CONTRAST_AGENT in header else None


def _gating(frame: Frame) -> Gating:
    header = frame.header
    technique = header.code(tags.CARDIAC_SYNCHRONIZATION).upper()
    if technique == "NONE":
        return Gating.NOT_GATED
    options = [option.upper() for option in header.codes(tags.SCAN_OPTIONS)]
    words = f"{header.text(tags.SERIES_DESCRIPTION)} {header.text(tags.PROTOCOL_NAME)}"
    if technique in SYNCHRONISED:
        return Gating.GATED
    if any(NOT_GATED.search(option.replace("_", " ")) for option in options) or NOT_GATED.search(words):
        return Gating.NOT_GATED
    measured = (tags.TRIGGER_TIME, tags.HEART_RATE)  # a time of 0 is what scans without a trigger have
    gated = (
        any(GATED_OPTIONS.search(option) for option in options)
        or any(header.number(tag) for tag in measured)
        or header.number(tags.CARDIAC_PHASE_PERCENT) is not None
        or bool(GATED_TEXT.search(words))
    )
    return Gating.GATED if gated else Gating.UNKNOWN


def _tin(header: Header) -> bool:
    materials = {value.upper() for value in header.codes(tags.FILTER_MATERIAL)}
    words = f"{header.text(tags.PROTOCOL_NAME)} {header.text(tags.SERIES_DESCRIPTION)}"
    return bool(materials & {"TIN", "SN"}) or bool(TIN_PROTOCOL.search(words))
