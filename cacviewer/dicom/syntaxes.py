"""Transfer syntaxes: how a data set is written and how its pixels are packed. One table."""

from __future__ import annotations

from dataclasses import dataclass

IMPLICIT_LITTLE = "1.2.840.10008.1.2"
EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
EXPLICIT_BIG = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"


@dataclass(frozen=True, slots=True)
class Syntax:
    """A row of the table.

    Attributes:
        explicit: Elements state their representation.
        big_endian: Numbers have their high byte first.
        deflated: The whole data set is compressed by zlib.
        encapsulated: Pixels stand in fragments.
        codec: Key of the decoder: native, rle, jpeg, jpegls or jpeg2000; "" where there is none.
        lossy: Decoded pixels may differ from the acquired ones.
    """

    codec: str
    explicit: bool = True
    big_endian: bool = False
    deflated: bool = False
    encapsulated: bool = False
    lossy: bool = False


def _packed(codec: str, lossy: bool = False) -> Syntax:
    return Syntax(codec, encapsulated=True, lossy=lossy)


SYNTAXES: dict[str, Syntax] = {
    IMPLICIT_LITTLE: Syntax("native", explicit=False),
    EXPLICIT_LITTLE: Syntax("native"),
    EXPLICIT_BIG: Syntax("native", big_endian=True),
    DEFLATED: Syntax("native", deflated=True),
    "1.2.840.10008.1.2.1.98": _packed("native"),
    "1.2.840.10008.1.2.5": _packed("rle"),
    "1.2.840.10008.1.2.4.50": _packed("jpeg", lossy=True),
    "1.2.840.10008.1.2.4.51": _packed("jpeg", lossy=True),
    "1.2.840.10008.1.2.4.57": _packed("jpeg"),
    "1.2.840.10008.1.2.4.70": _packed("jpeg"),
    "1.2.840.10008.1.2.4.80": _packed("jpegls"),
    "1.2.840.10008.1.2.4.81": _packed("jpegls", lossy=True),
    "1.2.840.10008.1.2.4.90": _packed("jpeg2000"),
    "1.2.840.10008.1.2.4.91": _packed("jpeg2000", lossy=True),
    "1.2.840.10008.1.2.4.201": _packed("jpeg2000"),
    "1.2.840.10008.1.2.4.202": _packed("jpeg2000"),
    "1.2.840.10008.1.2.4.203": _packed("jpeg2000", lossy=True),
}

UNKNOWN = Syntax("", encapsulated=True)
"""A syntax that no row describes: its elements are explicit little endian by the standard, its pixels unknown."""
