"""Coded concepts of what we write, once: value, scheme, meaning.

Source:
    clinical-rules.md section 9; every triple stands so in pydicom's concept dictionary (DICOM PS3.16), but for
    the unit mg, which is valid UCUM and in no context group.
"""

from __future__ import annotations

from pydicom.sr.coding import Code

from cacviewer.core.lesions import Artery, LesionClass

# structured report
TITLE = Code("126000", "DCM", "Imaging Measurement Report")
PROCEDURE = Code("426005005", "SCT", "Cardiac CT for calcium scoring")
ANALYSIS = Code("122603", "DCM", "Calcium Scoring Analysis")
AGATSTON = Code("112058", "DCM", "Calcium score")
AGATSTON_METHOD = Code("112055", "DCM", "Agatston scoring method")
VOLUME = Code("122660", "DCM", "Calcium Volume")
MASS = Code("122661", "DCM", "Calcium Mass")
AGATSTON_LIMIT = Code("122657", "DCM", "Agatston Score Threshold")
MASS_LIMIT = Code("122658", "DCM", "Calcium Mass Threshold")
CALIBRATION = Code("122659", "DCM", "Calcium Scoring Calibration")
VESSELS = Code("122762", "DCM", "Number of diseased vessel territories")
RISK = Code("122230", "DCM", "10 Year CHD Risk")
COMMENT = Code("121106", "DCM", "Comment")

# what a segment or a group of measurements is
ORGAN = Code("91723000", "SCT", "Anatomical Structure")
ABNORMAL = Code("49755003", "SCT", "Morphologically Abnormal Structure")
CALCIFICATION = Code("18115005", "SCT", "pathologic calcification")
HEART = Code("80891009", "SCT", "Heart")
AORTA = Code("15825003", "SCT", "Aorta")
CORONARY = Code("41801008", "SCT", "Coronary artery")
ARTERY: dict[Artery, Code] = {
    Artery.LM: Code("3227004", "SCT", "Left Main Coronary Artery"),
    Artery.LAD: Code("59438005", "SCT", "Left Anterior Descending Coronary Artery"),
    Artery.LCX: Code("57396003", "SCT", "Circumflex Coronary Artery"),
    Artery.RCA: Code("13647002", "SCT", "Right Coronary Artery"),
    Artery.UNASSIGNED: CORONARY,
}
OTHER_CALCIUM: dict[LesionClass, Code | None] = {
    LesionClass.AORTA: AORTA,
    LesionClass.VALVE: None,
}
"""Calcium that is not counted and is drawn, with its place; None: there is no code (which valve is not told)."""

# how an image came about
ARTIFICIAL_INTELLIGENCE = Code("123110", "DCM", "Artificial Intelligence")
NEIGHBOURHOOD = Code("123101", "DCM", "Neighborhood Analysis")
SOURCE_IMAGE = Code("121322", "DCM", "Source image for image processing operation")

# units
NO_UNITS = Code("1", "UCUM", "no units")
MM3 = Code("mm3", "UCUM", "cubic millimeter")
MG = Code("mg", "UCUM", "mg")
PERCENT = Code("%", "UCUM", "Percent")
HU = Code("[hnsf'U]", "UCUM", "Hounsfield unit")
