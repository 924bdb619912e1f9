import sys
from pathlib import Path

import numpy as np
import pytest

from cacviewer.reading.codestreams import DecodeFailed, stream_of
from cacviewer.reading.decode import Decoder
from cacviewer.reading.frames import PixelFormat
from cacviewer.reading.scan import inspect
from tests.builders.dicom import J2K, JPEGLS, RLE, Scan, enhanced, picture, save, series
from tests.unit.reading.reading import alarms, codes, read


@pytest.mark.parametrize("syntax", [RLE, J2K, JPEGLS], ids=["rle", "jpeg2000", "jpegls"])
def test_lossless_syntaxes_give_the_same_voxels(tmp_path: Path, syntax: str) -> None:
    hu = series(tmp_path, Scan(slices=4, rows=40, columns=48), compress=syntax)
    volume = read(tmp_path)
    assert alarms(volume) == set()
    assert np.array_equal(volume.hu, hu)


@pytest.mark.parametrize("syntax", [RLE, J2K], ids=["rle", "jpeg2000"])
def test_compressed_frames_of_one_object(tmp_path: Path, syntax: str) -> None:
    hu = enhanced(
        tmp_path / "e", order=(3, 1, 0, 2), scan=Scan(slices=4, rows=40, columns=48), compress=syntax
    )[0]
    assert np.array_equal(read(tmp_path).hu, hu)


def test_encapsulated_pixels_without_compression(tmp_path: Path) -> None:
    from pydicom.encaps import encapsulate

    def after(path, d, k):
        d.PixelData = encapsulate([d.PixelData], has_bot=bool(k % 2))
        d["PixelData"].VR = "OB"
        d["PixelData"].is_undefined_length = True
        d.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1.98"
        save(d, path)

    hu = series(tmp_path, after=after)
    assert np.array_equal(read(tmp_path).hu, hu)


def test_a_syntax_that_nobody_decodes(tmp_path: Path) -> None:
    def after(path, d, k):
        b = path.read_bytes()
        path.write_bytes(b.replace(b"1.2.840.10008.1.2.5\0", b"1.2.840.10008.9.9.5\0"))

    series(tmp_path, compress=RLE, after=after)
    inspection = inspect([tmp_path])
    assert inspection.chosen is None
    assert "unsupported_transfer_syntax" in codes(inspection.series[0].findings, "refusal")


@pytest.mark.parametrize("syntax", [RLE, J2K, JPEGLS], ids=["rle", "jpeg2000", "jpegls"])
def test_a_frame_that_does_not_decode_is_a_missing_slice(tmp_path: Path, syntax: str) -> None:
    def after(path, d, k):
        if k == 2:
            b = bytearray(path.read_bytes())
            at = b.rindex(b"\xfe\xff\x00\xe0") + 8
            b[at : at + 60] = bytes(60)
            path.write_bytes(b)

    hu = series(tmp_path, Scan(slices=6, rows=40, columns=48), compress=syntax, after=after)
    volume = read(tmp_path)
    assert {"decode_failed", "missing_slices"} <= alarms(volume)
    assert volume.filled_slices == (2,)
    assert np.array_equal(volume.hu[3:], hu[3:])


def test_a_file_that_ends_inside_its_fragments(tmp_path: Path) -> None:
    hu = series(
        tmp_path, Scan(slices=6, rows=40, columns=48), compress=RLE,
        after=lambda p, d, k: p.write_bytes(p.read_bytes()[:-200]) if k == 3 else None,
    )  # fmt: skip
    volume = read(tmp_path)
    assert {"truncated_file", "missing_slices"} <= alarms(volume)
    assert np.array_equal(volume.hu[4:], hu[4:])


def test_the_stream_is_compared_with_the_header_before_decoding(tmp_path: Path) -> None:
    series(tmp_path, Scan(slices=4, rows=40, columns=48), compress=J2K, change=lambda d, k: None,
           after=lambda p, d, k: (setattr(d, "Rows", 39), save(d, p)))  # fmt: skip
    inspection = inspect([tmp_path])
    from cacviewer.core.errors import UnreadableInput
    from cacviewer.reading.load import load

    with pytest.raises(UnreadableInput) as caught:
        load(inspection, 0)
    assert caught.value.code == "decode_failed"


FORMAT = PixelFormat(4, 4, 1, 16, 12, 11, False, J2K)
STREAM = b"\xff\x4f\xff\x51" + bytes(4) + b"\0\0\0\x04\0\0\0\x04" + bytes(24) + b"\0\x01\x0b" + bytes(9)
DYING = "import os; os.abort()"
HANGING = "import time; time.sleep(60)"


@pytest.mark.parametrize("program", [DYING, HANGING], ids=["dies", "hangs"])
def test_a_decoder_that_dies_or_hangs_costs_one_slice(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cacviewer.reading.decode.SECONDS_TO_START", 0.2)
    decoder = Decoder([sys.executable, "-c", program], seconds_per_frame=0.2)
    for _ in range(2):
        with pytest.raises(DecodeFailed):
            decoder.decoded(STREAM, FORMAT, "jpeg2000")
    assert decoder.deaths == 2
    decoder.close()


def test_after_many_deaths_the_rest_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder([sys.executable, "-c", DYING])
    decoder.deaths = 6
    with pytest.raises(DecodeFailed, match="too often"):
        decoder.decoded(STREAM, FORMAT, "jpeg2000")


@pytest.mark.parametrize("codec", ["jpeg", "jpegls", "jpeg2000"])
@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xc3\0\x0b", bytes(100)])
def test_streams_without_a_header(codec: str, data: bytes) -> None:
    with pytest.raises(DecodeFailed):
        stream_of(data, codec)


def test_a_jpeg_header() -> None:
    data = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc3\0\x0b\x0c\0\x05\0\x07\x01" + bytes(8)
    stream = stream_of(data, "jpeg")
    assert (stream.rows, stream.columns, stream.components, stream.bits) == (5, 7, 1, 12)


def test_picture_is_not_flat() -> None:
    assert np.ptp(picture(Scan())) > 500


def test_bits_of_the_stream_win_over_those_of_the_header(tmp_path: Path) -> None:
    hu = series(
        tmp_path, Scan(slices=4, rows=40, columns=48), compress=J2K,
        after=lambda p, d, k: (setattr(d, "BitsStored", 10), setattr(d, "HighBit", 9), save(d, p)),
    )  # fmt: skip
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "header_repaired" in codes(volume.findings)


def test_eight_bits_of_jpeg(tmp_path: Path) -> None:
    import io

    from PIL import Image
    from pydicom.encaps import encapsulate

    def after(path, d, k):
        stream = io.BytesIO()
        Image.fromarray(np.full((40, 48), 10 * k, np.uint8)).save(stream, "JPEG", quality=95)
        d.PixelData = encapsulate([stream.getvalue()])
        d["PixelData"].VR = "OB"
        d["PixelData"].is_undefined_length = True
        d.BitsStored, d.HighBit, d.PixelRepresentation = 8, 7, 0
        d.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.50"
        save(d, path)

    series(tmp_path, Scan(slices=4, rows=40, columns=48), after=after)
    volume = read(tmp_path)
    assert alarms(volume) == {"lossy_compression"}
    assert [int(z[0, 0]) for z in volume.hu] == [-1024, -1014, -1004, -994]


def test_a_private_syntax_of_implicit_elements(tmp_path: Path) -> None:
    from tests.builders.dicom import IMPLICIT

    def after(path, d, k):
        b = path.read_bytes()
        path.write_bytes(b.replace(b"\x12\x001.2.840.10008.1.2\0", b"\x12\x001.2.840.99999.1.2\0"))

    series(tmp_path, syntax=IMPLICIT, after=after)
    assert "unsupported_transfer_syntax" in codes(inspect([tmp_path]).series[0].findings)
