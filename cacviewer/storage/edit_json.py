"""An edit as it stands in case.json, and back (docs/schema/case-1.schema.json, "reviewed")."""

from __future__ import annotations

from typing import Any

from cacviewer.core.edits import (
    AddLesion,
    ChangeLimit,
    Edit,
    Erase,
    GiveArtery,
    Merge,
    Paint,
    Point,
    Reject,
    Restore,
    Split,
)
from cacviewer.core.lesions import Artery
from cacviewer.core.runs import VoxelRuns

KINDS: dict[type[Any], str] = {
    GiveArtery: "give_artery",
    Reject: "reject",
    Restore: "restore",
    AddLesion: "add",
    Paint: "paint",
    Erase: "erase",
    Split: "split",
    Merge: "merge",
    ChangeLimit: "change_limit",
}
"""Names of edits in case.json."""


def edit_document(edit: Edit) -> dict[str, Any]:
    """An edit as plain data."""
    artery = edit.artery.value if isinstance(edit, GiveArtery | AddLesion) else None
    document: dict[str, Any] = {
        "kind": KINDS[type(edit)],
        "lesions": list(edit.lesion_ids),
        "artery": artery,
    }
    if isinstance(edit, AddLesion | Paint | Erase):
        document["bbox_index_zyx"] = list(edit.voxels.box)
        document["voxels"] = edit.voxels.count
        document["runs"] = list(edit.voxels.runs)
    if isinstance(edit, AddLesion):
        document["grown"] = edit.grown
    if isinstance(edit, Split):
        document["new_lesions"] = list(edit.new_ids)
        document["point_lps_mm"] = list(edit.point_lps_mm) if edit.point_lps_mm else None
        document["normal_lps"] = list(edit.normal_lps) if edit.normal_lps else None
    if isinstance(edit, ChangeLimit):
        document["limit_hu"] = edit.limit_hu
    return document | {"reviewer": edit.reviewer, "at": edit.at}


def edit_from(data: dict[str, Any]) -> Edit:
    """The edit of plain data.

    Raises:
        KeyError, ValueError: It is none.
    """
    ids, kind = tuple(data["lesions"]), data["kind"]
    who: dict[str, str] = {"reviewer": data["reviewer"], "at": data["at"]}
    match kind:
        case "give_artery":
            return GiveArtery(ids, Artery(data["artery"]), **who)
        case "reject":
            return Reject(ids, **who)
        case "restore":
            return Restore(ids, **who)
        case "merge":
            return Merge(ids, **who)
        case "change_limit":
            return ChangeLimit(ids, data["limit_hu"], **who)
        case "split":
            point, normal = _point(data["point_lps_mm"]), _point(data["normal_lps"])
            return Split(ids, tuple(data["new_lesions"]), point, normal, **who)
        case "add":
            return AddLesion(ids, _runs(data), Artery(data["artery"]), data["grown"], **who)
        case "paint":
            return Paint(ids, _runs(data), **who)
        case "erase":
            return Erase(ids, _runs(data), **who)
    raise ValueError(f"unknown edit {kind}")


def _runs(data: dict[str, Any]) -> VoxelRuns:
    z0, y0, x0, z1, y1, x1 = (int(end) for end in data["bbox_index_zyx"])
    return VoxelRuns((z0, y0, x0, z1, y1, x1), tuple(int(n) for n in data["runs"]))


def _point(data: list[float] | None) -> Point | None:
    if data is None:
        return None
    x, y, z = (float(value) for value in data)
    return x, y, z
