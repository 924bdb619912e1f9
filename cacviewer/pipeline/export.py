"""A case printed: which file is made by which writer, and the pictures they need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.volume import Volume

Progress = Callable[[str, float], None]


def export(
    case: Case,
    volume: Volume,
    anatomy: Anatomy,
    targets: dict[str, str],
    automatic: Case | None = None,
    edits: tuple[Edit, ...] = (),
    *,
    progress: Progress | None = None,
) -> list[str]:
    """Writes the files of a case.

    Args:
        case: What is printed.
        volume: For key images.
        anatomy: For masks and key images.
        targets: Kind to path: "pdf", "csv" (scores; lesions.csv comes beside it), "json", "masks" (a folder).
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits.
        progress: Told the step and the fraction.

    Returns:
        Paths of what was written.

    Raises:
        CannotWrite: A target refuses; that target is as it was.
    """
    say = progress or (lambda step, fraction: None)
    written: list[str] = []
    for number, (kind, target) in enumerate(targets.items()):
        say(f"Writing {kind.upper()}", number / len(targets))
        path = Path(target)
        if kind == "pdf":
            _write_pdf(case, volume, anatomy, path, automatic, edits)
        elif kind == "csv":
            _write_csv(case, path, len(edits))
            written.append(str(path.with_name("lesions.csv")))
        elif kind == "json":
            from cacviewer.storage.case_json import write_case

            write_case(case, path, automatic=automatic, edits=edits)
        elif kind == "masks":
            from cacviewer.reports.masks import write_masks

            write_masks(case, anatomy, path)
        else:
            raise KeyError(kind)
        written.append(str(path))
    return written


def _write_pdf(
    case: Case, volume: Volume, anatomy: Anatomy, path: Path, automatic: Case | None, edits: tuple[Edit, ...]
) -> None:
    from cacviewer.render.pictures import key_pictures
    from cacviewer.reports.pdf import write_pdf

    pictures = key_pictures(volume, anatomy, case)
    write_pdf(case, pictures, path, date=date.today(), automatic=automatic, edits=edits)


def _write_csv(case: Case, path: Path, edits: int) -> None:
    from cacviewer.reports.csv import write_lesions, write_scores

    write_scores(case, path, edits=edits)
    write_lesions(case, path.with_name("lesions.csv"))
