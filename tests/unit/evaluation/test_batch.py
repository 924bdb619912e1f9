"""A batch without children: joins, the columns, the page in a real browser."""

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cacviewer.evaluation import batch, batch_tables
from cacviewer.evaluation.batch_columns import COLUMNS
from cacviewer.evaluation.batch_page import page
from cacviewer.pipeline import batch as jobs
from cacviewer.reports.csv import write_scores
from cacviewer.storage.batch_list import BatchList
from tests.builders.dicom import Scan, series
from tests.unit.reports.scored_case import scored_case

SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / "scores-csv.md"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCAN = Scan(slices=40, rows=16, columns=16)


class InThisProcess:
    """Runs the jobs of reading here."""

    def run(self, name, *args, progress=None):
        return getattr(jobs, name)(*args)


def looked_through(journal, folder):
    return batch.look_through(InThisProcess(), journal, [str(folder)], None)


def halves(folder, *, copy=False):
    series(folder / "all", SCAN)
    files = sorted((folder / "all").iterdir())
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    for n, file in enumerate(files):
        shutil.copy(file, folder / ("a" if n < 20 else "b") / file.name)
    if copy:
        shutil.rmtree(folder / "b")
        shutil.copytree(folder / "all", folder / "b")
        shutil.rmtree(folder / "a")
        (folder / "all").rename(folder / "a")
    else:
        shutil.rmtree(folder / "all")


def test_a_series_spread_over_two_inputs_is_one_scan(tmp_path):
    halves(tmp_path)
    journal = BatchList(None)
    assert looked_through(journal, tmp_path) == 2
    (one,) = journal.waiting()
    assert (one.images, one.paths) == (40, (str(tmp_path / "a"), str(tmp_path / "b")))
    assert looked_through(journal, tmp_path) == 0, "nothing has changed"


def test_copies_of_a_scan_are_scans_of_their_own(tmp_path):
    """One of them may be damaged; its refusal must not be lost behind the good one."""
    halves(tmp_path, copy=True)
    journal = BatchList(None)
    looked_through(journal, tmp_path)
    assert [e.paths for e in journal.waiting()] == [(str(tmp_path / "a"),), (str(tmp_path / "b"),)]
    for file in sorted((tmp_path / "b").iterdir()):
        file.write_bytes(file.read_bytes()[:400])
    looked_through(journal, tmp_path)
    assert [e.paths for e in journal.waiting()] == [(str(tmp_path / "a"),)]
    assert [e.paths for e in journal.refused()] == [(str(tmp_path / "b"),)]


def test_a_study_gives_its_best_series(tmp_path):
    def number(d, k):
        d.SeriesInstanceUID, d.SeriesNumber, d.SliceThickness = "1.2.9", 9, 3.0

    series(tmp_path / "case" / "thick", SCAN, change=number)
    series(tmp_path / "case" / "other", SCAN)
    journal = BatchList(None)
    looked_through(journal, tmp_path)
    from cacviewer.reading.scan import inspect

    inspection = inspect([str(tmp_path / "case")])
    (one,) = journal.waiting()
    assert one.series_uid == inspection.series[inspection.chosen].info.series_uid


def test_columns_are_those_of_score_and_of_the_documentation(tmp_path):
    case, _ = scored_case()
    write_scores(case, tmp_path / "scores.csv")
    names, cells = list(csv.reader((tmp_path / "scores.csv").open(newline="")))
    assert [c.name for c in COLUMNS] == names
    text = SCHEMA.read_text("utf-8").split("## lesions.csv")[0].split("## scores.csv")[1]
    said = re.findall(r"^\| `(\w+)` \| (.*?) ?\| (.*?) ?\|$", text, re.M)
    assert [(c.name, c.unit, c.meaning) for c in COLUMNS] == [
        (name, unit.strip(), meaning.replace("`", "").strip()) for name, unit, meaning in said
    ]


def filled(tmp_path, count=3):
    """A journal with scored and refused scans."""
    case, _ = scored_case()
    write_scores(case, tmp_path / "one.csv")
    names, cells = list(csv.reader((tmp_path / "one.csv").open(newline="")))
    row = dict(zip(names, cells, strict=True))
    journal = BatchList(None)
    from cacviewer.storage.batch_list import Found

    for n in range(count + 1):
        journal.enter(f"/in/c{n}", "s", [Found(f"k{n}", (f"/in/c{n}",), f"1.{n}")], {})
    for n, entry in enumerate(journal.waiting()[:count]):
        # a name that wants to be a tag, a finding on one scan only
        own = {
            "patient_id": f"</script><b>{n}",
            "agatston": repr(10.0 * (count - n)),
            "reported": str(10 * (count - n)),
        }
        own["findings"] = "fov_cut" if n == 1 else "kvp_missing_note"[:0]
        journal.done(entry.number, row | own)
    journal.refuse(journal.waiting()[0].number, "contrast_seen", "Contrast medium was seen.")
    return journal


def test_tables_are_complete_and_typed(tmp_path):
    journal = filled(tmp_path)
    batch_tables.write(journal, tmp_path)
    rows = list(csv.DictReader((tmp_path / "scores.csv").open(encoding="utf-8", newline="")))
    assert rows == [dict(e.row) for e in journal.scored()]
    failures = list(csv.reader((tmp_path / "failures.csv").open(encoding="utf-8", newline="")))
    assert failures == [["path", "code", "reason"], ["/in/c3", "contrast_seen", "Contrast medium was seen."]]
    parquet = pytest.importorskip("pyarrow.parquet", reason="extra `batch`")
    table = parquet.read_table(tmp_path / "scores.parquet")
    assert table.column("agatston").to_pylist() == [30.0, 20.0, 10.0]
    assert table.column("reported").to_pylist() == [30, 20, 10]
    field = table.schema.field("heart_ml")
    assert str(field.type) == "double" and field.metadata[b"unit"] == b"ml" and field.metadata[b"meaning"]


def test_an_empty_batch_has_its_header(tmp_path):
    batch_tables.write(BatchList(None), tmp_path)
    assert (tmp_path / "scores.csv").read_text().startswith("schema,path,")
    assert (tmp_path / "failures.csv").read_text() == "path,code,reason\n"


PROBE = """
<script>
const order = () => [...document.querySelectorAll("#rows tr")].map(tr => tr.children[1].textContent);
const seen = { first: order() };
document.querySelector('button[data-key="reported"]').click(); seen.falling = order();
document.querySelector('button[data-key="reported"]').click(); seen.rising = order();
const filter = document.getElementById("filter");
filter.value = "fov"; filter.dispatchEvent(new Event("input")); seen.filtered = order();
seen.patient = document.querySelector("#rows tr").children[2].textContent;
seen.bold = document.querySelectorAll("#rows b").length;
seen.bars = document.querySelectorAll("#histogram rect").length;
seen.reasons = [...document.querySelectorAll("#failures summary")].map(e => e.textContent);
seen.pictures = document.querySelectorAll("#rows img[src^='data:image/jpeg']").length;
seen.summary = document.getElementById("summary").textContent;
document.body.replaceChildren();
const pre = document.createElement("pre"); pre.id = "seen"; pre.textContent = JSON.stringify(seen); document.body.append(pre);
</script>
"""


@pytest.mark.skipif(BROWSER is None, reason="no chromium here")
def test_the_page_in_a_browser(tmp_path):
    journal = filled(tmp_path)
    (tmp_path / "c1").mkdir()
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tmp_path / "c1" / "overview.jpg")
    text = page(journal.scored(), journal.refused(), tmp_path)
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", text), "nothing from a network"
    file = tmp_path / "probe.html"
    file.write_text(text.replace("</body>", PROBE + "</body>"), "utf-8")
    words = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    done = subprocess.run(
        [*words, "--virtual-time-budget=5000", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S)
    assert found, done.stdout[-2000:] + done.stderr[-2000:]
    seen = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert seen["first"] == ["c1", "c0", "c2"], "flags first"
    assert seen["falling"] == ["c0", "c1", "c2"] and seen["rising"] == ["c2", "c1", "c0"]
    assert seen["filtered"] == ["c1"]
    assert seen["patient"] == "</script><b>1" and seen["bold"] == 0
    assert seen["bars"] == 5 and seen["pictures"] == 1
    assert seen["reasons"] == ["contrast_seen: 1"]
    assert seen["summary"].startswith("3 scored, 1 of them with findings")


def test_lanes_by_cores_and_memory():
    assert batch.lanes_for(1, 1 << 40) == 1
    assert batch.lanes_for(2, 1 << 40) == 1
    assert batch.lanes_for(8, 7 << 30) == 2
    assert batch.lanes_for(8, 0) == 1
