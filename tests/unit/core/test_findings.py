"""Sentences of findings."""

from cacviewer.core.findings import CATALOGUE, finding


def test_one_and_several():
    one = finding("missing_slices", count=1, where="F 213.0", numbers="42", of=57)
    assert one.message.startswith("1 slice is missing at F 213.0 mm (number 42 of 57).")
    two = finding("missing_slices", count=2, where="F 3.0, H 0.0", numbers="4, 5", of=9)
    assert two.message.startswith("2 slices are missing at F 3.0, H 0.0 mm (number 4, 5 of 9).")
    assert finding("empty_file", count=1).message == "1 file is empty and was skipped."
    assert finding("empty_file", count=3).message == "3 files are empty and were skipped."
    assert finding("conflicting_slices", count=1).message.startswith("1 position has two")


def test_words_by_number_stand_only_in_sentences_with_a_count():
    for code, kind in CATALOGUE.items():
        if any(word in kind.sentence for word in ("{s}", "{are}", "{were}", "{have}")):
            assert "{count}" in kind.sentence, code
