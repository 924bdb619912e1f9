"""A session file (.cacv): the automatic case, the organs' masks and everything that a reader did; never the pixels.

A ZIP with `session.json` (docs/schema/session-1.schema.json) and the larger masks as .npy beside it, packed to
bits. Written to a temporary name and renamed, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.audit import Entry
from cacviewer.core.case import Case
from cacviewer.core.errors import CacError, UnreadableInput
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.session import Session, ViewState
from cacviewer.core.volume import Volume
from cacviewer.files import refusal, writing_path
from cacviewer.storage.codec import CodecError, Plain, decode, encode

SUFFIX = ".cacv"
SCHEMA = "cacviewer.session/1"
JSON_NAME = "session.json"
MOST_BYTES = 1 << 30
"""A member that unpacks to more is not ours."""
STEP = 8
"""The fingerprint takes every eighth voxel along rows and columns: a scan changes in more than one of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """The series that a session belongs to.

    Attributes:
        path: What was opened.
        study_uid: StudyInstanceUID.
        series_uid: SeriesInstanceUID.
        part: Number of the part where one UID holds several; as in SeriesInfo.
        fingerprint: SHA-256 of what `fingerprint` reads of the volume.
    """

    path: str
    study_uid: str
    series_uid: str
    part: int
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class SavedSession:
    """What a session file holds.

    Attributes:
        source: The series.
        automatic: The program's result.
        anatomy: The organs.
        audit: Everything that the reader did; edits, undo and review follow from it.
        crosshair_lps_mm: Where the views looked, LPS mm.
        selection: Selected lesions.
        view: How the views showed it.
        patient: What the reader had entered of the patient.
        prior: The earlier scan that the score was compared with.
        measurements: Lengths, angles and ellipses.
        software: Name and version that wrote it.
    """

    source: Source
    automatic: Case
    anatomy: Anatomy
    audit: tuple[Entry, ...] = ()
    crosshair_lps_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    selection: tuple[str, ...] = ()
    view: ViewState = ViewState()
    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    measurements: tuple[Measurement, ...] = ()
    software: str = ""


def fingerprint(volume: Volume) -> str:
    """SHA-256 over grid and series of a volume and a sample of its HU: whether another scan is the same."""
    grid, info = volume.grid, volume.info
    head = [
        info.series_uid,
        info.part,
        grid.shape_zyx,
        grid.spacing_mm,
        grid.origin_lps_mm,
        grid.direction_lps,
    ]
    digest = hashlib.sha256(json.dumps(encode(head)).encode())
    digest.update(np.ascontiguousarray(volume.hu[:, ::STEP, ::STEP], "<i2").tobytes())
    return digest.hexdigest()


def source_of(volume: Volume, path: str = "") -> Source:
    """The source of a volume; `path` is what the reader opened, where that is known."""
    info = volume.info
    return Source(path or volume.source, info.study_uid, info.series_uid, info.part, fingerprint(volume))


def saved_of(session: Session, source: Source) -> SavedSession | None:
    """What is saved of a session; None while there is no result."""
    if session.automatic is None or session.anatomy is None:
        return None
    return SavedSession(
        source=source,
        automatic=session.automatic,
        anatomy=session.anatomy,
        audit=session.audit,
        crosshair_lps_mm=session.crosshair_lps_mm,
        selection=session.selection,
        view=session.view,
        patient=session.patient,
        prior=session.prior,
        measurements=session.measurements,
        software=session.automatic.software,
    )


def write_session(saved: SavedSession, path: Path) -> None:
    """Writes a session file whole or not at all.

    Raises:
        CannotWrite: The folder or disk refuses; what was there is as it was.
    """
    with writing_path(path) as part:
        try:
            # private from its first byte on: it names a patient
            with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                    plain = {"schema": SCHEMA, **encode(saved, _Members(archive))}
                    archive.writestr(JSON_NAME, json.dumps(plain, ensure_ascii=True))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise refusal(error, path) from error


def read_session(path: Path) -> SavedSession:
    """Reads a session file; everything in it is checked.

    Raises:
        UnreadableInput: It is none, is damaged, or is of a newer version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            plain = json.loads(_member(archive, JSON_NAME))
            schema = plain.pop("schema", None) if isinstance(plain, dict) else None
            if schema != SCHEMA:
                raise _unreadable(path, f"its schema is {schema!r}, not {SCHEMA!r}")
            return decode(SavedSession, plain, _Members(archive))
    except FileNotFoundError:
        raise UnreadableInput(f"There is no file {path}.", code="path_not_found", path=str(path)) from None
    except CacError:
        raise
    except Exception as error:  # damaged bytes: zipfile, zlib, lzma, json and numpy raise whatever they like
        raise _unreadable(path, str(error) or type(error).__name__) from error


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} is no session file of this version or is damaged ({why}).",
        code="session_damaged",
        path=str(path),
        remedy="Open the scan itself, or a copy of the file.",
    )


class _Members:
    """Masks as members of the ZIP (`codec.Arrays`)."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._count = 0

    def put(self, array: NDArray[Any]) -> dict[str, Plain]:
        """Adds an array; of a mask its bits."""
        self._count += 1
        name = f"masks/{self._count}.npy"
        is_mask = array.dtype == np.bool_
        buffer = io.BytesIO()
        np.save(buffer, np.packbits(array.ravel()) if is_mask else array, allow_pickle=False)
        self._archive.writestr(name, buffer.getbuffer())
        return {"npy": name, "shape": list(array.shape), "dtype": "bool" if is_mask else array.dtype.str}

    def get(self, reference: Mapping[str, Plain]) -> NDArray[Any]:
        """Reads an array, read-only."""
        try:
            shape = tuple(int(n) for n in reference["shape"])
            count = math.prod(shape)
            array: NDArray[Any] = np.load(
                io.BytesIO(_member(self._archive, str(reference["npy"]))), allow_pickle=False
            )
            if reference["dtype"] == "bool":
                if array.dtype != np.uint8 or array.size != (count + 7) // 8 or min(shape, default=0) < 0:
                    raise ValueError("its bits do not fill its shape")
                array = np.unpackbits(array, count=count).view(np.bool_)
            array = array.reshape(shape)
        except (KeyError, TypeError, ValueError, EOFError) as error:
            raise CodecError(f"the array {reference.get('npy')} cannot be read ({error})") from None
        array.flags.writeable = False
        return array


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise ValueError(f"{name} is too large")
    return archive.read(name)
