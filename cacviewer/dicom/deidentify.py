"""De-identification by the Basic Application Level Confidentiality Profile (PS3.15 annex E).

The table of attributes is data of dicom-anonymizer (edition 2026c of the standard); what is done with them, and
what is done on top, stands here. Of two allowed actions the one that leaves less is taken, unless an image
would be invalid without the attribute.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import io
import secrets
import uuid
import warnings
from typing import Any

import pydicom
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag
from pydicom.uid import UID

from cacviewer.dicom.syntaxes import EXPLICIT_LITTLE, SYNTAXES, UNKNOWN
from cacviewer.dicom.write import IMPLEMENTATION_UID

EDITION = "dicomfields_2026c"
PROFILE = "PS3.15 Basic Application Confidentiality Profile, table 2026c"
STANDARD_ROOT = "1.2.840.10008."
PATIENT_NAME, PATIENT_ID = 0x00100010, 0x00100020
CONTRAST_AGENT, BURNED_IN = 0x00180010, 0x00280301

REMOVE, EMPTY, DUMMY, NEW_UID, LOOK_INSIDE = "X", "Z", "D", "U", "K"
_LISTS: dict[str, str] = {
    "X_TAGS": REMOVE,
    "X_D_TAGS": REMOVE,
    "Z_TAGS": EMPTY,
    "Z_D_TAGS": EMPTY,
    "X_Z_TAGS": EMPTY,
    "X_Z_D_TAGS": EMPTY,
    "D_TAGS": DUMMY,
    "U_TAGS": NEW_UID,
    "X_Z_U_STAR_TAGS": LOOK_INSIDE,
}
"""Lists of the table and what is done with their attributes here."""

_DUMMIES: dict[str, Any] = {
    "DA": "19000101", "TM": "000000", "DT": "19000101000000", "AS": "000Y", "PN": "Anonymous", "AE": "ANONYMOUS",
    "UI": "2.25.0", "UR": "", "DS": "0", "IS": "0", "OB": b"\0\0", "OW": b"\0\0", "UN": b"", "SQ": (),
}  # fmt: skip
_NUMBERS = frozenset(("US", "SS", "UL", "SL", "FL", "FD", "SV", "UV"))
_NO_CONTRAST = frozenset(("NONE", "NO", "N", "0"))


def actions() -> dict[int, str]:
    """Tag to action, from the table; groups that repeat (curves, overlays) are removed whole and not in it."""
    # by name: the package imports more than its table, and only who anonymises should pay for it
    table = importlib.import_module(f"dicomanonymizer.dicom_anonymization_databases.{EDITION}")
    found: dict[int, str] = {}
    for name, action in _LISTS.items():
        for entry in getattr(table, name):
            if len(entry) == 2:
                found[entry[0] << 16 | entry[1]] = action
    return found


_UNREADABLE = (
    ValueError, TypeError, AttributeError, LookupError, OSError, EOFError, OverflowError, RecursionError,
    NotImplementedError,
)  # fmt: skip
"""What pydicom raises on damaged data."""


class Deidentifier:
    """Rules of one batch: the same UID or patient gets the same new one in all of its files.

    Args:
        program: Name and version for DeidentificationMethod.
        key: Secret of the batch; None for a new one that nobody keeps, so that nothing can be traced back.
    """

    def __init__(self, program: str, key: bytes | None = None) -> None:
        self._actions = actions()
        self._program = program
        self._key = key or secrets.token_bytes(32)

    def uid(self, uid: str) -> str:
        """The new UID in place of one; UIDs of the standard stay."""
        if not uid or uid.startswith(STANDARD_ROOT):
            return uid
        return f"2.25.{uuid.UUID(bytes=self._digest('uid', uid)[:16], version=4).int}"

    def pseudonym(self, patient_id: str, name: str) -> str:
        """What stands for a patient in name and number."""
        return "ANON-" + self._digest("patient", patient_id or f"name {name}").hex()[:8].upper()

    def copy(self, data: bytes) -> tuple[bytes, Dataset]:
        """The bytes of a file without what tells who was scanned, and its header.

        Raises:
            ValueError: It cannot be parsed as a whole.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                d = pydicom.dcmread(io.BytesIO(data), force=True)
                self._clean_file(d)
                out = io.BytesIO()
                d.save_as(out, enforce_file_format=True)
            except _UNREADABLE as error:
                raise ValueError(f"{type(error).__name__}: {error}") from error
        return out.getvalue(), d

    def _digest(self, *words: str) -> bytes:
        return hmac.new(self._key, "\0".join(words).encode("utf_8", "replace"), hashlib.sha256).digest()

    def _clean_file(self, d: pydicom.FileDataset) -> None:
        patient = self.pseudonym(str(d.get("PatientID", "")), str(d.get("PatientName", "")))
        syntax = str(d.file_meta.get("TransferSyntaxUID", "")) or _syntax_of(d)
        _mask_overlay_bits(d, syntax)
        self._clean(d)
        d.PatientName, d.PatientID = patient, patient
        d.PatientIdentityRemoved = "YES"
        d.DeidentificationMethod = [self._program, PROFILE]
        d.DeidentificationMethodCodeSequence = Sequence([_profile_code()])
        d.LongitudinalTemporalInformationModified = "REMOVED"
        if "SOPInstanceUID" not in d:
            d.SOPInstanceUID = UID(self.uid(hashlib.sha256(bytes(d.get("PixelData", b""))).hexdigest()))
        meta = FileMetaDataset()  # of the old one nothing stays: titles of stations, private information
        meta.MediaStorageSOPClassUID = UID(d.get("SOPClassUID", ""))
        meta.MediaStorageSOPInstanceUID = UID(d.SOPInstanceUID)
        meta.TransferSyntaxUID = UID(syntax)
        meta.ImplementationClassUID = UID(IMPLEMENTATION_UID)
        d.file_meta, d.preamble = meta, bytes(128)

    def _clean(self, d: Dataset) -> None:
        """One level of a data set; values that nobody asks about stay as their bytes are."""
        for tag in list(d.keys()):
            if tag.is_private or _is_repeating(tag):
                del d[tag]
                continue
            vr = _vr_of(d, tag)
            action = self._actions.get(int(tag), "")
            if action == REMOVE or vr == "UN" or (vr == "PN" and not action):
                del d[tag]
            elif tag == CONTRAST_AGENT:
                d[tag] = DataElement(tag, "LO", _contrast_of(str(d[tag].value or "")))
            elif vr == "UI":
                d[tag].value = self._uids(d[tag].value)
            elif action == EMPTY:
                d[tag] = DataElement(tag, vr, Sequence() if vr == "SQ" else None)
            elif action in (DUMMY, NEW_UID):
                d[tag] = DataElement(tag, vr, 0 if vr in _NUMBERS else _DUMMIES.get(vr, "ANONYMIZED"))
            elif vr == "SQ":
                for item in d[tag].value or ():
                    self._clean(item)

    def _uids(self, value: Any) -> Any:
        if isinstance(value, str) or not value:
            return self.uid(str(value or ""))
        return [self.uid(str(part)) for part in value]


def _vr_of(d: Dataset, tag: BaseTag) -> str:
    """Representation as stated, else by the standard; "UN" for public elements that nobody knows."""
    stated = d.get_item(tag).VR
    if stated and stated != "UN":
        return str(stated)
    try:
        return dictionary_VR(tag).split(" ")[0]
    except KeyError:
        return "UN"


def _is_repeating(tag: BaseTag) -> bool:
    """Curves and overlays: pictures and text that may hold anything."""
    return tag.group & 0xFF00 in (0x5000, 0x6000)


def _contrast_of(agent: str) -> str:
    """Whether contrast was given matters to who reads the copy; its name may be any text."""
    agent = agent.strip().upper()
    if not agent:
        return ""
    return "NONE" if agent in _NO_CONTRAST else "CONTRAST"


def _mask_overlay_bits(d: Dataset, syntax: str) -> None:
    """Overlays in spare bits of plain 16-bit pixels go with the overlay groups (they may show a name)."""
    stored, allocated = d.get("BitsStored", 16), d.get("BitsAllocated", 16)
    plain = SYNTAXES.get(syntax, UNKNOWN)
    if plain.encapsulated or allocated != 16 or not 0 < stored < 16 or "PixelData" not in d:
        return
    if not any(
        int(d.get((group, 0x0102)).value or 0) for group in range(0x6000, 0x6020, 2) if (group, 0x0102) in d
    ):
        return
    import numpy as np

    high = int(d.get("HighBit", stored - 1))
    mask = ((1 << stored) - 1) << max(0, high + 1 - stored)
    values = np.frombuffer(d.PixelData, ">u2" if plain.big_endian else "<u2") & mask
    d.PixelData = values.astype(">u2" if plain.big_endian else "<u2").tobytes()


def _syntax_of(d: pydicom.FileDataset) -> str:
    """Of a data set without a file header, by how pydicom read it."""
    implicit, little = d.original_encoding
    if implicit:
        return "1.2.840.10008.1.2"
    return EXPLICIT_LITTLE if little else "1.2.840.10008.1.2.2"


def _profile_code() -> Dataset:
    """(113100, DCM, "Basic Application Confidentiality Profile"), PS3.16 CID 7050."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator = "113100", "DCM"
    item.CodeMeaning = "Basic Application Confidentiality Profile"
    return item
