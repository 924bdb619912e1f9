"""Which inputs a folder holds, and which series of them is scored."""

import shutil
import zipfile

import pytest

from cacviewer.core.errors import NotScorable, UnreadableInput
from cacviewer.pipeline import batch
from tests.builders.dicom import Scan, series

SCAN = Scan(slices=40, rows=16, columns=16)


@pytest.fixture
def root(tmp_path):
    series(tmp_path / "in" / "a" / "S1", SCAN)
    return tmp_path / "in"


def names(found, root):
    return [one.path.removeprefix(f"{root}/") for one in found]


def test_each_entry_of_a_folder_is_an_input(root):
    series(root / "b", Scan(slices=40, rows=16, columns=16))
    with zipfile.ZipFile(root / "c.zip", "w") as archive:
        for file in (root / "b").iterdir():
            archive.write(file, f"x/{file.name}")
    (root / "broken.dcm").write_text("no image")
    (root / "README.txt").write_text("about")
    (root / "empty").mkdir()
    (root / "out" / "a").mkdir(parents=True)
    found = batch.inputs([str(root)], str(root / "out"))
    assert names(found, root) == ["a", "b", "broken.dcm", "c.zip", "empty"]
    assert batch.inputs([str(root / "b")])[0].path == str(root / "b"), "slices in the folder itself"


def test_loose_slices_beside_folders_are_one_input(root):
    for file in (root / "a" / "S1").iterdir():
        shutil.copy(file, root / f"loose-{file.name}")
    found = batch.inputs([str(root)])
    assert names(found, root) == [str(root), "a"]
    assert len(found[0].paths) == SCAN.slices


def test_a_stamp_tells_that_files_came(root):
    before = batch.inputs([str(root)])[0].stamp
    assert batch.inputs([str(root)])[0].stamp == before
    (root / "a" / "more").write_text("x")
    assert batch.inputs([str(root)])[0].stamp != before


def test_an_input_of_too_many_files_is_taken_apart(root, monkeypatch):
    series(root / "a" / "S2", SCAN)
    monkeypatch.setattr(batch, "MOST_FILES", 50)
    assert names(batch.inputs([str(root)]), root) == ["a/S1", "a/S2"]


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableInput, match="not there"):
        batch.inputs([str(tmp_path / "no")])


def test_what_cannot_be_read_is_a_refusal_with_its_reason(root):
    (root / "text").mkdir()
    (root / "text" / "a.dcm").write_text("nothing")
    (one,) = batch.studies([str(root / "text")])
    assert one.code and one.reason.endswith(".") and one.key == f"input:{root / 'text'}"


def test_the_voxels_are_those_of_the_series(root):
    (one,) = batch.studies([str(root / "a")])
    assert (one.code, one.images) == ("", SCAN.slices)
    volume = batch.read(one.paths, one.series_uid, one.part)
    assert volume.hu.shape == (40, 16, 16)
    assert volume.source == str(root / "a"), "as `score` says it"
    with pytest.raises(UnreadableInput, match="not there any more"):
        batch.read(one.paths, "1.2.3", 0)


def test_what_may_only_be_looked_at_is_not_read_for_a_score(root, monkeypatch):
    (one,) = batch.studies([str(root / "a")])

    def refuse(what, path):
        raise NotScorable("Only for viewing.", path=path)

    monkeypatch.setattr(batch, "may_be_scored", refuse)
    with pytest.raises(NotScorable):
        batch.read(one.paths, one.series_uid, one.part)
