"""Reconstruction kernels by vendor: which are sharp, which show calcium as at 120 kVp.

Vendors' names change with software; all rows are from their public naming schemes and not checked on scanners.
An unknown name says nothing.
"""

from __future__ import annotations

import re

SHARP: tuple[tuple[str, re.Pattern[str]], ...] = (
    # Siemens: a letter or two and a number; from 50 on edges are raised (B50f-B80f, Br54, Bl57, Hr60, U75u ...)
    ("SIEMENS", re.compile(r"(?:[ABHIJTQ]|B[rlvf]|H[rcp]|Q[rb]|Ur)[5-9]\d[a-z]?\b", re.I)),
    ("SIEMENS", re.compile(r"U\d\d[a-z]?\b", re.I)),
    (r"\bGE\b|GENERAL ELECTRIC", re.compile(r"(?:LUNG|BONE|BONEPLUS|EDGE|ULTRA|DETAIL)\b", re.I)),
    ("PHILIPS", re.compile(r"(?:C|D|E|L|YC|YD|YE)$")),
    ("TOSHIBA|CANON", re.compile(r"FC(?:3|5|8)\d\b", re.I)),
)
"""Manufacturer (a pattern for the whole header value) and names of sharp kernels."""

ONE_LETTER = re.compile(r"[A-Z]$")
"""Too short to say anything where the maker is not known (converters empty that field)."""

KV_INDEPENDENT = re.compile(r"Sa\d\d", re.I)
"""Siemens "artificial 120 kV": calcium as bright as at 120 kVp whatever the voltage."""


def is_sharp(kernel: str, manufacturer: str) -> bool:
    """Whether the kernel is known to raise edges and noise."""
    known = [name for vendor, name in SHARP if re.search(vendor, manufacturer, re.I)]
    if not known and ONE_LETTER.match(kernel):
        return False
    return any(name.match(kernel) for name in known or [name for _, name in SHARP])


def is_kv_independent(kernel: str) -> bool:
    """Whether calcium reads as at 120 kVp with this kernel."""
    return bool(KV_INDEPENDENT.match(kernel))
