import struct

import pytest

from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.kernels import is_kv_independent, is_sharp
from cacviewer.dicom.parse import parse
from cacviewer.dicom.walk import Malformed, NotDicom


class Bytes:
    def __init__(self, data: bytes) -> None:
        self.data, self.size = data, len(data)

    def read(self, offset: int, count: int) -> bytes:
        return self.data[offset : offset + count]


LONG = {b"OB", b"OW", b"SQ", b"UN", b"UT"}


def element(tag: int, vr: bytes, value: bytes, length: int | None = None) -> bytes:
    n = len(value) if length is None else length
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr
    return head + (b"\0\0" + struct.pack("<I", n) if vr in LONG else struct.pack("<H", n)) + value


def implicit(tag: int, value: bytes, length: int | None = None) -> bytes:
    return struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(value) if length is None else length) + value


ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
UNDEFINED = 0xFFFFFFFF
PIXELS = element(tags.PIXEL_DATA, b"OW", bytes(8))


def part10(*elements: bytes, syntax: str = "1.2.840.10008.1.2.1") -> bytes:
    uid = syntax.encode()
    uid += b"\0" * (len(uid) % 2)
    return bytes(128) + b"DICM" + element(tags.TRANSFER_SYNTAX_UID, b"UI", uid) + b"".join(elements)


MODALITY = element(tags.MODALITY, b"CS", b"CT")


def test_wanted_elements_and_the_place_of_the_pixels() -> None:
    data = part10(
        MODALITY, element(0x00091001, b"LO", b"private "), element(tags.KVP, b"DS", b"120 "), PIXELS
    )
    found = parse(Bytes(data))
    header = Header(found.values)
    assert (header.code(tags.MODALITY), header.number(tags.KVP)) == ("CT", 120)
    assert data[found.pixel_offset :] == bytes(8)
    assert found.pixel_length == 8
    assert set(found.values) == {tags.MODALITY, tags.KVP}


@pytest.mark.parametrize(
    "private",
    [
        element(0x00091001, b"UN", implicit(ITEM, implicit(0x00090010, b"GEMS"))
                + implicit(SEQUENCE_END, b""), UNDEFINED),
        element(0x00091001, b"SQ", implicit(ITEM, element(0x00090010, b"LO", b"ABCD") + implicit(ITEM_END, b""), UNDEFINED)
                + implicit(SEQUENCE_END, b""), UNDEFINED),
        element(0x00091001, b"SQ", implicit(ITEM, element(0x00090010, b"LO", b"ABCD"))),
        element(0x00091001, b"OB", implicit(ITEM, b"") + implicit(ITEM, b"\xff" * 10) + implicit(SEQUENCE_END, b""), UNDEFINED),
    ],
    ids=["UN of undefined length", "SQ of undefined length", "SQ", "fragments"],
)  # fmt: skip
def test_private_elements_are_stepped_over(private: bytes) -> None:
    found = parse(Bytes(part10(private, element(tags.KVP, b"DS", b"120 "), PIXELS)))
    assert Header(found.values).number(tags.KVP) == 120
    assert not found.truncated


def test_wrong_group_lengths_are_ignored() -> None:
    lie = element(0x00080000, b"UL", struct.pack("<I", 99999))
    assert parse(Bytes(part10(lie, MODALITY, PIXELS))).values[tags.MODALITY][1] == b"CT"


def test_a_wrong_statement_of_the_syntax_is_seen() -> None:
    found = parse(Bytes(part10(MODALITY, PIXELS, syntax="1.2.840.10008.1.2")))
    assert found.syntax_uid == "1.2.840.10008.1.2.1"
    assert "TransferSyntaxUID" in found.repaired


def test_without_a_syntax_the_bytes_decide() -> None:
    data = bytes(128) + b"DICM" + implicit(tags.MODALITY, b"CT") + implicit(tags.KVP, b"120 ")
    assert Header(parse(Bytes(data)).values).number(tags.KVP) == 120


def test_an_element_beyond_the_end_ends_the_file() -> None:
    found = parse(Bytes(part10(MODALITY, element(0x00091001, b"OB", b"", 1 << 31))))
    assert found.truncated
    assert tags.MODALITY in found.values


@pytest.mark.parametrize(
    "data", [b"", b"hello" * 100, b"%PDF-1.4" + bytes(600), b"\x08\0" + bytes(600), bytes(4000)]
)
def test_other_contents(data: bytes) -> None:
    with pytest.raises(NotDicom):
        parse(Bytes(data))


def test_endless_nesting_ends() -> None:
    deep = b"".join(element(0x00091001, b"SQ", implicit(ITEM, b"", UNDEFINED), UNDEFINED) for _ in range(200))
    with pytest.raises(Malformed):
        parse(Bytes(part10(deep, PIXELS)))


def test_zeros_end() -> None:
    with pytest.raises(Malformed):
        parse(Bytes(part10(MODALITY, bytes(1 << 20))))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b" 3.5 ", 3.5), (b"+3.5", 3.5), (b"3,5", 3.5), (b"1e2", 100), (b"3.50000000000000000000", 3.5), (b"3.5\0", 3.5),
        (b"abc", None), (b"", None), (b"nan", None), (b"1_0", None), (b"1e999", None),
    ],
)  # fmt: skip
def test_decimals_are_read_leniently(raw: bytes, value: float | None) -> None:
    assert Header({tags.KVP: ("DS", raw)}).number(tags.KVP) == value


def test_what_was_bent_is_remembered() -> None:
    header = Header(
        {
            tags.SLICE_THICKNESS: ("DS", b"3.0000000000000000000"),
            tags.INSTANCE_NUMBER: ("IS", b"7.0"),
            tags.ROWS: ("UL", struct.pack("<I", 512)),
            tags.COLUMNS: ("US", struct.pack("<H", 256)),
        }
    )
    assert header.integer(tags.INSTANCE_NUMBER) == 7
    assert (header.integer(tags.ROWS), header.integer(tags.COLUMNS)) == (512, 256)
    assert header.number(tags.SLICE_THICKNESS) == 3
    assert header.repaired == {"SliceThickness", "InstanceNumber", "Rows"}


@pytest.mark.parametrize(
    ("sets", "raw", "text", "guessed"),
    [
        ("ISO_IR 100", "Müller^Jörg".encode("latin_1"), "Müller^Jörg", False),
        ("ISO_IR 127", "الخطيب^محمد".encode("iso8859_6"), "الخطيب^محمد", False),
        ("ISO_IR 144", "Иванов".encode("iso8859_5"), "Иванов", False),
        ("ISO_IR 192", "山田^太郎".encode(), "山田^太郎", False),
        ("GB18030", "王^小东".encode("gb18030"), "王^小东", False),
        (
            "\\ISO 2022 IR 87",
            b"Yamada^Tarou=" + "山田".encode("iso2022_jp"),
            "Yamada^Tarou=山田",
            False,
        ),
        ("", "عمر".encode("cp1256"), "عمر", True),
        ("", "عمر".encode(), "عمر", True),
        ("", "Müller".encode("latin_1"), "Müller", True),
        ("NONSENSE", "Müller".encode(), "Müller", True),
        ("ISO_IR 192", "Müller".encode("latin_1"), "Müller", True),
        ("", b"Plain^Name ", "Plain^Name", False),
    ],
)
def test_names_in_all_scripts(sets: str, raw: bytes, text: str, guessed: bool) -> None:
    elements = {tags.PATIENT_NAME: ("PN", raw)}
    if sets:
        elements[tags.SPECIFIC_CHARACTER_SET] = ("CS", sets.encode())
    header = Header(elements)
    assert header.text(tags.PATIENT_NAME) == text
    assert header.guessed_text is guessed


def test_broken_dates_are_none() -> None:
    header = Header({tags.STUDY_DATE: ("DA", b"20260114"), tags.PATIENT_BIRTH_DATE: ("DA", b"unknown")})
    assert (header.date(tags.STUDY_DATE), header.date(tags.PATIENT_BIRTH_DATE)) == ("2026-01-14", "")


@pytest.mark.parametrize(
    ("kernel", "maker", "sharp"),
    [
        ("B70f", "SIEMENS", True), ("B70f", "", True), ("B35f", "SIEMENS", False), ("I30f", "SIEMENS", False),
        ("Br59f", "Siemens Healthineers", True), ("Br40", "SIEMENS", False), ("LUNG", "GE MEDICAL SYSTEMS", True),
        ("STANDARD", "GE MEDICAL SYSTEMS", False), ("D", "Philips", True), ("B", "Philips", False), ("D", "SIEMENS", False),
        ("FC51", "TOSHIBA", True), ("FC12", "TOSHIBA", False), ("Sa36f", "SIEMENS", False), ("", "", False),
        ("unheard of", "SIEMENS", False),
    ],
)  # fmt: skip
def test_sharp_kernels(kernel: str, maker: str, sharp: bool) -> None:
    assert is_sharp(kernel, maker) is sharp


def test_kv_independent_kernels() -> None:
    assert is_kv_independent("Sa36f")
    assert not is_kv_independent("B35f")
