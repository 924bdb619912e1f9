"""Short words for the tests of reading."""

from pathlib import Path

from cacviewer.core.findings import Finding
from cacviewer.core.study import Inspection, Series
from cacviewer.core.volume import Volume
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect


def chosen(inspection: Inspection) -> Series:
    assert inspection.chosen is not None, [s.findings for s in inspection.series] or inspection.findings
    return inspection.series[inspection.chosen]


def read(path: Path) -> Volume:
    inspection = inspect([path])
    chosen(inspection)
    assert inspection.chosen is not None
    return load(inspection, inspection.chosen)


def codes(findings: tuple[Finding, ...] | list[Finding], least: str = "info") -> set[str]:
    order = ("info", "warning", "refusal")
    return {f.code for f in findings if order.index(f.severity.value) >= order.index(least)}


def alarms(volume: Volume) -> set[str]:
    return codes(volume.findings, "warning")
