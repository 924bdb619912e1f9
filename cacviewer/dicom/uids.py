"""UIDs that are always the same for the same words, and the check of those that others have written."""

from __future__ import annotations

import hashlib
import re
import uuid

_UID = re.compile(r"\d+(?:\.\d+)+")


def uid_from(words: str) -> str:
    """A UID under the root of UUIDs (2.25), always the same for the same words.

    Source:
        DICOM PS3.5, B.2 (UUID derived UID).
    """
    digest = bytearray(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:16])
    return f"2.25.{uuid.UUID(bytes=bytes(digest), version=5).int}"


def is_uid(text: str) -> bool:
    """Whether a text can stand where a UID is wanted (DICOM PS3.5, 9.1); leading zeros are seen and let pass."""
    return len(text) <= 64 and _UID.fullmatch(text) is not None
