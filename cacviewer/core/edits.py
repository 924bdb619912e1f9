"""A reader's corrections as small values, and what they make of an automatic case.

The automatic case never changes; the shown case is `applied(automatic, edits, hu)`, and `changed` lays one edit
over a case, which gives the same. Undo and redo move a cursor over the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.assess import assessed
from cacviewer.core.case import Case
from cacviewer.core.findings import finding
from cacviewer.core.geometry import slices_of
from cacviewer.core.labelled import Memo
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.reshaping import (
    Scan,
    merged,
    new_lesion,
    parts_of,
    place_id,
    reshaped,
    with_limit,
    with_voxels,
    without_voxels,
)
from cacviewer.core.runs import VoxelRuns
from cacviewer.core.unreached import changes_the_score, counted_again, is_unreached, unreached

LIMIT_CODE = "limit_changed"
Point = tuple[float, float, float]
Lesions = dict[str, Lesion]


@dataclass(frozen=True, slots=True)
class _Deed:
    """What every edit says.

    Attributes:
        lesion_ids: The lesions it is about.
        reviewer: Who made it.
        at: When, ISO 8601.
    """

    lesion_ids: tuple[str, ...]
    reviewer: str = field(default="", kw_only=True)
    at: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class GiveArtery(_Deed):
    """Counts lesions for an artery (UNASSIGNED: coronary, artery not known)."""

    artery: Artery


@dataclass(frozen=True, slots=True)
class Reject(_Deed):
    """Takes lesions out of the score; they stay listed as other calcium."""


@dataclass(frozen=True, slots=True)
class Restore(_Deed):
    """Counts other calcium as coronary, for the artery that was proposed for it.

    What is out of the score because nothing reaches its own limit has the rule set's limit again.
    """


@dataclass(frozen=True, slots=True)
class AddLesion(_Deed):
    """A new coronary lesion from painted or grown voxels; those below the limit are left out."""

    voxels: VoxelRuns
    artery: Artery = Artery.UNASSIGNED
    grown: bool = False


@dataclass(frozen=True, slots=True)
class Paint(_Deed):
    """Adds voxels to a lesion, taking them from others; those below the limit are left out."""

    voxels: VoxelRuns


@dataclass(frozen=True, slots=True)
class Erase(_Deed):
    """Takes voxels away from lesions; a lesion that loses all of them is gone."""

    voxels: VoxelRuns


@dataclass(frozen=True, slots=True)
class Split(_Deed):
    """Makes several lesions of one: the two sides of a plane, or its connected pieces where there is no plane.

    Attributes:
        lesion_ids: The one that is split; its largest part keeps the id.
        new_ids: Ids of the other parts, the larger first.
        point_lps_mm: A point of the plane, LPS mm.
        normal_lps: Its normal.
    """

    new_ids: tuple[str, ...]
    point_lps_mm: Point | None = None
    normal_lps: Point | None = None


@dataclass(frozen=True, slots=True)
class Merge(_Deed):
    """Makes one lesion of several; the first gives id, class and artery (the first that reaches its limit, the class).

    A limit of its own that one of them has stays with the whole: there is no category.
    """


@dataclass(frozen=True, slots=True)
class ChangeLimit(_Deed):
    """Gives lesions an HU limit of their own; None: the rule set's again. The case then has no category.

    A lesion of which nothing reaches its limit is not counted and stays listed with the voxels it had.
    """

    limit_hu: int | None


Edit = GiveArtery | Reject | Restore | AddLesion | Paint | Erase | Split | Merge | ChangeLimit


def scan_of(case: Case, hu: NDArray[np.int16]) -> Scan:
    """What edits of a case read of its volume (z, y, x) int16."""
    return Scan(hu, case.grid, case.rules.limit_hu)


def applied(automatic: Case, edits: Iterable[Edit], hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """The automatic case with edits laid over it, scored again.

    Args:
        automatic: The case as the program made it.
        edits: In the order they were made; ids that the case does not hold are ignored.
        hu: (z, y, x) int16 of the whole volume.
        memo: As in `assess.assessed`: makes the next edit of a sitting cheap.

    Returns:
        `automatic` itself if there are no edits.
    """
    edits = tuple(edits)
    if not edits:
        return automatic
    lesions = automatic.lesions
    for edit in edits:
        lesions = lesions_after(lesions, edit, scan_of(automatic, hu))
    return with_lesions(automatic, lesions, hu, memo)


def changed(case: Case, edit: Edit, hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """A case with one more edit, scored again; arguments as in `applied`."""
    return with_lesions(case, lesions_after(case.lesions, edit, scan_of(case, hu)), hu, memo)


def with_lesions(
    case: Case, lesions: tuple[Lesion, ...], hu: NDArray[np.int16], memo: Memo | None = None
) -> Case:
    """The case with other lesions, scored again; a limit of its own that changes what counts is a finding."""
    findings = tuple(f for f in case.findings if f.code != LIMIT_CODE)
    if any(changes_the_score(lesion) for lesion in lesions):
        findings += (finding(LIMIT_CODE),)
    return assessed(replace(case, lesions=lesions, findings=findings), hu, memo)


def lesions_after(lesions: tuple[Lesion, ...], edit: Edit, scan: Scan) -> tuple[Lesion, ...]:
    """The lesions after an edit; those it does not touch are the same objects in the same order."""
    by_id = {lesion.id: lesion for lesion in lesions}
    _RULES[type(edit)](by_id, edit, scan)
    return tuple(by_id.values())


def split_of(
    case: Case, lesion_id: str, hu: NDArray[np.int16], plane: tuple[Point, Point] | None
) -> Split | None:
    """The edit that splits a lesion by a plane (point, normal) or into its pieces; None if it would not."""
    lesion = case.lesion(lesion_id)
    point, normal = plane or (None, None)
    parts = parts_of(lesion, case.grid, point, normal)
    taken = {other.id for other in case.lesions}
    ids: list[str] = []
    for part in parts[1:]:
        ids.append(place_id(lesion.box, part, hu, taken))
        taken.add(ids[-1])
    return Split((lesion_id,), tuple(ids), point, normal) if ids else None


def _give(lesions: Lesions, edit: GiveArtery, scan: Scan) -> None:
    sure = 0.0 if edit.artery is Artery.UNASSIGNED else 1.0
    for lesion in _within_reach(lesions, edit, scan):
        reason = lesion.reason if lesion.is_scored else f"counted by the reader ({lesion.reason})"
        lesions[lesion.id] = replace(
            lesion, kind=LesionClass.CORONARY, artery=edit.artery, artery_confidence=sure, reason=reason
        )


def _reject(lesions: Lesions, edit: Reject, scan: Scan) -> None:
    for lesion in _named(lesions, edit):
        if lesion.is_scored:
            reason = f"excluded by the reader ({lesion.reason})"
            lesions[lesion.id] = replace(lesion, kind=LesionClass.REJECTED, reason=reason)


def _restore(lesions: Lesions, edit: Restore, scan: Scan) -> None:
    for lesion in _within_reach(lesions, edit, scan):
        if not lesion.is_scored:
            reason = f"counted by the reader ({lesion.reason})"
            lesions[lesion.id] = replace(lesion, kind=LesionClass.CORONARY, reason=reason)


def _add(lesions: Lesions, edit: AddLesion, scan: Scan) -> None:
    lesion_id, box = edit.lesion_ids[0], edit.voxels.box
    if lesion_id in lesions:
        return
    voxels = edit.voxels.mask() & (np.asarray(scan.hu[slices_of(box)]) >= scan.limit_hu)
    reason = "grown from the reader's click" if edit.grown else "painted by the reader"
    lesion = new_lesion(lesion_id, box, voxels, edit.artery, reason, scan)
    if lesion is not None:
        _take_from_others(lesions, "", edit.voxels, voxels, scan)
        lesions[lesion_id] = lesion


def _paint(lesions: Lesions, edit: Paint, scan: Scan) -> None:
    box = edit.voxels.box
    for lesion in _named(lesions, edit)[:1]:
        voxels = edit.voxels.mask() & (np.asarray(scan.hu[slices_of(box)]) >= scan.limit_of(lesion))
        if voxels.any():
            _take_from_others(lesions, lesion.id, edit.voxels, voxels, scan)
            lesions[lesion.id] = with_voxels(lesion, box, voxels, scan)
            if is_unreached(lesion):  # now something reaches it
                _limit(lesions, lesion.id, lesion.limit_hu, scan)


def _take_from_others(
    lesions: Lesions, but: str, runs: VoxelRuns, voxels: NDArray[np.bool_], scan: Scan
) -> None:
    """A voxel belongs to one lesion: the one that was painted last."""
    for other in [lesion for lesion in lesions.values() if lesion.id != but]:
        _put(lesions, other.id, without_voxels(other, runs.box, voxels, scan))


def _erase(lesions: Lesions, edit: Erase, scan: Scan) -> None:
    voxels = edit.voxels.mask()
    for lesion in _named(lesions, edit):
        _put(lesions, lesion.id, without_voxels(lesion, edit.voxels.box, voxels, scan))


def _split(lesions: Lesions, edit: Split, scan: Scan) -> None:
    for lesion in _named(lesions, edit)[:1]:
        parts = parts_of(lesion, scan.grid, edit.point_lps_mm, edit.normal_lps)
        ids = (lesion.id, *edit.new_ids)
        if len(parts) != len(ids) or any(new in lesions for new in edit.new_ids):
            return
        for new_id, part in zip(ids, parts, strict=True):
            _put(lesions, new_id, reshaped(replace(lesion, id=new_id), lesion.box, part, scan))


def _merge(lesions: Lesions, edit: Merge, scan: Scan) -> None:
    found = _named(lesions, edit)
    if len(found) > 1:
        lead = next((lesion for lesion in found if not is_unreached(lesion)), found[0])
        whole = merged([replace(lead, id=found[0].id), *found], scan)
        if is_unreached(lead):  # so are all of them
            own = max((lesion.limit_hu for lesion in found if lesion.limit_hu is not None), default=None)
            whole = unreached(whole, own, scan.limit_hu if own is None else own)
        lesions[found[0].id] = whole
        for other in found[1:]:
            del lesions[other.id]


def _change_limit(lesions: Lesions, edit: ChangeLimit, scan: Scan) -> None:
    for lesion in _named(lesions, edit):
        _limit(lesions, lesion.id, edit.limit_hu, scan)


def _limit(lesions: Lesions, lesion_id: str, limit_hu: int | None, scan: Scan) -> None:
    lesion = lesions[lesion_id]
    others = [other for other in lesions.values() if other.id != lesion_id]
    new = with_limit(lesion, limit_hu, others, scan)
    if new is None:
        own = None if limit_hu == scan.limit_hu else limit_hu
        lesions[lesion_id] = unreached(lesion, own, scan.limit_hu if own is None else own)
    else:
        lesions[lesion_id] = counted_again(new)


def _within_reach(lesions: Lesions, edit: Edit, scan: Scan) -> list[Lesion]:
    """The lesions an edit names that can count: those that do not reach their own limit have the usual one again."""
    for lesion in _named(lesions, edit):
        if not lesion.is_scored and lesion.limit_hu is not None and lesion.max_hu < lesion.limit_hu:
            _limit(lesions, lesion.id, None, scan)
    return [lesion for lesion in _named(lesions, edit) if not is_unreached(lesion)]


_RULES: dict[type[Any], Callable[[Lesions, Any, Scan], None]] = {
    GiveArtery: _give,
    Reject: _reject,
    Restore: _restore,
    AddLesion: _add,
    Paint: _paint,
    Erase: _erase,
    Split: _split,
    Merge: _merge,
    ChangeLimit: _change_limit,
}
"""What each edit does to the lesions by id, in place."""


def _named(lesions: Lesions, edit: Edit) -> list[Lesion]:
    return [lesions[lesion_id] for lesion_id in edit.lesion_ids if lesion_id in lesions]


def _put(lesions: Lesions, lesion_id: str, lesion: Lesion | None) -> None:
    if lesion is None:
        del lesions[lesion_id]
    else:
        lesions[lesion_id] = lesion
