from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from cacviewer.core.errors import CannotWrite, UnreadableInput
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.core.study import Patient
from cacviewer.render.pictures import Picture, png_bytes
from cacviewer.reports.formats import FORMATS, ReportOptions, format_of
from cacviewer.reports.pages import sheet_of
from cacviewer.reports.pdf import pdf_bytes, write_pdf
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import ARABIC_NAME, refused_case, scored_case, zero_case

DATE = dt.datetime(2026, 3, 5, 10, 30)


def pictures_of(case, axial: int = 6):
    rgb = np.random.default_rng(3).integers(0, 255, (40, 50, 3)).astype(np.uint8)  # bytes that are no text
    lesions = [Picture("axial", rgb, lesion.id, lesion.box[0]) for lesion in case.scored[:axial]]
    return [Picture("front", rgb), Picture("mip", rgb), *lesions]


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture
def printed(tmp_path):
    def write(case, pictures=(), **more):
        path = tmp_path / "report.pdf"
        write_pdf(case, pictures, path, date=DATE, **more)
        return path

    return write


def test_the_numbers_of_the_case_are_on_the_paper(printed):
    case, _ = scored_case()
    first, second = texts(printed(case, pictures_of(case)))
    assert "118" in first
    rows = {
        name: line
        for line in first.splitlines()
        for name in ("LM", "LAD", "LCx", "RCA")
        if f"({name})" in line
    }
    printed_scores = [float(re.findall(r"\d+\.\d", rows[name])[0]) for name in ("LM", "LAD", "LCx", "RCA")]
    assert printed_scores == [9.0, 48.0, 10.0, 49.0]
    assert "A2/N4" in first
    assert "moderate (101–400)" in first
    assert "LAD, slice 4/10: Agatston 48.0" in second
    assert "ab" * 32 in second
    for number, text in enumerate((first, second), start=1):
        assert "Research use only, not a medical device." in text
        assert "Must be read by a physician." in text
        assert f"Page {number} of 2" in text


def test_no_more_than_four_axial_pictures(printed):
    case, _ = scored_case()
    path = printed(case, pictures_of(case))
    assert sum(text.count("slice ") for text in texts(path)) == 4


def test_an_arabic_name_can_be_searched(printed):
    case, _ = scored_case()
    first, second = texts(printed(case, pictures_of(case)))
    assert ARABIC_NAME in first
    assert all(word in second for word in ARABIC_NAME.split())  # the head of the next page


def test_a_name_in_letters_that_the_fonts_lack_is_still_a_report(printed):
    case, _ = scored_case()
    for name in ("山田 太郎", "A\x00B\x1b[0m", "\udcff", "‮abc", "x" * 300, "#let x = {[*_`$<>@"):
        path = printed(replace(case, info=replace(case.info, patient=Patient(name, "ID-77"))))
        assert "ID-77" in texts(path)[0]


def test_a_refused_case_has_a_report_without_a_score(printed):
    case = refused_case()
    (text,) = texts(printed(case, pictures_of(case)))
    assert "No score" in text
    assert "Contrast medium is seen" in text
    assert "Agatston" not in text
    assert "Scores by artery" not in text


def test_zero_without_pictures(printed):
    text = "".join(texts(printed(zero_case())))
    assert "none (0)" in text
    assert "Key images are not available." in text


def test_the_same_case_gives_the_same_bytes(printed):
    case, _ = scored_case()
    first = printed(case, pictures_of(case)).read_bytes()
    assert printed(case, pictures_of(case)).read_bytes() == first
    assert b"pdfaid" in first or b"PDF/A" in first  # it says that it is PDF/A


def test_a_plain_date_and_one_with_a_zone_will_do(tmp_path):
    case, _ = scored_case()
    zone = dt.timezone(dt.timedelta(hours=3))
    for date in (dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 10, 30, 1, 77, zone)):
        write_pdf(case, (), tmp_path / "report.pdf", date=date)
        assert "Report of 2026-03-05" in texts(tmp_path / "report.pdf")[0]


def test_from_right_to_left_and_on_letter_paper():
    case, _ = scored_case()
    sheet = replace(sheet_of(case, date=DATE), language="ar", right_to_left=True)
    printed = pdf_bytes(sheet, (), DATE, paper="us-letter")
    width, height = pypdfium2.PdfDocument(printed)[0].get_size()
    assert (round(width), round(height)) == (612, 792)


def test_fonts_are_embedded(printed):
    path = printed(scored_case()[0])
    fonts = set(re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z-]+)", path.read_bytes()))
    assert fonts <= {b"NotoSans-Regular", b"NotoSans-Bold", b"NotoNaskhArabic-Regular", b"NotoNaskhArabic"}


def test_a_full_disk_leaves_the_old_report(tmp_path, monkeypatch):
    (tmp_path / "report.pdf").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(CannotWrite, match="full"):
        write_pdf(scored_case()[0], (), tmp_path / "report.pdf", date=DATE)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_no_folder_there_and_a_file_in_the_way(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        write_pdf(scored_case()[0], (), tmp_path / "file" / "report.pdf", date=DATE)


def test_the_table_of_formats_names_writers_that_exist():
    keys = {
        "pdf",
        "txt",
        "scores",
        "lesions",
        "json",
        "nifti",
        "nrrd",
        "stl",
        "ply",
        "seg",
        "sr",
        "epdf",
        "sc",
    }
    assert {row.key for row in FORMATS} == keys
    assert all(callable(row.load()) for row in FORMATS)
    with pytest.raises(KeyError):
        format_of("docx")


def test_the_table_of_formats_costs_nothing():
    heavy = "print([m for m in ('numpy', 'typst', 'scipy', 'PySide6') if m in sys.modules])"
    code = f"import sys; import cacviewer.reports.formats; {heavy}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_printing_needs_no_qt_and_no_network_of_nerves():
    code = (
        "import sys, cacviewer.reports.pdf, cacviewer.reports.csv, cacviewer.reports.masks, cacviewer.storage.case_json\n"
        "print([m for m in ('PySide6', 'tensorflow', 'keras', 'vtkmodules', 'SimpleITK', 'typst') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- languages, chart, logo ----------------------------------------------------------------------------------

INPUTS = PatientInputs(60, "male", "white", False, 205, 48, 128, False, False, False, False, True)
LONG_NAME = "عبد الرحمن محمد عبد الله بن عبد العزيز آل سعود القحطاني الدوسري"


def in_language(printed, case, language, **more):
    made = interpreted(case, INPUTS, tables())
    return printed(
        case, pictures_of(case), interpretation=made, options=ReportOptions(language=language, **more)
    )


def words_of(path) -> str:
    return " ".join(
        "".join(texts(path)).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200f\u200e"))).split()
    )


def test_an_arabic_word_is_found_in_an_arabic_report(printed):
    case, _ = scored_case()
    case = replace(case, info=replace(case.info, patient=replace(case.info.patient, name=LONG_NAME)))
    path = in_language(printed, case, "ar")
    document = pypdfium2.PdfDocument(path)
    for word in ("تكلس", "التاجية", "المريض", "التفسير", "القحطاني", "المئين"):
        assert any(page.get_textpage().search(word).get_next() for page in document), word
    assert len(document) == 2
    text = words_of(path)
    for number in ("118.2", "9.0", "48.0", "103.5", "32.38"):
        assert number in text
    assert len(LONG_NAME) >= 60


def test_both_languages_stand_on_one_sheet_and_numbers_once(printed):
    case, _ = scored_case()
    text = words_of(in_language(printed, case, "both"))
    for word in ("Coronary calcium score", "التاجية", "Key images", "الرئيسية", "Research use only"):
        assert word in text
    assert text.count("32.38") == 1  # a number is no text of a language
    assert "\u241e" not in text


def test_every_language_has_every_number_of_the_english_report(printed):
    case, _ = scored_case()
    english = set(re.findall(r"\d+\.\d+", words_of(in_language(printed, case, "en"))))
    for language in ("ar", "both"):
        missing = english - set(re.findall(r"\d+\.\d+", words_of(in_language(printed, case, language))))
        assert not missing, (language, missing)


@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_a_report_is_small_and_the_same_again(printed, language):
    case, _ = scored_case()
    first = in_language(printed, case, language).read_bytes()
    assert in_language(printed, case, language).read_bytes() == first
    assert len(first) < 1_500_000
    assert b"pdfaid" in first


def test_the_interpretation_is_printed_with_its_sources(printed):
    case, _ = scored_case()
    text = words_of(in_language(printed, case, "en"))
    for part in ("MESA percentile 70", "50th-75th", "no Arab population is part of it", "74 years",
                 "McClelland et al., Circulation 2006", "table from secondary source", "Percentile chart"):  # fmt: skip
        assert part in text
    without = words_of(printed(case, interpretation=interpreted(case, PatientInputs(), tables())))
    assert "not available (group not chosen)" in without
    assert "Percentile chart" not in without


def test_site_and_logo_and_paper(printed, tmp_path):
    case, _ = scored_case()
    logo = tmp_path / "logo.png"
    logo.write_bytes(png_bytes(np.full((20, 60, 3), 90, np.uint8)))
    plain = in_language(printed, case, "en").stat().st_size
    path = in_language(printed, case, "en", site="Clinic of the Test", logo=str(logo), paper="us-letter")
    assert "Clinic of the Test" in words_of(path)
    width, height = pypdfium2.PdfDocument(path)[0].get_size()
    assert (round(width), round(height)) == (612, 792)
    assert path.stat().st_size != plain
    (tmp_path / "no.png").write_text("no picture")
    for wrong in (tmp_path / "no.png", tmp_path / "none.png"):
        with pytest.raises(UnreadableInput, match="logo"):
            in_language(printed, case, "en", logo=str(wrong))
