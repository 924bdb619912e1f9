from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from cacviewer.core.assess import assessed
from cacviewer.core.edits import GiveArtery, Reject, applied
from cacviewer.core.errors import CannotWrite
from cacviewer.core.findings import finding
from cacviewer.core.interpretation import interpreted
from cacviewer.core.interpretation_tables import BandRow, BandTable
from cacviewer.core.lesions import Artery
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import measured
from cacviewer.storage.case_json import case_document, case_text, write_case
from cacviewer.storage.case_reading import case_of_document
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import refused_case, scored_case, zero_case

SCHEMA = json.loads(Path(__file__).parents[3].joinpath("docs/schema/case-1.schema.json").read_text("utf-8"))


def valid(document: dict) -> dict:
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def edited():
    automatic, hu = scored_case()
    edits = (
        Reject(("L006-050-050",), reviewer="Dr A", at="2026-03-05T10:00"),
        GiveArtery(("L002-050-010",), Artery.RCA),
    )
    return applied(automatic, edits, hu), automatic, edits


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_documents_follow_the_schema():
    shown, automatic, edits = edited()
    for document in (
        case_document(scored_case()[0]),
        case_document(zero_case()),
        case_document(refused_case()),
        case_document(shown, automatic, edits),
        case_document(replace(scored_case()[0], model=None)),
    ):
        valid(json.loads(json.dumps(document)))


def test_the_schema_refuses_what_is_not_in_it():
    document = case_document(scored_case()[0])
    document["totals"]["agatston"] = "118"
    with pytest.raises(jsonschema.ValidationError):
        valid(document)


def test_order_of_the_keys():
    keys = list(case_document(scored_case()[0]))
    assert keys == list(SCHEMA["properties"])


def test_arteries_and_lesions_add_up_to_the_totals():
    document = case_document(scored_case()[0])
    totals = document["totals"]
    for key in ("agatston", "agatston_raw", "volume_mm3", "mass_mg"):
        assert sum(a[key] for a in document["arteries"].values()) == pytest.approx(totals[key], abs=1e-9)
        assert sum(s[key] for s in document["lesions"]) == pytest.approx(totals[key], abs=1e-9)
    assert totals["agatston"] == 118.25
    assert totals["reported"] == 118
    assert totals["lesions"] == sum(a["lesions"] for a in document["arteries"].values()) == 5
    assert len(document["lesions"]) == 6  # one is below the minimum area: listed, not counted
    assert document["stability"]["low"] <= totals["agatston"] <= document["stability"]["high"]
    assert document["category"] == {
        "scheme": "classic5",
        "label": "101-400",
        "word": "moderate",
        "cac_drs": "A2/N4",
    }


def test_other_calcium_has_a_volume_and_no_score():
    (aorta,) = case_document(scored_case()[0])["other"]
    assert aorta["class"] == "aorta"
    assert aorta["volume_mm3"] == 81 * 0.75
    assert aorta["agatston"] is aorta["mass_mg"] is None


def test_zero_is_a_number_and_refused_is_null():
    zero, refused = case_document(zero_case()), case_document(refused_case())
    assert zero["totals"]["agatston"] == 0.0
    assert zero["category"]["label"] == "0"
    assert set(refused["totals"].values()) == {None}
    assert {value for artery in refused["arteries"].values() for value in artery.values()} == {None}
    assert refused["category"] is None
    assert refused["lesions"][0]["agatston"] is None
    assert refused["findings"][0]["severity"] == "refusal"


def test_a_review_keeps_what_the_program_said():
    shown, automatic, edits = edited()
    document = case_document(shown, automatic, edits)
    assert document["totals"]["agatston"] == 69.25
    assert document["reviewed"]["edits"] == 2
    assert document["reviewed"]["automatic"]["totals"]["agatston"] == 118.25
    assert document["reviewed"]["list"][0]["reviewer"] == "Dr A"
    assert document["reviewed"]["list"][1]["artery"] == "RCA"
    assert case_document(automatic)["reviewed"] == {
        "edits": 0,
        "list": [],
        "automatic": None,
        "reviewer": None,
        "reviewed_at": None,
    }


def test_numbers_keep_every_digit():
    case, hu = scored_case()
    case = assessed(replace(case, mass=replace(case.mass, factor=0.1 / 130)), hu)
    assert json.loads(case_text(case))["totals"]["mass_mg"] == case.scores.total.mass_mg


def test_lists_of_numbers_stay_on_one_line_and_texts_as_they_are():
    text = case_text(replace(scored_case()[0], source="/a [\n 1, 2\n ]/ب"))
    assert '"spacing_mm": [3.0, 0.5, 0.5]' in text
    assert json.loads(text)["input"]["path"] == "/a [\n 1, 2\n ]/ب"


def test_a_path_that_is_no_text_is_still_json():
    name = b"/scans/caf\xe9".decode("utf-8", "surrogateescape")
    case = replace(scored_case()[0], source=name, findings=(finding("empty_file", files=[name], count=1),))
    document = valid(json.loads(case_text(case).encode("utf-8")))
    assert document["input"]["path"] == "/scans/caf?"


def test_not_a_number_is_refused():
    case = scored_case()[0]
    with pytest.raises(ValueError, match="JSON"):
        case_text(replace(case, heart=replace(case.heart, confidence=float("nan"))))


def test_the_file_is_whole_or_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "case.json"
    write_case(scored_case()[0], target)
    before = target.read_bytes()
    assert before.endswith(b"}\n")
    assert json.loads(before)["schema"] == "cacviewer.case/1"
    monkeypatch.setattr("os.replace", _full)
    with pytest.raises(CannotWrite):
        write_case(zero_case(), target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_interpretation_follows_the_schema_and_comes_back():
    inputs = PatientInputs(60, "male", "white", False, 205, 48, 128.5, False, False, False, False, True, 27.5)
    own = BandTable("ours", (50, 75), (BandRow("male", 40, 80, (1, 9)),))
    every = replace(tables(), own=own)
    prior = measured(zero_case())
    before = replace(prior, study_date="2023-03-04", agatston=50.0, volume_mm3=40.0)
    for case in (scored_case()[0], zero_case()):
        for entered in (inputs, PatientInputs(), replace(inputs, known_disease=True)):
            for earlier in (None, before, replace(before, kvp=None)):
                made = interpreted(case, entered, every, earlier)
                document = valid(json.loads(case_text(case, inputs=entered, interpretation=made)))
                back = case_of_document(document)
                assert back.inputs == entered
                assert back.prior == earlier
    assert valid(case_document(refused_case(), interpretation=interpreted(refused_case(), inputs, every)))


def test_the_schema_knows_every_line():
    made = interpreted(
        scored_case()[0],
        PatientInputs(),
        replace(tables(), own=BandTable("", (50,), (BandRow("male", 1, 2, (3,)),))),
    )
    lines = SCHEMA["properties"]["interpretation"]["anyOf"][0]["properties"]["lines"]["properties"]
    assert set(lines) == {line.key for line in made.lines}
