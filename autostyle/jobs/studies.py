"""Studies as jobs: read one, write its report, list them all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import Export, Record, Studies
from autostyle.report import export as reports
from autostyle.report import payload
from autostyle.tuning.catalog import list_studies
from autostyle.tuning.load import load_record


def record(request: Record, reporter: Reporter) -> dict[str, Any]:
    """Everything known about a study, with the ``folder`` that its paths are relative to."""
    found = load_record(request.home, request.study, request.storage)
    return {**payload.full(found), "folder": str(found.folder)}


def export(request: Export, reporter: Reporter) -> dict[str, Any]:
    """Write the report; the object that ``autostyle report --json`` prints."""
    return reports.export(load_record(request.home, request.study, request.storage), request.out)


def studies(request: Studies, reporter: Reporter) -> dict[str, Any]:
    """The ``studies`` of the home, the last changed first."""
    found = list_studies(request.home, request.storage)
    return {"studies": [{**asdict(study), "folder": str(study.folder)} for study in found]}
