"""Scores beside a reader's."""

import argparse
from dataclasses import replace

import numpy as np
import pytest

from cacviewer.cli import evaluate
from cacviewer.core.errors import UsageError
from cacviewer.core.geometry import slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, Artery
from cacviewer.core.rulesets import limit_for
from cacviewer.core.scoring import Score, score_labels
from cacviewer.evaluation.agreement import Detection
from cacviewer.evaluation.agreement_figure import draw_agreement
from cacviewer.evaluation.calcium import CalciumRow, class_pairs, reader_of, summary
from cacviewer.evaluation.orcascore import ARTERIES, orca_rows, orca_table
from cacviewer.evaluation.phantoms import lesions_met
from cacviewer.phantom import Phantom, parameters_for
from tests.unit.reports.scored_case import scored_case


def test_with_the_readers_mask_the_score_is_the_readers_to_the_last_digit(shared):
    for name in ("gated-1", "gated-2", "chest-1"):
        said, volume, labels = reader_of(shared / "data" / "calcium" / name)
        rules, _ = limit_for(volume.acquisition)
        scores = score_labels(volume.hu, labels, volume.grid, rules)
        total = sum(scores.values(), Score())
        assert round(total.agatston, 2) == said["total"]["agatston"], name
        assert round(total.volume_mm3, 2) == said["total"]["volume_mm3"], name
        for artery, numbers in said["arteries"].items():
            mine = scores.get(LABEL_OF_ARTERY[Artery(artery)], Score())
            assert round(mine.agatston, 2) == numbers["agatston"], (name, artery)
            assert round(mine.volume_mm3, 2) == numbers["volume_mm3"], (name, artery)


def labels_of(case):
    labels = np.zeros(case.grid.shape_zyx, np.uint8)
    for lesion in case.scored:
        labels[slices_of(lesion.box)][lesion.voxels] = LABEL_OF_ARTERY[lesion.artery]
    return labels


def test_the_protocol_merges_the_left_main_and_leaves_130_out():
    case, hu = scored_case()
    labels = labels_of(case)
    rows = {row.artery: row for row in orca_rows("a", case, hu, labels)}
    assert list(rows) == list(ARTERIES)
    assert all(row.by_number.f1 == row.by_volume.f1 == 1 for row in rows.values())
    assert rows["LAD"].true == 3  # two of LAD, one of LM
    assert rows["all"].true == 6
    edge = hu.copy()
    edge[6, 50:57, 50:57] = 130  # the RCA's: not above 130
    assert {r.artery: r.true for r in orca_rows("a", case, edge, labels)}["RCA"] == 0
    other = labels.copy()
    other[labels == 1] = 3  # the reader gives the left main's to LCx
    wrong = {row.artery: row.by_number for row in orca_rows("a", case, hu, other)}
    assert wrong["all"].f1 == 1
    assert wrong["LAD"] == Detection(2, 2, 3, 2)
    assert wrong["LCX"] == Detection(2, 1, 1, 1)
    assert orca_table([r for r in orca_rows("a", case, hu, other)]).count("\n") == 5


def row(**changes):
    base = CalciumRow("a", 600.0, 100.0, 110.0, 90.0, 95.0, "11-100", "101-400", 0.0, 0, "")
    return replace(base, **changes)


def test_summary_and_classes():
    rows = [
        row(),
        row(agatston=5.0, reader_agatston=5.0, label="1-10", reader_label="1-10"),
        row(agatston=None, label="none"),
    ]
    text = summary(rows)
    assert text.startswith("2 of 3 scored.")
    assert "class right in 1 of 3" in text
    assert class_pairs(rows) == [(3, 2), (1, 1)]
    assert summary([row(agatston=None)]) == "No scan was scored."


def test_the_figure_is_a_picture(tmp_path):
    pytest.importorskip("matplotlib")
    target = tmp_path / "a.png"
    draw_agreement([1.0, 20.0], [2.0, 18.0], [(1, 1), (2, 2)], ("0", "1-10", "11-100"), target)
    assert target.read_bytes()[:4] == b"\x89PNG"


def test_lesions_of_a_phantom_are_met_or_false():
    case, hu = scored_case()
    none = np.zeros(hu.shape, bool)
    truth = labels_of(case)
    truth[6] = 0  # the RCA's lesion is not there
    truth[9, 5:8, 5:8] = 2  # and one of the LAD that the program has not
    seen = hu.copy()
    seen[9, 5:8, 5:8] = 300
    phantom = Phantom(parameters_for(3), seen, case.grid, none, none, truth, {})
    # five score (the pair of pixels does not); four of them are true, one true one is missed
    assert lesions_met(phantom, case) == Detection(5, 4, 5, 4)
    assert lesions_met(phantom, replace(case, lesions=(), scores=None)) == Detection(5, 0, 0, 0)


def test_a_folder_without_cases_is_said(tmp_path):
    args = argparse.Namespace(what="calcium", data=tmp_path, csv=None, figure=None, method="threshold")
    with pytest.raises(UsageError):
        evaluate.run(args)
