"""Session file and journal: everything comes back, also after a cut in the middle; nothing is readable by others."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.edits import (
    AddLesion,
    ChangeLimit,
    Erase,
    GiveArtery,
    Merge,
    Paint,
    Reject,
    Restore,
    Split,
)
from cacviewer.core.errors import CacError, CannotWrite, UnreadableInput
from cacviewer.core.lesions import Artery
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.runs import VoxelRuns
from cacviewer.core.session import Session, ViewState, replayed, with_result
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
from cacviewer.core.volume import Volume
from cacviewer.storage.edit_json import KINDS, edit_document, edit_from
from cacviewer.storage.journal import Journal, Look, Notes, decline, recovered, unfinished
from cacviewer.storage.session_file import (
    JSON_NAME,
    SavedSession,
    fingerprint,
    read_session,
    source_of,
    write_session,
)
from tests.unit.core.scenes import GRID, anatomy, case, scene

RUNS = VoxelRuns((4, 40, 30, 5, 42, 32), (1, 2, 1))
EDITS = (
    GiveArtery(("a", "b"), Artery.LAD, reviewer="Dr Roe", at="2026-01-02T10:00:00+01:00"),
    Reject(("a",)),
    Restore(("a",)),
    AddLesion(("n",), RUNS, Artery.LM, grown=True),
    Paint(("a",), RUNS),
    Erase(("a",), RUNS),
    Split(("a",), ("c",), (1.0, 2.0, 3.0), (0.0, 1.0, 0.0)),
    Split(("a",), ("c", "d")),
    Merge(("a", "b")),
    ChangeLimit(("a",), 150),
    ChangeLimit(("a",), None),
)


@pytest.fixture(scope="module")
def volume():
    hu = scene()[0]
    hu.flags.writeable = False
    info = SeriesInfo(series_uid="1.2.3", study_uid="1.2")
    return Volume(hu, GRID, Acquisition(120.0, 3.0, 3.0), info, Verdict.READY, source="/scans/roe")


@pytest.fixture(scope="module")
def saved(volume):
    hu, heart, aorta = scene()
    automatic = case(hu, heart, aorta)
    ids = [s.id for s in automatic.scored]
    audit = (
        Entry(Deed.EDIT, "Dr Roe", "2026-01-02T10:00:00+01:00", Reject((ids[0],)), 100.5, 50.25),
        Entry(
            Deed.EDIT, "Dr Roe", "2026-01-02T10:00:05+01:00", GiveArtery((ids[1],), Artery.RCA), 50.25, 50.25
        ),
        Entry(
            Deed.UNDO, "Dr Roe", "2026-01-02T10:00:06+01:00", GiveArtery((ids[1],), Artery.RCA), 50.25, 50.25
        ),
        Entry(Deed.REVIEW, "Dr Roe", "2026-01-02T10:01:00+01:00", checked=("findings",)),
    )
    view = ViewState(window_center=300.0, show_text=False)
    return SavedSession(
        source_of(volume),
        automatic,
        anatomy(heart, aorta),
        audit,
        (1.0, 2.0, 3.0),
        (ids[1],),
        view,
        software="t",
    )


def same_session(a, b):
    assert (a.source, a.audit, a.crosshair_lps_mm, a.selection, a.view) == (
        b.source,
        b.audit,
        b.crosshair_lps_mm,
        b.selection,
        b.view,
    )
    assert a.automatic.scores == b.automatic.scores
    assert (a.anatomy.heart == b.anatomy.heart).all()
    for mine, other in zip(a.automatic.lesions, b.automatic.lesions, strict=True):
        assert (mine.voxels == other.voxels).all()


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: type(e).__name__)
def test_an_edit_comes_back_from_case_json(edit):
    assert edit_from(json.loads(json.dumps(edit_document(edit)))) == edit
    assert set(KINDS) == {type(e) for e in EDITS}


def test_a_session_comes_back_and_is_private(saved, volume, tmp_path):
    path = tmp_path / "roe.cacv"
    write_session(saved, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = read_session(path)
    same_session(again, saved)
    assert not again.anatomy.heart.flags.writeable
    session = replayed(with_result(Session(volume=volume), again.automatic), again.audit)
    assert (session.cursor, len(session.edits)) == (1, 2)
    assert session.is_locked
    with zipfile.ZipFile(path) as archive:  # never the pixels
        assert sum(i.file_size for i in archive.infolist()) < volume.hu.nbytes


def test_the_schema_fits_a_session(saved, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    path = tmp_path / "roe.cacv"
    entries = tuple(Entry(Deed.EDIT, "Dr Roe", "2026-01-02T10:00:00+01:00", edit) for edit in EDITS)
    write_session(replace(saved, audit=(*saved.audit, *entries)), path)
    from pathlib import Path

    schema = json.loads((Path(__file__).parents[3] / "docs/schema/session-1.schema.json").read_text())
    with zipfile.ZipFile(path) as archive:
        document = json.loads(archive.read(JSON_NAME))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)


def test_what_is_no_session_gets_a_sentence(saved, tmp_path):
    whole = tmp_path / "roe.cacv"
    write_session(saved, whole)
    data = whole.read_bytes()
    for name, content in {"empty": b"", "text": b"hello", "cut": data[: len(data) // 2]}.items():
        path = tmp_path / f"{name}.cacv"
        path.write_bytes(content)
        with pytest.raises(UnreadableInput, match="no session file"):
            read_session(path)
    newer = tmp_path / "newer.cacv"
    with zipfile.ZipFile(newer, "w") as archive:
        archive.writestr(JSON_NAME, json.dumps({"schema": "cacviewer.session/9"}))
    with pytest.raises(UnreadableInput, match="session/9"):
        read_session(newer)
    with pytest.raises(UnreadableInput, match="There is no file"):
        read_session(tmp_path / "missing.cacv")


def test_flipped_bits_give_a_sentence_or_the_right_session(saved, tmp_path):
    path = tmp_path / "roe.cacv"
    write_session(saved, path)
    data, rng, refused = path.read_bytes(), np.random.default_rng(1), 0
    head = data.rindex(b"PK\x05\x06") - 200  # the directory of the ZIP: small, and full of consequences
    for i in range(200):
        damaged = bytearray(data)
        for _ in range(int(rng.integers(1, 4))):
            at = int(rng.integers(head if i % 2 else 0, len(data)))
            damaged[at] ^= 1 << int(rng.integers(8))
        path.write_bytes(damaged)
        try:
            again = read_session(path)
        except CacError:
            refused += 1
        else:
            same_session(again, saved)
    assert 0 < refused < 200


def test_a_folder_that_refuses_leaves_what_was_there(saved, tmp_path):
    (tmp_path / "folder.cacv").mkdir()
    with pytest.raises(CannotWrite):
        write_session(saved, tmp_path / "folder.cacv")
    assert [p.name for p in tmp_path.iterdir()] == ["folder.cacv"]


def test_another_scan_has_another_fingerprint(volume):
    hu = np.array(volume.hu)
    hu[3:6] += 1
    assert fingerprint(replace(volume, hu=hu)) != fingerprint(volume)
    other = replace(volume, info=replace(volume.info, series_uid="1.2.4"))
    assert fingerprint(other) != fingerprint(volume)
    assert fingerprint(replace(volume, hu=np.array(volume.hu))) == fingerprint(volume)


def test_a_living_journal_is_nobodys_business(saved, tmp_path):
    journal = Journal(tmp_path, "Roe")
    write_session(saved, journal.base)
    journal.append(saved.audit[0])
    assert unfinished(tmp_path) == []
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    journal.close()
    assert [left.title for left in unfinished(tmp_path)] == ["Roe"]
    journal.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_gives_back_what_was_done_after_its_base(saved, tmp_path):
    journal = Journal(tmp_path, "Roe 2026")
    write_session(replace(saved, audit=()), journal.base)
    look = Look((9.0, 8.0, 7.0), (), ViewState(smooth=False))
    for entry in saved.audit[:2]:
        journal.append(entry)
    journal.look(look)
    journal.append(saved.audit[2])
    journal.close()
    with open(journal.path, "ab") as stream:
        stream.write(b'{"entry": {"deed": "edi')  # a power cut
    (left,) = unfinished(tmp_path)
    assert (left.unsaved, left.edits, left.at) == (3, 1, saved.audit[2].at)
    again = recovered(left.path)
    assert again.audit == saved.audit[:3]
    assert (again.crosshair_lps_mm, again.view) == (look.crosshair_lps_mm, look.view)
    decline(left.path)
    assert unfinished(tmp_path) == []
    assert left.path.exists()  # kept for a while


def test_what_was_saved_or_never_changed_is_not_offered(saved, tmp_path):
    for name in ("saved", "unchanged"):
        journal = Journal(tmp_path, name)
        write_session(saved, journal.base)
        if name == "saved":
            journal.append(saved.audit[0])
            journal.saved(tmp_path / "x.cacv")
        journal.close()
    assert unfinished(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_work_recovered_twice_is_not_lost_between(saved, tmp_path):
    journal = Journal(tmp_path, "Roe", unsaved=3)  # begins with recovered work in its base
    write_session(saved, journal.base)
    journal.close()
    assert [left.unsaved for left in unfinished(tmp_path)] == [3]


NOTES = (
    {"patient": PatientInputs(age_years=60, sex="male", group="white")},
    {"prior": Measured(100.0, 80.0, "2020-01-01", "P1", "literature", 130, 120.0, 3.0)},
)


@pytest.mark.parametrize("notes", NOTES, ids=lambda n: next(iter(n)))
def test_what_was_only_entered_is_offered_until_it_is_saved(notes, saved, tmp_path):
    journal = Journal(tmp_path, "Roe")
    write_session(saved, journal.base)
    journal.look(Look((0.0, 0.0, 0.0), (), saved.view))
    journal.look(Look((0.0, 0.0, 0.0), (), saved.view, **notes))
    journal.close()
    (left,) = unfinished(tmp_path)
    assert (left.unsaved, left.damaged) == (1, False)
    again = recovered(left.path)
    assert {name: getattr(again, name) for name in notes} == notes
    with open(left.path, "ab") as stream:
        stream.write(b'{"saved": "/x.cacv"}\n')
    assert unfinished(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_entries_of_a_file_that_were_taken_away_are_work(saved, tmp_path):
    inputs = PatientInputs(age_years=60)
    journal = Journal(tmp_path, "Roe", notes=Notes(inputs))
    write_session(replace(saved, patient=inputs), journal.base)
    journal.look(Look((0.0, 0.0, 0.0), (), saved.view))
    journal.close()
    assert [left.unsaved for left in unfinished(tmp_path)] == [1]


BAD_LOOK = b'{"look": {"crosshair_lps_mm": 3}}\n'


@pytest.mark.parametrize("bad", [BAD_LOOK, b'{"look"\x00\xff\n'])
def test_a_bad_look_costs_only_itself(bad, saved, tmp_path):
    good = Journal(tmp_path, "good")
    write_session(replace(saved, audit=()), good.base)
    good.append(saved.audit[0])
    good.close()
    journal = Journal(tmp_path, "bad")
    write_session(replace(saved, audit=()), journal.base)
    journal.append(saved.audit[0])
    with open(journal.path, "ab") as stream:
        stream.write(bad)
    journal.append(saved.audit[1])
    journal.close()
    found = {left.title: left for left in unfinished(tmp_path)}
    assert {t: (left.unsaved, left.damaged) for t, left in found.items()} == {
        "good": (1, False),
        "bad": (2, True),
    }
    assert recovered(found["bad"].path).audit == saved.audit[:2]


def test_a_bad_deed_ends_what_can_be_trusted(saved, tmp_path):
    journal = Journal(tmp_path, "bad")
    write_session(replace(saved, audit=()), journal.base)
    journal.append(saved.audit[0])
    with open(journal.path, "ab") as stream:
        stream.write(b'{"entry": {"deed": 5}}\n')
    journal.append(saved.audit[1])
    journal.close()
    (left,) = unfinished(tmp_path)
    assert (left.unsaved, left.damaged) == (1, True)
    assert recovered(left.path).audit == saved.audit[:1]


def test_a_bad_head_or_nothing_but_rubbish_is_offered_and_not_thrown_away(saved, tmp_path):
    for name, content in {"a": b"\xff\xfe rubbish\n", "b": b"[]\n[1]\n", "c": b'{"schema": 1, "x\n'}.items():
        (tmp_path / f"{name}.journal").write_bytes(content)
        write_session(saved, tmp_path / f"{name}.cacv")
    found = unfinished(tmp_path)
    assert [(left.damaged, left.has_base) for left in found] == [(True, True)] * 3
    assert all(left.at for left in found)
    assert recovered(found[0].path).audit == saved.audit


def test_a_journal_that_cannot_be_opened_hides_no_other(saved, tmp_path):
    journal = Journal(tmp_path, "Roe")
    write_session(saved, journal.base)
    journal.append(saved.audit[0])
    journal.close()
    (tmp_path / "z.journal").mkdir()
    assert [left.title for left in unfinished(tmp_path)] == ["Roe"]
    with pytest.raises(UnreadableInput, match=r"z\.journal"):
        recovered(tmp_path / "z.journal")


def test_work_without_its_base_is_kept_and_told(saved, tmp_path):
    journal = Journal(tmp_path, "Roe")
    journal.append(saved.audit[0])
    journal.close()
    (left,) = unfinished(tmp_path)
    assert not left.has_base
    assert left.path.exists()
    Journal(tmp_path, "nothing done").close()
    assert [left.title for left in unfinished(tmp_path)] == ["Roe"]


WRITER = """
import os, signal, sys
from pathlib import Path
from cacviewer.core.audit import Deed, Entry
from cacviewer.storage.journal import Journal
journal = Journal(Path(sys.argv[1]), "killed")
journal.base.write_bytes(b"x")
for i in range(50):
    journal.append(Entry(Deed.EDIT, at=str(i)))
    print(i, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL")
def test_every_line_that_was_promised_survives_a_kill(tmp_path):
    done = subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == -9
    promised = len(done.stdout.split())
    (left,) = unfinished(tmp_path)
    assert left.unsaved == promised == 50
